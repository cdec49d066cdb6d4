//===- Floats.cpp - Floating point ----------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// What follows from the bits of numbers is computed here, the rest by units
/// that the target brings.
///
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"

#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace gaus::ir;

namespace {

/// Two numbers as signs and magnitudes.
struct Pair {
  Expr sign[2], rest[2], isNan[2];
  Expr zeros; ///< both are 0 or -0

  Pair(Netlist &netlist, llvm::ArrayRef<Expr> in) : n(netlist) {
    unsigned w = n.width(in[0]);
    unsigned fraction = w == 32 ? 23 : 52;
    Expr infinity = n.constant(llvm::APInt::getBitsSet(w - 1, fraction, w - 1));
    for (int k : {0, 1}) {
      rest[k] = n.extract(in[k], 0, w - 1);
      sign[k] = n.extract(in[k], w - 1, 1);
      isNan[k] = n.binary(ExprKind::ULt, infinity, rest[k]);
    }
    zeros = n.equals(n.binary(ExprKind::Or, rest[0], rest[1]), 0);
  }

  /// Whether number `k` is below the other one, with -0 below 0.
  Expr below(int k) {
    Expr smaller = n.mux(sign[0], n.binary(ExprKind::ULt, rest[1 - k], rest[k]),
                         n.binary(ExprKind::ULt, rest[k], rest[1 - k]));
    Expr sameSign = n.binary(ExprKind::Eq, sign[0], sign[1]);
    return n.mux(sameSign, smaller, sign[k]);
  }

private:
  Netlist &n;
};

} // namespace

/// Of ordered numbers the one of sign and magnitude, 0 and -0 equal.
Expr FunctionHardware::compareFloats(Operation *op, llvm::ArrayRef<Expr> in) {
  Pair pair(n, in);
  llvm::StringRef name = predicateName(op);
  Expr isNan = n.either(pair.isNan[0], pair.isNan[1]);
  Expr equal = n.either(pair.zeros, n.binary(ExprKind::Eq, in[0], in[1]));
  Expr less = n.both(n.invert(pair.zeros), pair.below(0));
  auto ordered = [&](llvm::StringRef what) -> Expr {
    if (what == "eq")
      return equal;
    if (what == "ne")
      return n.invert(equal);
    if (what == "lt")
      return less;
    if (what == "le")
      return n.either(less, equal);
    if (what == "gt")
      return n.both(n.invert(less), n.invert(equal));
    if (what == "ge")
      return n.invert(less);
    return kNoExpr;
  };
  if (name == "ord" || name == "uno")
    return name == "uno" ? isNan : n.invert(isNan);
  if (name.size() != 3)
    return kNoExpr;
  Expr is = ordered(name.drop_front());
  if (is == kNoExpr)
    return is;
  return name[0] == 'o' ? n.both(n.invert(isNan), is) : n.either(isNan, is);
}

/// The greater (or smaller) of two. `isNumber`: of a number and none the
/// number, and of 0 and -0 the first; else none, and -0 is below 0.
static Expr extremum(Netlist &n, llvm::ArrayRef<Expr> in, bool isGreater,
                     bool isNumber) {
  Pair pair(n, in);
  Expr second = pair.below(isGreater ? 0 : 1);
  if (isNumber)
    return n.mux(
        n.either(pair.isNan[0], n.both(n.invert(pair.isNan[1]),
                                       n.both(n.invert(pair.zeros), second))),
        in[1], in[0]);
  Expr none = n.mux(pair.isNan[0], in[0], in[1]);
  return n.mux(n.either(pair.isNan[0], pair.isNan[1]), none,
               n.mux(second, in[1], in[0]));
}

/// A number that takes no arithmetic.
Expr FunctionHardware::computeByBits(Operation *op, llvm::ArrayRef<Expr> in) {
  llvm::StringRef name = op->getName().stripDialect();
  Expr sign = n.constant(llvm::APInt::getSignMask(n.width(in[0])));
  Expr others = n.constant(~llvm::APInt::getSignMask(n.width(in[0])));
  if (name == "fneg" || name == "negf")
    return n.binary(ExprKind::Xor, in[0], sign);
  if (name == "intr.fabs" || name == "absf")
    return n.both(in[0], others);
  if (name == "intr.copysign" || name == "copysign")
    return n.binary(ExprKind::Or, n.both(in[0], others), n.both(in[1], sign));
  if (name == "maximumf" || name == "intr.maximum")
    return extremum(n, in, /*isGreater=*/true, /*isNumber=*/false);
  if (name == "minimumf" || name == "intr.minimum")
    return extremum(n, in, /*isGreater=*/false, /*isNumber=*/false);
  if (name == "maxnumf" || name == "intr.maxnum")
    return extremum(n, in, /*isGreater=*/true, /*isNumber=*/true);
  if (name == "minnumf" || name == "intr.minnum")
    return extremum(n, in, /*isGreater=*/false, /*isNumber=*/true);
  return kNoExpr;
}

/// An instance of a unit that the target brings: its module has a parameter
/// for the bits of an operand and for its inner registers.
Expr FunctionHardware::computeFloat(Operation *op, OpPlan &p,
                                    llvm::ArrayRef<Expr> in) {
  llvm::StringRef name = op->getName().stripDialect();
  auto module = llvm::StringSwitch<llvm::StringRef>(name)
                    .Cases("fadd", "fsub", "addf", "subf", "gaus_fadd")
                    .Cases("fmul", "mulf", "gaus_fmul")
                    .Cases("fdiv", "divf", "gaus_fdiv")
                    .Cases("intr.sqrt", "sqrt", "gaus_fsqrt")
                    .Case("intr.fmuladd", "gaus_fmuladd")
                    .Case("sitofp", "gaus_sitofp")
                    .Case("uitofp", "gaus_uitofp")
                    .Case("fptosi", "gaus_fptosi")
                    .Case("fptoui", "gaus_fptoui")
                    .Cases("fpext", "extf", "gaus_fpext")
                    .Cases("fptrunc", "truncf", "gaus_fptrunc")
                    .Default("");
  if (module.empty())
    return kNoExpr;
  unsigned width = hardwareWidth(op->getResult(0).getType());
  hardware::NetlistInstance unit;
  unit.module = module.str();
  unit.name = n.freshName(name.str() + "_unit");
  unit.parameters = {{"IN", n.width(in[0])},
                     {"OUT", width},
                     {"STAGES", std::max<int64_t>(p.latency - 1, 0)}};
  Expr stall = hold_ == kNoExpr ? n.stall : n.either(n.stall, hold_);
  unit.inputs = {{"clk", n.clock}, {"stall", stall}, {"a", in[0]}};
  if (in.size() > 1)
    unit.inputs.push_back({"b", in[1]});
  if (in.size() > 2)
    unit.inputs.push_back({"c", in[2]});
  Expr result = n.signal(name.str() + "_unit_y", width);
  unit.outputs = {{"y", result}};
  n.instances.push_back(std::move(unit));
  return result;
}

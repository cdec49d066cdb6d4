//===- Operations.cpp - What operations compute ---------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"

#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace gaus::ir;

/// Operations of two operands that are one expression.
static std::optional<ExprKind> plainKind(llvm::StringRef name) {
  return llvm::StringSwitch<std::optional<ExprKind>>(name)
      .Cases("add", "addi", ExprKind::Add)
      .Cases("sub", "subi", ExprKind::Sub)
      .Cases("mul", "muli", ExprKind::Mul)
      .Cases("and", "andi", ExprKind::And)
      .Cases("or", "ori", ExprKind::Or)
      .Cases("xor", "xori", ExprKind::Xor)
      .Cases("shl", "shli", ExprKind::Shl)
      .Cases("lshr", "shrui", ExprKind::LShr)
      .Cases("ashr", "shrsi", ExprKind::AShr)
      .Cases("udiv", "divui", ExprKind::DivU)
      .Cases("sdiv", "divsi", ExprKind::DivS)
      .Cases("urem", "remui", ExprKind::RemU)
      .Cases("srem", "remsi", ExprKind::RemS)
      .Default(std::nullopt);
}

/// "sge" as "sle" of the operands the other way round.
struct Comparison {
  ExprKind kind;
  bool swaps;
};
static std::optional<Comparison> comparisonOf(llvm::StringRef predicate) {
  return llvm::StringSwitch<std::optional<Comparison>>(predicate)
      .Case("eq", Comparison{ExprKind::Eq, false})
      .Case("ne", Comparison{ExprKind::Ne, false})
      .Case("slt", Comparison{ExprKind::SLt, false})
      .Case("sle", Comparison{ExprKind::SLe, false})
      .Case("sgt", Comparison{ExprKind::SLt, true})
      .Case("sge", Comparison{ExprKind::SLe, true})
      .Case("ult", Comparison{ExprKind::ULt, false})
      .Case("ule", Comparison{ExprKind::ULe, false})
      .Case("ugt", Comparison{ExprKind::ULt, true})
      .Case("uge", Comparison{ExprKind::ULe, true})
      .Default(std::nullopt);
}

llvm::StringRef gaus::ir::predicateName(Operation *op) {
  if (auto compare = dyn_cast<LLVM::ICmpOp>(op))
    return LLVM::stringifyICmpPredicate(compare.getPredicate());
  if (auto compare = dyn_cast<arith::CmpIOp>(op))
    return arith::stringifyCmpIPredicate(compare.getPredicate());
  if (auto compare = dyn_cast<LLVM::FCmpOp>(op))
    return LLVM::stringifyFCmpPredicate(compare.getPredicate());
  if (auto compare = dyn_cast<arith::CmpFOp>(op))
    return arith::stringifyCmpFPredicate(compare.getPredicate());
  return "";
}

/// A pointer plus the offset of its indices.
Expr FunctionHardware::computeAddress(Operation *op, llvm::ArrayRef<Expr> in) {
  auto gep = cast<LLVM::GEPOp>(op);
  DataLayout layout = DataLayout::closest(op);
  Type type = gep.getElemType();
  Expr sum = in[0];
  size_t dynamic = 1;
  bool isFirst = true;
  for (auto index : gep.getIndices()) {
    if (!isFirst) {
      if (auto array = dyn_cast<LLVM::LLVMArrayType>(type)) {
        type = array.getElementType();
      } else if (auto fields = dyn_cast<LLVM::LLVMStructType>(type)) {
        auto constant = dyn_cast<IntegerAttr>(index);
        if (!constant)
          return kNoExpr;
        uint64_t offset = 0;
        for (auto [k, field] : llvm::enumerate(fields.getBody())) {
          if (!fields.isPacked())
            offset = llvm::alignTo(offset, layout.getTypeABIAlignment(field));
          type = field;
          if (static_cast<int64_t>(k) == constant.getInt())
            break;
          offset += layout.getTypeSize(field);
        }
        sum = n.binary(ExprKind::Add, sum, n.constant(64, offset));
        continue;
      } else {
        return kNoExpr;
      }
    }
    isFirst = false;
    uint64_t stride = llvm::alignTo(layout.getTypeSize(type),
                                    layout.getTypeABIAlignment(type));
    Expr at;
    if (auto constant = dyn_cast<IntegerAttr>(index)) {
      at = n.constant(64, static_cast<uint64_t>(constant.getInt()) * stride);
    } else {
      at = n.signExtend(in[dynamic], 64);
      ++dynamic;
      if (llvm::isPowerOf2_64(stride))
        at = n.binary(ExprKind::Shl, at, n.constant(64, llvm::Log2_64(stride)));
      else
        at = n.binary(ExprKind::Mul, at, n.constant(64, stride));
    }
    sum = n.binary(ExprKind::Add, sum, at);
  }
  return sum;
}

/// How many bits are set, or where the first one is.
static Expr countBits(Netlist &n, llvm::StringRef name, Expr a) {
  unsigned w = n.width(a);
  auto bit = [&](unsigned k) { return n.extract(a, k, 1); };
  if (name == "ctpop") {
    Expr sum = n.constant(w, 0);
    for (unsigned k = 0; k < w; ++k)
      sum = n.binary(ExprKind::Add, sum, n.zeroExtend(bit(k), w));
    return sum;
  }
  Expr found = n.constant(w, w);
  for (unsigned k = 0; k < w; ++k) {
    unsigned at = name == "cttz" ? w - 1 - k : k;
    found =
        n.mux(bit(at), n.constant(w, name == "cttz" ? at : w - 1 - at), found);
  }
  return found;
}

/// Kinds that are less plain: extremes, absolute values, rotations, sums that
/// saturate.
static Expr computeIntrinsic(Netlist &n, llvm::StringRef name,
                             llvm::ArrayRef<Expr> in) {
  unsigned w = n.width(in[0]);
  auto pick = [&](ExprKind kind, bool second) {
    Expr less = n.binary(kind, in[0], in[1]);
    return second ? n.mux(less, in[1], in[0]) : n.mux(less, in[0], in[1]);
  };
  Expr zero = n.constant(w, 0);
  llvm::StringRef plain = name;
  plain.consume_front("intr.");
  if (plain == "ctpop" || plain == "cttz" || plain == "ctlz")
    return countBits(n, plain, in[0]);
  if (plain == "bswap") {
    Expr swapped = n.extract(in[0], 0, 8);
    for (unsigned k = 8; k < w; k += 8)
      swapped = n.concat(swapped, n.extract(in[0], k, 8));
    return swapped;
  }
  if (name == "intr.smin" || name == "minsi")
    return pick(ExprKind::SLt, /*second=*/false);
  if (name == "intr.smax" || name == "maxsi")
    return pick(ExprKind::SLt, /*second=*/true);
  if (name == "intr.umin" || name == "minui")
    return pick(ExprKind::ULt, /*second=*/false);
  if (name == "intr.umax" || name == "maxui")
    return pick(ExprKind::ULt, /*second=*/true);
  if (name == "intr.abs" || name == "absi")
    return n.mux(n.extract(in[0], w - 1, 1),
                 n.binary(ExprKind::Sub, zero, in[0]), in[0]);
  if (name == "intr.fshl" || name == "intr.fshr") {
    // The high or low half of the two side by side, shifted.
    Expr both = n.concat(in[0], in[1]);
    Expr by = n.binary(ExprKind::RemU, in[2], n.constant(w, w));
    if (llvm::isPowerOf2_32(w))
      by = n.both(in[2], n.constant(w, w - 1));
    bool left = name == "intr.fshl";
    Expr moved = n.binary(left ? ExprKind::Shl : ExprKind::LShr, both,
                          n.zeroExtend(by, 2 * w));
    return n.extract(moved, left ? w : 0, w);
  }
  if (name == "intr.sadd.sat" || name == "intr.ssub.sat") {
    ExprKind kind = name == "intr.sadd.sat" ? ExprKind::Add : ExprKind::Sub;
    Expr wide = n.wire("sum", n.binary(kind, n.signExtend(in[0], w + 1),
                                       n.signExtend(in[1], w + 1)));
    Expr over = n.binary(ExprKind::Xor, n.extract(wide, w, 1),
                         n.extract(wide, w - 1, 1));
    Expr least = n.constant(llvm::APInt::getSignedMinValue(w));
    Expr most = n.constant(llvm::APInt::getSignedMaxValue(w));
    return n.mux(over, n.mux(n.extract(wide, w, 1), least, most),
                 n.extract(wide, 0, w));
  }
  if (name == "intr.uadd.sat") {
    Expr sum = n.binary(ExprKind::Add, in[0], in[1]);
    return n.mux(n.binary(ExprKind::ULt, sum, in[0]),
                 n.constant(llvm::APInt::getAllOnes(w)), sum);
  }
  if (name == "intr.usub.sat")
    return n.mux(n.binary(ExprKind::ULt, in[0], in[1]), zero,
                 n.binary(ExprKind::Sub, in[0], in[1]));
  return kNoExpr;
}

/// What the result has in bits; 0 where there is none.
static unsigned resultWidth(Operation *op) {
  return op->getNumResults() == 1 ? hardwareWidth(op->getResult(0).getType())
                                  : 0;
}

Expr gaus::ir::computeOfIntegers(Netlist &n, Operation *op,
                                 llvm::ArrayRef<Expr> in) {
  llvm::StringRef name = op->getName().stripDialect();
  unsigned width = resultWidth(op);
  if (!width || in.empty() || llvm::is_contained(in, kNoExpr))
    return kNoExpr;
  if (auto kind = plainKind(name))
    return n.binary(*kind, in[0], in[1]);
  if (name == "icmp" || name == "cmpi") {
    auto is = comparisonOf(predicateName(op));
    return is ? n.binary(is->kind, in[is->swaps], in[!is->swaps]) : kNoExpr;
  }
  if (name == "select")
    return n.mux(in[0], in[1], in[2]);
  if (name == "zext" || name == "extui" || name == "trunc" ||
      name == "trunci" || name == "ptrtoint" || name == "inttoptr" ||
      name == "index_castui" || name == "bitcast" || name == "freeze")
    return n.resize(in[0], width);
  if (name == "sext" || name == "extsi" || name == "index_cast")
    return width > n.width(in[0]) ? n.signExtend(in[0], width)
                                  : n.extract(in[0], 0, width);
  return computeIntrinsic(n, name, in);
}

/// The value of an operation that takes no longer than a cycle may; kNoExpr if
/// it is of another kind.
Expr FunctionHardware::compute(Operation *op, llvm::ArrayRef<Expr> in) {
  llvm::StringRef name = op->getName().stripDialect();
  if (!resultWidth(op) || llvm::is_contained(in, kNoExpr))
    return kNoExpr;
  if (name == "fcmp" || name == "cmpf")
    return compareFloats(op, in);
  if (name == "getelementptr")
    return computeAddress(op, in);
  if (name == "floordivsi" || name == "ceildivsi")
    return computeRounded(name == "ceildivsi", in);
  if (isa<memref::MemRefDialect>(op->getDialect()))
    return computeView(op, in);
  if (isa<affine::AffineDialect>(op->getDialect()))
    return computeIndices(op, in);
  if (Expr value = computeOfIntegers(n, op, in); value != kNoExpr)
    return value;
  return isa<FloatType>(op->getResult(0).getType()) ? computeByBits(op, in)
                                                    : kNoExpr;
}

//===----------------------------------------------------------------------===//
// Units
//===----------------------------------------------------------------------===//

/// `starts`: an operation begins in this cycle. `valid` becomes what says that
/// the result is there, where the unit knows.
Expr FunctionHardware::buildUnit(Operation *op, OpPlan &p,
                                 llvm::ArrayRef<Expr> in, Expr starts,
                                 Expr &valid) {
  if (llvm::is_contained(in, kNoExpr))
    return kNoExpr;
  if (p.hardware)
    return buildOwnUnit(op, p, in, starts, valid);
  Expr value = computeFloat(op, p, in);
  if (value != kNoExpr)
    return value;
  value = compute(op, in);
  if (value == kNoExpr)
    return value;
  auto inner = static_cast<unsigned>(std::max<int64_t>(p.latency - 1, 0));
  return n.delayed(nameOf(op->getResult(0)) + "_p", value, inner);
}

LogicalResult FunctionHardware::buildOperation(Operation *op) {
  OpPlan &p = operations[op];
  if (isNothing(op))
    return success();
  if (accessOf(op) && !p.hardware)
    return buildAccess(op, p);
  if (isMemory(op))
    return success();
  auto call = dyn_cast<CallOpInterface>(op);
  if (call && !p.hardware)
    return buildCall(op, p);
  llvm::SmallVector<Expr> in;
  for (Value operand : call ? call.getArgOperands() : op->getOperands())
    in.push_back(read(operand, *p.scope, {p.start}));
  if (failed_)
    return failure();
  // A difference is a sum with the other sign.
  llvm::StringRef name = op->getName().stripDialect();
  if (!p.hardware && (name == "fsub" || name == "subf"))
    in[1] = n.binary(ExprKind::Xor, in[1],
                     n.constant(llvm::APInt::getSignMask(n.width(in[1]))));
  if (SharedUnit *unit = units.lookup(op)) {
    useUnit(*unit, op, p, in);
    return success();
  }
  Expr valid = kNoExpr;
  Expr value = buildUnit(op, p, in, inCycle(*p.scope, p.start), valid);
  if (value == kNoExpr)
    return failed_ ? failure()
                   : LogicalResult(refuse(op) << "an operation of this kind "
                                                 "is not exported");
  n.drive(p.result, value);
  waitFor(p, valid);
  return success();
}

/// In the cycle in which a result is on its wire.
void FunctionHardware::waitFor(const OpPlan &p, Expr valid) {
  if (valid == kNoExpr)
    return;
  Expr due = p.scope->isLoop ? takesPlace(*p.scope, p.onWire())
                             : inCycle(*p.scope, p.onWire());
  waits.push_back(n.both(due, n.invert(valid)));
}

//===- RangeTrips.cpp - How often loops run at most by ranges -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Llvm/RangeTrips.h"

#include "Llvm/LlvmLoop.h"

#include "gaus/Core/Problem.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace gaus::ir;

namespace {

using P = arith::CmpIPredicate;

/// Both ends are of it.
struct Range {
  int64_t low, high;
};

/// The largest number of `v` without a sign, as it is computed: what its type
/// has room for alone is far more than what programs put there.
std::optional<int64_t> mostOf(Value v) {
  Type type = v.getType();
  unsigned width = type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
  std::optional<int64_t> most;
  auto upTo = [&](int64_t bound) {
    most = std::min(most.value_or(bound), bound);
  };
  Operation *op = v.getDefiningOp();
  llvm::APInt by;
  if (op && op->getNumOperands() == 2 &&
      matchPattern(op->getOperand(1), m_ConstantInt(&by)) &&
      by.isNonNegative() && by.getActiveBits() <= 62) {
    auto constant = static_cast<int64_t>(by.getZExtValue());
    if (isa<LLVM::AndOp, arith::AndIOp, LLVM::UMinOp, arith::MinUIOp>(op))
      upTo(constant);
    else if (isa<LLVM::URemOp, arith::RemUIOp>(op) && constant > 0)
      upTo(constant - 1);
    else if (isa<LLVM::LShrOp, arith::ShRUIOp>(op) && width <= 62 &&
             constant < width)
      upTo(((int64_t(1) << width) - 1) >> constant);
  }
  if (op && isa<LLVM::ZExtOp, arith::ExtUIOp, arith::IndexCastUIOp>(op))
    if (std::optional<int64_t> inner = mostOf(op->getOperand(0)))
      upTo(*inner);
  return most;
}

class RangeTrips {
public:
  RangeTrips(CFGLoop &l, const BranchLoops &all)
      : loop(l), nest(all), header(*l.getHeader()), addresses(&header, forms),
        steps(l.getBlocks(), forms, addresses) {}

  std::optional<int64_t> run() {
    std::optional<int64_t> most;
    for (const Comparison &test : steps.tests().all)
      if (std::optional<int64_t> times = timesOf(test))
        most = std::min(most.value_or(*times), *times);
    return most && *most <= gaus::kMaxCycle ? most : std::nullopt;
  }

private:
  /// Of a sum that is a constant, or a value of outside and a constant.
  std::optional<Range> rangeOf(const LinearForm &sum) {
    constexpr uint64_t kFar = uint64_t(1) << 40;
    if (sum.stride != 0 || sum.constant + kFar > 2 * kFar)
      return std::nullopt;
    auto constant = static_cast<int64_t>(sum.constant);
    if (sum.terms.empty())
      return Range{constant, constant};
    const LinearForm::Term &t = sum.terms.front();
    std::optional<int64_t> most = mostOf(t.value);
    if (sum.terms.size() != 1 || t.factor != 1 || steps.isOwn(t.value) ||
        !most || static_cast<uint64_t>(*most) > kFar)
      return std::nullopt;
    // With a sign: as large where no value has the bit of the sign.
    Type type = t.value.getType();
    unsigned width = type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
    if (!t.isUnsigned && width < 64 && (*most >> (width - 1)) != 0)
      return std::nullopt;
    return Range{constant + leastOf(t.value), constant + *most};
  }

  /// 1 where control only comes from where the value is not 0, else 0.
  int64_t leastOf(Value v) {
    for (Block *to = &header, *from = nest.dominatorOf(*to); from;
         to = from, from = nest.dominatorOf(*to)) {
      Operation *branch = from->getTerminator();
      if (loop.contains(from) ||
          !isa<LLVM::CondBrOp, cf::CondBranchOp>(branch) ||
          branch->getSuccessor(0) == branch->getSuccessor(1) ||
          !nest.comesOnlyFrom(*to, *from))
        continue;
      std::optional<Comparison> holds = comparisonOf(
          branch->getOperand(0), branch->getSuccessor(0) == to, forms);
      if (holds && saysNotZero(*holds, v))
        return 1;
    }
    return 0;
  }

  static bool saysNotZero(const Comparison &holds, Value v) {
    const LinearForm &left = holds.left, &right = holds.right;
    bool asks = holds.predicate == P::ne || holds.predicate == P::ugt ||
                holds.predicate == P::sgt;
    return asks && left.terms.size() == 1 && left.terms[0].value == v &&
           left.terms[0].factor == 1 && left.constant == 0 &&
           right.terms.empty() && right.constant == 0 && right.stride == 0 &&
           left.stride == 0;
  }

  std::optional<int64_t> timesOf(const Comparison &test) {
    Comparison known = test;
    if (test.predicate == P::ne) {
      // Step by step until they are equal: not past the end.
      bool steppedLeft = test.left.stride != 0;
      const LinearForm &stepped = steppedLeft ? test.left : test.right;
      const LinearForm &end = steppedLeft ? test.right : test.left;
      std::optional<Range> range = rangeOf(end);
      LinearForm first = stepped;
      first.stride = 0;
      std::optional<Range> begin = rangeOf(first);
      if (!range || !begin || begin->low != begin->high ||
          stepped.stride != 1 || range->low < begin->low ||
          (test.width < 62 && range->high >= int64_t(1) << test.width))
        return std::nullopt;
      return range->high - begin->low + 1;
    }
    // What steps towards a bound: the farthest one that there may be.
    bool below = test.predicate == P::slt || test.predicate == P::sle ||
                 test.predicate == P::ult || test.predicate == P::ule;
    LinearForm &end = known.left.stride != 0 ? known.right : known.left;
    bool grows = below == (known.left.stride != 0);
    std::optional<Range> range = rangeOf(end);
    if (!range || !grows)
      return std::nullopt;
    end = LinearForm();
    end.constant = static_cast<uint64_t>(range->high);
    return timesUntilFalse(known, forms);
  }

  CFGLoop &loop;
  const BranchLoops &nest;
  Block &header;
  LinearForms forms;
  Addresses addresses;
  LlvmLoop steps;
};

} // namespace

std::optional<int64_t> gaus::ir::tripsByRange(CFGLoop &loop,
                                              const BranchLoops &loops) {
  return RangeTrips(loop, loops).run();
}

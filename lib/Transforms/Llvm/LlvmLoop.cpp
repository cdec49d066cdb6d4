//===- LlvmLoop.cpp - Blocks that branches lead back to -------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Llvm/LlvmLoop.h"

#include "Llvm/InStep.h"

#include "gaus/Dialect/FollowsFrom.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace gaus::ir;

std::optional<llvm::SmallVector<Value>>
gaus::ir::backEdgeValues(llvm::ArrayRef<Block *> blocks) {
  std::optional<llvm::SmallVector<Value>> values;
  for (Block *block : blocks) {
    // An invoke would do something after the operations of the iteration.
    Operation *end =
        block->mightHaveTerminator() ? block->getTerminator() : nullptr;
    if (!end || !isPlainBranch(end))
      continue;
    auto branch = cast<BranchOpInterface>(end);
    for (unsigned i = 0; i < end->getNumSuccessors(); ++i) {
      if (end->getSuccessor(i) != blocks.front())
        continue;
      OperandRange range =
          branch.getSuccessorOperands(i).getForwardedOperands();
      if (!values)
        values.emplace(range.begin(), range.end());
      for (auto [known, other] : llvm::zip_equal(*values, range))
        if (known != other)
          known = Value();
    }
  }
  return values;
}

/// The value of an argument in the first iteration; null if there are several.
Value LlvmLoop::initial(BlockArgument arg) {
  Value found;
  Block *header = blocks.front();
  for (auto it = header->pred_begin(), e = header->pred_end(); it != e; ++it) {
    if (own.contains(*it))
      continue;
    auto branch = dyn_cast<BranchOpInterface>((*it)->getTerminator());
    if (!branch)
      return Value();
    Value v =
        branch.getSuccessorOperands(it.getSuccessorIndex())[arg.getArgNumber()];
    if (!v || (found && v != found))
      return Value();
    found = v;
  }
  return found;
}

/// Whether the argument grows by a constant, if need be modulo its width.
bool LlvmLoop::isStepped(BlockArgument arg) {
  if (!passed || arg.getOwner() != blocks.front())
    return false;
  Value next = (*passed)[arg.getArgNumber()];
  if (!next)
    return false;
  if (isa<LLVM::LLVMPointerType>(arg.getType())) {
    const Address &to = addresses.of(next);
    return to.base == arg && to.offset.terms.empty();
  }
  Operation *op = next.getDefiningOp();
  return isa_and_nonnull<LLVM::AddOp, LLVM::SubOp, arith::AddIOp,
                         arith::SubIOp>(op) &&
         op->getOperand(0) == arg &&
         matchPattern(op->getOperand(1), m_Constant());
}

bool LlvmLoop::isVariable(Value v) {
  auto arg = dyn_cast<BlockArgument>(v);
  if (!arg || !isStepped(arg) || isa<LLVM::LLVMPointerType>(arg.getType()))
    return false;
  // Modulo the width it takes as many values as this is odd.
  APInt step;
  return matchPattern(
             (*passed)[arg.getArgNumber()].getDefiningOp()->getOperand(1),
             m_ConstantInt(&step)) &&
         (isa<IndexType>(arg.getType()) || step.getBitWidth() >= 32) &&
         !step.isZero() && step.abs().ule(1 << 16);
}

bool LlvmLoop::varies(Value v) {
  if (!isOwn(v))
    return false;
  auto [entry, fresh] = variation.try_emplace(v);
  if (fresh)
    entry->second = !followsFrom(
        v, [&](Value u) { return !isOwn(u); },
        [](BlockArgument) { return false; });
  return entry->second;
}

bool LlvmLoop::isCounted(Value condition) {
  return followsFrom(
      condition, [&](Value v) { return !isOwn(v); },
      [&](BlockArgument arg) { return isStepped(arg); });
}

const LlvmLoop::Tests &LlvmLoop::tests() {
  if (asked)
    return *asked;
  asked.emplace();
  if (!passed)
    return *asked;
  Block *latch = nullptr;
  for (Block *from : blocks.front()->getPredecessors())
    if (own.contains(from))
      latch = latch && latch != from ? blocks.front() : from;
  addTests(latch->getTerminator(), *asked);
  if (latch != blocks.front())
    addTests(blocks.front()->getTerminator(), *asked);
  return *asked;
}

std::optional<int64_t> LlvmLoop::trips() {
  if (tripCount)
    return *tripCount;
  tripCount.emplace();
  for (const Comparison &test : tests().all) {
    std::optional<int64_t> times = timesUntilFalse(test, forms);
    counted &= times.has_value();
    if (times)
      *tripCount = std::min(tripCount->value_or(*times), *times);
  }
  return *tripCount;
}

/// How often first + step n, from n = 0 on, is asked whether it is below
/// `limit` until it is not, in a type that has no values above `most`.
static std::optional<int64_t> stepsBelow(__int128 first, __int128 step,
                                         __int128 limit, __int128 most) {
  if (first >= limit)
    return 1;
  if (step <= 0)
    return std::nullopt;
  __int128 count = (limit - first + step - 1) / step;
  // The last value that is asked about must not wrap.
  if (first + count * step > most || count >= INT32_MAX)
    return std::nullopt;
  return static_cast<int64_t>(count) + 1;
}

/// What a narrow value is the low bits of. In a sequence that stays within the
/// narrow type the two are the same number.
static Value beforeTruncation(Value v) {
  while (isa_and_nonnull<LLVM::TruncOp, arith::TruncIOp>(v.getDefiningOp()))
    v = v.getDefiningOp()->getOperand(0);
  return v;
}

std::optional<Comparison> gaus::ir::comparisonOf(Value condition, bool isTrue,
                                                 LinearForms &forms) {
  Value left, right;
  arith::CmpIPredicate predicate;
  if (auto compare = condition.getDefiningOp<LLVM::ICmpOp>()) {
    left = compare.getLhs(), right = compare.getRhs();
    // The two dialects number predicates alike.
    predicate = static_cast<arith::CmpIPredicate>(compare.getPredicate());
  } else if (auto compare = condition.getDefiningOp<arith::CmpIOp>()) {
    left = compare.getLhs(), right = compare.getRhs();
    predicate = compare.getPredicate();
  }
  if (!left || !left.getType().isIntOrIndex())
    return std::nullopt;
  Type type = left.getType();
  unsigned width = type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
  if (!isTrue)
    predicate = arith::invertPredicate(predicate);
  Comparison found{{}, {}, predicate, width};
  std::optional<LinearForm> a =
      forms.of(beforeTruncation(left), found.isUnsigned());
  std::optional<LinearForm> b =
      forms.of(beforeTruncation(right), found.isUnsigned());
  if (!a || !b)
    return std::nullopt;
  found.left = *a, found.right = *b;
  return found;
}

/// The parts that all hold where `v` does (or none of which does).
static std::optional<std::pair<Value, Value>> partsOf(Value v, bool isTrue) {
  Operation *op = v.getDefiningOp();
  if (!op || !v.getType().isInteger(1))
    return std::nullopt;
  if (isTrue ? isa<LLVM::AndOp, arith::AndIOp>(op)
             : isa<LLVM::OrOp, arith::OrIOp>(op))
    return std::pair(op->getOperand(0), op->getOperand(1));
  // As clang writes && and ||.
  if (isa<LLVM::SelectOp, arith::SelectOp>(op) &&
      matchPattern(op->getOperand(isTrue ? 2 : 1), isTrue ? m_Zero() : m_One()))
    return std::pair(op->getOperand(0), op->getOperand(isTrue ? 1 : 2));
  return std::nullopt;
}

void LlvmLoop::addTests(Value condition, bool isTrue, Tests &found) {
  if (auto parts = partsOf(condition, isTrue)) {
    addTests(parts->first, isTrue, found);
    addTests(parts->second, isTrue, found);
    return;
  }
  std::optional<Comparison> test = comparisonOf(condition, isTrue, forms);
  if (!test) {
    found.complete = false;
    return;
  }
  test->left = resolve(test->left);
  test->right = resolve(test->right);
  found.all.push_back(std::move(*test));
}

void LlvmLoop::addTests(Operation *terminator, Tests &found) {
  if (!isa<LLVM::CondBrOp, cf::CondBranchOp>(terminator))
    return;
  bool again = own.contains(terminator->getSuccessor(0));
  if (again != own.contains(terminator->getSuccessor(1)))
    addTests(terminator->getOperand(0), again, found);
}

/// Until the low bits of two sums whose difference is a constant at first are
/// equal: no earlier than all are, where that is less than 2^width away.
static std::optional<int64_t> timesUntilEqual(const LinearForm &a,
                                              const LinearForm &b,
                                              unsigned width,
                                              LinearForms &forms) {
  LinearForm gap = a;
  gap.add(b, -1);
  joinInStep(gap, forms);
  auto stride = static_cast<int64_t>(gap.stride);
  auto distance = static_cast<int64_t>(-gap.constant);
  if (!gap.terms.empty() || stride == 0 || stride == INT64_MIN ||
      distance % stride != 0 || distance / stride < 0)
    return std::nullopt;
  if (width < 64 && (distance >> width) != 0 && (-distance >> width) != 0)
    return std::nullopt;
  return distance / stride + 1;
}

std::optional<int64_t> gaus::ir::timesUntilFalse(const Comparison &test,
                                                 LinearForms &forms) {
  using P = arith::CmpIPredicate;
  LinearForm a = test.left, b = test.right;
  P predicate = test.predicate;
  if (predicate == P::eq)
    return std::nullopt;
  if (predicate == P::ne)
    return timesUntilEqual(a, b, test.width, forms);
  bool below = predicate == P::slt || predicate == P::sle ||
               predicate == P::ult || predicate == P::ule;
  bool orEqual = predicate == P::sle || predicate == P::sge ||
                 predicate == P::ule || predicate == P::uge;
  if (a.stride == 0) {
    std::swap(a, b);
    below = !below;
  }
  if (!a.terms.empty() || !b.terms.empty() || b.stride != 0)
    return std::nullopt;
  bool isUnsigned = test.isUnsigned();
  auto wide = [&](uint64_t v) {
    return isUnsigned ? static_cast<__int128>(v)
                      : static_cast<__int128>(static_cast<int64_t>(v));
  };
  __int128 most =
      (__int128(1) << (isUnsigned ? test.width : test.width - 1)) - 1;
  __int128 least = isUnsigned ? 0 : -most - 1;
  __int128 first = wide(a.constant), limit = wide(b.constant);
  __int128 step = static_cast<int64_t>(a.stride);
  if (first < least || first > most || limit < least || limit > most)
    return std::nullopt;
  if (below)
    return stepsBelow(first, step, limit + orEqual, most);
  return stepsBelow(-first, -step, -limit + orEqual, -least);
}

/// By how much the term's value grows from one iteration to the next.
std::optional<uint64_t> LlvmLoop::step(const LinearForm::Term &term) {
  auto arg = dyn_cast<BlockArgument>(term.value);
  if (!arg || !passed || arg.getOwner() != blocks.front() ||
      !(*passed)[arg.getArgNumber()])
    return std::nullopt;
  std::optional<LinearForm> next =
      forms.of((*passed)[arg.getArgNumber()], term.isUnsigned);
  if (!next || next->terms.size() != 1 || next->terms[0].value != arg ||
      next->terms[0].isUnsigned != term.isUnsigned ||
      next->terms[0].factor != 1)
    return std::nullopt;
  return next->constant;
}

LinearForm LlvmLoop::resolve(const LinearForm &form) {
  LinearForm out;
  out.stride = form.stride;
  out.constant = form.constant;
  for (const LinearForm::Term &t : form.terms) {
    std::optional<uint64_t> by = step(t);
    Value first = by ? initial(cast<BlockArgument>(t.value)) : Value();
    std::optional<LinearForm> start;
    if (first && !isOwn(first))
      start = forms.of(first, t.isUnsigned);
    if (!start) {
      out.addTerm(t.value, t.isUnsigned, t.factor);
      continue;
    }
    out.add(*start, t.factor);
    out.stride += t.factor * *by;
  }
  return out;
}

bool LlvmLoop::resolve(Address &address) {
  auto arg = dyn_cast<BlockArgument>(address.base);
  if (!arg || !isStepped(arg))
    return false;
  Address next = addresses.of((*passed)[arg.getArgNumber()]);
  Value first = initial(arg);
  if (!first || isOwn(first))
    return false;
  Address begin = addresses.of(first);
  if (!begin.base)
    return false;
  address.base = begin.base;
  address.offset.add(begin.offset);
  address.offset.stride += next.offset.constant;
  return true;
}

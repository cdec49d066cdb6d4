//===- LlvmLoop.cpp - A block that jumps back to itself -------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Llvm/LlvmLoop.h"

#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

std::optional<llvm::SmallVector<Value>> gaus::ir::backEdgeValues(Block *block) {
  if (!block->mightHaveTerminator())
    return std::nullopt;
  Operation *end = block->getTerminator();
  // An invoke would do something after the operations of the iteration.
  if (!isa<LLVM::BrOp, LLVM::CondBrOp, LLVM::SwitchOp>(end))
    return std::nullopt;
  auto branch = cast<BranchOpInterface>(end);
  std::optional<llvm::SmallVector<Value>> values;
  for (unsigned i = 0; i < end->getNumSuccessors(); ++i) {
    if (end->getSuccessor(i) != block)
      continue;
    OperandRange range = branch.getSuccessorOperands(i).getForwardedOperands();
    if (values && !llvm::equal(*values, range))
      return std::nullopt;
    values.emplace(range.begin(), range.end());
  }
  return values;
}

ValueRange LlvmLoop::conditions() const {
  Operation *end = block->getTerminator();
  if (!passed || isa<LLVM::BrOp>(end))
    return {};
  return end->getOperands().take_front(1);
}

/// The value of an argument in the first iteration; null if there are several.
Value LlvmLoop::initial(BlockArgument arg) {
  Value found;
  for (auto it = block->pred_begin(), e = block->pred_end(); it != e; ++it) {
    if (*it == block)
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
  if (!passed || arg.getOwner() != block)
    return false;
  Value next = (*passed)[arg.getArgNumber()];
  if (isa<LLVM::LLVMPointerType>(arg.getType())) {
    const Address &to = addresses.of(next);
    return to.base == arg && to.offset.terms.empty();
  }
  Operation *op = next.getDefiningOp();
  return isa_and_nonnull<LLVM::AddOp, LLVM::SubOp>(op) &&
         op->getOperand(0) == arg &&
         matchPattern(op->getOperand(1), m_Constant());
}

bool LlvmLoop::isCounted() {
  llvm::SmallVector<Value> work(conditions());
  llvm::DenseSet<Value> seen;
  while (!work.empty()) {
    Value v = work.pop_back_val();
    if (!isOwn(v) || !seen.insert(v).second)
      continue;
    if (auto arg = dyn_cast<BlockArgument>(v)) {
      if (!isStepped(arg))
        return false;
      continue;
    }
    Operation *op = v.getDefiningOp();
    if (op->getNumRegions() > 0 || !isMemoryEffectFree(op))
      return false;
    llvm::append_range(work, op->getOperands());
  }
  return true;
}

std::optional<int64_t> LlvmLoop::trips() {
  if (tripCount)
    return *tripCount;
  tripCount.emplace();
  auto branch = dyn_cast<LLVM::CondBrOp>(block->getTerminator());
  auto compare =
      branch ? branch.getCondition().getDefiningOp<LLVM::ICmpOp>() : nullptr;
  if (!compare || !passed || !isa<IntegerType>(compare.getLhs().getType()))
    return std::nullopt;
  bool again = branch.getTrueDest() == block;
  if (branch.getTrueDest() == branch.getFalseDest() ||
      compare.getPredicate() !=
          (again ? LLVM::ICmpPredicate::ne : LLVM::ICmpPredicate::eq))
    return std::nullopt;
  std::optional<LinearForm> left = forms.of(compare.getLhs(), false);
  std::optional<LinearForm> right = forms.of(compare.getRhs(), false);
  if (!left || !right)
    return std::nullopt;
  LinearForm gap = resolve(*left);
  gap.add(resolve(*right), -1);
  auto stride = static_cast<int64_t>(gap.stride);
  auto distance = static_cast<int64_t>(-gap.constant);
  if (!gap.terms.empty() || stride == 0 || stride == INT64_MIN ||
      distance % stride != 0 || distance / stride < 0)
    return std::nullopt;
  return *(tripCount = distance / stride + 1);
}

/// By how much the term's value grows from one iteration to the next.
std::optional<uint64_t> LlvmLoop::step(const LinearForm::Term &term) {
  auto arg = dyn_cast<BlockArgument>(term.value);
  if (!arg || !passed || arg.getOwner() != block)
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

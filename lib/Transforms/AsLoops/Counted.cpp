//===- Counted.cpp - Loops that only count as scf.for ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AsLoops/Described.h"
#include "AsLoops/Kinds.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/Transforms.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace gaus::ir;

/// By which an iteration of `loop` increases the argument `number` of what
/// decides: null if by nothing that is a sum.
static arith::AddIOp stepOf(scf::WhileOp loop, unsigned number) {
  scf::YieldOp yield = loop.getYieldOp();
  auto add = yield.getOperand(number).getDefiningOp<arith::AddIOp>();
  if (!add || add->getParentOp() != loop)
    return nullptr;
  Value variable = loop.getBeforeArguments()[number];
  for (auto [passed, argument] :
       llvm::zip(loop.getConditionOp().getArgs(), loop.getAfterArguments()))
    if (passed == variable && add.getLhs() == argument)
      return add;
  return nullptr;
}

/// Whether no sum of `add` that is compared with `end` wraps around: those that
/// are, are of what was below `end`.
static bool cannotWrap(arith::AddIOp add, Value end) {
  APInt step, last;
  if (!matchPattern(add.getRhs(), m_ConstantInt(&step)) ||
      !step.isStrictlyPositive())
    return false;
  if (step.isOne() || bitEnumContainsAll(add.getOverflowFlags(),
                                         arith::IntegerOverflowFlags::nsw))
    return true;
  bool wraps = true;
  if (matchPattern(end, m_ConstantInt(&last)))
    (void)last.sadd_ov(step, wraps);
  return !wraps;
}

namespace {

/// A loop that goes on while a variable is below an end.
struct Count {
  BlockArgument variable;
  Value end;
  arith::AddIOp add;
  bool isByOne;
};

} // namespace

/// What `loop` compares, if that is all that decides.
static std::optional<Count> comparedIn(scf::WhileOp loop) {
  auto decides =
      loop.getConditionOp().getCondition().getDefiningOp<arith::CmpIOp>();
  if (!decides || decides->getParentOp() != loop)
    return std::nullopt;
  Value variable = decides.getLhs(), end = decides.getRhs();
  if (decides.getPredicate() == arith::CmpIPredicate::sgt)
    std::swap(variable, end);
  else if (decides.getPredicate() != arith::CmpIPredicate::slt)
    return std::nullopt;
  auto argument = dyn_cast<BlockArgument>(variable);
  if (!argument || argument.getOwner() != loop.getBeforeBody())
    return std::nullopt;
  return Count{argument, end, stepOf(loop, argument.getArgNumber()), false};
}

/// The results that are where the variable ended.
static llvm::SmallVector<Value> endsOf(scf::WhileOp loop, const Count &count) {
  llvm::SmallVector<Value> ends;
  for (auto [passed, result] :
       llvm::zip(loop.getConditionOp().getArgs(), loop.getResults()))
    if (passed == count.variable && !result.use_empty())
      ends.push_back(result);
  return ends;
}

static std::optional<Count> countOf(scf::WhileOp loop) {
  std::optional<Count> count = comparedIn(loop);
  if (!count || !count->add || !cannotWrap(count->add, count->end) ||
      loop->isAncestor(count->end.getParentRegion()->getParentOp()))
    return std::nullopt;
  count->isByOne = matchPattern(count->add.getRhs(), m_One());
  if (!count->isByOne && !endsOf(loop, *count).empty())
    return std::nullopt;
  return count;
}

/// By steps of one it ends at the end, or where it begins.
static void sayWhereItEnds(scf::WhileOp loop, const Count &count,
                           RewriterBase &rewriter) {
  llvm::SmallVector<Value> ends = endsOf(loop, count);
  if (ends.empty())
    return;
  rewriter.setInsertionPointAfter(loop);
  Value begin = loop.getInits()[count.variable.getArgNumber()];
  Value end = arith::MaxSIOp::create(rewriter, loop.getLoc(), begin, count.end);
  for (Value result : ends)
    rewriter.replaceAllUsesWith(result, end);
}

static void eraseIfDead(Operation *op) {
  if (isOpTriviallyDead(op))
    op->erase();
}

/// What takes its place counts in its own way: the sum is left over, and where
/// the count ended, which nobody uses.
static scf::ForOp uplift(scf::WhileOp loop, Count count,
                         RewriterBase &rewriter) {
  sayWhereItEnds(loop, count, rewriter);
  Operation *next = loop->getNextNode();
  rewriter.setInsertionPoint(loop);
  FailureOr<scf::ForOp> made = scf::upliftWhileToForLoop(rewriter, loop);
  if (failed(made))
    return nullptr;
  while (Operation *last = next->getPrevNode()) {
    if (last == *made || !isOpTriviallyDead(last))
      break;
    last->erase();
  }
  eraseIfDead(count.add);
  return *made;
}

void gaus::ir::countedToLoops(Operation *root, Insides &insides) {
  llvm::SmallVector<scf::WhileOp> all;
  root->walk<WalkOrder::PostOrder>([&](scf::WhileOp loop) {
    if (!isDescribed(loop, insides))
      all.push_back(loop);
  });
  IRRewriter rewriter(root->getContext());
  for (scf::WhileOp loop : all) {
    // One may end where another one, which is no more, has ended.
    std::optional<Count> count = countOf(loop);
    if (!count)
      continue;
    Said said(loop);
    scf::ForOp made = uplift(loop, *count, rewriter);
    if (!made)
      continue;
    made->setLoc(said.loc);
    emitRemark(said.loc) << "scf.while is scheduled as scf.for: it counts";
    handOn(said, {made.getOperation()});
  }
}

//===- Parallel.cpp - Loops in any order as loops in order ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AsLoops/Described.h"
#include "AsLoops/Kinds.h"
#include "Memory/MemoryOrder.h"
#include "Scopes/Kinds.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/CallInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

static arith::AtomicRMWKind kindOf(Attribute reduction) {
  return cast<arith::AtomicRMWKindAttr>(reduction).getValue();
}

static bool canBeLoops(Operation *op) {
  if (auto loop = dyn_cast<scf::ForallOp>(op))
    return loop.getRank() > 0 && loop.getNumResults() == 0 &&
           !loop.getMapping();
  if (auto loop = dyn_cast<affine::AffineParallelOp>(op))
    return loop.getNumDims() > 0 &&
           llvm::none_of(loop.getReductions(), [](Attribute kind) {
             return kindOf(kind) == arith::AtomicRMWKind::assign;
           });
  return isa<scf::ParallelOp>(op);
}

/// Whether what `op` does with memory may meet what another iteration does, in
/// any order: it is atomic, or a call, of which that is not known.
static bool mayMeetOthers(Operation *op) {
  if (auto load = dyn_cast<LLVM::LoadOp>(op))
    return !isOrdinary(load);
  if (auto store = dyn_cast<LLVM::StoreOp>(op))
    return !isOrdinary(store);
  return isa<memref::AtomicRMWOp, memref::GenericAtomicRMWOp, LLVM::AtomicRMWOp,
             LLVM::AtomicCmpXchgOp, LLVM::FenceOp, CallOpInterface>(op);
}

static bool isIndependent(Operation *loop) {
  return !loop->walk([](Operation *op) {
                return mayMeetOthers(op) ? WalkResult::interrupt()
                                         : WalkResult::advance();
              })
              .wasInterrupted();
}

namespace {

/// A loop for each dimension instead of one operation, and in the innermost one
/// its body. What is reduced is handed from iteration to iteration.
class Nest {
public:
  explicit Nest(Operation *op)
      : op(op), independent(isIndependent(op)), rewriter(op->getContext()) {
    rewriter.setInsertionPoint(op);
  }

  void make() {
    if (auto loop = dyn_cast<scf::ParallelOp>(op)) {
      carried.assign(loop.getInitVals().begin(), loop.getInitVals().end());
      addLoops(loop.getLowerBound(), loop.getUpperBound(), loop.getStep());
    } else if (auto loop = dyn_cast<scf::ForallOp>(op)) {
      // One after the other: each may make constants.
      llvm::SmallVector<Value> from = loop.getLowerBound(rewriter);
      llvm::SmallVector<Value> to = loop.getUpperBound(rewriter);
      addLoops(from, to, loop.getStep(rewriter));
    } else {
      addLoops(cast<affine::AffineParallelOp>(op));
    }
    takeBody();
    finish();
  }

private:
  /// Further loops are inside of `loop`.
  template <class Loop> void enter(Loop loop) {
    loops.push_back(loop);
    variables.push_back(loop.getInductionVar());
    carried.assign(loop.getRegionIterArgs().begin(),
                   loop.getRegionIterArgs().end());
    rewriter.setInsertionPointToStart(loop.getBody());
  }

  void addLoops(ValueRange from, ValueRange to, ValueRange by) {
    for (auto [low, high, step] : llvm::zip(from, to, by))
      enter(
          scf::ForOp::create(rewriter, op->getLoc(), low, high, step, carried));
  }

  void addLoops(affine::AffineParallelOp loop) {
    for (auto [kind, result] :
         llvm::zip(loop.getReductions(), loop.getResults()))
      carried.push_back(arith::getIdentityValue(kindOf(kind), result.getType(),
                                                rewriter, op->getLoc()));
    for (auto [k, step] : llvm::enumerate(loop.getSteps()))
      enter(affine::AffineForOp::create(
          rewriter, op->getLoc(), loop.getLowerBoundsOperands(),
          loop.getLowerBoundMap(k), loop.getUpperBoundsOperands(),
          loop.getUpperBoundMap(k), step, carried));
  }

  void takeBody() {
    Block &body = op->getRegion(0).front();
    for (auto [variable, old] : llvm::zip(variables, body.getArguments()))
      variable.setLoc(old.getLoc());
    Operation *end = body.getTerminator();
    rewriter.inlineBlockBefore(&body, rewriter.getInsertionBlock(),
                               rewriter.getInsertionPoint(), variables);
    rewriter.setInsertionPoint(end);
    if (auto reduce = dyn_cast<scf::ReduceOp>(end))
      combine(reduce);
    else if (auto loop = dyn_cast<affine::AffineParallelOp>(op))
      combine(loop, end);
    rewriter.eraseOp(end);
  }

  void combine(scf::ReduceOp reduce) {
    for (auto [value, operand, region] :
         llvm::zip(carried, reduce.getOperands(), reduce.getReductions())) {
      Block &with = region.front();
      Operation *end = with.getTerminator();
      rewriter.inlineBlockBefore(&with, reduce, {value, operand});
      value = end->getOperand(0);
      rewriter.eraseOp(end);
    }
  }

  void combine(affine::AffineParallelOp loop, Operation *end) {
    for (auto [value, operand, kind] :
         llvm::zip(carried, end->getOperands(), loop.getReductions()))
      value = arith::getReductionOp(kindOf(kind), rewriter, op->getLoc(), value,
                                    operand);
  }

  /// The operation goes, and what it said is said of its loops.
  void finish() {
    for (Operation *loop : llvm::reverse(loops)) {
      if (!carried.empty()) {
        rewriter.setInsertionPointToEnd(&loop->getRegion(0).front());
        if (isa<scf::ForOp>(loop))
          scf::YieldOp::create(rewriter, op->getLoc(), carried);
        else
          affine::AffineYieldOp::create(rewriter, op->getLoc(), carried);
      }
      carried.assign(loop->result_begin(), loop->result_end());
      if (independent)
        loop->setAttr(kIndependent, rewriter.getUnitAttr());
      // Bounds are told apart from those of other dimensions.
      llvm::SmallVector<OpFoldResult> none;
      if (isa<affine::AffineForOp>(loop))
        (void)loop->fold(none);
    }
    for (NamedAttribute attr : op->getDiscardableAttrs())
      if (!attr.getName().strref().starts_with("gaus."))
        loops.front()->setAttr(attr.getName(), attr.getValue());
    handOn(Said(op), loops);
    rewriter.replaceOp(op, carried);
  }

  Operation *op;
  bool independent; ///< its iterations, in all that they do with memory
  IRRewriter rewriter;
  llvm::SmallVector<Operation *> loops; ///< from the outermost one
  llvm::SmallVector<Value> variables, carried;
};

} // namespace

void gaus::ir::parallelToLoops(Operation *root, Insides &insides) {
  llvm::SmallVector<Operation *> wanted;
  root->walk<WalkOrder::PostOrder>([&](Operation *op) {
    if (isParallelLoop(op) && canBeLoops(op) && !isDescribed(op, insides))
      wanted.push_back(op);
  });
  for (Operation *op : wanted) {
    emitRemark(op->getLoc()) << op->getName() << " is scheduled as its loops";
    Nest(op).make();
  }
}

//===- Linalg.cpp - Operations of linalg as their loops -------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AsLoops/Described.h"
#include "AsLoops/Kinds.h"
#include "AsLoops/Obstacle.h"
#include "Scopes/Insides.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;
using namespace gaus::ir;

bool gaus::ir::isLinalg(Operation *op) {
  return isa_and_nonnull<linalg::LinalgDialect>(op->getDialect()) &&
         !isa<linalg::YieldOp, linalg::IndexOp>(op);
}

llvm::StringRef gaus::ir::linalgObstacle(Operation *op) {
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  if (!structured)
    return "linalg has no loops for it";
  if (!structured.hasPureBufferSemantics())
    return "it works on tensors, of which --one-shot-bufferize makes buffers";
  return "";
}

namespace {

/// One operation, and what is made instead of it.
class Lowering {
public:
  explicit Lowering(linalg::LinalgOp op)
      : op(op), before(op->getPrevNode()), rewriter(op->getContext()) {
    rewriter.setInsertionPoint(op);
  }

  /// Leaves all as it was where that cannot be.
  bool run() {
    if (!make(linalg::linalgOpToAffineLoops) && !make(linalg::linalgOpToLoops))
      return false;
    simplify();
    clean();
    nameLoops();
    return true;
  }

  /// The operation goes, and what it said is said of its loops.
  void replace() {
    handOn(Said(op), loops, allMade());
    op->erase();
  }

  llvm::StringRef what() const {
    return loops.empty() ? "its operations" : "its loops";
  }

private:
  using Maker = FailureOr<linalg::LinalgLoops> (*)(RewriterBase &,
                                                   linalg::LinalgOp);

  bool make(Maker maker) {
    FailureOr<linalg::LinalgLoops> made = maker(rewriter, op);
    if (succeeded(made) && llvm::all_of(*made, isAllowed)) {
      loops = std::move(*made);
      return true;
    }
    llvm::SmallVector<Operation *> left = firstLevel();
    for (Operation *one : llvm::reverse(left))
      one->erase();
    return false;
  }

  /// Sizes of what is made inside of other loops are no symbols of affine.
  static bool isAllowed(Operation *loop) {
    auto nest = dyn_cast<affine::AffineForOp>(loop);
    if (!nest)
      return true;
    Region *scope = affine::getAffineScope(loop);
    auto isValid = [&](Value v) {
      return affine::isValidDim(v, scope) || affine::isValidSymbol(v, scope);
    };
    return llvm::all_of(nest.getControlOperands(), isValid);
  }

  llvm::SmallVector<Operation *> firstLevel() {
    auto first =
        before ? std::next(Block::iterator(before)) : op->getBlock()->begin();
    llvm::SmallVector<Operation *> all;
    for (Operation &one : llvm::make_range(first, Block::iterator(op)))
      all.push_back(&one);
    return all;
  }

  llvm::SmallVector<Operation *> allMade() {
    llvm::SmallVector<Operation *> all;
    for (Operation *one : firstLevel())
      one->walk([&](Operation *inner) { all.push_back(inner); });
    return all;
  }

  /// Subscripts and bounds as others write them: sums are in the access, and
  /// not before it.
  void simplify() {
    llvm::SmallVector<Operation *> accesses;
    for (Operation *one : allMade()) {
      llvm::SmallVector<OpFoldResult> none;
      if (isa<affine::AffineForOp>(one))
        (void)one->fold(none);
      else if (isa<affine::AffineLoadOp, affine::AffineStoreOp,
                   affine::AffineApplyOp>(one))
        accesses.push_back(one);
    }
    MLIRContext *context = op->getContext();
    RewritePatternSet patterns(context);
    affine::AffineLoadOp::getCanonicalizationPatterns(patterns, context);
    affine::AffineStoreOp::getCanonicalizationPatterns(patterns, context);
    GreedyRewriteConfig config;
    config.setStrictness(GreedyRewriteStrictness::ExistingAndNewOps);
    (void)applyOpPatternsGreedily(accesses, std::move(patterns), config);
  }

  /// Loads of what is only written, and numbers that became bounds, are left
  /// over; what named operations compute has no place.
  void clean() {
    llvm::SmallVector<Operation *> all = allMade();
    for (Operation *one : llvm::reverse(all)) {
      if (one->getNumRegions() == 0 && isOpTriviallyDead(one))
        one->erase();
      else if (isa<UnknownLoc>(one->getLoc()))
        one->setLoc(op->getLoc());
    }
  }

  /// As linalg calls them: d0, d1, ...
  void nameLoops() {
    for (auto [k, loop] : llvm::enumerate(loops))
      if (auto like = dyn_cast<LoopLikeOpInterface>(loop))
        if (std::optional<Value> variable = like.getSingleInductionVar())
          variable->setLoc(NameLoc::get(
              rewriter.getStringAttr("d" + std::to_string(k)), op->getLoc()));
  }

  linalg::LinalgOp op;
  Operation *before;
  IRRewriter rewriter;
  linalg::LinalgLoops loops; ///< from the outermost one
};

} // namespace

void gaus::ir::linalgToLoops(Operation *root, Insides &insides) {
  llvm::SmallVector<linalg::LinalgOp> wanted;
  root->walk<WalkOrder::PostOrder>([&](linalg::LinalgOp op) {
    if (linalgObstacle(op).empty() && !isDescribed(op, insides))
      wanted.push_back(op);
  });
  for (linalg::LinalgOp op : wanted) {
    Lowering lowering(op);
    InFlightDiagnostic remark = emitRemark(op->getLoc()) << op->getName();
    if (!lowering.run()) {
      remark << " stays: linalg makes no loops of it";
      continue;
    }
    remark << " is scheduled as " << lowering.what();
    remark.report();
    lowering.replace();
  }
}

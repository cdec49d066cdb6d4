//===- ToLoops.cpp - Operations of linalg as their loops ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Transforms/Linalg.h"

#include "Linalg/Obstacle.h"
#include "Scopes/Insides.h"
#include "Scopes/Kinds.h"
#include "Scopes/Silence.h"

#include "gaus/Dialect/GausNames.h"

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

/// Whether something else is known of it than its loops.
static bool isDescribed(Operation *op, Insides &insides) {
  for (llvm::StringRef name : {kLatency, kOccupancy, kUses, kDelay})
    if (op->hasAttr(name))
      return true;
  // A library that is not there is an error of what builds the scope.
  Silence silence(op->getContext());
  OperatorLibrary *library = insides.libraryOf(op);
  return !library || hasOperator(op, *library);
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
    handOn();
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

  /// Times, and what holds for all inside, are those of the outermost loop,
  /// wishes those of the innermost one.
  void handOn() {
    for (NamedAttribute attr : op->getDiscardableAttrs()) {
      llvm::StringRef name = attr.getName();
      auto isOneOf = [&](llvm::ArrayRef<llvm::StringRef> names) {
        return llvm::is_contained(names, name);
      };
      if (!name.starts_with("gaus.") || isResult(name))
        continue;
      if (!loops.empty() && isOneOf({kWindow, kLibrary, kClock, kInterface}))
        loops.front()->setAttr(name, attr.getValue());
      else if (!loops.empty() && isOneOf({kRequest, kLiveLimit, kMemoryModel}))
        loops.back()->setAttr(name, attr.getValue());
      else if (!loops.empty() && name == kTrips)
        hintTrips(attr.getValue());
      else if (loops.empty() && isOneOf({kIndependent, kDistance}))
        sayOfAccesses(attr);
      else
        emitRemark(op->getLoc()) << "its " << name << " is left out: it has no "
                                 << "meaning for " << what();
    }
  }

  void hintTrips(Attribute value) {
    for (Operation *loop : loops)
      if (!constantTrips(loop))
        loop->setAttr(kTrips, value);
  }

  void sayOfAccesses(NamedAttribute attr) {
    for (Operation *one : allMade())
      if (!isMemoryEffectFree(one))
        one->setAttr(attr.getName(), attr.getValue());
  }

  static bool isResult(llvm::StringRef name) {
    return llvm::is_contained(
        {kStart, kLatencyMin, kDist, kAlternative, kUnit, kSwapped, kRegisters},
        name);
  }

  linalg::LinalgOp op;
  Operation *before;
  IRRewriter rewriter;
  linalg::LinalgLoops loops; ///< from the outermost one
};

} // namespace

void gaus::ir::linalgToLoops(Operation *root) {
  Insides insides(root);
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

void gaus::ir::loadLoopDialects(MLIRContext &context) {
  context.loadDialect<affine::AffineDialect, arith::ArithDialect,
                      memref::MemRefDialect, scf::SCFDialect>();
}

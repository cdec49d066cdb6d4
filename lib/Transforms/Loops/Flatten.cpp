//===- Flatten.cpp - Perfect nests as one loop ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/Flatten.h"

#include "Scopes/Kinds.h"

#include "gaus/Core/Problem.h"
#include "gaus/Dialect/GausNames.h"

#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace mlir::affine;
using namespace gaus::ir;

/// Whether a loop holds nothing but `inner`, which begins with what it hands
/// on, and makes what it hands on, in that order.
static bool holdsOnly(AffineForOp outer, AffineForOp inner) {
  return llvm::hasNItems(*outer.getBody(), 2) &&
         llvm::equal(inner.getInits(), outer.getRegionIterArgs()) &&
         llvm::equal(outer.getBody()->getTerminator()->getOperands(),
                     inner.getResults());
}

/// What no loop of a flattened nest may be; empty if it is none of it.
static llvm::StringRef obstacle(AffineForOp loop) {
  if (!loop.hasConstantBounds() || constantTrips(loop).value_or(0) < 1)
    return "how often its loops run is no constant, or 0";
  if (loop->hasAttr(kRequest))
    return "one of its loops has a gaus.request, which is for that loop";
  if (loop->hasAttr(kLength))
    return "it is scheduled already";
  return "";
}

/// Of what stands on operations of the body: said of one loop's iterations.
static bool speaksOfIterations(AffineForOp innermost) {
  return innermost.getRegion()
      .walk([](Operation *op) {
        return op->hasAttr(kDistance) || op->hasAttr(kIndependent)
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

int64_t gaus::ir::iterationsOf(llvm::ArrayRef<AffineForOp> nest) {
  int64_t product = 1;
  for (AffineForOp loop : nest)
    product *= constantTrips(loop).value_or(1);
  return product;
}

LoopNest gaus::ir::perfectNest(AffineForOp innermost, llvm::StringRef &reason) {
  LoopNest nest = {innermost};
  reason = obstacle(innermost);
  if (reason.empty() && speaksOfIterations(innermost))
    reason = "gaus.distance or gaus.independent in it is said of the "
             "iterations of its innermost loop";
  while (reason.empty()) {
    auto outer = dyn_cast<AffineForOp>(nest.front()->getParentOp());
    if (!outer)
      return nest;
    if (!holdsOnly(outer, nest.front()))
      reason = "there is more in the outer loop than the inner one";
    else
      reason = obstacle(outer);
    if (reason.empty() && iterationsOf(nest) * iterationsOf({outer}) >
                              static_cast<int64_t>(gaus::kMaxCycle))
      reason = "it has too many iterations";
    if (reason.empty())
      nest.insert(nest.begin(), outer);
  }
  return nest;
}

AffineForOp gaus::ir::flattened(llvm::ArrayRef<AffineForOp> nest) {
  AffineForOp outer = nest.front(), inner = nest.back();
  OpBuilder b(outer);
  auto loop = AffineForOp::create(b, inner.getLoc(), 0, iterationsOf(nest), 1,
                                  outer.getInits());
  loop->setDiscardableAttrs(inner->getDiscardableAttrDictionary());
  // Of one run of the inner loop.
  loop->removeAttr(kTrips);
  if (Operation *made = loop.getBody()->mightHaveTerminator()
                            ? loop.getBody()->getTerminator()
                            : nullptr)
    made->erase();
  b.setInsertionPointToStart(loop.getBody());
  IRMapping same;
  int64_t within = 1;
  for (AffineForOp one : llvm::reverse(nest)) {
    int64_t trips = iterationsOf({one});
    AffineExpr turn = b.getAffineDimExpr(0).floorDiv(within);
    if (one != outer)
      turn = turn % trips;
    AffineMap map = AffineMap::get(
        1, 0, turn * one.getStepAsInt() + one.getConstantLowerBound());
    same.map(one.getInductionVar(),
             AffineApplyOp::create(b, one.getLoc(), map,
                                   ValueRange{loop.getInductionVar()}));
    within *= trips;
  }
  same.map(inner.getRegionIterArgs(), loop.getRegionIterArgs());
  for (Operation &op : *inner.getBody())
    b.clone(op, same);
  return loop;
}

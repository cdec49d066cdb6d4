//===- FlattenAny.cpp - Nests of any numbers of iterations ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/Flatten.h"
#include "Loops/ToScf.h"
#include "Scopes/Kinds.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/LoopInvariantCodeMotionUtils.h"

using namespace mlir;
using namespace mlir::affine;
using namespace gaus::ir;

namespace {

/// Works on a copy of the two loops, which is erased in the end.
class FlatteningAny {
public:
  FlatteningAny(Operation *original, llvm::SmallVectorImpl<Operation *> &added)
      : before(added), last(original->getPrevNode()), place(original),
        b(original) {
    copy = b.clone(*original);
  }

  scf::ForOp run(llvm::StringRef &reason) {
    reason = prepare();
    scf::ForOp made = reason.empty() ? build() : scf::ForOp();
    outer ? outer.erase() : copy->erase();
    Operation *op = last ? last->getNextNode() : &place->getBlock()->front();
    for (; op != (made ? made.getOperation() : place); op = op->getNextNode())
      before.push_back(op);
    return made;
  }

private:
  static scf::ForOp asScf(Operation *loop) {
    if (auto affineLoop = dyn_cast<AffineForOp>(loop))
      return toScf(affineLoop, [](Operation *, llvm::ArrayRef<Operation *>) {});
    return cast<scf::ForOp>(loop);
  }

  llvm::StringRef prepare() {
    Operation *in = nullptr;
    for (Operation &op : copy->getRegion(0).front())
      if (isForLoop(&op))
        in = &op;
    inner = asScf(in);
    outer = asScf(copy);
    if (outer
            .walk([](Operation *op) {
              return isa<AffineDialect>(op->getDialect())
                         ? WalkResult::interrupt()
                         : WalkResult::advance();
            })
            .wasInterrupted())
      return "an operation of the affine dialect in it is not lowered here";
    // Bounds of the inner loop.
    moveLoopInvariantCode(cast<LoopLikeOpInterface>(outer.getOperation()));
    for (scf::ForOp loop : {outer, inner})
      if (loop.getUnsignedCmp() || !loop.getInductionVar().getType().isIndex())
        return "a variable of its loops is no signed index";
    return shape();
  }

  /// Why the inner loop is not all that the outer one holds.
  llvm::StringRef shape() {
    for (Value v :
         {inner.getLowerBound(), inner.getUpperBound(), inner.getStep()})
      if (outer.getRegion().isAncestor(v.getParentRegion()))
        return "how often its inner loop runs is another number in each "
               "iteration of the outer one";
    Block &body = *outer.getBody();
    bool isAll = &body.front() == inner && inner->getNextNode() == &body.back();
    if (!isAll || !llvm::equal(inner.getInits(), outer.getRegionIterArgs()) ||
        !llvm::equal(body.back().getOperands(), inner.getResults()))
      return "how often its loops run is no constant, and the outer one holds "
             "more than the inner one";
    return "";
  }

  Value number(int64_t value) {
    return arith::ConstantIndexOp::create(b, outer.getLoc(), value);
  }

  /// Exact as an unsigned number: the bounds are no further apart.
  Value tripsOf(scf::ForOp loop) {
    if (std::optional<int64_t> known = constantTrips(loop))
      return number(*known);
    Location loc = loop.getLoc();
    Value from = loop.getLowerBound(), to = loop.getUpperBound();
    Value some =
        arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, from, to);
    Value count = to;
    if (getConstantIntValue(from) != 0)
      count = arith::SubIOp::create(b, loc, to, from);
    if (getConstantIntValue(loop.getStep()) != 1)
      count = arith::CeilDivUIOp::create(b, loc, count, loop.getStep());
    return arith::SelectOp::create(b, loc, some, count, number(0));
  }

  /// What the loop's variable is in its iteration `turn`.
  Value variableOf(scf::ForOp loop, Value turn) {
    Location loc = loop.getLoc();
    if (getConstantIntValue(loop.getStep()) != 1)
      turn = arith::MulIOp::create(b, loc, turn, loop.getStep());
    if (getConstantIntValue(loop.getLowerBound()) != 0)
      turn = arith::AddIOp::create(b, loc, turn, loop.getLowerBound());
    return turn;
  }

  scf::ForOp build() {
    b.setInsertionPoint(outer);
    Location loc = inner.getLoc();
    Value within = tripsOf(inner), around = tripsOf(outer);
    Value all = arith::MulIOp::create(b, loc, within, around);
    auto made =
        scf::ForOp::create(b, loc, number(0), all, number(1), outer.getInits());
    if (Block *body = made.getBody(); body->mightHaveTerminator())
      body->getTerminator()->erase();
    b.setInsertionPointToStart(made.getBody());
    IRMapping same;
    Value k = made.getInductionVar();
    if (!outer.getInductionVar().use_empty())
      same.map(outer.getInductionVar(),
               variableOf(outer, arith::DivUIOp::create(b, loc, k, within)));
    if (!inner.getInductionVar().use_empty())
      same.map(inner.getInductionVar(),
               variableOf(inner, arith::RemUIOp::create(b, loc, k, within)));
    same.map(inner.getRegionIterArgs(), made.getRegionIterArgs());
    for (Operation &op : *inner.getBody())
      b.clone(op, same);
    sayOfFlattened(made, {outer, inner});
    return made;
  }

  llvm::SmallVectorImpl<Operation *> &before;
  Operation *last, *place, *copy;
  OpBuilder b;
  scf::ForOp outer, inner;
};

} // namespace

scf::ForOp gaus::ir::flattenedAny(Operation *outer, Operation *inner,
                                  llvm::SmallVectorImpl<Operation *> &before,
                                  llvm::StringRef &reason) {
  for (Operation *loop : {inner, outer})
    if (reason = spokenFor(loop); !reason.empty())
      return nullptr;
  if (reason = speaksOfIterations(outer); !reason.empty())
    return nullptr;
  return FlatteningAny(outer, before).run(reason);
}

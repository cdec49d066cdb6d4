//===- Flatten.cpp - Nests as one loop ------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/Flatten.h"

#include "Loops/Unroll.h"
#include "Scopes/Kinds.h"

#include "gaus/Core/Problem.h"
#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/Affine/LoopUtils.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Utils/Utils.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/IntegerSet.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace mlir::affine;
using namespace gaus::ir;

ValueRange CountedLoop::inits() const {
  return cast<LoopLikeOpInterface>(op).getInits();
}

//===----------------------------------------------------------------------===//
// Nests
//===----------------------------------------------------------------------===//

static std::optional<CountedLoop> counted(Operation *op) {
  CountedLoop loop{op, 0, 1, constantTrips(op).value_or(0)};
  if (loop.trips < 1)
    return std::nullopt;
  if (auto one = dyn_cast<AffineForOp>(op)) {
    if (!one.hasConstantBounds())
      return std::nullopt;
    loop.lower = one.getConstantLowerBound();
    loop.step = one.getStepAsInt();
    return loop;
  }
  auto one = cast<scf::ForOp>(op);
  auto from = getConstantIntValue(one.getLowerBound()),
       by = getConstantIntValue(one.getStep());
  if (!from || !by || *by < 1 || one.getUnsignedCmp() ||
      !loop.variable().getType().isIndex())
    return std::nullopt;
  loop.lower = *from;
  loop.step = *by;
  return loop;
}

static bool isConstant(Operation &op) {
  return op.hasTrait<OpTrait::ConstantLike>();
}

bool gaus::ir::isPerfect(const CountedLoop &outer, const CountedLoop &inner) {
  bool holdsMore = llvm::any_of(outer.body(), [&](Operation &op) {
    return &op != inner.op && !isConstant(op) &&
           !op.hasTrait<OpTrait::IsTerminator>();
  });
  return !holdsMore && llvm::equal(inner.inits(), outer.arguments()) &&
         llvm::equal(outer.handedOn(), inner.op->getResults());
}

llvm::StringRef gaus::ir::spokenFor(Operation *loop) {
  if (loop->hasAttr(kRequest))
    return "one of its loops has a gaus.request, which is for that loop";
  if (loop->hasAttr(kLength))
    return "it is scheduled already";
  return "";
}

/// What no loop of a flattened nest may be; empty if it is none of it.
static llvm::StringRef obstacle(Operation *loop) {
  return counted(loop) ? spokenFor(loop) : llvm::StringRef(kNotCounted);
}

llvm::StringRef gaus::ir::speaksOfIterations(Operation *loop) {
  bool speaks =
      loop->walk([](Operation *op) {
            bool says = op->hasAttr(kDistance) ||
                        (op->hasAttr(kIndependent) && !isForLoop(op));
            return says ? WalkResult::interrupt() : WalkResult::advance();
          })
          .wasInterrupted();
  return speaks ? "gaus.distance or gaus.independent in it is said of the "
                  "iterations of its innermost loop"
                : "";
}

static bool hasZero(Value v) {
  return static_cast<bool>(Builder(v.getContext()).getZeroAttr(v.getType()));
}

/// Why two loops that are no perfect nest cannot be one; empty if they can.
static llvm::StringRef obstacle(const CountedLoop &outer,
                                const CountedLoop &inner) {
  bool hasForms = llvm::all_of(inner.op->getResults(), hasZero);
  for (Operation &op : outer.body()) {
    if (&op == inner.op || op.hasTrait<OpTrait::IsTerminator>())
      continue;
    if (op.getNumRegions() > 0)
      return "there is more in the outer loop than the inner one and single "
             "operations";
    hasForms &= isPure(&op) || llvm::all_of(op.getResults(), hasZero);
  }
  return hasForms ? "" : "a value in the outer loop has no number for nothing";
}

int64_t gaus::ir::iterationsOf(llvm::ArrayRef<CountedLoop> nest) {
  int64_t product = 1;
  for (const CountedLoop &loop : nest)
    product *= loop.trips;
  return product;
}

LoopNest gaus::ir::findNest(Operation *innermost, llvm::StringRef &reason) {
  LoopNest nest;
  reason = obstacle(innermost);
  if (reason.empty())
    nest.push_back(*counted(innermost));
  while (reason.empty()) {
    Operation *around = nest.front().op->getParentOp();
    if (!isForLoop(around))
      return nest;
    reason = obstacle(around);
    if (reason.empty())
      reason = speaksOfIterations(around);
    if (!reason.empty())
      break;
    CountedLoop outer = *counted(around);
    bool perfect = isPerfect(outer, nest.front());
    if (!perfect && nest.size() > 1)
      return nest;
    if (!perfect)
      reason = obstacle(outer, nest.front());
    if (reason.empty() && iterationsOf(nest) * outer.trips >
                              static_cast<int64_t>(gaus::kMaxCycle))
      reason = "it has too many iterations";
    if (!reason.empty())
      break;
    nest.insert(nest.begin(), outer);
    if (!perfect)
      break;
  }
  return nest;
}

//===----------------------------------------------------------------------===//
// One loop
//===----------------------------------------------------------------------===//

namespace {

/// Two loops, of which the outer one may hold more, as one.
class Merging {
public:
  Merging(const CountedLoop &o, const CountedLoop &i)
      : outer(o), inner(i), b(o.op) {}

  AffineForOp make() {
    findKept();
    llvm::SmallVector<Value> inits(outer.inits());
    for (Value v : inner.op->getResults())
      inits.push_back(zero(v.getType()));
    for (Value v : kept)
      inits.push_back(zero(v.getType()));
    loop = AffineForOp::create(b, inner.op->getLoc(), 0,
                               outer.trips * inner.trips, 1, inits);
    if (Block *body = loop.getBody(); body->mightHaveTerminator())
      body->getTerminator()->erase();
    b.setInsertionPointToStart(loop.getBody());
    fill();
    return loop;
  }

private:
  /// What runs in the first iteration of the inner loop alone, and is looked at
  /// in the others.
  void findKept() {
    for (Operation &op : outer.body()) {
      if (&op == inner.op)
        break;
      if (!isConstant(op) && !isPure(&op))
        llvm::append_range(kept, op.getResults());
    }
  }

  Value zero(Type type) {
    OpBuilder before(loop ? loop.getOperation() : outer.op);
    return arith::ConstantOp::create(before, outer.op->getLoc(),
                                     before.getZeroAttr(type));
  }

  Value variableOf(const CountedLoop &one, AffineExpr turn) {
    AffineMap map = AffineMap::get(1, 0, turn * one.step + one.lower);
    return AffineApplyOp::create(b, one.op->getLoc(), map,
                                 ValueRange{loop.getInductionVar()});
  }

  /// `yes` where the inner loop is in this iteration, else `no`; either way
  /// values of `same`, but for `no`, which are there.
  ValueRange where(int64_t turn, TypeRange types,
                   llvm::function_ref<llvm::SmallVector<Value>()> yes,
                   ValueRange no) {
    AffineExpr k = b.getAffineDimExpr(0);
    IntegerSet set = IntegerSet::get(1, 0, {k % inner.trips - turn}, {true});
    bool hasResults = !types.empty();
    auto taken =
        AffineIfOp::create(b, outer.op->getLoc(), types, set,
                           ValueRange{loop.getInductionVar()}, hasResults);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(taken.getThenBlock());
    llvm::SmallVector<Value> made = yes();
    if (!hasResults)
      return {};
    AffineYieldOp::create(b, outer.op->getLoc(), made);
    b.setInsertionPointToEnd(taken.getElseBlock());
    AffineYieldOp::create(b, outer.op->getLoc(), no);
    return taken.getResults();
  }

  llvm::SmallVector<Value> mapped(ValueRange values) {
    llvm::SmallVector<Value> all;
    for (Value v : values)
      all.push_back(same.lookupOrDefault(v));
    return all;
  }

  /// An operation of the outer loop that takes place in one iteration of the
  /// inner one.
  ValueRange once(Operation &op, int64_t turn, ValueRange otherwise) {
    ValueRange results = where(
        turn, op.getResultTypes(),
        [&] {
          return llvm::SmallVector<Value>(b.clone(op, same)->getResults());
        },
        otherwise);
    same.map(op.getResults(), results);
    return results;
  }

  bool runsAlways(Operation &op) { return isConstant(op) || isPure(&op); }

  void fill() {
    AffineExpr k = b.getAffineDimExpr(0);
    same.map(outer.variable(), variableOf(outer, k.floorDiv(inner.trips)));
    same.map(inner.variable(), variableOf(inner, k % inner.trips));
    size_t numOuter = outer.arguments().size(),
           numInner = inner.arguments().size();
    ValueRange args = loop.getRegionIterArgs();
    ValueRange ofOuter = args.take_front(numOuter),
               ofInner = args.slice(numOuter, numInner),
               ofKept = args.drop_front(numOuter + numInner);
    same.map(outer.arguments(), ofOuter);
    llvm::SmallVector<Value> keptNow;
    Block::iterator op = outer.body().begin();
    for (; &*op != inner.op; ++op) {
      if (runsAlways(*op))
        b.clone(*op, same);
      else
        llvm::append_range(
            keptNow,
            once(*op, 0, ofKept.slice(keptNow.size(), op->getNumResults())));
    }
    same.map(inner.arguments(),
             where(
                 0, inner.op->getResultTypes(),
                 [&] { return mapped(inner.inits()); }, ofInner));
    for (Operation &one : inner.body().without_terminator())
      b.clone(one, same);
    llvm::SmallVector<Value> made = mapped(inner.handedOn());
    same.map(inner.op->getResults(), made);
    finish(std::next(op), ofOuter, made, keptNow);
  }

  void finish(Block::iterator op, ValueRange ofOuter,
              llvm::ArrayRef<Value> made, llvm::ArrayRef<Value> keptNow) {
    int64_t last = inner.trips - 1;
    for (; !op->hasTrait<OpTrait::IsTerminator>(); ++op) {
      if (runsAlways(*op)) {
        b.clone(*op, same);
        continue;
      }
      llvm::SmallVector<Value> nothing;
      for (Type type : op->getResultTypes())
        nothing.push_back(zero(type));
      once(*op, last, nothing);
    }
    llvm::SmallVector<Value> all(where(
        last, outer.op->getResultTypes(),
        [&] { return mapped(outer.handedOn()); }, ofOuter));
    llvm::append_range(all, made);
    llvm::append_range(all, keptNow);
    AffineYieldOp::create(b, outer.op->getLoc(), all);
  }

  CountedLoop outer, inner;
  OpBuilder b;
  AffineForOp loop;
  IRMapping same;
  llvm::SmallVector<Value> kept;
};

} // namespace

static AffineForOp flattenedPerfect(llvm::ArrayRef<CountedLoop> nest) {
  const CountedLoop &outer = nest.front(), &inner = nest.back();
  OpBuilder b(outer.op);
  auto loop = AffineForOp::create(b, inner.op->getLoc(), 0, iterationsOf(nest),
                                  1, outer.inits());
  if (Block *body = loop.getBody(); body->mightHaveTerminator())
    body->getTerminator()->erase();
  b.setInsertionPointToStart(loop.getBody());
  IRMapping same;
  int64_t within = 1;
  for (const CountedLoop &one : llvm::reverse(nest)) {
    AffineExpr turn = b.getAffineDimExpr(0).floorDiv(within);
    if (one.op != outer.op)
      turn = turn % one.trips;
    AffineMap map = AffineMap::get(1, 0, turn * one.step + one.lower);
    same.map(one.variable(),
             AffineApplyOp::create(b, one.op->getLoc(), map,
                                   ValueRange{loop.getInductionVar()}));
    within *= one.trips;
    for (Operation &op : one.body())
      if (isConstant(op) && one.op != inner.op)
        b.clone(op, same);
  }
  same.map(inner.arguments(), loop.getRegionIterArgs());
  for (Operation &op : inner.body().without_terminator())
    b.clone(op, same);
  llvm::SmallVector<Value> made;
  for (Value v : inner.handedOn())
    made.push_back(same.lookupOrDefault(v));
  AffineYieldOp::create(b, inner.op->getLoc(), made);
  return loop;
}

void gaus::ir::sayOfFlattened(Operation *loop,
                              llvm::ArrayRef<Operation *> perfect) {
  loop->setDiscardableAttrs(perfect.back()->getDiscardableAttrDictionary());
  // Of one run of the inner loop.
  loop->removeAttr(kTrips);
  auto isIndependent = [](Operation *of) { return of->hasAttr(kIndependent); };
  if (!llvm::all_of(perfect, isIndependent))
    loop->removeAttr(kIndependent);
}

AffineForOp gaus::ir::flattened(llvm::ArrayRef<CountedLoop> nest) {
  bool perfect = isPerfect(nest[nest.size() - 2], nest.back());
  AffineForOp loop = perfect ? flattenedPerfect(nest)
                             : Merging(nest.front(), nest.back()).make();
  llvm::SmallVector<Operation *> loops;
  for (const CountedLoop &one : nest)
    loops.push_back(one.op);
  sayOfFlattened(loop, loops);
  // What is in the outer one alone comes before or after iterations.
  if (!perfect)
    loop->removeAttr(kIndependent);
  return loop;
}

Operation *gaus::ir::withoutInner(const CountedLoop &outer,
                                  const CountedLoop &inner) {
  if (!unrollObstacle(inner.op).empty())
    return nullptr;
  OpBuilder b(outer.op);
  Operation *loop = b.clone(*outer.op);
  Operation *in = nullptr;
  for (Operation &op : loop->getRegion(0).front())
    if (isForLoop(&op))
      in = &op;
  bool good = false;
  if (auto one = dyn_cast<AffineForOp>(in))
    good = succeeded(loopUnrollFull(one));
  else
    good = succeeded(loopUnrollByFactor(cast<scf::ForOp>(in),
                                        static_cast<uint64_t>(inner.trips)));
  if (good && isInnermost(loop))
    return loop;
  loop->erase();
  return nullptr;
}

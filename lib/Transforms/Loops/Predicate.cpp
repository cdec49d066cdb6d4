//===- Predicate.cpp - Conditions taken apart -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/Predicate.h"

#include "Loops/PassedOn.h"
#include "Loops/ToScf.h"
#include "Scopes/Insides.h"
#include "Scopes/Kinds.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

namespace {

class Predication {
public:
  Predication(Scope &s, llvm::ArrayRef<int64_t> nodeStarts, int64_t ii,
              llvm::SmallVectorImpl<Operation *> &all)
      : scope(s), added(all), outside(s.carrier) {
    for (auto [i, op] : llvm::enumerate(scope.nodes)) {
      for (Value v : op->getResults())
        ready[v] = nodeStarts[i] + scope.problem.latency[i];
      start[op] = nodeStarts[i];
      end[op] = nodeStarts[i] + scope.problem.latency[i];
    }
    for (BlockArgument arg : scope.block->getArguments().drop_front())
      ready[arg] = gaus::ir::readyAt(scope, arg, nodeStarts, ii);
  }

  bool run() {
    llvm::SmallVector<Operation *> joins;
    for (Operation &op : *scope.block)
      if (scope.isJoin(&op))
        joins.push_back(&op);
    return llvm::all_of(joins,
                        [&](Operation *op) { return takeApart(op, {}); });
  }

private:
  /// What holds where a region runs; made when something asks for it.
  struct Way {
    Value around, decides;
    bool isElse = false;
    Value made;
  };

  int64_t readyOf(Value v) const {
    auto found = ready.find(v);
    return found == ready.end() ? 0 : found->second;
  }

  /// Places what stands between `before` and `at`, all of it new.
  void placeNew(Operation *before, Operation *at, int64_t cycle) {
    for (Operation *op : newBetween(before, at, scope.carrier)) {
      placeAt(op, cycle);
      added.push_back(op);
      for (Value v : op->getResults())
        ready[v] = cycle;
    }
  }

  /// What decides on a condition, before `at`.
  Value deciderOf(Operation *condition) {
    if (auto plain = dyn_cast<scf::IfOp>(condition))
      return plain.getCondition();
    auto set = dyn_cast<affine::AffineIfOp>(condition);
    if (!set)
      return Value();
    int64_t cycle = 0;
    for (Value v : condition->getOperands())
      cycle = std::max(cycle, readyOf(v));
    Operation *before = condition->getPrevNode();
    OpBuilder b(condition);
    Value holds = holdsIn(b, set);
    placeNew(before, condition, cycle);
    return holds;
  }

  Value conditionOf(Way &way, Operation *at) {
    if (way.made)
      return way.made;
    int64_t cycle = readyOf(way.decides);
    if (way.around)
      cycle = std::max(cycle, readyOf(way.around));
    Operation *before = at->getPrevNode();
    OpBuilder b(at);
    Location loc = at->getLoc();
    Value mine = way.decides;
    if (way.isElse)
      mine = arith::XOrIOp::create(
          b, loc, mine, arith::ConstantOp::create(b, loc, b.getBoolAttr(true)));
    if (way.around)
      mine = arith::AndIOp::create(b, loc, way.around, mine);
    placeNew(before, at, cycle);
    return way.made = mine;
  }

  static bool runsAlways(Operation *op) {
    return op->getNumRegions() == 0 && isPure(op) && !mayTrap(op);
  }

  bool takeApart(Operation *condition, Value around) {
    Value decides = deciderOf(condition);
    if (!decides)
      return false;
    llvm::SmallVector<Way, 2> ways{{around, decides, false, Value()},
                                   {around, decides, true, Value()}};
    llvm::SmallVector<Block *, 2> blocks;
    for (Region &region : condition->getRegions())
      if (!region.empty())
        blocks.push_back(&region.front());
    for (auto [way, block] : llvm::zip(ways, blocks))
      for (Operation &op :
           llvm::make_early_inc_range(block->without_terminator()))
        if (!moveOut(&op, condition, way))
          return false;
    select(condition, decides, blocks);
    condition->erase();
    return true;
  }

  bool moveOut(Operation *op, Operation *condition, Way &way) {
    op->moveBefore(condition);
    if (runsAlways(op) || isMarker(op))
      return true;
    if (scope.isJoin(op))
      return takeApart(op, conditionOf(way, op));
    return guard(op, conditionOf(way, op));
  }

  /// A condition of its own; what uses a result of it finds 0 where it does not
  /// hold, and does not look at it.
  bool guard(Operation *op, Value holds) {
    Location loc = op->getLoc();
    llvm::SmallVector<Value> otherwise;
    for (Type type : op->getResultTypes()) {
      TypedAttr zero = outside.getZeroAttr(type);
      if (!zero)
        return false;
      otherwise.push_back(arith::ConstantOp::create(outside, loc, zero));
    }
    OpBuilder b(op);
    auto own = scf::IfOp::create(b, loc, op->getResultTypes(), holds,
                                 /*withElseRegion=*/!otherwise.empty());
    op->replaceAllUsesWith(own.getResults());
    op->moveBefore(own.thenBlock(), own.thenBlock()->begin());
    if (!otherwise.empty()) {
      b.setInsertionPointToEnd(own.thenBlock());
      scf::YieldOp::create(b, loc, op->getResults());
      b.setInsertionPointToEnd(own.elseBlock());
      scf::YieldOp::create(b, loc, otherwise);
    }
    int64_t done = end.lookup(op);
    own->setAttr(kStart, b.getI64IntegerAttr(done));
    added.push_back(own);
    for (Value v : own.getResults())
      ready[v] = done;
    return true;
  }

  void select(Operation *condition, Value decides,
              llvm::ArrayRef<Block *> blocks) {
    if (condition->getNumResults() == 0)
      return;
    Operation *before = condition->getPrevNode();
    OpBuilder b(condition);
    for (auto [k, result] : llvm::enumerate(condition->getResults())) {
      Value yes = blocks[0]->getTerminator()->getOperand(k),
            no = blocks[1]->getTerminator()->getOperand(k);
      result.replaceAllUsesWith(
          arith::SelectOp::create(b, condition->getLoc(), decides, yes, no));
    }
    placeNew(before, condition, start.lookup(condition));
  }

  Scope &scope;
  llvm::SmallVectorImpl<Operation *> &added;
  OpBuilder outside;
  llvm::DenseMap<Value, int64_t> ready;
  llvm::DenseMap<Operation *, int64_t> start, end;
};

} // namespace

bool gaus::ir::takeApartConditions(Scope &scope, llvm::ArrayRef<int64_t> starts,
                                   int64_t ii,
                                   llvm::SmallVectorImpl<Operation *> &added) {
  // What excludes each other is no longer seen of them.
  for (Operation *op : scope.nodes)
    op->removeAttr(kAlternative);
  if (!Predication(scope, starts, ii, added).run())
    return false;
  scope.insides = std::make_shared<Insides>(scope.root);
  scope.blocks = scope.insides->scopeOf(*scope.block);
  if (failed(scope.build()))
    return false;
  scope.problem.dropUses([](int32_t) { return true; });
  return true;
}

//===- ToScf.cpp - affine.for as scf.for ----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/ToScf.h"

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Dialect/Affine/Utils.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/IntegerSet.h"

using namespace mlir;
using namespace mlir::affine;
using namespace gaus::ir;

using Values = llvm::SmallVector<Value, 8>;

static Values expand(OpBuilder &b, Location loc, AffineMap map,
                     ValueRange operands) {
  std::optional<Values> all = expandAffineMap(b, loc, map, operands);
  return all ? std::move(*all) : Values();
}

Value gaus::ir::holdsIn(OpBuilder &b, AffineIfOp condition) {
  Location loc = condition.getLoc();
  IntegerSet set = condition.getIntegerSet();
  AffineMap map = AffineMap::get(set.getNumDims(), set.getNumSymbols(),
                                 set.getConstraints(), b.getContext());
  Value zero = arith::ConstantIndexOp::create(b, loc, 0), holds;
  for (auto [k, v] :
       llvm::enumerate(expand(b, loc, map, condition.getOperands()))) {
    auto how =
        set.isEq(k) ? arith::CmpIPredicate::eq : arith::CmpIPredicate::sge;
    Value one = arith::CmpIOp::create(b, loc, how, v, zero);
    holds = holds ? Value(arith::AndIOp::create(b, loc, holds, one)) : one;
  }
  return holds ? holds
               : Value(arith::ConstantOp::create(b, loc, b.getBoolAttr(true)));
}

llvm::SmallVector<Operation *>
gaus::ir::newBetween(Operation *before, Operation *at, Operation *loop) {
  llvm::SmallVector<Operation *> made;
  Operation *op = before ? before->getNextNode() : &at->getBlock()->front();
  while (op != at) {
    Operation *next = op->getNextNode();
    if (op->hasTrait<OpTrait::ConstantLike>())
      op->moveBefore(loop);
    else
      made.push_back(op);
    op = next;
  }
  return made;
}

bool gaus::ir::hasScfForm(AffineForOp loop) {
  return !loop.walk([&](Operation *op) {
                bool isOther =
                    op != loop && isa<AffineDialect>(op->getDialect()) &&
                    !isa<AffineLoadOp, AffineStoreOp, AffineApplyOp,
                         AffineMinOp, AffineMaxOp, AffineIfOp, AffineYieldOp>(
                        op);
                return isOther ? WalkResult::interrupt()
                               : WalkResult::advance();
              })
              .wasInterrupted();
}

/// The least or the most of the results of a map.
template <class Pick>
static Value pickOf(OpBuilder &b, Location loc, AffineMap map,
                    ValueRange operands) {
  Values all = expand(b, loc, map, operands);
  Value picked = all.front();
  for (Value v : llvm::drop_begin(all))
    picked = Pick::create(b, loc, picked, v);
  return picked;
}

static Operation *withConditions(OpBuilder &b, AffineIfOp op) {
  auto made = scf::IfOp::create(b, op.getLoc(), op.getResultTypes(),
                                holdsIn(b, op), /*addThenBlock=*/false,
                                /*addElseBlock=*/false);
  made.getThenRegion().takeBody(op.getThenRegion());
  made.getElseRegion().takeBody(op.getElseRegion());
  return made;
}

/// The same without the affine dialect; null for what has no form here, or
/// needs none.
static Operation *lowered(OpBuilder &b, Operation *op) {
  Location loc = op->getLoc();
  if (auto load = dyn_cast<AffineLoadOp>(op))
    return memref::LoadOp::create(
        b, loc, load.getMemRef(),
        expand(b, loc, load.getAffineMap(), load.getMapOperands()));
  if (auto store = dyn_cast<AffineStoreOp>(op))
    return memref::StoreOp::create(
        b, loc, store.getValueToStore(), store.getMemRef(),
        expand(b, loc, store.getAffineMap(), store.getMapOperands()));
  if (auto yield = dyn_cast<AffineYieldOp>(op))
    return scf::YieldOp::create(b, loc, yield.getOperands());
  if (auto condition = dyn_cast<AffineIfOp>(op))
    return withConditions(b, condition);
  return nullptr;
}

static Value computed(OpBuilder &b, Operation *op) {
  Location loc = op->getLoc();
  if (auto apply = dyn_cast<AffineApplyOp>(op))
    return expand(b, loc, apply.getAffineMap(), apply.getMapOperands()).front();
  if (auto least = dyn_cast<AffineMinOp>(op))
    return pickOf<arith::MinSIOp>(b, loc, least.getMap(), least.getOperands());
  if (auto most = dyn_cast<AffineMaxOp>(op))
    return pickOf<arith::MaxSIOp>(b, loc, most.getMap(), most.getOperands());
  return Value();
}

static void replace(Operation *op, scf::ForOp loop, Became became) {
  Operation *before = op->getPrevNode();
  OpBuilder b(op);
  if (Operation *same = lowered(b, op)) {
    same->setDiscardableAttrs(op->getDiscardableAttrDictionary());
    op->replaceAllUsesWith(same->getResults());
  } else if (Value v = computed(b, op)) {
    op->getResult(0).replaceAllUsesWith(v);
  } else {
    return;
  }
  llvm::SmallVector<Operation *> made = newBetween(before, op, loop);
  if (op->getBlock() == loop.getBody())
    became(op, made);
  op->erase();
}

scf::ForOp gaus::ir::toScf(AffineForOp loop, Became became) {
  OpBuilder b(loop);
  Location loc = loop.getLoc();
  Value from = lowerAffineLowerBound(loop, b),
        to = lowerAffineUpperBound(loop, b),
        step = arith::ConstantIndexOp::create(b, loc, loop.getStepAsInt());
  auto made = scf::ForOp::create(b, loc, from, to, step, loop.getInits());
  made->setDiscardableAttrs(loop->getDiscardableAttrDictionary());
  made.getRegion().takeBody(loop.getRegion());
  loop->replaceAllUsesWith(made.getResults());
  loop.erase();
  llvm::SmallVector<Operation *> all;
  made.getRegion().walk([&](Operation *op) {
    if (isa<AffineDialect>(op->getDialect()))
      all.push_back(op);
  });
  for (Operation *op : all)
    replace(op, made, became);
  return made;
}

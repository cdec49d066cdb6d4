//===- Outline.cpp - Regions become functions -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Outline.h"
#include "Design.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IntegerSet.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using namespace gaus::ir;

namespace {

/// One operation with regions becomes a function.
class Outliner {
public:
  Outliner(Operation *op, Schedule &schedule)
      : op(op), schedule(schedule), b(op->getContext()), loc(op->getLoc()) {}

  LogicalResult run(const std::string &name) {
    makeFunction(name);
    if (failed(makeBody()))
      return failure();
    makeCall();
    return success();
  }

private:
  //===--- The function ---------------------------------------------------===//

  /// Everything from outside is an argument, but constants, which are copied.
  void makeFunction(const std::string &name) {
    llvm::SetVector<Value> all(op->operand_begin(), op->operand_end());
    getUsedValuesDefinedAbove(op->getRegions(), all);
    llvm::SmallVector<Type> types;
    for (Value v : all) {
      Operation *made = v.getDefiningOp();
      (made && made->hasTrait<OpTrait::ConstantLike>() ? constants : captured)
          .push_back(v);
    }
    for (Value v : captured)
      types.push_back(v.getType());
    Operation *around = op->getParentOfType<FunctionOpInterface>();
    b.setInsertionPoint(around);
    function = func::FuncOp::create(
        b, loc, name, b.getFunctionType(types, op->getResultTypes()));
    function.setPrivate();
    entry = function.addEntryBlock();
    exit = b.createBlock(&function.getBody(), function.getBody().end(),
                         op->getResultTypes(),
                         llvm::SmallVector<Location>(op->getNumResults(), loc));
    func::ReturnOp::create(b, loc, exit->getArguments());
    for (auto [v, arg] : llvm::zip(captured, entry->getArguments()))
      inside.map(v, arg);
    b.setInsertionPointToStart(entry);
    for (Value v : constants)
      inside.map(v, b.clone(*v.getDefiningOp())
                        ->getResult(cast<OpResult>(v).getResultNumber()));
    for (Region &region : op->getRegions())
      for (auto *list : {&captured, &constants})
        for (Value v : *list)
          replaceAllUsesInRegionWith(v, inside.lookup(v), region);
  }

  void makeCall() {
    b.setInsertionPoint(op);
    auto call = func::CallOp::create(b, loc, function, captured);
    ScheduledOp planned = schedule.operations.lookup(op);
    schedule.operations.erase(op);
    schedule.operations[call] = planned;
    for (ScheduledScope &scope : schedule.scopes)
      llvm::replace(scope.nodes, op, call.getOperation());
    op->replaceAllUsesWith(call.getResults());
    op->erase();
  }

  llvm::SmallVector<Value> insideAll(ValueRange values) {
    llvm::SmallVector<Value> all;
    for (Value v : values)
      all.push_back(inside.lookup(v));
    return all;
  }

  /// Takes the one block of a region into the function.
  Block *take(Region &region) {
    Block *block = &region.front();
    block->moveBefore(exit);
    return block;
  }

  /// An operation that takes no time.
  template <class Op, class... Args> Value wire(Args &&...args) {
    Op made = Op::create(b, loc, std::forward<Args>(args)...);
    made->setAttr(kWire, b.getUnitAttr());
    return made->getResult(0);
  }

  //===--- Its body -------------------------------------------------------===//

  LogicalResult makeBody() {
    if (auto loop = dyn_cast<scf::ForOp>(op))
      return makeLoop(
          inside.lookup(loop.getLowerBound()),
          inside.lookup(loop.getUpperBound()), inside.lookup(loop.getStep()),
          loop->hasAttr("unsignedCmp"), insideAll(loop.getInitArgs()));
    if (auto loop = dyn_cast<affine::AffineForOp>(op)) {
      Value lower = wire<affine::AffineMaxOp>(
          loop.getLowerBoundMap(), insideAll(loop.getLowerBoundOperands()));
      Value upper = wire<affine::AffineMinOp>(
          loop.getUpperBoundMap(), insideAll(loop.getUpperBoundOperands()));
      Value step = arith::ConstantIndexOp::create(b, loc, loop.getStepAsInt());
      return makeLoop(lower, upper, step, /*isUnsigned=*/false,
                      insideAll(loop.getInits()));
    }
    if (auto loop = dyn_cast<scf::WhileOp>(op)) {
      makeWhile(loop);
      return success();
    }
    if (isCondition(op)) {
      b.setInsertionPointToEnd(entry);
      branch(op, exit, inside);
      return success();
    }
    return refuseAt(op) << "operations with regions of this kind are not "
                           "exported";
  }

  static bool isCondition(Operation *op) {
    return isa<scf::IfOp, affine::AffineIfOp, scf::IndexSwitchOp,
               scf::ExecuteRegionOp>(op) &&
           llvm::all_of(op->getRegions(), [](Region &region) {
             return region.empty() || region.hasOneBlock();
           });
  }

  /// The loop is its body, which control comes back to; whether there is
  /// another iteration is computed without going beyond what the numbers can
  /// be.
  LogicalResult makeLoop(Value from, Value to, Value step, bool isUnsigned,
                         llvm::SmallVector<Value> inits) {
    if (op->getNumResults() == 0 &&
        llvm::hasSingleElement(op->getRegion(0).front())) {
      // Iterations that do nothing take no time.
      llvm::erase_if(schedule.scopes, [&](const ScheduledScope &scope) {
        return scope.blocks[0] == &op->getRegion(0).front();
      });
      cf::BranchOp::create(b, loc, exit);
      return success();
    }
    Block *body = take(op->getRegion(0));
    auto none =
        isUnsigned ? arith::CmpIPredicate::uge : arith::CmpIPredicate::sge;
    Value isNone = wire<arith::CmpIOp>(none, from, to);
    llvm::SmallVector<Value> first = {from};
    llvm::append_range(first, inits);
    cf::CondBranchOp::create(b, loc, isNone, exit, inits, body, first);
    llvm::SmallVector<Block *, 4> blocks;
    if (failed(flatten(body, blocks)))
      return failure();
    Operation *yield = blocks.back()->getTerminator();
    b.setInsertionPoint(yield);
    Value variable = body->getArgument(0);
    Value rest = wire<arith::SubIOp>(to, variable);
    Value goesOn = wire<arith::CmpIOp>(arith::CmpIPredicate::ult, step, rest);
    llvm::SmallVector<Value> next = {wire<arith::AddIOp>(variable, step)};
    llvm::append_range(next, yield->getOperands());
    auto back = cf::CondBranchOp::create(b, loc, goesOn, body, next, exit,
                                         yield->getOperands());
    yield->erase();
    if (ScheduledScope *scope = scopeOf(body)) {
      scope->blocks = blocks;
      scope->isCounted = true;
      carry(*scope, back);
    }
    return success();
  }

  void makeWhile(scf::WhileOp loop) {
    Block *before = take(loop.getBefore()), *after = take(loop.getAfter());
    cf::BranchOp::create(b, loc, before, insideAll(loop.getInits()));
    auto decides = cast<scf::ConditionOp>(before->getTerminator());
    b.setInsertionPoint(decides);
    auto forth =
        cf::CondBranchOp::create(b, loc, decides.getCondition(), after,
                                 decides.getArgs(), exit, decides.getArgs());
    replaceCarrier(decides, forth);
    Operation *yield = after->getTerminator();
    b.setInsertionPoint(yield);
    replaceCarrier(yield,
                   cf::BranchOp::create(b, loc, before, yield->getOperands()));
  }

  /// Branches from the insertion point to the regions of a condition and from
  /// there to `to`, with its results.
  void branch(Operation *condition, Block *to, const IRMapping &at) {
    auto taken = [&](unsigned k) -> Block * {
      if (k >= condition->getNumRegions() || condition->getRegion(k).empty())
        return to;
      Block *block = &condition->getRegion(k).front();
      block->moveBefore(to);
      Operation *yield = block->getTerminator();
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPoint(yield);
      replaceCarrier(yield,
                     cf::BranchOp::create(b, loc, to, yield->getOperands()));
      return block;
    };
    if (isa<scf::ExecuteRegionOp>(condition)) {
      cf::BranchOp::create(b, loc, taken(0), ValueRange());
      return;
    }
    if (auto choice = dyn_cast<scf::IndexSwitchOp>(condition)) {
      Value decides = wire<arith::IndexCastOp>(
          b.getI64Type(), at.lookupOrDefault(choice.getArg()));
      llvm::SmallVector<llvm::APInt> cases;
      llvm::SmallVector<Block *> blocks;
      for (auto [k, value] : llvm::enumerate(choice.getCases())) {
        cases.emplace_back(64, static_cast<uint64_t>(value));
        blocks.push_back(taken(static_cast<unsigned>(k) + 1));
      }
      Block *other = taken(0);
      cf::SwitchOp::create(b, loc, decides, other, ValueRange(), cases, blocks,
                           llvm::SmallVector<ValueRange>(blocks.size()));
      return;
    }
    Value decides = decidesOn(condition, at);
    Block *first = taken(0), *second = taken(1);
    cf::CondBranchOp::create(b, loc, decides, first, ValueRange(), second,
                             ValueRange());
  }

  Value decidesOn(Operation *condition, const IRMapping &at) {
    if (auto choice = dyn_cast<scf::IfOp>(condition))
      return at.lookupOrDefault(choice.getCondition());
    auto choice = cast<affine::AffineIfOp>(condition);
    IntegerSet set = choice.getIntegerSet();
    llvm::SmallVector<Value> operands;
    for (Value v : choice.getOperands())
      operands.push_back(at.lookupOrDefault(v));
    Value zero = arith::ConstantIndexOp::create(b, loc, 0), all;
    for (unsigned k = 0; k < set.getNumConstraints(); ++k) {
      AffineMap map = AffineMap::get(set.getNumDims(), set.getNumSymbols(),
                                     set.getConstraint(k));
      Value sum = wire<affine::AffineApplyOp>(map, operands);
      auto predicate =
          set.isEq(k) ? arith::CmpIPredicate::eq : arith::CmpIPredicate::sge;
      Value holds = wire<arith::CmpIOp>(predicate, sum, zero);
      all = all ? wire<arith::AndIOp>(all, holds) : holds;
    }
    return all;
  }

  /// Conditions that are one with the loop become blocks of its iteration, each
  /// listed after those that lead to it.
  LogicalResult flatten(Block *block, llvm::SmallVectorImpl<Block *> &blocks) {
    blocks.push_back(block);
    for (Operation &inner : llvm::make_early_inc_range(*block)) {
      if (!schedule.joins.contains(&inner))
        continue;
      if (!isCondition(&inner))
        return refuseAt(&inner) << "operations with regions of this kind are "
                                   "not exported";
      Block *rest = block->splitBlock(std::next(Block::iterator(inner)));
      for (OpResult result : inner.getResults())
        result.replaceAllUsesWith(rest->addArgument(result.getType(), loc));
      llvm::SmallVector<Block *> regions;
      for (Region &region : inner.getRegions())
        if (!region.empty())
          regions.push_back(&region.front());
      b.setInsertionPointToEnd(block);
      branch(&inner, rest, IRMapping());
      // What is made next may have its address.
      schedule.joins.erase(&inner);
      schedule.operations.erase(&inner);
      inner.erase();
      for (Block *region : regions)
        if (failed(flatten(region, blocks)))
          return failure();
      return flatten(rest, blocks);
    }
    return success();
  }

  //===--- Scopes ---------------------------------------------------------===//

  ScheduledScope *scopeOf(Block *block) {
    for (ScheduledScope &scope : schedule.scopes)
      if (scope.blocks[0] == block)
        return &scope;
    return nullptr;
  }

  /// What the hardware reads of a carrier goes to the one that takes its place.
  void carry(ScheduledScope &scope, Operation *to) {
    if (Attribute widths = scope.carrier->getAttr(kRegisterWidths))
      to->setAttr(kRegisterWidths, widths);
    scope.carrier = to;
  }

  void replaceCarrier(Operation *from, Operation *to) {
    if (ScheduledScope *scope = scopeOf(from->getBlock());
        scope && scope->carrier == from)
      carry(*scope, to);
    from->erase();
  }

  Operation *op;
  Schedule &schedule;
  OpBuilder b;
  Location loc;
  func::FuncOp function;
  Block *entry = nullptr, *exit = nullptr;
  llvm::SmallVector<Value> captured, constants;
  IRMapping inside;
};

} // namespace

static std::string kindOf(Operation *op) {
  return isa<scf::ForOp, affine::AffineForOp, scf::WhileOp>(op) ? "loop" : "if";
}

LogicalResult gaus::ir::outlineRegions(Operation *function,
                                       Schedule &schedule) {
  llvm::SmallVector<Operation *> all;
  function->walk<WalkOrder::PostOrder>([&](Operation *op) {
    if (op != function && op->getNumRegions() > 0 &&
        !schedule.joins.contains(op))
      all.push_back(op);
  });
  function->getContext()
      ->loadDialect<arith::ArithDialect, cf::ControlFlowDialect,
                    func::FuncDialect>();
  std::string name = cast<FunctionOpInterface>(function).getName().str();
  SymbolTable symbols(
      SymbolTable::getNearestSymbolTable(function->getParentOp()));
  for (auto [k, op] : llvm::enumerate(all)) {
    std::string own = name + "_" + kindOf(op) + std::to_string(k);
    while (symbols.lookup(own))
      own += "_";
    if (failed(Outliner(op, schedule).run(own)))
      return failure();
  }
  return success();
}

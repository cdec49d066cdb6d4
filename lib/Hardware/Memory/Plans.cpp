//===- Plans.cpp - What a function's hardware is made of ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"
#include "Llvm/LlvmLoop.h"
#include "Llvm/LlvmMemory.h"

#include "gaus/Dialect/FollowsFrom.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gaus::ir;

unsigned gaus::ir::hardwareWidth(Type type) {
  if (auto integer = dyn_cast<IntegerType>(type))
    return integer.getWidth();
  if (isa<IndexType, LLVM::LLVMPointerType>(type))
    return 64;
  if (isa<MemRefType>(type))
    return 64;
  if (type.isF32() || type.isF64())
    return type.getIntOrFloatBitWidth();
  return 0;
}

bool gaus::ir::isNothing(Operation *op) {
  return isMarker(op) ||
         isa<LLVM::DbgValueOp, LLVM::DbgDeclareOp, LLVM::DbgLabelOp,
             LLVM::LifetimeStartOp, LLVM::LifetimeEndOp, memref::DeallocOp>(op);
}

InFlightDiagnostic gaus::ir::refuseAt(Operation *op) {
  return emitError(op->getLoc())
         << "'" << op->getName().getStringRef() << "' cannot become hardware: ";
}

InFlightDiagnostic FunctionHardware::refuse(Operation *op) {
  failed_ = true;
  return refuseAt(op);
}

/// A readable name: that of the operation and a number, or of the argument.
std::string FunctionHardware::nameOf(Value v) {
  if (auto arg = dyn_cast<BlockArgument>(v)) {
    Block *block = arg.getOwner();
    if (block->isEntryBlock())
      return "arg" + std::to_string(arg.getArgNumber());
    auto number =
        std::distance(block->getParent()->begin(), Region::iterator(block));
    return "b" + std::to_string(number) + "_arg" +
           std::to_string(arg.getArgNumber());
  }
  return v.getDefiningOp()->getName().stripDialect().str();
}

//===----------------------------------------------------------------------===//
// Scopes
//===----------------------------------------------------------------------===//

LogicalResult FunctionHardware::plan() {
  for (const ScheduledScope &scope : design.schedule.scopes)
    if (scope.blocks[0]->getParentOp() == function && failed(planScope(scope)))
      return failure();
  // Blocks that only branch take no time.
  for (Block &block : function->getRegion(0))
    if (!scopeOf.count(&block)) {
      scopes.push_back(std::make_unique<ScopePlan>());
      scopes.back()->in = this;
      scopes.back()->blocks = {&block};
      scopes.back()->carrier = block.getTerminator();
      scopeOf[&block] = scopes.back().get();
    }
  return success();
}

LogicalResult FunctionHardware::planScope(const ScheduledScope &scope) {
  auto plan = std::make_unique<ScopePlan>();
  plan->in = this;
  plan->blocks.assign(scope.blocks.begin(), scope.blocks.end());
  plan->carrier = scope.carrier;
  plan->name = "s" + std::to_string(scopes.size());
  Operation *last = plan->blocks[0]->getTerminator();
  plan->isLoop = plan->blocks.size() > 1 ||
                 llvm::is_contained(last->getSuccessors(), plan->blocks[0]);
  for (Block *block : plan->blocks)
    scopeOf[block] = plan.get();
  if (failed(planOperations(scope, *plan)))
    return failure();
  if (plan->isLoop)
    planEnds(*plan);
  scopes.push_back(std::move(plan));
  return success();
}

LogicalResult FunctionHardware::planOperations(const ScheduledScope &scope,
                                               ScopePlan &plan) {
  int64_t end = scope.length, busy = 0;
  for (Operation *op : scope.nodes) {
    const ScheduledOp &read = design.schedule.operations.at(op);
    OpPlan &p = operations[op];
    p.scope = &plan;
    p.start = read.start;
    p.latency = read.latency;
    p.isLimited = read.isLimited;
    p.waits = read.waits;
    p.occupancy = read.occupancy;
    p.hardware = read.hardware;
    end = std::max(end, p.start + std::max<int64_t>(p.latency, 1));
    busy = std::max(busy, read.busy);
    p.isBusyLater = read.busy > p.start + std::max<int64_t>(p.latency, 1);
    isBusyLater |= p.isBusyLater;
    if (p.hardware ? failed(planOwnUnit(op, p))
                   : isa<CallOpInterface>(op) && failed(planCall(op, p)))
      return failure();
  }
  // What follows within the function finds all units free.
  int64_t free = std::max(end, busy);
  bool isLast = !scope.blocks[0]->getTerminator()->getNumSuccessors();
  plan.length = isLast || scope.isCounted ? end : free;
  plan.ii = plan.isLoop ? scope.ii.value_or(free) : plan.length;
  if (plan.isLoop && plan.length == 0)
    return refuse(scope.blocks[0]->getTerminator())
           << "a loop that takes no time";
  return success();
}

//===----------------------------------------------------------------------===//
// Ends of loops
//===----------------------------------------------------------------------===//

/// An end is known ahead if every iteration comes by it and it depends on
/// nothing but what can be computed as an iteration starts.
void FunctionHardware::planEnds(ScopePlan &s) {
  s.endsAhead.resize(static_cast<unsigned>(s.blocks.size()));
  s.flow = std::make_unique<BranchFlow>(s.blocks, s.endsAhead);
  for (unsigned k : s.flow->exits()) {
    Operation *last = s.blocks[k]->getTerminator();
    if (last->getNumSuccessors() != 2 ||
        last->getName().stripDialect() == "switch" ||
        !s.flow->guards(k).empty() || !isAheadOfTime(last->getOperand(0), s))
      continue;
    s.endsAhead.set(k);
    s.flow = std::make_unique<BranchFlow>(s.blocks, s.endsAhead);
  }
  findReady(s);
}

Value FunctionHardware::passedBack(BlockArgument arg, ScopePlan &s) {
  auto values = backEdgeValues(s.blocks);
  return values ? (*values)[arg.getArgNumber()] : Value();
}

/// Whether what is passed back is the argument with something that the loop
/// does not change added.
bool FunctionHardware::isCounter(BlockArgument arg, ScopePlan &s) {
  Value next = arg.getOwner() == s.blocks[0] ? passedBack(arg, s) : Value();
  if (!next)
    return false;
  if (next == arg || !isIn(next, s))
    return true;
  Operation *op = next.getDefiningOp();
  llvm::StringRef name = op ? op->getName().stripDialect() : "";
  return (name == "add" || name == "addi" || name == "sub" || name == "subi" ||
          name == "getelementptr") &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           return operand == arg || !isIn(operand, s) || constantOf(operand);
         });
}

/// Whether a value of an iteration follows, by pure operations, from counters.
bool FunctionHardware::isAheadOfTime(Value end, ScopePlan &s) {
  return followsFrom(
      end, [&](Value v) { return !isIn(v, s) || constantOf(v); },
      [&](BlockArgument arg) { return isCounter(arg, s); });
}

//===----------------------------------------------------------------------===//
// Memories
//===----------------------------------------------------------------------===//

unsigned gaus::ir::bytesOf(Type type) {
  return static_cast<unsigned>(
      llvm::PowerOf2Ceil(llvm::divideCeil(hardwareWidth(type), 8)));
}

/// Collects the memory and the widest access of each.
LogicalResult FunctionHardware::planAccess(Operation *op) {
  std::optional<ElementAccess> access = accessOf(op);
  if (!access)
    return refuse(op) << "it accesses memory in a way that is not exported";
  unsigned alignment = 0, bytes = bytesOf(access->type);
  if (auto load = dyn_cast<LLVM::LoadOp>(op))
    alignment = load.getAlignment().value_or(0);
  if (auto store = dyn_cast<LLVM::StoreOp>(op))
    alignment = store.getAlignment().value_or(0);
  if (!bytes || (isa<LLVM::LLVMDialect>(op->getDialect()) &&
                 hardwareWidth(access->type) != 8 * bytes))
    return refuse(op) << "an access of " << access->type;
  if (alignment && alignment < bytes)
    return refuse(op) << "an access that may be unaligned";
  llvm::SmallVector<MemoryPlan *> places = memories.of(access->base);
  if (llvm::is_contained(places, nullptr))
    return refuse(op) << "its memory is none that hardware has";
  for (MemoryPlan *m : places) {
    m->wordBytes = std::max(m->wordBytes, bytes);
    m->readsAhead |= !access->stored && operations[op].latency <= 1;
  }
  return success();
}

LogicalResult FunctionHardware::planAccesses() {
  for (auto &[op, plan] : operations)
    if (!plan.hardware && !isMemoryEffectFree(op) && !isNothing(op) &&
        !isMemory(op) && !isa<CallOpInterface>(op) && failed(planAccess(op)))
      return failure();
  return success();
}

//===- Plans.cpp - What a function's hardware is made of ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"
#include "Llvm/LlvmMemory.h"

#include "gaus/Transforms/WrittenSchedule.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

unsigned gaus::ir::hardwareWidth(Type type) {
  if (auto integer = dyn_cast<IntegerType>(type))
    return integer.getWidth();
  if (isa<IndexType, LLVM::LLVMPointerType>(type))
    return 64;
  if (type.isF32() || type.isF64())
    return type.getIntOrFloatBitWidth();
  return 0;
}

bool gaus::ir::isNothing(Operation *op) {
  return isMarker(op) ||
         isa<LLVM::DbgValueOp, LLVM::DbgDeclareOp, LLVM::DbgLabelOp,
             LLVM::LifetimeStartOp, LLVM::LifetimeEndOp>(op);
}

InFlightDiagnostic FunctionHardware::refuse(Operation *op) {
  failed_ = true;
  return emitError(op->getLoc())
         << "'" << op->getName().getStringRef() << "' cannot become hardware: ";
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

LogicalResult FunctionHardware::planScopes() {
  for (Scope &scope : collectScopes(function))
    if (failed(planScope(scope)))
      return failure();
  // Blocks that only branch take no time.
  for (Block &block : function->getRegion(0))
    if (!scopeOf.count(&block)) {
      scopes.push_back(std::make_unique<ScopePlan>());
      scopes.back()->blocks = {&block};
      scopes.back()->carrier = block.getTerminator();
      scopeOf[&block] = scopes.back().get();
    }
  return success();
}

LogicalResult FunctionHardware::planScope(Scope &scope) {
  if (scope.block->getParentOp() != function || scope.hasConditions())
    return refuse(scope.block->getParentOp())
           << "operations with regions are not exported; lower them to "
              "branches of cf or llvm before they are scheduled";
  if (failed(scope.build()))
    return failure();
  auto plan = std::make_unique<ScopePlan>();
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

LogicalResult FunctionHardware::planOperations(Scope &scope, ScopePlan &plan) {
  WrittenSchedule written = readWritten(scope);
  const gaus::Problem &problem = scope.problem;
  int64_t end = 0, busy = 0;
  for (auto [k, op] : llvm::enumerate(scope.nodes)) {
    if (written.starts[k] < 0)
      return emitError(op->getLoc())
             << "no gaus.start on '" << op->getName().getStringRef()
             << "'; run gaus-schedule first";
    if (op->getNumRegions() > 0 || isa<CallOpInterface>(op))
      return refuse(op) << "calls and operations with regions are not "
                           "exported; inline the function before it is "
                           "scheduled";
    OpPlan &p = operations[op];
    p.scope = &plan;
    p.start = written.starts[k];
    p.latency = problem.latency[k];
    for (int32_t u = problem.useBegin[k]; u < problem.useBegin[k + 1]; ++u)
      p.isLimited |= problem.limit[problem.useResource[u]] != gaus::kUnlimited;
    end = std::max(end, p.start + std::max<int64_t>(p.latency, 1));
    if (problem.useBegin[k + 1] > problem.useBegin[k])
      busy = std::max(busy, p.start + problem.occupancy[k]);
  }
  plan.length = std::max({end, busy, int64_t(written.length.value_or(0))});
  plan.ii = plan.isLoop ? written.ii.value_or(plan.length) : plan.length;
  if (plan.isLoop && plan.length == 0)
    return refuse(scope.block->getTerminator()) << "a loop that takes no time";
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
    if (last->getNumSuccessors() != 2 || !s.flow->guards(k).empty() ||
        !isAheadOfTime(last->getOperand(0), s))
      continue;
    s.endsAhead.set(k);
    s.flow = std::make_unique<BranchFlow>(s.blocks, s.endsAhead);
  }
  findReady(s);
}

Value FunctionHardware::passedBack(BlockArgument arg, ScopePlan &s) {
  Value found;
  for (Block *block : s.blocks) {
    auto last = dyn_cast<BranchOpInterface>(block->getTerminator());
    for (unsigned k = 0; last && k < last->getNumSuccessors(); ++k) {
      if (last->getSuccessor(k) != s.blocks[0])
        continue;
      Value v = last.getSuccessorOperands(k)[arg.getArgNumber()];
      if (found && found != v)
        return Value();
      found = v;
    }
  }
  return found;
}

/// Whether a value of an iteration follows, by pure operations, from counters:
/// arguments that step by what the loop does not change.
bool FunctionHardware::isAheadOfTime(Value v, ScopePlan &s, unsigned depth) {
  if (!isIn(v, s) || constantOf(v))
    return true;
  if (depth > 8)
    return false;
  if (auto arg = dyn_cast<BlockArgument>(v)) {
    Value next = arg.getOwner() == s.blocks[0] ? passedBack(arg, s) : Value();
    if (!next)
      return false;
    if (next == arg || !isIn(next, s))
      return true;
    Operation *op = next.getDefiningOp();
    llvm::StringRef name = op ? op->getName().stripDialect() : "";
    return (name == "add" || name == "addi" || name == "sub" ||
            name == "subi" || name == "getelementptr") &&
           llvm::all_of(op->getOperands(), [&](Value operand) {
             return operand == arg || !isIn(operand, s) || constantOf(operand);
           });
  }
  Operation *op = v.getDefiningOp();
  return op->getNumRegions() == 0 && isMemoryEffectFree(op) &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           return isAheadOfTime(operand, s, depth + 1);
         });
}

//===----------------------------------------------------------------------===//
// Memories
//===----------------------------------------------------------------------===//

llvm::SmallVector<MemoryPlan *> FunctionHardware::memoriesOf(Value address) {
  llvm::SmallVector<MemoryPlan *> found;
  for (const MemoryId &id : memories.of(address)) {
    if (!id.isKnown()) {
      found.clear();
      for (const auto &m : memoryPlans)
        found.push_back(m.get());
      return found;
    }
    found.push_back(memoryOf[id.key()]);
  }
  return found;
}

/// Constant bytes of a global; false if they are of a kind that is not read.
static bool collectBytes(Attribute value, Type type, const DataLayout &layout,
                         std::vector<uint8_t> &bytes) {
  auto append = [&](const llvm::APInt &v, uint64_t size) {
    for (uint64_t k = 0; k < size; ++k)
      bytes.push_back(
          8 * k < v.getBitWidth()
              ? static_cast<uint8_t>(v.extractBitsAsZExtValue(
                    std::min<unsigned>(8, v.getBitWidth() -
                                              8 * static_cast<unsigned>(k)),
                    8 * static_cast<unsigned>(k)))
              : 0);
  };
  if (auto text = dyn_cast<StringAttr>(value)) {
    llvm::append_range(bytes, text.getValue().bytes());
    return true;
  }
  if (auto elements = dyn_cast<DenseElementsAttr>(value)) {
    uint64_t size = layout.getTypeSize(elements.getElementType());
    if (isa<IntegerType>(elements.getElementType())) {
      for (const llvm::APInt &v : elements.getValues<llvm::APInt>())
        append(v, size);
      return true;
    }
    if (isa<FloatType>(elements.getElementType())) {
      for (const llvm::APFloat &v : elements.getValues<llvm::APFloat>())
        append(v.bitcastToAPInt(), size);
      return true;
    }
    return false;
  }
  if (auto integer = dyn_cast<IntegerAttr>(value)) {
    append(integer.getValue(), layout.getTypeSize(type));
    return true;
  }
  if (auto number = dyn_cast<FloatAttr>(value)) {
    append(number.getValue().bitcastToAPInt(), layout.getTypeSize(type));
    return true;
  }
  return false;
}

LogicalResult FunctionHardware::planMemory(const MemoryId &id,
                                           Operation *user) {
  MemoryPlan *&known = memoryOf[id.key()];
  if (known)
    return success();
  auto m = std::make_unique<MemoryPlan>();
  m->id = id;
  DataLayout layout = DataLayout::closest(user);
  if (id.global) {
    auto global =
        SymbolTable::lookupNearestSymbolFrom<LLVM::GlobalOp>(user, id.global);
    if (!global)
      return refuse(user) << "@" << id.global.getValue() << " is not defined";
    m->name = global.getSymName().str();
    m->bytes = layout.getTypeSize(global.getType());
    Attribute value = global.getValueOrNull();
    if (value && !collectBytes(value, global.getType(), layout, m->content))
      return refuse(user) << "what @" << id.global.getValue()
                          << " holds at first is of a kind that is not read";
    if (!value && !global.getInitializerRegion().empty() &&
        !isa_and_present<LLVM::ZeroOp>(&global.getInitializerBlock()->front()))
      return refuse(user) << "what @" << id.global.getValue()
                          << " holds at first is computed";
    m->content.resize(m->bytes);
  } else if (auto alloca = id.value.getDefiningOp<LLVM::AllocaOp>()) {
    std::optional<llvm::APInt> count;
    llvm::APInt number;
    if (matchPattern(alloca.getArraySize(), m_ConstantInt(&number)))
      count = number;
    if (!count || alloca->getBlock() != &function->getRegion(0).front())
      return refuse(alloca) << "its size or how often it runs is not known";
    m->name = "stack" + std::to_string(memoryPlans.size());
    m->bytes = layout.getTypeSize(alloca.getElemType()) * count->getZExtValue();
  } else if (isa<BlockArgument>(id.value)) {
    m->name = memories.nameOf(id);
    m->isExternal = true;
  } else {
    return refuse(user) << "its memory is none that hardware has";
  }
  if (!m->isExternal)
    m->name += "_words";
  m->tag = memoryPlans.size() + 1;
  known = m.get();
  memoryPlans.push_back(std::move(m));
  return success();
}

/// Collects the memory and the widest access of each.
LogicalResult FunctionHardware::planAccess(Operation *op) {
  Value address;
  Type type;
  unsigned alignment = 0;
  if (auto load = dyn_cast<LLVM::LoadOp>(op)) {
    address = load.getAddr();
    type = load.getType();
    alignment = load.getAlignment().value_or(0);
  } else if (auto store = dyn_cast<LLVM::StoreOp>(op)) {
    address = store.getAddr();
    type = store.getValue().getType();
    alignment = store.getAlignment().value_or(0);
  } else {
    return refuse(op) << "it accesses memory in a way that is not exported";
  }
  unsigned width = hardwareWidth(type);
  unsigned bytes = (width + 7) / 8;
  if (!width || !llvm::isPowerOf2_32(bytes) || width % 8)
    return refuse(op) << "an access of " << type;
  if (alignment && alignment < bytes)
    return refuse(op) << "an access that may be unaligned";
  if (llvm::is_contained(memoriesOf(address), nullptr))
    return refuse(op) << "its memory is none that hardware has";
  for (MemoryPlan *m : memoriesOf(address))
    m->wordBytes = std::max(m->wordBytes, bytes);
  if (isa<LLVM::LoadOp>(op) && operations[op].latency <= 1)
    for (MemoryPlan *m : memoriesOf(address))
      m->readsAhead = true;
  return success();
}

LogicalResult FunctionHardware::planMemories() {
  // Arguments first: their numbers are those that a caller sees.
  auto interface = cast<FunctionOpInterface>(function);
  for (BlockArgument arg : interface.getArguments())
    if (isa<LLVM::LLVMPointerType>(arg.getType()) &&
        failed(planMemory({arg, {}}, function)))
      return failure();
  LogicalResult result = success();
  function->walk([&](Operation *op) {
    if (failed(result) || isNothing(op))
      return;
    if (auto alloca = dyn_cast<LLVM::AllocaOp>(op))
      result = planMemory({alloca.getResult(), {}}, op);
    if (auto address = dyn_cast<LLVM::AddressOfOp>(op))
      result = planMemory({{}, address.getGlobalNameAttr().getAttr()}, op);
  });
  return result;
}

LogicalResult FunctionHardware::planAccesses() {
  for (auto &[op, plan] : operations)
    if (!isMemoryEffectFree(op) && !isNothing(op) && !isa<LLVM::AllocaOp>(op) &&
        failed(planAccess(op)))
      return failure();
  return success();
}

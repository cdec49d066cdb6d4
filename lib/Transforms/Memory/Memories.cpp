//===- Memories.cpp - Which memories a program has ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Memory/Memories.h"

#include "Memory/MemoryOrder.h"
#include "Scopes/Kinds.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

#include <set>

using namespace mlir;
using namespace gaus::ir;

//===----------------------------------------------------------------------===//
// Where addresses come from
//===----------------------------------------------------------------------===//

/// Whether an operation makes new memory with this address.
static bool isMade(Value v) {
  if (isAllocated(v))
    return true;
  auto call = v.getDefiningOp<LLVM::CallOp>();
  std::optional<llvm::StringRef> name = call ? call.getCallee() : std::nullopt;
  return name && (*name == "malloc" || *name == "calloc");
}

namespace {

/// Values that are followed from one address, and memories that it may be.
constexpr size_t kMostValues = 1024, kMostMemories = 16;

/// Follows an address backwards, on all ways.
class Origins {
public:
  llvm::SmallVector<MemoryId, 1> of(Value address) {
    open.push_back(address);
    while (!open.empty() && isKnown) {
      Value v = open.pop_back_val();
      if (seen.insert(v).second)
        isKnown = seen.size() <= kMostValues && follow(v) &&
                  found.size() <= kMostMemories;
    }
    if (!isKnown)
      return {MemoryId()};
    return std::move(found);
  }

private:
  bool add(MemoryId memory) {
    if (!llvm::is_contained(found, memory))
      found.push_back(memory);
    return true;
  }
  bool next(Value v) {
    if (v)
      open.push_back(v);
    return static_cast<bool>(v);
  }

  /// False where it is not known what the value points to.
  bool follow(Value v) {
    if (auto argument = dyn_cast<BlockArgument>(v))
      return followArgument(argument);
    Operation *op = v.getDefiningOp();
    if (auto step = dyn_cast<LLVM::GEPOp>(op))
      return next(step.getBase());
    if (isa<LLVM::AddrSpaceCastOp, LLVM::BitcastOp>(op))
      return next(op->getOperand(0));
    if (auto view = dyn_cast<ViewLikeOpInterface>(op))
      return next(view.getViewSource());
    if (auto select = dyn_cast<SelectLikeOpInterface>(op))
      return next(select.getTrueValue()) && next(select.getFalseValue());
    if (auto global = dyn_cast<LLVM::AddressOfOp>(op))
      return add({{}, global.getGlobalNameAttr().getAttr()});
    if (auto global = dyn_cast<memref::GetGlobalOp>(op))
      return add({{}, global.getNameAttr().getAttr()});
    if (isMade(v))
      return add({v, {}});
    // No access goes there.
    if (isa<LLVM::ZeroOp, LLVM::UndefOp, LLVM::PoisonOp>(op))
      return true;
    return followResult(cast<OpResult>(v));
  }

  bool followArgument(BlockArgument v) {
    if (isArgument(v))
      return add({v, {}});
    Block *block = v.getOwner();
    if (auto loop = dyn_cast<LoopLikeOpInterface>(block->getParentOp());
        loop && block->isEntryBlock()) {
      OpOperand *init = loop.getTiedLoopInit(v);
      OpOperand *yielded = loop.getTiedLoopYieldedValue(v);
      return init && yielded && next(init->get()) && next(yielded->get());
    }
    if (block->isEntryBlock())
      return false;
    for (auto it = block->pred_begin(), e = block->pred_end(); it != e; ++it) {
      auto branch = dyn_cast<BranchOpInterface>((*it)->getTerminator());
      if (!branch || !next(branch.getSuccessorOperands(
                         it.getSuccessorIndex())[v.getArgNumber()]))
        return false;
    }
    return true;
  }

  bool followResult(OpResult v) {
    Operation *op = v.getOwner();
    if (auto loop = dyn_cast<LoopLikeOpInterface>(op)) {
      auto results = loop.getLoopResults();
      auto yielded = loop.getYieldedValues();
      unsigned k = v.getResultNumber();
      return results && k < loop.getInits().size() && k < yielded.size() &&
             next(loop.getInits()[k]) && next(yielded[k]);
    }
    return runsOneRegion(op) && llvm::all_of(op->getRegions(), [&](Region &r) {
             return r.empty() || next(r.front().getTerminator()->getOperand(
                                     v.getResultNumber()));
           });
  }

  llvm::SmallVector<Value> open;
  llvm::DenseSet<Value> seen;
  llvm::SmallVector<MemoryId, 1> found;
  bool isKnown = true;
};

} // namespace

llvm::ArrayRef<MemoryId> Memories::of(Value address) {
  auto found = known.find(address);
  if (found != known.end())
    return found->second;
  llvm::SmallVector<MemoryId, 1> all = Origins().of(address);
  Operation *user = address.getParentRegion()->getParentOp();
  // An alias is another name of some memory.
  if (llvm::any_of(all, [&](const MemoryId &memory) {
        return memory.global && !isGlobal(memory.global, user);
      }))
    all = {MemoryId()};
  return known.try_emplace(address, std::move(all)).first->second;
}

bool Memories::isGlobal(StringAttr name, Operation *user) {
  auto [entry, fresh] = areGlobals.try_emplace(name, false);
  if (fresh)
    entry->second = isa_and_nonnull<LLVM::GlobalOp, memref::GlobalOp>(
        SymbolTable::lookupNearestSymbolFrom(user, name));
  return entry->second;
}

//===----------------------------------------------------------------------===//
// What is apart
//===----------------------------------------------------------------------===//

/// What the operations do with an address: they access what is there, or make
/// other addresses there, which are appended; false for all else.
static bool staysThere(Value address, llvm::SmallVectorImpl<Value> &others) {
  return llvm::all_of(address.getUses(), [&](OpOperand &use) {
    Operation *op = use.getOwner();
    if (isa<LLVM::DbgValueOp, LLVM::DbgDeclareOp, LLVM::LifetimeStartOp,
            LLVM::LifetimeEndOp>(op))
      return true;
    auto view = dyn_cast<ViewLikeOpInterface>(op);
    if (isa<LLVM::GEPOp, LLVM::AddrSpaceCastOp, LLVM::BitcastOp>(op) ||
        (view && view.getViewSource() == address)) {
      llvm::append_range(others, op->getResults());
      return true;
    }
    auto accesses = dyn_cast<MemoryEffectOpInterface>(op);
    if (!accesses || isa<CallOpInterface>(op) || op->getNumRegions() > 0)
      return false;
    llvm::SmallVector<MemoryEffects::EffectInstance> effects;
    accesses.getEffects(effects);
    // A value that is stored has none.
    return llvm::any_of(effects, [&](const MemoryEffects::EffectInstance &e) {
      return e.getEffectValue<OpOperand *>() == &use;
    });
  });
}

static bool isHiddenGlobal(Operation &op) {
  if (auto global = dyn_cast<LLVM::GlobalOp>(op))
    return global.getLinkage() == LLVM::Linkage::Internal ||
           global.getLinkage() == LLVM::Linkage::Private;
  auto global = dyn_cast<memref::GlobalOp>(op);
  return global && global.isPrivate();
}

llvm::ArrayRef<Value> Memories::addressesOf(StringAttr global) {
  if (!globalsKnown) {
    globalsKnown = true;
    // Functions that are not in the root may change meanwhile.
    if (isa<ModuleOp>(root)) {
      for (Operation &op : root->getRegion(0).getOps())
        if (isHiddenGlobal(op))
          globals[SymbolTable::getSymbolName(&op)];
      root->walk([&](Operation *op) {
        StringAttr name;
        if (auto get = dyn_cast<memref::GetGlobalOp>(op))
          name = get.getNameAttr().getAttr();
        else if (auto get = dyn_cast<LLVM::AddressOfOp>(op))
          name = get.getGlobalNameAttr().getAttr();
        if (auto known = globals.find(name); name && known != globals.end())
          known->second.push_back(op->getResult(0));
      });
    }
  }
  auto known = globals.find(global);
  return known == globals.end() ? llvm::ArrayRef<Value>() : known->second;
}

bool Memories::isHidden(const MemoryId &memory) {
  auto [entry, fresh] = hidden.try_emplace(memory.key(), false);
  if (!fresh || (memory.value && isa<BlockArgument>(memory.value)))
    return entry->second;
  llvm::SmallVector<Value> open;
  if (memory.global)
    llvm::append_range(open, addressesOf(memory.global));
  else
    open.push_back(memory.value);
  bool stays = !open.empty();
  for (size_t k = 0; k < open.size() && stays; ++k)
    stays = k < kMostValues && staysThere(Value(open[k]), open);
  return hidden[memory.key()] = stays;
}

static bool hasOwnBytes(Value argument) {
  return cast<FunctionOpInterface>(argument.getParentBlock()->getParentOp())
             .getArgAttr(cast<BlockArgument>(argument).getArgNumber(),
                         LLVM::LLVMDialect::getNoAliasAttrName()) !=
         Attribute();
}

bool gaus::ir::declareNoAlias(FunctionOpInterface function) {
  bool isNew = false;
  if (function.isExternal())
    return false;
  for (BlockArgument argument : function.getArguments())
    if (isa<BaseMemRefType, LLVM::LLVMPointerType>(argument.getType()) &&
        !hasOwnBytes(argument)) {
      function.setArgAttr(argument.getArgNumber(),
                          LLVM::LLVMDialect::getNoAliasAttrName(),
                          UnitAttr::get(function.getContext()));
      isNew = true;
    }
  return isNew;
}

bool Memories::apart(const MemoryId &a, const MemoryId &b) {
  if (a == b)
    return false;
  if (!a.isKnown() || !b.isKnown())
    return a.isKnown() ? isHidden(a) : b.isKnown() && isHidden(b);
  bool ofArgument = a.value && isa<BlockArgument>(a.value),
       toArgument = b.value && isa<BlockArgument>(b.value);
  if (!ofArgument && !toArgument)
    return true;
  if ((ofArgument && hasOwnBytes(a.value)) ||
      (toArgument && hasOwnBytes(b.value)))
    return true;
  if (ofArgument && toArgument)
    return false;
  // What is allocated was not there before.
  const MemoryId &other = ofArgument ? b : a;
  return other.value || isHidden(other);
}

bool Memories::apart(Value a, Value b) {
  // Copies: there may be more of them.
  llvm::SmallVector<MemoryId, 1> from(of(a)), to(of(b));
  return llvm::all_of(from, [&](const MemoryId &x) {
    return llvm::all_of(to, [&](const MemoryId &y) { return apart(x, y); });
  });
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// By a location or debug information; empty if nothing says so.
static std::string saidNameOf(Value v) {
  if (std::string name = nameIn(v.getLoc()); !name.empty())
    return name;
  for (Operation *user : v.getUsers()) {
    LLVM::DILocalVariableAttr variable;
    if (auto declared = dyn_cast<LLVM::DbgDeclareOp>(user))
      variable = declared.getVarInfo();
    else if (auto debug = dyn_cast<LLVM::DbgValueOp>(user))
      variable = debug.getVarInfo();
    // A pointer that moves on has other arguments' numbers, or none.
    if (variable && variable.getName() &&
        (!isa<BlockArgument>(v) ||
         variable.getArg() == cast<BlockArgument>(v).getArgNumber() + 1))
      return variable.getName().str();
  }
  return "";
}

void Memories::nameAll(Operation *function) {
  if (!named.insert(function).second)
    return;
  std::set<std::string> taken;
  auto name = [&](Value v, std::string otherwise) {
    std::string said = saidNameOf(v), mine = said.empty() ? otherwise : said;
    if (!taken.insert(mine).second)
      taken.insert(mine += " " + otherwise);
    names[v] = std::move(mine);
  };
  if (auto like = dyn_cast<FunctionOpInterface>(function);
      like && !like.isExternal())
    for (BlockArgument argument : like.getArguments())
      name(argument, "arg" + std::to_string(argument.getArgNumber()));
  size_t count = 0;
  function->walk([&](Operation *op) {
    for (Value v : op->getResults())
      if (isMade(v))
        name(v, "alloc" + std::to_string(count++));
  });
}

std::string Memories::nameOf(const MemoryId &memory) {
  if (memory.global)
    return "@" + memory.global.str();
  Value value = memory.value;
  nameAll(functionAround(value.getParentRegion()->getParentOp()));
  return names.lookup(memory.value);
}

//===----------------------------------------------------------------------===//
// What is written on them
//===----------------------------------------------------------------------===//

const MemoryFacts &Memories::factsOf(const MemoryId &memory, Operation *user) {
  auto [entry, fresh] = facts.try_emplace(memory.key());
  if (!fresh)
    return entry->second;
  if (memory.global) {
    if (Operation *global =
            SymbolTable::lookupNearestSymbolFrom(user, memory.global))
      entry->second = gaus::ir::factsOf(global);
  } else if (auto argument = dyn_cast<BlockArgument>(memory.value)) {
    entry->second = gaus::ir::factsOf(argument);
  } else {
    entry->second = gaus::ir::factsOf(memory.value.getDefiningOp());
  }
  return entry->second;
}

std::optional<int64_t> Memories::leastPorts(Operation *user) {
  Operation *function = functionAround(user);
  auto [entry, fresh] = least.try_emplace(function);
  if (!fresh)
    return entry->second;
  std::optional<int64_t> most;
  auto add = [&](const MemoryId &memory) {
    if (std::optional<int64_t> ports = factsOf(memory, user).ports)
      most = std::min(most.value_or(*ports), *ports);
  };
  if (auto like = dyn_cast<FunctionOpInterface>(function);
      like && !like.isExternal())
    for (BlockArgument argument : like.getArguments())
      add({argument, {}});
  function->walk([&](Operation *op) {
    if (op->hasAttr(kPorts) && op->getNumResults() == 1)
      add({op->getResult(0), {}});
    else if (auto global = dyn_cast<LLVM::AddressOfOp>(op))
      add({{}, global.getGlobalNameAttr().getAttr()});
    else if (auto global = dyn_cast<memref::GetGlobalOp>(op))
      add({{}, global.getNameAttr().getAttr()});
  });
  return least[function] = most;
}

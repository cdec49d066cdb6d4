//===- MemoryOrder.cpp - Order edges between memory accesses --------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Memory/MemoryOrder.h"

#include "Loops/BranchFlow.h"
#include "Memory/AccessPairs.h"
#include "Memory/Streams.h"
#include "Memory/Subscripts.h"
#include "Scopes/Insides.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Analysis/AliasAnalysis.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

#include <array>
#include <map>
#include <set>

using namespace mlir;
using namespace gaus::ir;

/// Different addresses that are told apart where there are too many accesses to
/// keep sets of them; with more, an address is replaced by the object that it
/// points into, so that the work stays near linear.
static constexpr size_t kMaxLocations = 1024;

static bool isVisible(Value address, Operation *op) {
  Region *region = address.getParentRegion();
  return !(region && op->isAncestor(region->getParentOp()));
}

std::vector<NodeAccess> gaus::ir::collectAccesses(const Scope &scope) {
  std::vector<NodeAccess> all;
  for (auto [index, op] : llvm::enumerate(scope.nodes)) {
    auto node = static_cast<int32_t>(index);
    if (isMemoryEffectFree(op) || isMarker(op) || scope.isJoin(op))
      continue;
    auto effects = getEffectsRecursively(op);
    if (!effects) {
      all.push_back({{op, Value()}, node, true});
      continue;
    }
    for (const MemoryEffects::EffectInstance &e : *effects) {
      // Fresh memory conflicts with nothing before it, and what comes after
      // uses its address.
      if (isa<MemoryEffects::Allocate>(e.getEffect()))
        continue;
      Value address = e.getValue();
      // An address made inside the node's regions is not known outside.
      if (address && !isVisible(address, op))
        address = Value();
      all.push_back(
          {{op, address}, node, !isa<MemoryEffects::Read>(e.getEffect())});
    }
  }
  return all;
}

bool gaus::ir::isAllocated(Value v) {
  auto effects = dyn_cast_or_null<MemoryEffectOpInterface>(v.getDefiningOp());
  return effects && effects.getEffectOnValue<MemoryEffects::Allocate>(v);
}

bool gaus::ir::isArgument(Value v) {
  auto arg = dyn_cast<BlockArgument>(v);
  return arg && arg.getOwner()->isEntryBlock() &&
         isa<FunctionOpInterface>(arg.getOwner()->getParentOp());
}

bool gaus::ir::readsAtStart(Operation *op) {
  if (auto load = dyn_cast<LLVM::LoadOp>(op))
    return isOrdinary(load);
  return isa<memref::LoadOp, affine::AffineLoadOp, affine::AffineVectorLoadOp,
             vector::LoadOp, vector::TransferReadOp>(op);
}

int32_t gaus::ir::orderLag(const Scope &scope, int32_t from) {
  return readsAtStart(scope.nodes[from]) ? -scope.problem.latency[from] : 0;
}

GroupKey gaus::ir::keyOf(const LlvmMemory::Place &place) {
  GroupKey key;
  key.add(place.base.getAsOpaquePointer());
  key.add(static_cast<int64_t>(place.form.stride));
  for (const LinearForm::Term &t : place.form.terms)
    key.add(t);
  return key;
}

bool gaus::ir::isSaid(Operation *op) {
  return op->hasAttr(kStart) || op->hasAttr(kDist);
}

void gaus::ir::remarkWork(const Scope &scope, llvm::StringRef name,
                          const AccessPairs &pairs) {
  using namespace mlir::remark;
  if (!scope.nodes.empty() && isSaid(scope.nodes.front()))
    return;
  analysis(scope.carrier->getLoc(), RemarkOpts::name(name).category("gaus"))
      << metric("Accesses", static_cast<int64_t>(pairs.accesses().size()))
      << metric("Comparisons", pairs.comparisons);
}

namespace {

/// The accesses of one address so far: the last write and the reads after it.
/// The operation is one of them; null if they differ in more than their place.
struct Location : MemoryAccess {
  int32_t lastWrite = -1;
  llvm::SmallVector<int32_t, 4> reads;
};

class MemoryOrder {
public:
  explicit MemoryOrder(Scope &s)
      : scope(s), aliases(s.carrier), memory(s.blocks),
        flow(s.blocks, llvm::BitVector(static_cast<unsigned>(s.blocks.size()))),
        streams(s, memory) {}

  void run() {
    std::vector<NodeAccess> accesses = collectAccesses(scope);
    std::set<std::pair<const void *, size_t>> addresses;
    for (const NodeAccess &a : accesses)
      addresses.insert({a.address.getAsOpaquePointer(), elementOf(a)});
    bool many = addresses.size() * accesses.size() > kFewComparisons;
    inManyOfLoop = many && scope.isLoop;
    streams.compareSteps(!many);
    // Which access was the last one depends on the branches taken.
    many |= scope.blocks.size() > 1;
    if (many && AccessPairs::fits(scope.problem, accesses.size()))
      orderMany(std::move(accesses));
    else
      orderEach(accesses, addresses.size() > kMaxLocations);
    for (auto [from, to] : edges)
      scope.problem.addEdge(from, to, 0, orderLag(scope, from), 0,
                            /*carriesValue=*/false);
  }

private:
  void orderEach(std::vector<NodeAccess> &accesses, bool byObject) {
    for (NodeAccess &a : accesses) {
      if (byObject) {
        if (a.address)
          a.address = viewSource(a.address);
        a.op = nullptr;
      }
      order(a);
      touch(a);
    }
  }

  /// The same order with as few edges as it takes.
  void orderMany(std::vector<NodeAccess> accesses) {
    AccessPairs pairs(scope.problem, std::move(accesses), memory, aliases);
    groupBySubscripts(pairs, groupByPlace(pairs));
    pairs.within([&](const NodeAccess &a, const NodeAccess &b) {
      if (!inOneIteration(a, b) || !mayAlias(a, b))
        return false;
      edges.insert({a.node, b.node});
      return true;
    });
    remarkWork(scope, "MemoryOrder", pairs);
  }

  /// Whether control may come by `b` after `a` in an iteration.
  bool inOneIteration(const NodeAccess &a, const NodeAccess &b) const {
    if (scope.hasConditions())
      return !excludeEachOther(scope.nodes[a.node], scope.nodes[b.node],
                               scope.carrier);
    return scope.blocks.size() == 1 ||
           flow.mayFollow(*flow.numberOf(scope.nodes[a.node]->getBlock()),
                          *flow.numberOf(scope.nodes[b.node]->getBlock()));
  }

  /// Accesses whose addresses differ by constants meet where these say so.
  /// Returns the number of groups.
  int64_t groupByPlace(AccessPairs &pairs) {
    constexpr auto most = uint64_t(1) << 60;
    struct At {
      int64_t low, size;
      size_t access;
    };
    std::map<GroupKey, std::vector<At>> groups;
    for (auto [k, a] : llvm::enumerate(pairs.accesses()))
      if (auto place = a.address ? memory.place(a, /*now=*/true) : std::nullopt;
          place && place->form.constant + most < 2 * most) {
        auto low = static_cast<int64_t>(place->form.constant);
        place->form.constant = 0;
        groups[keyOf(*place)].push_back({low, place->size, k});
      }
    int64_t number = 0;
    for (auto &[key, group] : groups) {
      int64_t longest = 0;
      llvm::sort(group, [](const At &a, const At &b) {
        return std::tie(a.low, a.access) < std::tie(b.low, b.access);
      });
      for (const At &at : group) {
        longest = std::max(longest, at.size);
        pairs.addToGroup(at.access, number);
      }
      ++number;
      for (size_t k = 0; k < group.size(); ++k)
        for (size_t n = k; n > 0; --n) {
          const At &before = group[n - 1];
          if (before.low + longest <= group[k].low)
            break;
          if (before.low + before.size > group[k].low)
            pairs.compareStill(before.access, group[k].access);
        }
    }
    return number;
  }

  /// Elements of one memref whose subscripts differ by constants meet where
  /// these are equal.
  void groupBySubscripts(AccessPairs &pairs, int64_t number) {
    constexpr size_t mostAtOnePlace = 64;
    std::map<GroupKey, std::map<std::vector<uint64_t>, std::vector<size_t>>>
        groups;
    for (auto [k, a] : llvm::enumerate(pairs.accesses()))
      if (const Subscripts *at = elementAt(a))
        groups[at->form()][at->constants()].push_back(k);
    for (auto &[form, places] : groups) {
      for (auto &[constants, members] : places) {
        if (members.size() > mostAtOnePlace)
          continue;
        for (size_t i = 0; i < members.size(); ++i) {
          pairs.addToGroup(members[i], number);
          for (size_t j = 0; j < i; ++j)
            pairs.compareStill(members[j], members[i]);
        }
      }
      ++number;
    }
  }

  /// Of many accesses in a loop only those whose iterations are compared
  /// exactly, too: others would need an edge for each two of them.
  const Subscripts *elementAt(const MemoryAccess &a) {
    const Subscripts *at = streams.subscripts().of(a);
    return at && inManyOfLoop && !streams.ofElement(a) ? nullptr : at;
  }

  bool apartBySubscripts(const MemoryAccess &a, const MemoryAccess &b) {
    return elementAt(a) && elementAt(b) &&
           (streams.subscripts().apart(a, b) || streams.apartNow(a, b));
  }

  /// A number for the element that is accessed; 0 where it is not known.
  size_t elementOf(const NodeAccess &a) {
    const Subscripts *at = elementAt(a);
    if (!at)
      return 0;
    GroupKey key = at->form();
    for (uint64_t constant : at->constants())
      key.add(static_cast<int64_t>(constant));
    return elements.try_emplace(std::move(key), elements.size() + 1)
        .first->second;
  }

  bool mayAlias(const MemoryAccess &a, const MemoryAccess &b) {
    if (!a.address || !b.address)
      return true;
    if (memory.apart(a, b) || apartBySubscripts(a, b))
      return false;
    return a.address == b.address ||
           !(scope.insides->memories().apart(a.address, b.address) ||
             aliases.alias(a.address, b.address).isNo());
  }

  /// Accesses of one kind at one address share a location: of one type, with
  /// equal attributes.
  size_t locationOf(const NodeAccess &a) {
    Type type = a.op && a.op->getNumResults()    ? a.op->getResult(0).getType()
                : a.op && a.op->getNumOperands() ? a.op->getOperand(0).getType()
                                                 : Type();
    auto attribute = [&](llvm::StringRef name) {
      return (a.op ? a.op->getAttr(name) : Attribute()).getAsOpaquePointer();
    };
    Key key = {a.address.getAsOpaquePointer(),
               type.getAsOpaquePointer(),
               reinterpret_cast<const void *>(elementOf(a)),
               attribute("tbaa"),
               attribute("alias_scopes"),
               attribute("noalias_scopes"),
               attribute("invariant")};
    auto [entry, fresh] = positions.try_emplace(key, locations.size());
    if (fresh)
      locations.push_back({{a.op, a.address}, -1, {}});
    return entry->second;
  }

  void order(const NodeAccess &a) {
    for (Location &other : locations) {
      if (!mayAlias(a, other))
        continue;
      if (other.lastWrite >= 0 && other.lastWrite != a.node)
        edges.insert({other.lastWrite, a.node});
      if (a.writes)
        for (int32_t read : other.reads)
          if (read != a.node)
            edges.insert({read, a.node});
    }
  }

  void touch(const NodeAccess &a) {
    Location &here = locations[locationOf(a)];
    if (a.writes) {
      here.lastWrite = a.node;
      here.reads.clear();
    } else if (here.reads.empty() || here.reads.back() != a.node) {
      here.reads.push_back(a.node);
    }
  }

  Scope &scope;
  AliasAnalysis aliases;
  LlvmMemory memory;
  BranchFlow flow;
  Streams streams;
  bool inManyOfLoop = false;
  std::map<GroupKey, size_t> elements;
  using Key = std::array<const void *, 7>;
  std::vector<Location> locations;
  std::map<Key, size_t> positions;
  std::set<std::pair<int32_t, int32_t>> edges;
};

} // namespace

void gaus::ir::addMemoryEdges(Scope &scope) { MemoryOrder(scope).run(); }

//===- LoopMemory.cpp - Conflicts of memory between iterations ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Memory/LoopMemory.h"

#include "Memory/AccessPairs.h"
#include "Memory/Streams.h"
#include "Scopes/Insides.h"
#include "Scopes/Kinds.h"
#include "Scopes/Wishes.h"
#include "Llvm/Places.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Analysis/AliasAnalysis.h"
#include "mlir/Dialect/Affine/Analysis/AffineAnalysis.h"
#include "mlir/Dialect/Affine/Analysis/Utils.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/LoopLikeInterface.h"

#include <map>

using namespace mlir;
using namespace gaus::ir;

namespace {

class LoopMemory {
public:
  LoopMemory(Scope &s, LlvmMemory &m)
      : scope(s), branches(s.blocks.size() > 1), aliases(s.carrier), memory(m),
        parallel(parallelAccesses(s)), streams(s, m) {
    if (auto loop = dyn_cast<LoopLikeOpInterface>(s.carrier))
      variable = loop.getSingleInductionVar().value_or(Value());
  }

  void run() {
    // Said of the loop, it holds for all that is in it.
    if (isForLoop(scope.carrier) && scope.carrier->hasAttr(kIndependent))
      return;
    std::vector<NodeAccess> all;
    for (NodeAccess a : collectAccesses(scope)) {
      if (a.op->hasAttr(kIndependent))
        continue;
      // What lies in regions counts as touching anything.
      if (a.op->getNumRegions())
        a.address = Value();
      all.push_back(a);
    }
    bool many = all.size() * all.size() > kFewComparisons;
    streams.compareSteps(!many);
    if (many && AccessPairs::fits(scope.problem, all.size()))
      compareMany(std::move(all));
    else
      compareEach(all);
    carried.addTo(scope, scope.problem);
  }

private:
  //===--- Two accesses --------------------------------------------------===//

  /// An index that is this loop's own variable takes another value in every
  /// iteration.
  bool isVariable(Value v) {
    return (variable && v == variable) || memory.isVariable(v);
  }

  static OperandRange subscriptsOf(Operation *op) {
    if (auto load = dyn_cast<memref::LoadOp>(op))
      return load.getIndices();
    if (auto store = dyn_cast<memref::StoreOp>(op))
      return store.getIndices();
    return OperandRange(op->operand_end(), op->operand_end());
  }

  /// True if two accesses of one memref have the variable at the same place of
  /// their subscripts: then different iterations touch different elements.
  bool apartBySubscript(const NodeAccess &a, const NodeAccess &b) {
    if (!a.address || a.address != b.address || !isInvariant(scope, a.address))
      return false;
    for (auto [x, y] : llvm::zip(subscriptsOf(a.op), subscriptsOf(b.op)))
      if (x == y && isVariable(x))
        return true;
    return false;
  }

  /// The least distance of a dependence carried by this loop from `a` to `b`;
  /// 0 if there is none, nullopt if it is not known.
  std::optional<int64_t> affineDistance(const NodeAccess &a,
                                        const NodeAccess &b) {
    auto loop = dyn_cast<affine::AffineForOp>(scope.carrier);
    // Accesses of several elements (vectors) are not what the analysis sees.
    if (!loop || !isa<affine::AffineLoadOp, affine::AffineStoreOp>(a.op) ||
        !isa<affine::AffineLoadOp, affine::AffineStoreOp>(b.op) ||
        a.address != b.address || !isInvariant(scope, a.address))
      return std::nullopt;
    affine::MemRefAccess from(a.op), to(b.op);
    unsigned depth = affine::getNestingDepth(a.op);
    affine::FlatAffineValueConstraints constraints;
    llvm::SmallVector<affine::DependenceComponent, 2> components;
    affine::DependenceResult r = affine::checkMemrefAccessDependence(
        from, to, depth, &constraints, &components, /*allowRAR=*/true);
    if (r.value == affine::DependenceResult::NoDependence)
      return 0;
    if (r.value != affine::DependenceResult::HasDependence ||
        components.empty() || !components.back().lb)
      return std::nullopt;
    // The analysis counts in units of the variable.
    return std::max<int64_t>(
        1, llvm::divideCeilSigned(*components.back().lb, loop.getStepAsInt()));
  }

  /// The same by all that is known.
  std::optional<int64_t> distance(const NodeAccess &a, const NodeAccess &b) {
    std::optional<int64_t> exact;
    if (a.address && b.address)
      exact = memory.distance(a, b);
    if (!exact && a.address && b.address && a.address != b.address &&
        (scope.insides->memories().apart(a.address, b.address) ||
         aliases.alias(a.address, b.address).isNo()))
      return 0;
    if (apartBySubscript(a, b))
      return 0;
    // Also under conditions of other dialects, through which the analysis of
    // affine does not see.
    if (!exact)
      exact = streams.distance(a, b);
    return exact ? exact : affineDistance(a, b);
  }

  /// What the user says of an access; 0 = nothing.
  static int64_t wishedDistance(Operation *op) {
    auto wish = op->getAttrOfType<IntegerAttr>(kDistance);
    return wish ? std::clamp<int64_t>(wish.getInt(), 1, gaus::kMaxCycle) : 0;
  }

  /// Whether `b` meets `a` in the next iteration, or may.
  bool addCarried(const NodeAccess &a, const NodeAccess &b) {
    if (!a.writes && !b.writes)
      return false;
    if (parallel.contains(a.op) && parallel.contains(b.op))
      return false;
    std::optional<int64_t> exact = distance(a, b);
    if (exact == 0)
      return false;
    int64_t wished = std::max(wishedDistance(a.op), wishedDistance(b.op));
    int64_t least = exact.value_or(std::max<int64_t>(wished, 1));
    if (carried.add(a.node, b.node, least) && !exact && !wished &&
        a.node != b.node) {
      remark(a, b);
      scope.mayMeet.push_back({a.node, b.node});
    }
    return least == 1;
  }

  /// The user may know better: which pair keeps iterations apart.
  void remark(const NodeAccess &a, const NodeAccess &b) {
    using namespace mlir::remark;
    if (isSaid(a.op))
      return;
    std::string other = placeOf(b.op).text();
    missed(a.op->getLoc(), RemarkOpts::name("LoopCarried").category("gaus"))
        << metric("Operation", scope.problem.nodeLabel(a.node))
        << "may conflict with"
        << metric("Other", scope.problem.nodeLabel(b.node))
        << metric("At", other)
        << "in the next iteration; gaus.independent says that it does not, "
           "gaus.distance from which iteration on it may";
  }

  //===--- All accesses --------------------------------------------------===//

  void compareEach(const std::vector<NodeAccess> &all) {
    // Accesses of one memory with the same steps are compared by sorting.
    std::map<GroupKey, std::vector<Streamed>> groups;
    std::vector<int64_t> groupOf(all.size(), -1);
    for (auto [i, a] : llvm::enumerate(all))
      if (std::optional<Stream> stream = branches || parallel.contains(a.op)
                                             ? std::nullopt
                                             : streams.of(a)) {
        auto entry = groups.try_emplace(stream->group).first;
        entry->second.push_back({&a, std::move(*stream)});
        groupOf[i] = static_cast<int64_t>(entry->second.front().access->node);
      }
    for (auto &[key, streamed] : groups)
      streams.connect(streamed, carried);
    for (auto [i, a] : llvm::enumerate(all))
      for (auto [j, b] : llvm::enumerate(all))
        // From an earlier to a later operation the order within the iteration
        // implies that of the next ones, unless only the latter exists.
        if (groupOf[i] < 0 || groupOf[i] != groupOf[j])
          addCarried(a, b);
  }

  using Key = GroupKey;
  struct ManyStreams {
    std::map<Key, std::vector<std::pair<size_t, Streamed>>> elements;
    std::map<Key, std::vector<Placed>> llvm;
    /// Of one memref, with one of the loop's variables at one place of the
    /// subscripts.
    std::map<std::tuple<const void *, const void *, size_t>,
             std::vector<size_t>>
        byVariable;
  };

  void groupStreams(const std::vector<NodeAccess> &all, ManyStreams &many) {
    for (auto [i, a] : llvm::enumerate(all)) {
      if (parallel.contains(a.op))
        continue;
      if (const Stream *stream = streams.ofElement(a))
        many.elements[stream->group].push_back({i, {&a, *stream}});
      else if (auto place = a.address ? memory.place(a) : std::nullopt)
        many.llvm[keyOf(*place)].push_back({i, &a, *place});
      else
        addVariables(a, i, many);
    }
  }

  /// The same dependences with as few edges as it takes.
  void compareMany(std::vector<NodeAccess> all) {
    ManyStreams many;
    if (!branches)
      groupStreams(all, many);
    int64_t number = 0;
    std::vector<std::pair<size_t, int64_t>> groupOf;
    for (auto &[key, group] : many.elements) {
      std::vector<Streamed> streamed;
      for (auto &[i, s] : group) {
        groupOf.push_back({i, number});
        streamed.push_back(std::move(s));
      }
      ++number;
      streams.connect(streamed, carried);
    }
    for (auto &[key, group] : many.llvm)
      streams.connectPlaces(group, number++, groupOf, carried);
    for (auto &[key, members] : many.byVariable) {
      for (size_t i : members)
        groupOf.push_back({i, number});
      ++number;
    }
    for (auto [i, a] : llvm::enumerate(all))
      if (parallel.contains(a.op))
        groupOf.push_back({i, number});
    // What is found so far makes other comparisons needless.
    gaus::Problem known = scope.problem;
    carried.addTo(scope, known);
    AccessPairs pairs(known, std::move(all), memory, aliases);
    for (auto [i, group] : groupOf)
      pairs.addToGroup(i, group);
    pairs.around([&](const NodeAccess &a, const NodeAccess &b) {
      return addCarried(a, b);
    });
    remarkWork(scope, "LoopMemory", pairs);
  }

  void addVariables(const NodeAccess &a, size_t number, ManyStreams &many) {
    if (!a.address || !isInvariant(scope, a.address))
      return;
    for (auto [d, v] : llvm::enumerate(subscriptsOf(a.op)))
      if (isVariable(v))
        many.byVariable[{a.address.getAsOpaquePointer(), v.getAsOpaquePointer(),
                         d}]
            .push_back(number);
  }

  Scope &scope;
  /// Of two accesses that are not ordered within an iteration, because only one
  /// of them runs, one says nothing of the other: all pairs are compared.
  bool branches;
  Value variable; ///< null without a single one
  AliasAnalysis aliases;
  LlvmMemory &memory;
  CarriedConflicts carried;
  /// Two of these do not meet, but in one iteration.
  llvm::DenseSet<Operation *> parallel;
  Streams streams;
};

} // namespace

void gaus::ir::addLoopMemory(Scope &scope, LlvmMemory &memory) {
  LoopMemory(scope, memory).run();
}

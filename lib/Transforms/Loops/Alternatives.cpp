//===- Alternatives.cpp - Operations of which one takes place -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/Alternatives.h"

#include "Loops/BranchFlow.h"
#include "Scopes/Conditions.h"

#include "gaus/Core/IntervalDemands.h"
#include "gaus/Dialect/GausNames.h"

#include "mlir/IR/Builders.h"

#include <cstdlib>
#include <map>

using namespace mlir;
using namespace gaus::ir;

/// Of more operations than that none are looked for.
static constexpr size_t kMostCandidates = 256;

namespace {

/// Whether at most one of two operations takes place in an iteration.
class Exclusions {
public:
  explicit Exclusions(const Scope &s)
      : scope(s),
        isOfBranches(s.isLoop && s.blocks.size() > 1 && !s.hasConditions()),
        flow(isOfBranches ? llvm::ArrayRef<Block *>(s.blocks)
                          : llvm::ArrayRef<Block *>(),
             llvm::BitVector(static_cast<unsigned>(s.blocks.size()))) {}

  bool operator()(Operation *a, Operation *b) const {
    if (scope.hasConditions())
      return excludeEachOther(a, b, scope.carrier);
    if (!isOfBranches)
      return false;
    unsigned from = *flow.numberOf(a->getBlock()),
             to = *flow.numberOf(b->getBlock());
    return !flow.mayFollow(from, to) && !flow.mayFollow(to, from);
  }

private:
  const Scope &scope;
  bool isOfBranches;
  BranchFlow flow;
};

/// What a node holds, and for how long.
using Units = std::pair<int32_t, std::vector<std::pair<int32_t, int64_t>>>;

Units unitsOf(const gaus::Problem &p, int32_t node) {
  Units units{p.occupancy[node], {}};
  for (int32_t k = p.useBegin[node]; k < p.useBegin[node + 1]; ++k)
    units.second.push_back({p.useResource[k], p.useUnits[k]});
  return units;
}

/// Groups of nodes that may start together.
class Grouping {
public:
  explicit Grouping(const Scope &s)
      : scope(s), p(apart(s.problem)), exclude(s), edges(p),
        groupOf(p.numNodes(), -1) {}

  /// Groups of at least two; none where there is no schedule at all.
  std::vector<std::vector<int32_t>> of(llvm::ArrayRef<int32_t> candidates) {
    auto windows = gaus::computeWindows(p);
    if (!windows)
      return {};
    asap = windows->asap;
    for (int32_t node : candidates)
      place(node);
    llvm::erase_if(groups, [](const auto &g) { return g.size() < 2; });
    return groups;
  }

private:
  /// One iteration.
  static gaus::Problem apart(gaus::Problem problem) {
    problem.dropCarriedEdges();
    problem.ii = 0;
    problem.length = 0;
    return problem;
  }

  /// Into the group that starts nearest to it, or one of its own.
  void place(int32_t node) {
    Units mine = unitsOf(p, node);
    size_t best = groups.size();
    int64_t nearest = INT64_MAX;
    for (auto [k, group] : llvm::enumerate(groups)) {
      int64_t far = std::abs(int64_t(asap[group.front()]) - asap[node]);
      if (far >= nearest || unitsOf(p, group.front()) != mine ||
          !llvm::all_of(group,
                        [&](int32_t other) {
                          return exclude(scope.nodes[node], scope.nodes[other]);
                        }) ||
          !fits(node, group))
        continue;
      best = k;
      nearest = far;
    }
    if (best == groups.size())
      groups.emplace_back();
    groups[best].push_back(node);
    groupOf[node] = static_cast<int32_t>(best);
  }

  /// Whether neither has to wait for the other, also through other groups.
  bool fits(int32_t node, llvm::ArrayRef<int32_t> group) const {
    return !leads({node}, group) && !leads(group, {node});
  }

  bool leads(llvm::ArrayRef<int32_t> from, llvm::ArrayRef<int32_t> to) const {
    llvm::SmallVector<int32_t> open(from);
    llvm::DenseSet<int32_t> seen(from.begin(), from.end());
    auto enter = [&](int32_t node) {
      if (seen.insert(node).second)
        open.push_back(node);
    };
    while (!open.empty()) {
      int32_t at = open.pop_back_val();
      if (llvm::is_contained(to, at))
        return true;
      for (int32_t e : edges.out(at))
        enter(p.target[e]);
      if (groupOf[at] >= 0)
        llvm::for_each(groups[groupOf[at]], enter);
    }
    return false;
  }

  const Scope &scope;
  gaus::Problem p;
  Exclusions exclude;
  gaus::Adjacency edges;
  std::vector<int32_t> asap;
  std::vector<std::vector<int32_t>> groups;
  std::vector<int32_t> groupOf; ///< by node; -1 = none
};

} // namespace

//===----------------------------------------------------------------------===//
// Those that there may be
//===----------------------------------------------------------------------===//

bool gaus::ir::markAlternatives(Scope &scope, int64_t least) {
  const gaus::Problem &p = scope.problem;
  if (!scope.isLoop || scope.blocks.size() < 2)
    return false;
  std::vector<bool> tight(p.numResources(), false);
  for (const gaus::ResourceDemand &demand : gaus::resourceDemands(p))
    tight[demand.resource] = demand.ii > least;
  std::vector<int32_t> candidates;
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    bool uses = false;
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      uses |= tight[p.useResource[k]];
    if (uses && !scope.holdsInside[i] && !scope.waits[i])
      candidates.push_back(i);
  }
  if (candidates.size() < 2 || candidates.size() > kMostCandidates)
    return false;
  auto groups = Grouping(scope).of(candidates);
  Builder b(scope.carrier->getContext());
  for (auto [k, group] : llvm::enumerate(groups))
    for (int32_t node : group)
      scope.nodes[node]->setAttr(kAlternative,
                                 b.getI64IntegerAttr(static_cast<int64_t>(k)));
  return !groups.empty();
}

//===----------------------------------------------------------------------===//
// Those that there are
//===----------------------------------------------------------------------===//

static LogicalResult refuse(Operation *op, Operation *other,
                            llvm::StringRef why) {
  InFlightDiagnostic error = emitError(op->getLoc());
  error << kAlternative << ": " << why;
  error.attachNote(other->getLoc()) << "the other operation of this number";
  return error;
}

static LogicalResult checkPair(const Scope &scope, const Exclusions &exclude,
                               int32_t a, int32_t b) {
  Operation *op = scope.nodes[b], *other = scope.nodes[a];
  if (scope.holdsInside[a] || scope.holdsInside[b])
    return refuse(op, other, "one of the two holds what is inside of it");
  if (unitsOf(scope.problem, a) != unitsOf(scope.problem, b))
    return refuse(op, other, "the two use different units");
  if (!exclude(op, other))
    return refuse(op, other, "both may take place in one iteration");
  return success();
}

LogicalResult gaus::ir::joinAlternatives(Scope &scope) {
  std::map<int64_t, std::vector<int32_t>> groups;
  for (auto [i, op] : llvm::enumerate(scope.nodes))
    if (auto number = op->getAttrOfType<IntegerAttr>(kAlternative))
      groups[number.getInt()].push_back(static_cast<int32_t>(i));
  if (groups.empty())
    return success();
  gaus::Problem &p = scope.problem;
  Exclusions exclude(scope);
  std::vector<bool> dropped(p.numNodes(), false);
  for (const auto &[number, members] : groups)
    for (size_t k = 1; k < members.size(); ++k) {
      for (size_t j = 0; j < k; ++j)
        if (failed(checkPair(scope, exclude, members[j], members[k])))
          return failure();
      int32_t first = members.front(), node = members[k];
      dropped[node] = true;
      p.addEdge(first, node, 0, -p.latency[first], 0, /*carriesValue=*/false);
      p.addEdge(node, first, 0, -p.latency[node], 0, /*carriesValue=*/false);
    }
  p.dropUses([&](int32_t node) { return dropped[node]; });
  return success();
}

bool CountedOnce::operator()(Operation *op) {
  Attribute number = op->getAttr(kAlternative);
  return !number || seen.insert(number).second;
}

bool gaus::ir::areAlternatives(Operation *a, Operation *b) {
  Attribute number = a->getAttr(kAlternative);
  return number && number == b->getAttr(kAlternative);
}

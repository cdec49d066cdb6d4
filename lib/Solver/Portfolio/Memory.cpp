//===- Memory.cpp - What a problem needs ----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Portfolio/Memory.h"

#include "Improve/Crossing.h"
#include "Portfolio/Budget.h"

#include "gaus/Device/Backend.h"
#include "gaus/Device/Distribution.h"

#include <algorithm>

using namespace gaus;

namespace {

/// The sizes that everything grows with. At most 2^31 each, so that the sums
/// here stay far below 2^62.
struct Sizes {
  explicit Sizes(const Problem &p)
      : nodes(p.numNodes()), edges(p.numEdges()), resources(p.numResources()),
        uses(static_cast<int64_t>(p.useUnits.size())) {}
  int64_t nodes, edges, resources, uses;
};

/// For what does not grow: vectors of few entries, tables of steps.
constexpr int64_t kFixed = 1 << 10;

/// Profiles that a descent and a search keep: as many as there can be a price
/// or a limit for.
int64_t countProfiles(const Problem &p, const SolverOptions &options) {
  Payment paid = options.payment();
  bool priced = paid.resources > 0;
  int64_t count =
      paid.memory > 0 || p.limitsLive() || options.liveLimit >= 0 ? 1 : 0;
  for (int32_t r = 0; r < p.numResources(); ++r)
    count += (priced && p.price[r] > 0) || p.limit[r] != kUnlimited;
  return count;
}

/// Vectors that grow by and by have room for up to twice what they hold.
int64_t arrayBytes(const Sizes &s) {
  return kFixed + s.nodes * (36 + 2 * 28 + 8) + s.uses * (12 + 2 * 8) +
         s.edges * 2 * 28 + s.resources * (16 + 2 * 4);
}

/// What a backend that has loaded the problem keeps on the host: last uses,
/// levels, edges from both sides, nodes with many of them.
int64_t planBytes(const Sizes &s, int64_t profiles) {
  return kFixed + s.nodes * 16 + s.edges * 10 + s.resources * 4 + profiles * 80;
}

int64_t descentBytes(const Sizes &s, int64_t profiles, int64_t cycles,
                     int64_t slots, int64_t steps) {
  int64_t chunks = std::clamp<int64_t>(s.nodes / kChunkNodes, 1, kMaxChunks);
  // Of a profile: second differences by chunk and sums by cycle, the rest by
  // slot. The profile of each rounding.
  int64_t ofCycles =
      (profiles * (chunks + 1) + dev::kCandidates) * 8 * (cycles + 2);
  int64_t ofSlots = profiles * 32 * slots;
  // Moments, last uses, roundings, snapshots; forces and multipliers.
  return 8 * kFixed + ofCycles + ofSlots + s.nodes * 150 + s.edges * 12 +
         s.resources * 64 + steps * 100;
}

int64_t localSearchBytes(const Sizes &s, int64_t profiles, int64_t cycles,
                         int64_t slots) {
  // The nodes by cycle: a list each.
  return 4 * kFixed + profiles * slots * 8 + cycles * 24 +
         std::min(s.nodes, cycles) * 32 + s.nodes * 112 + s.resources * 8;
}

int64_t ejectionBytes(const Problem &p, int64_t slots) {
  int64_t limits = std::count_if(p.limit.begin(), p.limit.end(),
                                 [](int64_t l) { return l != kUnlimited; });
  return kFixed + limits * slots * 8 + int64_t(p.numNodes()) * 80 +
         int64_t(p.numResources()) * 24;
}

} // namespace

int64_t gaus::memoryLimit(const SolverOptions &options) {
  return options.memoryLimit > 0 ? options.memoryLimit : defaultMemoryLimit();
}

int64_t gaus::problemBytes(const Problem &p) {
  Sizes s(p);
  // Vectors that grew by and by have room for up to twice what they hold. Names
  // are short as a rule, and then within their strings.
  int64_t bytes = kFixed + 2 * (s.nodes * 48 + s.uses * 12 + s.edges * 25 +
                                s.resources * 48);
  return bytes + static_cast<int64_t>(p.nodeName.capacity()) * 32;
}

int64_t gaus::heuristicBytes(const Problem &p) {
  Sizes s(p);
  // Given, resolved and kept; rows of edges, order, components, windows; and
  // about ten words a node of lists and their schedules.
  return 3 * problemBytes(p) + s.nodes * 140 + s.edges * 24 + s.uses * 16;
}

Lanes gaus::portfolioLanes(const Problem &p, const SolverOptions &options,
                           bool searches) {
  Lanes lanes;
  for (int32_t effort = 1; searches && effort <= options.effort; ++effort) {
    Budget budget = Budget::of(p, effort);
    bool crosses = options.polish && budget.crossing.proposals > 0;
    if (options.gradient) {
      int32_t crossed =
          crosses && budget.crossing.crossings > 0 ? Crossing::kBatch : 0;
      lanes.descents =
          std::max({lanes.descents, budget.descent.replicas, crossed,
                    budget.descent.gentle ? Descents::kGentle : 1});
      lanes.steps = std::max(lanes.steps, budget.descent.steps);
    }
    if (options.polish)
      lanes.searches = std::max({lanes.searches, budget.polish.polished,
                                 crosses ? Polish::kMostNew : 1});
  }
  return lanes;
}

SearchBytes gaus::searchBytes(const Problem &p, int64_t cycles,
                              const SolverOptions &options,
                              const Lanes &lanes) {
  Sizes s(p);
  int64_t slots = p.ii > 0 ? p.ii : cycles;
  int64_t profiles = countProfiles(p, options);
  SearchBytes need;
  need.arrays =
      arrayBytes(s) + (lanes.descents > 0 ? planBytes(s, profiles) : 0);
  need.descents =
      lanes.descents * descentBytes(s, profiles, cycles, slots, lanes.steps);
  need.searches =
      std::max(ejectionBytes(p, slots),
               lanes.searches * localSearchBytes(s, profiles, cycles, slots));
  return need;
}

std::optional<Diagnostic> gaus::checkMemory(const Problem &p,
                                            const SolverOptions &options) {
  int64_t need = heuristicBytes(p), limit = memoryLimit(options);
  if (need <= limit)
    return std::nullopt;
  return beyondMemory("the problem needs", need, limit);
}

//===- ModuloExact.cpp - Is there a schedule at this II? ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Modulo/ModuloExact.h"

#include "Modulo/SlotFormula.h"
#include "Modulo/SlotProblem.h"

#include "Construct/Ejection.h"
#include "Model/Random.h"

#include <algorithm>
#include <numeric>

using namespace gaus;

using Role = SlotProblem::Role;

namespace {

/// The Window and Slot nodes as a problem of their own for the ejection.
struct Reduced {
  Instance instance;
  std::vector<int32_t> node; ///< of the whole problem
  /// By resource: what its slots have less than the one that has most.
  std::vector<std::vector<int64_t>> taken;
};

} // namespace

static Reduced reduce(const Problem &p, const SlotProblem &s) {
  Reduced r;
  Instance &d = r.instance;
  std::vector<int32_t> index(p.numNodes(), -1);
  d.useBegin.push_back(0);
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    if (s.role[i] != Role::Slot && s.role[i] != Role::Window)
      continue;
    index[i] = static_cast<int32_t>(r.node.size());
    r.node.push_back(i);
    d.asap.push_back(s.lo[i]);
    d.alap.push_back(s.hi[i]);
    d.occupancy.push_back(s.hold[i]);
    for (const SlotProblem::Use &u : s.uses[i]) {
      d.useResource.push_back(u.resource);
      d.useUnits.push_back(u.units);
    }
    d.useBegin.push_back(static_cast<int32_t>(d.useResource.size()));
  }
  d.numNodes = static_cast<int32_t>(r.node.size());
  d.numEdges = static_cast<int32_t>(s.edges.size());
  d.numResources = p.numResources();
  d.ii = p.ii;
  d.limit = p.limit;
  r.taken.resize(d.numResources);
  for (int32_t k = 0; k < d.numResources; ++k) {
    const std::vector<int64_t> &c = s.capacity[k];
    if (c.empty())
      continue;
    d.limit[k] = *std::max_element(c.begin(), c.end());
    for (int64_t units : c)
      r.taken[k].push_back(d.limit[k] - units);
  }
  d.outBegin.assign(d.numNodes + 1, 0);
  d.inBegin.assign(d.numNodes + 1, 0);
  for (int32_t e : s.edges) {
    ++d.outBegin[index[p.source[e]] + 1];
    ++d.inBegin[index[p.target[e]] + 1];
  }
  std::partial_sum(d.outBegin.begin(), d.outBegin.end(), d.outBegin.begin());
  std::partial_sum(d.inBegin.begin(), d.inBegin.end(), d.inBegin.begin());
  std::vector<int32_t> out = d.outBegin, in = d.inBegin;
  d.outTarget.resize(d.numEdges);
  d.outGap.resize(d.numEdges);
  d.inSource.resize(d.numEdges);
  d.inPosition.resize(d.numEdges);
  for (int32_t e : s.edges) {
    int32_t from = index[p.source[e]], to = index[p.target[e]];
    int32_t at = out[from]++, into = in[to]++;
    d.outTarget[at] = to;
    d.outGap[at] = p.latency[p.source[e]] + p.lag[e] - p.ii * p.distance[e];
    d.inSource[into] = from;
    d.inPosition[into] = at;
  }
  return r;
}

/// Priorities: latest start, slack, earliest start, then disturbed
/// ones. Single nodes come last, the largest first.
static std::vector<float> priorityOf(const Reduced &r, const SlotProblem &s,
                                     int32_t attempt, uint64_t seed) {
  const Instance &d = r.instance;
  float last = 0;
  for (int32_t t : d.alap)
    last = std::max(last, static_cast<float>(t));
  std::vector<float> priority;
  for (int32_t k = 0; k < d.numNodes; ++k) {
    float asap = static_cast<float>(d.asap[k]);
    float alap = static_cast<float>(d.alap[k]);
    float base[] = {alap, alap - asap, asap};
    float noise = 0;
    if (attempt >= 3) {
      dev::Philox random = draw(Stream::SlotPriorities, seed, k, attempt);
      float u = unitOf(random.word[0]) - 0.5f;
      noise = 0.1f * static_cast<float>(attempt) * u * (alap - asap + 1);
    }
    float value = base[attempt % 3] + noise;
    if (s.role[r.node[k]] == Role::Slot) {
      float size = 0;
      for (int32_t u = d.useBegin[k]; u < d.useBegin[k + 1]; ++u)
        size =
            std::max(size, static_cast<float>(d.useUnits[u]) /
                               static_cast<float>(d.limit[d.useResource[u]]));
      value = 4 * last + noise - static_cast<float>(d.occupancy[k]) * size;
    }
    priority.push_back(value);
  }
  return priority;
}

static Starts byEjection(const Problem &p, const SlotProblem &s,
                         const ModuloEffort &effort, const Stop &stop) {
  Reduced r = reduce(p, s);
  constexpr int32_t kPlacements = 20;
  // A placement looks at every slot.
  constexpr int64_t kMostSteps = int64_t(1) << 29;
  int64_t steps = kPlacements * int64_t(p.ii) * r.instance.numNodes;
  int64_t lists = kMostSteps / std::max<int64_t>(1, steps);
  if (lists == 0)
    return {};
  lists = std::min<int64_t>(lists, effort.priorityLists);
  for (int32_t k = 0; k < lists && !stop.requested(); ++k) {
    std::vector<int32_t> found =
        ejectionSchedule(r.instance, priorityOf(r, s, k, effort.seed), {},
                         kPlacements, r.taken, &stop);
    if (found.empty() && !r.node.empty())
      continue;
    std::vector<int64_t> chosen(p.numNodes(), 0);
    for (size_t at = 0; at < found.size(); ++at)
      chosen[r.node[at]] = found[at];
    return s.complete(chosen, &stop);
  }
  return {};
}

/// A schedule from one choice of what is left out, or a verdict.
static void decideOn(const Problem &p, const SlotProblem &s,
                     const ModuloEffort &effort, const Stop &stop,
                     ModuloDecision &decision) {
  decision.starts = byEjection(p, s, effort, stop);
  if (!decision.starts.empty()) {
    decision.verdict = ModuloVerdict::Feasible;
    decision.byEjection = true;
    return;
  }
  if (effort.conflicts <= 0 || stop.requested())
    return;
  SlotFormula::Answer answer =
      SlotFormula(p, s).solve(effort.conflicts, effort.literals, stop);
  if (answer.verdict == ModuloVerdict::Infeasible && !s.restricted)
    decision.verdict = ModuloVerdict::Infeasible;
  if (answer.verdict != ModuloVerdict::Feasible)
    return;
  decision.starts = s.complete(answer.chosen, &stop);
  if (!decision.starts.empty())
    decision.verdict = ModuloVerdict::Feasible;
}

ModuloDecision gaus::decideModulo(const Problem &p, const Adjacency &adj,
                                  const Components &components,
                                  const Windows &windows,
                                  const ModuloEffort &effort,
                                  const Stop &stop) {
  ModuloDecision decision;
  for (bool evenly : {true, false}) {
    std::optional<SlotProblem> s =
        SlotProblem::of(p, adj, components, windows, evenly, &stop);
    if (!s)
      return decision;
    if (!s->workFits) {
      decision.verdict = ModuloVerdict::Infeasible;
      return decision;
    }
    decideOn(p, *s, effort, stop, decision);
    if (decision.verdict != ModuloVerdict::Undecided || !s->restricted)
      return decision;
  }
  return decision;
}

//===- Heuristics.cpp - Schedules without a search ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Construct/Heuristics.h"

#include "Construct/DepthFirst.h"
#include "Construct/DifferenceFlow.h"
#include "Construct/Ejection.h"
#include "Construct/ListScheduler.h"
#include "Model/Instance.h"
#include "gaus/Core/Bounds.h"

#include <algorithm>
#include <cmath>

using namespace gaus;

/// A list schedule by `priority`; `wanted`: not before these cycles, if any.
static Starts list(const Context &c, std::span<const float> priority,
                   std::span<const int32_t> wanted = {}) {
  const CompiledProblem &problem = c.problem;
  return listSchedule(problem.p, problem.adj, problem.windows,
                      {.priority = priority,
                       .capacity = problem.p.limit,
                       .notBefore = wanted,
                       .forceAtLatest = false,
                       .stop = &c.stop()});
}

/// One iteration after the other: for intervals that are too long for profiles
/// of their slots. What is not folded then is legal, if all of it fits.
static void offerUnfolded(const Context &c) {
  const Windows &windows = c.problem.windows;
  Problem flat = c.p();
  flat.ii = 0;
  flat.dropCarriedEdges();
  Adjacency adj(flat);
  if (!findComponents(flat, adj).acyclic)
    return;
  std::vector<float> priority(windows.alap.begin(), windows.alap.end());
  c.incumbent.offer(listSchedule(flat, adj, windows,
                                 {.priority = priority,
                                  .capacity = flat.limit,
                                  .forceAtLatest = false,
                                  .stop = &c.stop()}),
                    Method::List);
}

/// Height above the sinks sorts like the latest start for any length.
static std::vector<float> heights(const CompiledProblem &problem) {
  const Problem &p = problem.p;
  std::vector<int32_t> height(p.numNodes(), 0);
  std::vector<float> priority(p.numNodes());
  for (size_t at = problem.components.nodes.size(); at-- > 0;) {
    int32_t i = problem.components.nodes[at];
    height[i] = durationOf(p, i);
    for (int32_t e : problem.adj.out(i))
      height[i] =
          std::max(height[i], height[p.target[e]] + p.latency[i] + p.lag[e]);
    priority[i] = -static_cast<float>(height[i]);
  }
  return priority;
}

void gaus::offerLists(const Context &c) {
  const CompiledProblem &problem = c.problem;
  const Windows &windows = problem.windows;
  c.incumbent.offer(windows.asap, Method::Asap);
  bool bounded = problem.bounded();
  if (bounded)
    c.incumbent.offer(windows.alap, Method::Alap);
  if (problem.hasLimits && !c.incumbent.solved() && c.p().ii > 0 &&
      !problem.foldsFit())
    offerUnfolded(c);
  if (!problem.components.acyclic || c.p().ii > 0)
    return;
  std::vector<float> priority(windows.alap.begin(), windows.alap.end());
  if (!bounded)
    priority = heights(problem);
  c.incumbent.offer(list(c, priority), Method::List);
  if (c.pays.units() && bounded)
    c.incumbent.offer(
        levelledList(c.p(), problem.adj, windows, c.options.weights, &c.stop()),
        Method::Levelled);
}

void gaus::offerDepthFirst(const Context &c, const Instance &instance) {
  if (c.pays.memory == 0 || !c.problem.components.acyclic || c.p().ii > 0)
    return;
  for (DepthFirst from : {DepthFirst::FromResults, DepthFirst::FromInputs}) {
    c.landmarks.depthFirst.push_back(depthFirstSchedule(instance, from));
    c.incumbent.offer(c.landmarks.depthFirst.back(), Method::DepthFirst);
  }
}

void gaus::offerNear(const Context &c, const Instance &instance,
                     std::span<const float> mean, Method method) {
  if (!c.problem.hasLimits)
    return;
  std::vector<int32_t> wanted(mean.size());
  for (size_t i = 0; i < mean.size(); ++i)
    wanted[i] = std::clamp(static_cast<int32_t>(std::floor(mean[i] + 0.5f)),
                           instance.asap[i], instance.alap[i]);
  if (c.problem.components.acyclic && c.p().ii == 0) {
    c.incumbent.offer(list(c, mean, wanted), method);
    c.incumbent.offer(list(c, mean), method);
    return;
  }
  c.incumbent.offer(ejectionSchedule(instance, mean, wanted, 20, {}, &c.stop()),
                    method);
}

//===----------------------------------------------------------------------===//
// The flow
//===----------------------------------------------------------------------===//

/// `least` has the least total lifetime or communication, a bound, too: spread
/// evenly over the cycles, or on top of the least peaks.
static int64_t boundByTotals(const Context &c, const Instance &instance,
                             std::span<const int32_t> least) {
  if (instance.memoryWeight == 0 || instance.alpha > 0) {
    Payment others = c.pays;
    others.communication = 0;
    return simpleBound(c.p(), c.problem.windows, others) +
           instance.alpha * evaluate(c.p(), least).communication;
  }
  Wide total = 0;
  int64_t cycles = instance.slots();
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    int64_t born = least[i] + instance.bornAfter[i], last = INT64_MIN;
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
      if (instance.outShift[k] >= 0)
        last = std::max<int64_t>(last, least[instance.outTarget[k]] +
                                           instance.outShift[k]);
    if (instance.width[i] > 0)
      total += Wide(instance.width[i]) * (last - born);
  }
  return saturate((total + cycles - 1) / cycles);
}

void gaus::offerFlow(const Context &c, const Instance &instance,
                     const ConstructBudget &budget) {
  if (c.pays.lengthAlone() || instance.numNodes > budget.flowNodes)
    return;
  std::optional<FlowSchedule> flow = differenceFlow(instance, 1, {}, &c.stop());
  if (!flow)
    return;
  c.incumbent.offer(flow->starts, Method::Flow);
  c.pool.add(flow->starts, Method::Flow);
  c.incumbent.raiseBound(boundByTotals(c, instance, flow->starts));
  c.landmarks.leastFlow = std::move(flow->starts);
}

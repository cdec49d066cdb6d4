//===- Steps.cpp - The steps of the pass pipeline -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Solver/Solver.h"

#include "Construct/Heuristics.h"
#include "Improve/Neighbourhoods.h"
#include "Improve/Polish.h"
#include "InterfaceNodes.h"
#include "Portfolio/Budget.h"
#include "Portfolio/Workspace.h"
#include "Relax/Descents.h"
#include "Threads.h"

#include <algorithm>

using namespace gaus;

static std::optional<Diagnostic> checkState(const Problem &p, size_t means,
                                            size_t stddevs) {
  if (means == static_cast<size_t>(p.numNodes()) && stddevs == means)
    return std::nullopt;
  Diagnostic d;
  d.code = "input";
  d.message = "the distributions are " + std::to_string(means) + " for " +
              std::to_string(p.numNodes()) + " nodes";
  return d;
}

static Outcome<Distributions> annotateOwn(const Problem &resolved,
                                          const SolverOptions &options,
                                          std::span<const int32_t> existing) {
  Outcome<std::unique_ptr<Workspace>> workspace =
      Workspace::create(resolved, options);
  if (!workspace)
    return workspace.error();
  const Context &c = (*workspace)->context();
  const Instance &instance = (*workspace)->instance();
  Distributions state;
  if (resolved.numNodes() == 0)
    return state;
  offerLists(c);
  if (auto none = (*workspace)->buildArrays({}))
    return *none;
  if (options.start == StartKind::Flow)
    offerFlow(c, instance, Budget::of(resolved, options.effort).construct);
  const Starts &leastFlow = c.landmarks.leastFlow;
  if (options.start == StartKind::Existing && !existing.empty())
    state.mean.assign(existing.begin(), existing.end());
  else if (options.start == StartKind::Flow && !leastFlow.empty())
    state.mean.assign(leastFlow.begin(), leastFlow.end());
  else if (options.start == StartKind::List && c.incumbent.solved())
    state.mean.assign(c.incumbent.starts().begin(), c.incumbent.starts().end());
  else
    state.mean = midWindow(instance.asap, instance.alap);
  clampToWindows(instance, state.mean);
  for (int32_t i = 0; i < instance.numNodes; ++i)
    state.stddev.push_back(std::max(
        0.3f, 0.3f * static_cast<float>(instance.alap[i] - instance.asap[i])));
  return state;
}

static Outcome<Distributions> relaxOwn(const Problem &resolved,
                                       const SolverOptions &options,
                                       const Distributions &state,
                                       WorkCounts &work) {
  Outcome<std::unique_ptr<Workspace>> workspace =
      Workspace::create(resolved, options);
  if (!workspace)
    return workspace.error();
  const Context &c = (*workspace)->context();
  Distributions moved = state;
  if (resolved.numNodes() == 0)
    return moved;
  offerLists(c);
  DescentBudget budget = Budget::of(resolved, options.effort).descent;
  if (auto none =
          (*workspace)->buildArrays({.descents = 1, .steps = budget.steps}))
    return *none;
  std::optional<Diagnostic> failed;
  withThreads(options, [&] {
    failed =
        (*workspace)->descents().relax((*workspace)->instance(), budget, moved);
  });
  if (failed)
    return *failed;
  work = c.incumbent.work();
  return moved;
}

/// Legal schedules from the roundings of a state, polished if asked.
static std::optional<Diagnostic> commitNear(Workspace &workspace,
                                            const Distributions &state) {
  const Context &c = workspace.context();
  const Instance &instance = workspace.instance();
  Budget budget = Budget::of(c.p(), c.options.effort);
  if (auto failed = workspace.descents().round(instance, budget.descent, state))
    return failed;
  if (c.options.polish && c.options.effort > 0) {
    // One state has no other to be crossed with: its search goes on instead.
    PolishBudget longer = budget.polish;
    longer.proposals += budget.crossing.crossings * budget.crossing.proposals;
    Polish(c).run(instance, longer);
    if (c.options.windows && !c.incumbent.finished())
      searchNeighbourhoods(c, instance, budget.neighbourhoods);
  }
  if (!c.incumbent.solved())
    repair(c, instance);
  return std::nullopt;
}

static Outcome<Solution> commitOwn(const Problem &resolved,
                                   const SolverOptions &options,
                                   const Distributions &state) {
  Outcome<std::unique_ptr<Workspace>> workspace =
      Workspace::create(resolved, options);
  if (!workspace)
    return workspace.error();
  const Context &c = (*workspace)->context();
  if (resolved.numNodes() == 0)
    return c.incumbent.finish();
  int32_t polished =
      options.polish ? Budget::of(resolved, options.effort).polish.polished : 0;
  if (auto none =
          (*workspace)
              ->buildArrays({.descents = 1, .searches = polished, .steps = 1}))
    return *none;
  std::optional<Diagnostic> failed;
  withThreads(options, [&] { failed = commitNear(**workspace, state); });
  if (failed)
    return *failed;
  return c.incumbent.finish();
}

//===----------------------------------------------------------------------===//
// With nodes for what enters, leaves and is not read
//===----------------------------------------------------------------------===//

/// The nodes of the interface are where they have to be, nearly.
static Distributions withInterface(const Problem &p,
                                   const Distributions &state) {
  Distributions all = state;
  if (state.mean.size() != static_cast<size_t>(p.numNodes()))
    return all;
  float end = 0;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    end = std::max(end, state.mean[i] + static_cast<float>(durationOf(p, i)));
  size_t count = withInterfaceNodes(p).numNodes();
  all.mean.resize(all.mean.size() + p.interface.width.size(), 0.0f);
  for (int32_t i : unreadBuffers(p))
    all.mean.push_back(state.mean[i] +
                       static_cast<float>(durationOf(p, i) - 1));
  all.mean.resize(count, end);
  all.stddev.resize(count, 0.3f);
  return all;
}

static Distributions withoutInterface(const Problem &p, Distributions state) {
  state.mean.resize(p.numNodes());
  state.stddev.resize(p.numNodes());
  return state;
}

Outcome<Distributions> gaus::annotate(const Problem &resolved,
                                      const SolverOptions &options,
                                      std::span<const int32_t> existing) {
  if (!needsInterfaceNodes(resolved, options))
    return annotateOwn(resolved, options, existing);
  Outcome<Distributions> state =
      annotateOwn(withInterfaceNodes(resolved), options,
                  withInterfaceStarts(resolved, existing));
  if (!state)
    return state;
  return withoutInterface(resolved, std::move(*state));
}

Outcome<Distributions> gaus::relax(const Problem &resolved,
                                   const SolverOptions &options,
                                   const Distributions &state,
                                   WorkCounts &work) {
  if (auto wrong = checkState(resolved, state.mean.size(), state.stddev.size()))
    return *wrong;
  if (!needsInterfaceNodes(resolved, options))
    return relaxOwn(resolved, options, state, work);
  Outcome<Distributions> moved = relaxOwn(withInterfaceNodes(resolved), options,
                                          withInterface(resolved, state), work);
  if (!moved)
    return moved;
  return withoutInterface(resolved, std::move(*moved));
}

Outcome<Solution> gaus::commit(const Problem &resolved,
                               const SolverOptions &options,
                               const Distributions &state) {
  if (auto wrong = checkState(resolved, state.mean.size(), state.stddev.size()))
    return *wrong;
  if (!needsInterfaceNodes(resolved, options))
    return commitOwn(resolved, options, state);
  Outcome<Solution> solution = commitOwn(withInterfaceNodes(resolved), options,
                                         withInterface(resolved, state));
  if (solution)
    dropInterfaceNodes(resolved, options, *solution);
  return solution;
}

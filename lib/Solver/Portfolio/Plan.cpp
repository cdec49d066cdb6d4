//===- Plan.cpp - The parts in their order --------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Portfolio/Plan.h"

#include "Bounds/BoundSearch.h"
#include "Construct/Heuristics.h"
#include "Exact/PeakSearch.h"
#include "Improve/Crossing.h"
#include "Improve/ListSearch.h"
#include "Improve/Neighbourhoods.h"
#include "Learning/LearningSearch.h"
#include "Modulo/ModuloExact.h"
#include "Portfolio/Workspace.h"

#include "gaus/Core/Bounds.h"

using namespace gaus;

namespace {

using Failure = std::optional<Diagnostic>;

/// The parts of one solve, and the budget of the effort that they are at.
struct Run {
  Run(Workspace &workspace, const GivenStarts &given, BudgetOf budgetOf)
      : workspace(workspace), c(workspace.context()), given(given),
        descents(workspace.descents()), polish(c),
        crossing(c, descents, polish), bounds(c), peak(c), learning(c),
        lists(c), budget(budgetOf(c.p(), c.options.effort)) {}

  Workspace &workspace;
  Context c;
  GivenStarts given;
  Descents &descents;
  Polish polish;
  Crossing crossing;
  BoundSearch bounds;
  PeakSearch peak;
  LearningSearch learning;
  ListSearch lists;
  Budget budget;
  bool hasArrays = false, hasLearnt = false;
  /// Whether the crossings of this effort gained enough.
  bool crossed = false;

  const Instance &instance() const { return workspace.instance(); }
};

struct Step {
  std::string_view name;
  bool (*applies)(const Run &run);
  Failure (*run)(Run &run);
};

/// Runs the steps that apply, one after the other, while something better may
/// be found. `effort` is for who watches.
template <size_t N>
Failure runSteps(const Step (&steps)[N], Run &run, int32_t effort) {
  Incumbent &incumbent = run.c.incumbent;
  constexpr auto count = static_cast<int32_t>(N);
  for (int32_t k = 0; k < count; ++k) {
    const Step &step = steps[k];
    if (incumbent.finished() || !step.applies(run))
      continue;
    // The construction was the first part.
    incumbent.enter(step.name, 2 + (effort - 1) * count + k,
                    1 + run.c.options.effort * count);
    if (Failure failed = step.run(run))
      return failed;
  }
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Once a solve
//===----------------------------------------------------------------------===//

/// With an II: a schedule where limits defeat the ejection, or the proof that
/// there is none.
void decide(Run &run) {
  const Context &c = run.c;
  if (c.incumbent.solved() || c.p().ii == 0 || !c.problem.foldsFit() ||
      c.incumbent.isInfeasible() || c.incumbent.finished())
    return;
  ModuloEffort effort = run.budget.modulo;
  effort.seed = c.options.seed;
  ModuloDecision decision =
      decideModulo(c.p(), c.problem.adj, c.problem.components,
                   c.problem.windows, effort, c.stop());
  if (decision.verdict == ModuloVerdict::Infeasible)
    c.incumbent.setInfeasible();
  if (decision.verdict == ModuloVerdict::Feasible)
    c.incumbent.offer(decision.starts,
                      decision.byEjection ? Method::Slots : Method::Exact);
}

/// Nothing but the length counts, and no limit stretches it: no search of
/// any effort is of use. Where live memory has a limit, lengths are tried one
/// by one (LiveLimit.h).
bool lengthIsAll(const Context &c) {
  return c.pays.lengthAlone() &&
         (!c.problem.hasLimits || c.incumbent.solved() || c.p().limitsLive());
}

/// The optimum, where the search that learns comes to it; once.
void learn(Run &run) {
  if (!run.hasLearnt && !run.c.incumbent.finished())
    run.learning.run(run.budget.learning, run.budget.learning.look);
  run.hasLearnt = true;
}

/// Whether work over the limits, with the ways to it and from it, rules out the
/// length: known before anything is searched.
bool isTooShort(const Context &c) {
  const Problem &p = c.p();
  if (p.length == 0 || p.ii > 0 || !c.problem.hasLimits || c.incumbent.solved())
    return false;
  Payment length;
  length.length = 1;
  int64_t least = simpleBound(p, c.problem.windows, length, &c.stop());
  if (least > p.length)
    c.incumbent.setTooShort(least);
  return least > p.length;
}

bool searches(const Run &run) {
  return run.c.options.polish && run.c.options.windows;
}

/// Of small problems a formula counts better what the search that learns left.
void askForLess(Run &run) {
  constexpr int32_t kNodes = 150;
  if (!run.c.incumbent.finished() && run.c.p().numNodes() <= kNodes &&
      searches(run))
    run.peak.run(run.instance(), run.budget.smallFormula);
}

/// A legal schedule, if one can be found, and the arrays.
void construct(Run &run) {
  if (!run.given.existing.empty())
    run.c.incumbent.offer(run.given.existing, Method::Existing);
  offerLists(run.c);
  if (isTooShort(run.c))
    return;
  bool searches = !run.c.incumbent.finished() && !lengthIsAll(run.c);
  std::optional<Diagnostic> none = run.workspace.buildArrays(
      portfolioLanes(run.c.p(), run.c.options, searches));
  run.hasArrays = !none;
  if (none && none->code == "memory" && !run.c.incumbent.finished())
    run.c.incumbent.setBeyondMemory(std::move(*none));
  if (run.hasArrays && !run.c.incumbent.solved())
    repair(run.c, run.instance());
  if (!run.c.incumbent.solved() && !run.given.shortest.empty())
    run.c.incumbent.offer(run.given.shortest, Method::List);
  Incumbent &incumbent = run.c.incumbent;
  if (!incumbent.solved() && run.c.p().length > 0)
    learn(run);
  decide(run);
  if (!run.hasArrays || incumbent.isInfeasible() || incumbent.finished())
    return;
  offerDepthFirst(run.c, run.instance());
  offerFlow(run.c, run.instance(), run.budget.construct);
  learn(run);
  askForLess(run);
  if (!incumbent.finished())
    shorten(run.c, run.instance(), run.budget.construct);
  run.lists.run(run.budget.lists, run.budget.lists.first);
  if (run.c.pays.lengthAlone())
    run.learning.run(run.budget.learning, run.budget.learning.first);
}

//===----------------------------------------------------------------------===//
// Once an effort, from 1 up to the one asked for
//===----------------------------------------------------------------------===//

/// On large graphs: a short polish and a descent from the best schedule in
/// turn, as long as they gain.
Failure takeTurns(Run &run) {
  // A turn that gains less than one part of so many is the last.
  constexpr int64_t kLittle = 500;
  Incumbent &incumbent = run.c.incumbent;
  PolishBudget polish = run.budget.polish;
  polish.proposals /= 10;
  DescentBudget descent = run.budget.descent;
  descent.replicas = 1;
  descent.shortest = false;
  for (int32_t turn = 0;
       turn < run.budget.turns && incumbent.solved() && !incumbent.finished();
       ++turn) {
    int64_t before = incumbent.value();
    run.polish.run(run.instance(), polish);
    if (!incumbent.finished())
      if (Failure failed = run.descents.run(run.instance(), descent, {}))
        return failed;
    if (before - incumbent.value() <= before / kLittle)
      break;
  }
  return std::nullopt;
}

bool always(const Run &) { return true; }
bool descends(const Run &run) { return run.c.options.gradient; }
bool polishes(const Run &run) { return run.c.options.polish; }
bool takesTurns(const Run &run) {
  StartKind start = run.c.options.start;
  return descends(run) && polishes(run) && start != StartKind::Midpoint &&
         start != StartKind::Flow;
}
bool crosses(const Run &run) {
  return polishes(run) && run.budget.crossing.proposals > 0;
}

constexpr Step kEachEffort[] = {
    {"learning", always,
     [](Run &run) -> Failure {
       run.learning.run(run.budget.learning, run.budget.learning.work);
       return std::nullopt;
     }},
    {"descent", descends,
     [](Run &run) -> Failure {
       return run.descents.run(run.instance(), run.budget.descent,
                               run.given.existing);
     }},
    {"turns", takesTurns, takeTurns},
    {"crossing", crosses,
     [](Run &run) -> Failure {
       return run.crossing.run(run.instance(), run.budget.crossing,
                               run.budget.descent, run.crossed);
     }},
    {"bound", always,
     [](Run &run) -> Failure {
       run.bounds.run(run.instance(), run.budget.bound);
       return std::nullopt;
     }},
    {"polish", polishes,
     [](Run &run) -> Failure {
       PolishBudget budget = run.budget.polish;
       if (budget.ifCrossed && !run.crossed)
         return std::nullopt;
       // What crossings gain no more, a longer search may.
       if (crosses(run) && run.budget.descent.small && !run.crossed)
         budget.proposals *= 2;
       run.polish.run(run.instance(), budget);
       return std::nullopt;
     }},
    {"formula", searches,
     [](Run &run) -> Failure {
       run.peak.run(run.instance(), run.budget.formula);
       return std::nullopt;
     }},
    {"neighbourhoods", searches,
     [](Run &run) -> Failure {
       searchNeighbourhoods(run.c, run.instance(), run.budget.neighbourhoods);
       return std::nullopt;
     }},
};

} // namespace

Outcome<Solution> gaus::runPortfolio(Resolved resolved,
                                     const SolverOptions &options,
                                     const GivenStarts &given, Attempt &attempt,
                                     std::shared_ptr<const Deadline> deadline,
                                     BudgetOf budgetOf) {
  Outcome<std::unique_ptr<Workspace>> workspace =
      Workspace::ofChecked(std::move(resolved), options, std::move(deadline));
  if (!workspace) {
    if (isProof(workspace.error()))
      attempt.ruledOut = Attempt::ByBound;
    return workspace.error();
  }
  Run run(**workspace, given, budgetOf);
  Incumbent &incumbent = run.c.incumbent;
  incumbent.setEnough(given.enough);
  if (run.c.p().numNodes() == 0)
    return incumbent.finish();
  incumbent.enter("construct", 1,
                  1 + options.effort * int32_t(std::size(kEachEffort)));
  construct(run);
  if (incumbent.isInfeasible())
    attempt.ruledOut = run.hasArrays ? Attempt::BySearch : Attempt::ByBound;
  if (!run.hasArrays || incumbent.isInfeasible() || options.effort == 0 ||
      incumbent.finished())
    return incumbent.finish();
  bool done = lengthIsAll(run.c);
  // A higher effort does all that the lower ones do, so that it is never worse.
  for (int32_t effort = 1; effort <= options.effort && !done; ++effort) {
    run.budget = budgetOf(run.c.p(), effort);
    run.crossed = false;
    if (Failure failed = runSteps(kEachEffort, run, effort))
      return *failed;
  }
  return incumbent.finish();
}

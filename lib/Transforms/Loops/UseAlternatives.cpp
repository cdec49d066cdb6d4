//===- UseAlternatives.cpp - Schedules with alternatives ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/Alternatives.h"

#include "Scopes/Silence.h"
#include "Scopes/Tables.h"

#include "gaus/Core/IntervalDemands.h"
#include "gaus/Dialect/GausNames.h"
#include "gaus/Transforms/WrittenSchedule.h"

using namespace mlir;
using namespace gaus::ir;

namespace {

/// The scope with alternatives, solved beside the one without.
class WithAlternatives {
public:
  WithAlternatives(const Scope &plain, const gaus::SolverOptions &asked)
      : scope(plain), before(plain.problem), options(asked) {}

  /// A solution that is better than `solution`, if there is one.
  std::optional<gaus::Solution>
  better(const gaus::Outcome<gaus::Solution> &solution) {
    if (!mayHelp(solution) || !markAlternatives(scope, enough(solution)))
      return std::nullopt;
    std::optional<gaus::Solution> found = solve(solution);
    if (!found)
      for (Operation *op : scope.nodes)
        op->removeAttr(kAlternative);
    return found;
  }

  Scope scope;

private:
  bool isPipelined() const { return options.ii.kind != gaus::IIChoice::None; }

  /// What a resource may ask for without being to blame: what recurrences do,
  /// if that is all there is.
  int64_t enough(const gaus::Outcome<gaus::Solution> &solution) const {
    if (!solution || !isPipelined())
      return 1;
    gaus::Outcome<int32_t> recurrences = gaus::recurrenceMII(before);
    gaus::Outcome<int64_t> least = gaus::leastInterval(before);
    return recurrences && least && solution->ii == *least ? *recurrences : 1;
  }

  bool mayHelp(const gaus::Outcome<gaus::Solution> &solution) const {
    if (options.start == gaus::StartKind::Existing)
      return false;
    if (!solution)
      return solution.error().code != "stop" &&
             solution.error().code != "memory";
    return solution->cut == gaus::Cut::None &&
           (solution->ii > 1 ||
            (solution->ii == 0 && solution->value > solution->bound));
  }

  /// What there is to say of the program was said of the scope before.
  bool buildQuietly() {
    Silence silence(scope.carrier->getContext());
    if (failed(scope.build()))
      return false;
    if (!isPipelined())
      scope.problem.dropCarriedEdges();
    scope.problem.liveLimit = before.liveLimit;
    scope.problem.memoryModel = before.memoryModel;
    return true;
  }

  std::optional<gaus::Solution>
  solve(const gaus::Outcome<gaus::Solution> &solution) {
    if (!buildQuietly())
      return std::nullopt;
    if (solution && isPipelined()) {
      gaus::Outcome<int64_t> least = gaus::leastInterval(scope.problem);
      if (!least || *least >= solution->ii)
        return std::nullopt;
    }
    gaus::Outcome<gaus::Solution> found = gaus::solve(scope.problem, options);
    if (found && found->ii == 0) {
      found->cost = costOf(scope, found->starts);
      found->value = found->cost.value(options.objective, options.weights);
    }
    bool isBetter = found && (!solution || found->ii < solution->ii ||
                              (found->ii == 0 && solution->ii == 0 &&
                               found->value < solution->value));
    if (!isBetter)
      return std::nullopt;
    boundAgain(*found);
    return *found;
  }

  /// What was proven was proven of these alternatives: of all that there may
  /// be holds what holds without limits.
  void boundAgain(gaus::Solution &found) const {
    gaus::Problem all = before;
    all.ii = found.ii;
    all.dropUses([](int32_t) { return true; });
    if (found.iiProof != gaus::IIProof::None && found.ii > 1)
      if (gaus::Outcome<int32_t> least = gaus::recurrenceMII(all);
          !least || *least < found.ii)
        found.iiProof = gaus::IIProof::Undecided;
    int64_t bound = 0;
    if (auto windows = gaus::computeWindows(all))
      bound = gaus::simpleBound(
          all, *windows, gaus::paymentOf(options.objective, options.weights));
    found.bound = std::min(bound, found.value);
  }

  gaus::Problem before;
  gaus::SolverOptions options;
};

} // namespace

void gaus::ir::improveByAlternatives(Scope &scope,
                                     const gaus::SolverOptions &options,
                                     gaus::Outcome<gaus::Solution> &solution) {
  if (!scope.isLoop || scope.blocks.size() < 2)
    return;
  WithAlternatives with(scope, options);
  std::optional<gaus::Solution> better = with.better(solution);
  if (!better)
    return;
  scope = std::move(with.scope);
  solution = std::move(*better);
  writeSolution(scope, *solution);
}

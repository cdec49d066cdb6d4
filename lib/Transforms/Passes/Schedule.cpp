//===- Schedule.cpp - gaus-schedule and its steps -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes/PassSupport.h"
#include "Scopes/Tables.h"
#include "Ssp/SspSupport.h"

#include "gaus/Dialect/GausNames.h"
#include "gaus/Transforms/WrittenSchedule.h"

#include "mlir/IR/Builders.h"

#include <algorithm>
#include <chrono>

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSSCHEDULE
#define GEN_PASS_DEF_GAUSANNOTATE
#define GEN_PASS_DEF_GAUSRELAX
#define GEN_PASS_DEF_GAUSCOMMIT
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

/// Starts for StartKind::Existing; an error where they are wanted and missing.
FailureOr<gaus::Starts> wantedStarts(const Scope &scope,
                                     const gaus::SolverOptions &options) {
  if (options.start != gaus::StartKind::Existing || scope.nodes.empty())
    return gaus::Starts();
  gaus::Starts starts = readWritten(scope).complete32();
  if (starts.empty())
    return scope.carrier->emitError(
        "start=existing needs a gaus.start on every operation");
  return starts;
}

/// Whether it comes from an SSP problem whose solution has an interval.
bool isCyclicSsp(const Scope &scope) {
  auto name = scope.carrier->getAttrOfType<StringAttr>(kSspProblem);
  const SspKind *kind = name ? findSspKind(name.getValue()) : nullptr;
  return scope.isGraph && scope.problem.ii == 0 && kind && kind->cyclic;
}

/// A loop is pipelined unless something else is asked for.
gaus::SolverOptions optionsFor(Scope &scope, const gaus::SolverOptions &given) {
  gaus::SolverOptions options = given;
  if (scope.isNeverPipelined)
    options.ii.kind = gaus::IIChoice::None;
  if (scope.isLoop && options.ii.kind == gaus::IIChoice::None)
    scope.problem.dropCarriedEdges();
  if ((scope.isLoop || isCyclicSsp(scope)) &&
      options.ii.kind == gaus::IIChoice::Default)
    options.ii.kind = gaus::IIChoice::Auto;
  return options;
}

struct SchedulePass
    : SolverPass<SchedulePass, gaus::ir::impl::GausScheduleBase<SchedulePass>> {
  using SolverPass::SolverPass;

  LogicalResult runOnScope(Scope &scope) {
    gaus::SolverOptions local = optionsFor(scope, options);
    FailureOr<gaus::Starts> existing = wantedStarts(scope, local);
    if (failed(existing))
      return failure();
    auto begin = std::chrono::steady_clock::now();
    gaus::Outcome<gaus::Solution> solution =
        gaus::solve(scope.problem, local, *existing);
    gaus::SolverOptions rest = local;
    std::chrono::duration<double> took =
        std::chrono::steady_clock::now() - begin;
    if (rest.timeLimit > 0)
      rest.timeLimit = std::max(1e-3, rest.timeLimit - took.count());
    solution = improveByTables(scope, rest, std::move(solution), *existing);
    if (!solution)
      return reportFailure(scope, solution.error());
    writeSolution(scope, *solution);
    remarkSolution(scope, *solution, local);
    return success();
  }
};

void writeDistributions(Scope &scope, const gaus::Distributions &state) {
  for (auto [index, op] : llvm::enumerate(scope.nodes))
    op->setAttr(kDist,
                NormalAttr::get(op->getContext(), double(state.mean[index]),
                                double(state.stddev[index])));
}

/// The state in `gaus.dist`; an error where an operation has none.
FailureOr<gaus::Distributions> readDistributions(const Scope &scope) {
  gaus::Distributions state;
  for (Operation *op : scope.nodes) {
    auto dist = op->getAttrOfType<NormalAttr>(kDist);
    if (!dist)
      return op->emitError()
             << "has no gaus.dist; run gaus-annotate before this pass";
    state.mean.push_back(static_cast<float>(dist.getMean().convertToDouble()));
    state.stddev.push_back(
        static_cast<float>(dist.getStddev().convertToDouble()));
  }
  return state;
}

/// The problem with the options of this pass, or those that gaus-annotate left
/// on the scope.
gaus::Outcome<gaus::Problem> resolveScope(Scope &scope,
                                          gaus::SolverOptions &options) {
  adoptWritten(scope, readWritten(scope), options);
  if (scope.isNeverPipelined)
    options.ii.kind = gaus::IIChoice::None;
  if (scope.isLoop && options.ii.kind != gaus::IIChoice::Cycles)
    scope.problem.dropCarriedEdges();
  return gaus::resolve(scope.problem, options);
}

struct AnnotatePass
    : SolverPass<AnnotatePass, gaus::ir::impl::GausAnnotateBase<AnnotatePass>> {
  using SolverPass::SolverPass;

  LogicalResult runOnScope(Scope &scope) {
    gaus::SolverOptions local = optionsFor(scope, options);
    FailureOr<gaus::Starts> existing = wantedStarts(scope, local);
    if (failed(existing))
      return failure();
    gaus::Outcome<gaus::Problem> p = gaus::resolve(scope.problem, local);
    if (!p)
      return reportFailure(scope, p.error());
    gaus::Outcome<gaus::Windows> windows = gaus::computeWindows(*p, local.stop);
    if (!windows)
      return reportFailure(scope, windows.error());
    gaus::Outcome<gaus::Distributions> state =
        gaus::annotate(*p, local, *existing);
    if (!state)
      return reportFailure(scope, state.error());
    Builder b(&getContext());
    for (auto [index, op] : llvm::enumerate(scope.nodes))
      op->setAttr(kWindow, b.getDenseI64ArrayAttr(
                               {windows->asap[index], windows->alap[index]}));
    writeDistributions(scope, *state);
    if (p->length > 0)
      scope.carrier->setAttr(kLength, b.getI64IntegerAttr(p->length));
    if (p->ii > 0)
      scope.carrier->setAttr(kII, b.getI64IntegerAttr(p->ii));
    return success();
  }
};

struct RelaxPass
    : SolverPass<RelaxPass, gaus::ir::impl::GausRelaxBase<RelaxPass>> {
  using SolverPass::SolverPass;

  LogicalResult runOnScope(Scope &scope) {
    gaus::SolverOptions local = options;
    gaus::Outcome<gaus::Problem> p = resolveScope(scope, local);
    if (!p)
      return reportFailure(scope, p.error());
    FailureOr<gaus::Distributions> state = readDistributions(scope);
    if (failed(state))
      return failure();
    gaus::WorkCounts work;
    gaus::Outcome<gaus::Distributions> moved =
        gaus::relax(*p, local, *state, work);
    if (!moved)
      return reportFailure(scope, moved.error());
    writeDistributions(scope, *moved);
    return success();
  }
};

struct CommitPass
    : SolverPass<CommitPass, gaus::ir::impl::GausCommitBase<CommitPass>> {
  using SolverPass::SolverPass;

  LogicalResult runOnScope(Scope &scope) {
    gaus::SolverOptions local = options;
    gaus::Outcome<gaus::Problem> p = resolveScope(scope, local);
    if (!p)
      return reportFailure(scope, p.error());
    FailureOr<gaus::Distributions> state = readDistributions(scope);
    if (failed(state))
      return failure();
    gaus::Outcome<gaus::Solution> solution = gaus::commit(*p, local, *state);
    if (!solution)
      return reportFailure(scope, solution.error());
    writeSolution(scope, *solution);
    remarkSolution(scope, *solution, local);
    return success();
  }
};

} // namespace

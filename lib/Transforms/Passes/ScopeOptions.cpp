//===- ScopeOptions.cpp - What is asked of a scope ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes/ScopeOptions.h"

#include "Ssp/SspSupport.h"

#include "gaus/Transforms/WrittenSchedule.h"

using namespace mlir;
using namespace gaus::ir;

FailureOr<gaus::Starts>
gaus::ir::wantedStarts(const Scope &scope, const gaus::SolverOptions &options) {
  if (options.start != gaus::StartKind::Existing || scope.nodes.empty())
    return gaus::Starts();
  gaus::Starts starts = readWritten(scope).complete32();
  if (starts.empty())
    return scope.carrier->emitError(
        "start=existing needs a gaus.start on every operation");
  return starts;
}

/// Whether it comes from an SSP problem whose solution has an interval.
static bool isCyclicSsp(const Scope &scope) {
  auto name = scope.carrier->getAttrOfType<StringAttr>(kSspProblem);
  const SspKind *kind = name ? findSspKind(name.getValue()) : nullptr;
  return scope.isGraph && scope.problem.ii == 0 && kind && kind->cyclic;
}

gaus::SolverOptions gaus::ir::optionsFor(Scope &scope,
                                         const gaus::SolverOptions &given) {
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

gaus::Outcome<gaus::Problem>
gaus::ir::resolveScope(Scope &scope, gaus::SolverOptions &options) {
  adoptWritten(scope, readWritten(scope), options);
  if (scope.isNeverPipelined)
    options.ii.kind = gaus::IIChoice::None;
  if (scope.isLoop && options.ii.kind != gaus::IIChoice::Cycles)
    scope.problem.dropCarriedEdges();
  return gaus::resolve(scope.problem, options);
}

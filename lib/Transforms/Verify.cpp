//===- Verify.cpp - gaus-verify -------------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PassSupport.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Dialect/GausNames.h"

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSVERIFY
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

struct VerifyPass
    : SolverPass<VerifyPass, gaus::ir::impl::GausVerifyBase<VerifyPass>> {
  using SolverPass::SolverPass;

  LogicalResult runOnScope(Scope &scope) {
    size_t missing = 0;
    std::vector<int64_t> starts = scope.readStarts(missing);
    if (missing > 0)
      return reportMissing(scope, missing);
    gaus::Problem &p = scope.problem;
    if (scope.runsApart())
      scope.dropCarriedEdges();
    p.ii = static_cast<int32_t>(scopeNumber(scope, kII).value_or(p.ii));
    p.length =
        static_cast<int32_t>(scopeNumber(scope, kLength).value_or(p.length));
    if (options.ii.kind == gaus::IIChoice::Cycles)
      p.ii = options.ii.cycles;
    if (options.length.kind == gaus::LengthChoice::Cycles)
      p.length = options.length.cycles;
    if (options.clock > 0)
      p.clock = options.clock;
    std::vector<gaus::Diagnostic> violations = gaus::verify(p, starts);
    for (const gaus::Diagnostic &d : violations)
      scope.emit(d);
    if (!violations.empty())
      return failure();
    return objectiveText.empty() ? success() : checkCost(scope, starts);
  }

private:
  static LogicalResult reportMissing(const Scope &scope, size_t missing) {
    InFlightDiagnostic error = scope.carrier->emitError()
                               << "gaus.start is missing on " << missing
                               << " of " << scope.nodes.size()
                               << " operations of " << scope.name;
    for (Operation *op : scope.nodes)
      if (!op->hasAttr(kStart)) {
        error.attachNote(op->getLoc()) << "the first of them";
        break;
      }
    return error;
  }

  LogicalResult checkCost(const Scope &scope,
                          llvm::ArrayRef<int64_t> starts) const {
    gaus::Starts narrow(starts.begin(), starts.end());
    int64_t exact = gaus::evaluate(scope.problem, narrow)
                        .value(options.objective, options.weights);
    auto cost = scopeNumber(scope, kCost), bound = scopeNumber(scope, kBound);
    if (cost && *cost != exact)
      return scope.carrier->emitError()
             << "gaus.cost is " << *cost << ", the schedule costs " << exact;
    if (bound && *bound > exact)
      return scope.carrier->emitError()
             << "gaus.bound is " << *bound << ", over the cost of " << exact;
    return success();
  }
};

} // namespace

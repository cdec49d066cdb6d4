//===- Relax.cpp - gaus-relax ---------------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes/PassSupport.h"
#include "Passes/ScopeOptions.h"

#include "gaus/Transforms/WrittenSchedule.h"

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSRELAX
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

struct RelaxPass
    : SolverPass<RelaxPass, gaus::ir::impl::GausRelaxBase<RelaxPass>> {
  using SolverPass::SolverPass;

  LogicalResult runOnScope(Scope &scope) {
    return fromAnnotated(
        scope, options,
        [&](const gaus::Problem &p, const gaus::SolverOptions &local,
            const gaus::Distributions &state) -> LogicalResult {
          gaus::WorkCounts work;
          gaus::Outcome<gaus::Distributions> moved =
              gaus::relax(p, local, state, work);
          if (!moved)
            return reportFailure(scope, moved.error());
          writeDistributions(scope, *moved);
          return success();
        });
  }
};

} // namespace

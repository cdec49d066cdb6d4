//===- Commit.cpp - gaus-commit -------------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes/PassSupport.h"
#include "Passes/ScopeOptions.h"

#include "gaus/Transforms/WrittenSchedule.h"

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSCOMMIT
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

struct CommitPass
    : SolverPass<CommitPass, gaus::ir::impl::GausCommitBase<CommitPass>> {
  using SolverPass::SolverPass;

  static constexpr bool kWritesStarts = true;

  LogicalResult runOnScope(Scope &scope) {
    return fromAnnotated(
        scope, options,
        [&](const gaus::Problem &p, const gaus::SolverOptions &local,
            const gaus::Distributions &state) -> LogicalResult {
          gaus::Outcome<gaus::Solution> solution =
              gaus::commit(p, local, state);
          if (!solution)
            return reportFailure(scope, solution.error());
          writeSolution(scope, *solution);
          remarkSolution(scope, *solution, local);
          return success();
        });
  }
};

} // namespace

//===- Schedule.cpp - gaus-schedule ---------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes/PassSupport.h"
#include "Passes/ScopeOptions.h"
#include "Scopes/Tables.h"

#include "gaus/Transforms/WrittenSchedule.h"

#include <algorithm>
#include <chrono>

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSSCHEDULE
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

struct SchedulePass
    : SolverPass<SchedulePass, gaus::ir::impl::GausScheduleBase<SchedulePass>> {
  using SolverPass::SolverPass;

  static constexpr bool kWritesStarts = true;

  LogicalResult runOnScope(Scope &scope) {
    if (!scope.notPipelined.empty())
      emitRemark(scope.carrier->getLoc())
          << "loop in " << scope.name
          << " is not pipelined: " << scope.notPipelined;
    FailureOr<Asked> asked = askedOf(scope, options);
    if (failed(asked))
      return failure();
    const auto &[local, existing] = *asked;
    auto begin = std::chrono::steady_clock::now();
    gaus::Outcome<gaus::Solution> solution =
        gaus::solve(scope.problem, local, existing);
    gaus::SolverOptions rest = local;
    std::chrono::duration<double> took =
        std::chrono::steady_clock::now() - begin;
    if (rest.timeLimit > 0)
      rest.timeLimit = std::max(1e-3, rest.timeLimit - took.count());
    solution = improveByTables(scope, rest, std::move(solution), existing);
    if (!solution)
      return reportFailure(scope, solution.error());
    writeSolution(scope, *solution);
    remarkSolution(scope, *solution, local);
    return success();
  }
};

} // namespace

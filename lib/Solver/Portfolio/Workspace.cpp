//===- Workspace.cpp - All that belongs to one solve ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Portfolio/Workspace.h"

#include "Model/Instance.h"
#include "gaus/Core/Bounds.h"

#include <algorithm>

using namespace gaus;

Workspace::Workspace(CompiledProblem compiled, const SolverOptions &options,
                     std::shared_ptr<const Deadline> deadlineIn,
                     std::unique_ptr<Trace> traceIn)
    : problem(std::move(compiled)), deadline(std::move(deadlineIn)),
      trace(std::move(traceIn)),
      incumbent(problem.p, options,
                simpleBound(problem.p, problem.windows, options.payment(),
                            &deadline->flag()),
                *deadline, *trace),
      pool(arrays), c{problem,   options, options.payment(), *deadline, *trace,
                      incumbent, pool,    landmarks} {}

Outcome<std::unique_ptr<Workspace>>
Workspace::create(const Problem &p, const SolverOptions &options,
                  std::shared_ptr<const Deadline> deadline) {
  if (auto wrong = checkResolved(p, options))
    return *wrong;
  return ofChecked({p, std::nullopt}, options, std::move(deadline));
}

Outcome<std::unique_ptr<Workspace>>
Workspace::ofChecked(Resolved resolved, const SolverOptions &options,
                     std::shared_ptr<const Deadline> deadline) {
  if (!deadline)
    deadline = std::make_shared<Deadline>(options.timeLimit, options.stop);
  Outcome<CompiledProblem> compiled = CompiledProblem::of(
      std::move(resolved.p), std::move(resolved.earliest), &deadline->flag());
  if (!compiled)
    return compiled.error();
  Outcome<std::unique_ptr<Trace>> trace =
      Trace::open(options, compiled->p.name);
  if (!trace)
    return trace.error();
  std::unique_ptr<Workspace> workspace(new Workspace(
      std::move(*compiled), options, std::move(deadline), std::move(*trace)));
  Outcome<Descents> descents = Descents::create(workspace->c);
  if (!descents)
    return descents.error();
  workspace->backend = std::make_unique<Descents>(std::move(*descents));
  return workspace;
}

static Diagnostic tooLong() {
  Diagnostic d;
  d.code = "input";
  d.message = "the horizon is too long for expected profiles";
  return d;
}

std::optional<Diagnostic> Workspace::buildArrays(const Lanes &lanes) {
  const Problem &p = problem.p;
  int64_t end = p.length;
  if (end == 0) {
    // Unbounded: what the best schedule so far needs, else all work in a row.
    if (incumbent.solved())
      end = incumbent.length();
    else
      for (int32_t i = 0; i < p.numNodes(); ++i)
        end += std::max(durationOf(p, i), p.occupancy[i]);
    end = std::max<int64_t>(end, problem.windows.depth);
  }
  if (end > kMaxProfileCycles || !problem.foldsFit())
    return tooLong();
  Problem bounded = p;
  bounded.length = static_cast<int32_t>(end);
  Windows cut = problem.windows;
  if (p.length == 0) {
    std::optional<Windows> within =
        problem.windowsWithin(bounded.length, &deadline->flag());
    if (!within)
      return stoppedBefore("the windows were known");
    cut = std::move(*within);
  }
  int32_t cycles = numProfileCycles(bounded, cut);
  if (cycles > 2 * kMaxProfileCycles)
    return tooLong();
  int64_t need = heuristicBytes(bounded) +
                 searchBytes(bounded, cycles, c.options, lanes).total();
  if (int64_t limit = memoryLimit(c.options); need > limit)
    return beyondMemory("the search in " + std::to_string(cycles) +
                            " cycles needs",
                        need, limit);
  arrays =
      buildInstance(bounded, problem.adj, problem.components, cut, c.options);
  return std::nullopt;
}

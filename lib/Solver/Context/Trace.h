//===- Trace.h - The lines of a trace ---------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A file of JSON lines for `options.trace`: what was reached, with CPU
/// seconds. Nothing that the solver decides depends on it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_CONTEXT_TRACE_H
#define GAUS_LIB_SOLVER_CONTEXT_TRACE_H

#include "gaus/Solver/Solver.h"

#include <ctime>
#include <memory>
#include <variant>

namespace gaus {

class Trace {
public:
  using Field = std::pair<std::string_view, std::variant<int64_t, double>>;
  /// What was reached after `done` of a part's units of equal work, and more
  /// fields of its line.
  struct Step {
    int64_t cost = 0, done = 0;
    std::vector<Field> fields;
  };

  /// Makes the file that the options name, or empties it.
  static Outcome<std::unique_ptr<Trace>> open(const SolverOptions &options,
                                              std::string_view problem);

  /// Whether anything is written: if not, no step needs to be made.
  bool wanted() const { return !options.trace.empty(); }
  /// CPU seconds of the process since the trace began.
  double cpuSeconds() const;

  /// A better schedule.
  void better(int64_t cost, int64_t bound, Method method);
  /// The steps of a part that began at `begin`, ends now and was `whole` units
  /// of work: CPU seconds between are shared out by these.
  void steps(std::span<const Step> steps, int64_t whole, double begin);

  /// Why it could not be written, if so.
  std::optional<Diagnostic> failure() const;

private:
  Trace(const SolverOptions &options, std::string_view problem)
      : options(options), problem(problem) {}
  struct Line {
    double cpuSeconds;
    std::vector<Field> fields;
    Method method = Method::None;
  };
  void write(std::span<const Line> lines);

  const SolverOptions &options;
  std::string problem, error;
  const std::clock_t begun = std::clock();
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_CONTEXT_TRACE_H

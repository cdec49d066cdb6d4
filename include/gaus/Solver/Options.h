//===- Options.h - What the user can choose ---------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The options of the solver. Options.def lists them: struct, parser, passes,
/// tools, Python and pages come from its rows.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_SOLVER_OPTIONS_H
#define GAUS_SOLVER_OPTIONS_H

#include "gaus/Core/Schedule.h"
#include "gaus/Core/Stop.h"
#include "gaus/Solver/Observer.h"

#include <string>

namespace gaus {

enum class BackendKind { Auto, Cpu, Cuda, Simt };
enum class StartKind { Portfolio, Midpoint, List, Flow, Existing };

/// The length to schedule into: none (no limit), cycles, or a factor of the
/// least possible length, rounded up; under limits see settleLength.
struct LengthChoice {
  enum Kind { Default, Cycles, Factor } kind = Default;
  int32_t cycles = 0;
  /// The factor in millionths ("1.25x" = 1250000), so that ceil is exact.
  int64_t factorMillionths = 1000000;
};

/// The initiation interval: none, cycles, or the smallest that has a schedule.
struct IIChoice {
  enum Kind { Default, None, Cycles, Auto } kind = Default;
  int32_t cycles = 0;
};

/// The model of live memory: the problem's own, or this one.
enum class ModelChoice { Own, Values, Buffers };

/// What each member means: the row of Options.def with its name, or
/// docs/options.md, which is generated from the rows.
struct SolverOptions {
#define GAUS_OPTION(name, type, member, initial, ...) type member = initial;
#include "gaus/Solver/Options.def"

  CostWeights weights;
  /// Once true, as if the time were over; may be null. Lives as long as the
  /// call.
  const Stop *stop = nullptr;
  /// Told what the search reaches; may be empty.
  Observer observer;
  /// Adds to the trace file instead of starting it anew: for callers that solve
  /// several problems in a row.
  bool traceAppends = false;

  Payment payment() const { return paymentOf(objective, weights); }
};

/// What options say of the problem itself, where they are given: its clock, its
/// limit of live memory and what of memory is live.
void adoptOptions(Problem &p, const SolverOptions &options);

/// A row of the table of options.
struct OptionInfo {
  std::string_view name, values, defaultValue, description;
};
/// Every option in the order of docs/options.md.
std::span<const OptionInfo> optionTable();

/// Sets option `name` (as in optionTable) from text. Returns a diagnostic with
/// code "option" that names the allowed values if the name is unknown or the
/// value malformed or out of range.
std::optional<Diagnostic> setOption(SolverOptions &options,
                                    std::string_view name,
                                    std::string_view value);

/// The words of the option values, as the table has them.
std::string_view toString(Objective objective);
std::string_view toString(BackendKind backend);
std::string_view toString(StartKind start);

} // namespace gaus

#endif // GAUS_SOLVER_OPTIONS_H

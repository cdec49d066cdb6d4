//===- ModuloExact.h - Is there a schedule at this II? ----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Decides whether a problem has a schedule at its initiation interval, where
/// the heuristics found none: first by ejection on a smaller problem (see
/// SlotProblem.h), then by satisfiability (CaDiCaL), which also proves that
/// there is none. The effort is a count, never a time.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_MODULO_MODULOEXACT_H
#define GAUS_LIB_SOLVER_MODULO_MODULOEXACT_H

#include "gaus/Core/Schedule.h"
#include "gaus/Core/Stop.h"
#include "gaus/Core/Windows.h"

namespace gaus {

enum class ModuloVerdict {
  Feasible,   ///< there is a schedule
  Infeasible, ///< there is none: proven
  Undecided,  ///< the effort was spent, or the problem is too large
};

/// How much may be done.
struct ModuloEffort {
  /// Lists of priorities that the ejection tries.
  int32_t priorityLists = 12;
  /// Conflicts of the satisfiability search; 0 = no such search.
  int64_t conflicts = 20000;
  /// Literals of the largest formula that is built.
  int64_t literals = 6000000;
  uint64_t seed = 0;
};

struct ModuloDecision {
  ModuloVerdict verdict = ModuloVerdict::Undecided;
  /// Where feasible: starts that satisfy [Dep], [Win], [Lat] and [Res].
  Starts starts;
  /// True if the starts are the ejection's, not the satisfiability search's.
  bool byEjection = false;
};

/// `p` is resolved, with an II; `windows` are computeWindows(p). A `stop` that
/// becomes true ends the search undecided.
ModuloDecision decideModulo(const Problem &p, const Adjacency &adj,
                            const Components &components,
                            const Windows &windows, const ModuloEffort &effort,
                            const Stop &stop);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_MODULO_MODULOEXACT_H

//===- Incumbent.h - The best schedule so far -------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The best legal schedule, the bound, and what is counted: all that becomes
/// the solution. Every schedule passes the verifier on its way in.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_CONTEXT_INCUMBENT_H
#define GAUS_LIB_SOLVER_CONTEXT_INCUMBENT_H

#include "Context/Deadline.h"
#include "Context/Trace.h"

namespace gaus {

class Incumbent {
public:
  /// Of `p`, resolved, with a lower bound on the objective.
  Incumbent(const Problem &p, const SolverOptions &options, int64_t bound,
            const Deadline &deadline, Trace &trace);

  /// Takes a schedule if it is legal and better than the best so far; the
  /// method's best cost is recorded either way. Returns whether it is legal.
  bool offer(std::span<const int32_t> starts, Method method);
  bool solved() const { return !best.starts.empty(); }
  const Starts &starts() const { return best.starts; }
  int64_t value() const { return best.value; }
  int64_t length() const { return best.cost.length; }
  Method method() const { return best.method; }

  int64_t bound() const { return best.bound; }
  void raiseBound(int64_t bound) { best.bound = std::max(best.bound, bound); }
  /// The same by a search that knows nothing above the best cost.
  void raiseBoundToBest(int64_t bound) {
    raiseBound(std::min(bound, best.value));
  }

  /// Nothing better is left to be found.
  void setSearched(bool whole) { searched = whole; }
  /// No schedule exists: that is proven.
  void setInfeasible() { infeasible = true; }
  /// The same, because paths and limits need at least so many cycles.
  void setTooShort(int64_t cycles) {
    infeasible = true;
    cyclesNeeded = cycles;
  }
  bool isInfeasible() const { return infeasible; }
  /// A schedule of at most this cost is all that is asked for, or that there is
  /// none.
  void setEnough(int64_t cost) { enough = cost; }
  /// True if nothing better exists or is wanted, or the time is over.
  bool finished() const {
    return deadline.passed() || searched ||
           (solved() && best.value <= best.bound) ||
           (enough != kUnlimited &&
            (best.bound > enough || (solved() && best.value <= enough)));
  }

  /// A part of the search begins, number `begun` of `parts`.
  void enter(std::string_view part, int32_t begun, int32_t parts);

  /// There is no search but the heuristics: it is beyond the memory limit.
  void setBeyondMemory(Diagnostic why);

  WorkCounts &work() { return best.work; }
  void setBackend(std::string_view name, std::string reason);

  /// The solution, or why there is none.
  Outcome<Solution> finish();

private:
  Diagnostic refusal() const;
  void tellObserver() const;

  const Problem &p;
  const SolverOptions &options;
  const Deadline &deadline;
  Trace &trace;
  Solution best;
  bool searched = false, infeasible = false;
  int64_t enough = kUnlimited;
  int64_t cyclesNeeded = 0; ///< more than there are, if known
  std::string_view part;
  int32_t begun = 0, parts = 0;
  std::optional<Diagnostic> beyondMemory;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_CONTEXT_INCUMBENT_H

//===- Session.h - One solve under way --------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the steps of the portfolio share: the resolved problem with its windows
/// and arrays, the best schedule so far, and the counts of work.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_SESSION_H
#define GAUS_LIB_SOLVER_SESSION_H

#include "Budget.h"
#include "PeakFormula.h"

#include "gaus/Device/Backend.h"
#include "gaus/Device/RelaxationData.h"
#include "gaus/Solver/LocalSearch.h"
#include "gaus/Solver/Solver.h"
#include "gaus/Solver/WindowSearch.h"

#include <ctime>

namespace gaus {

class Session {
public:
  /// `p` is resolved. Fails where computeWindows fails, and where options are
  /// out of range. `deadline`: of all sessions of a solve; made here if null.
  static Outcome<std::unique_ptr<Session>>
  create(const Problem &p, const SolverOptions &options,
         std::shared_ptr<const Deadline> deadline = nullptr);

  /// Takes a schedule if it is legal and better than the best so far; the
  /// method's best cost is recorded either way. Returns whether it is legal.
  bool offer(std::span<const int32_t> starts, std::string_view method);
  bool solved() const { return !best.starts.empty(); }
  /// True if nothing better exists, or the time is over.
  bool finished() const;

  //===--- Steps ---------------------------------------------------------===//
  /// ASAP, ALAP, list schedules; see runOrders, too.
  void runHeuristics();
  /// Cuts an open horizon to what the best schedule needs and builds the
  /// arrays. False if the horizon is too long for profiles.
  bool prepareArrays();
  /// For `memory`: depth-first orders.
  void runOrders();
  /// The schedule of least communication or lifetime.
  void runFlow();
  std::optional<Diagnostic> runDescent(std::span<const int32_t> existing);
  /// A short polish and a descent from the best schedule in turn, as long as
  /// they gain.
  std::optional<Diagnostic> runTurns();
  /// Short polishes of new candidates, and descents from between the best of
  /// them.
  std::optional<Diagnostic> runCrossings();
  void runPolish();
  /// Exact search in neighbourhoods of the best schedule.
  void runWindows();
  /// Satisfiability: is there a lower peak of live memory?
  void runFormula();
  /// Minimum cuts, at starts of nodes and with prices.
  void runBound();
  /// Any legal schedule where limits defeat the heuristics.
  void repair();
  /// With an II: a schedule where limits defeat the ejection, or the proof that
  /// there is none (then `infeasible` is set).
  void decide();
  /// Shorter schedules under limits, for `latency`.
  void shorten();
  /// Legal schedules near `mean`: rounded, pushed, listed by the means' order.
  void offerNear(std::span<const float> mean, std::string_view method);

  //===--- The steps of the pass pipeline --------------------------------===//
  std::optional<Diagnostic> relaxFrom(Distributions &state);
  std::optional<Diagnostic> commitNear(const Distributions &state);

  Outcome<Solution> finish();

  Problem p;
  const SolverOptions &options;
  Adjacency adj;
  ComponentOrder order;
  Windows windows;
  RelaxationData data;
  Budget budget;
  std::shared_ptr<const Deadline> clock;
  const Deadline &deadline;
  Solution best;
  std::unique_ptr<Backend> backend;
  bool hasLimits = false, hasArrays = false, infeasible = false;
  /// Nothing better is left to be found.
  bool searched = false;
  /// The best ones that the bound has found, of cycles and of areas.
  std::vector<double> prices, areaPrices;
  /// Candidates for the polish: starts that satisfy [Dep], [Win], [Lat], with
  /// their overuse and cost.
  struct Candidate {
    Starts starts;
    int64_t overuse, cost;
    std::string method;
    /// Settings of the local search.
    size_t kind = 0;
    /// Its settings are those that suit it, and its overuse and cost what a
    /// short polish makes of it.
    bool raced = false;
  };
  std::vector<Candidate> pool;
  /// The best results of short polishes, and what they began with.
  struct Elite {
    Starts starts;
    Candidate from;
  };
  std::vector<Elite> elites;
  /// Polishes and crossings so far: each draws other random numbers.
  uint64_t polishes = 0, crossed = 0;
  /// Size of the network of priced cuts; -1 = not known yet.
  int64_t pricedArcs = -1;
  /// The schedule of least communication or lifetime, where it was computed.
  Starts leastFlow;
  /// The schedules of depth-first orders, where they were made.
  std::vector<Starts> orders;
  /// The best schedule before the first descent: the heuristics'.
  Starts firstBest;
  /// What is asked about lower peaks; higher efforts go on with it.
  std::unique_ptr<PeakFormula> formula;

private:
  const std::clock_t begun = std::clock();
  Session(const Problem &p, const SolverOptions &options, Windows windows,
          std::shared_ptr<const Deadline> deadlineIn);
  std::vector<std::vector<float>>
  startMeans(std::span<const int32_t> existing) const;
  std::vector<Replica> makeReplicas(std::span<const int32_t> existing) const;
  void shake(std::vector<float> &mean, float share, size_t replica) const;
  std::optional<RelaxationData> shortestHorizon();
  DescentOptions descentOptions() const;
  std::optional<Diagnostic> runOnBackend(const RelaxationData &within,
                                         const DescentOptions &descent,
                                         std::span<Replica> replicas);
  std::optional<Diagnostic> descend(const RelaxationData &within,
                                    const DescentOptions &descent,
                                    std::span<Replica> replicas,
                                    size_t first = 0);
  std::optional<Diagnostic> descendGently(std::vector<Replica> &replicas);
  void takeDescents(std::span<const Replica> replicas,
                    std::span<const size_t> kinds = {});
  // Polish and crossings.
  static bool better(const Candidate &a, const Candidate &b);
  void sortPool();
  std::vector<LocalSearchResult> polishAll(std::span<const Candidate> from,
                                           int64_t proposals);
  std::vector<Candidate> takeNew();
  void race(std::vector<Candidate> candidates);
  struct Pair {
    std::span<const int32_t> a, b;
    size_t kind;
  };
  Pair drawPair();
  Replica between(std::span<const int32_t> a, std::span<const int32_t> b) const;
  std::optional<Diagnostic> crossElites(int32_t count);
  // The trace.
  /// CPU seconds of the process since the session began: for the trace alone.
  double cpuSeconds() const;
  /// What was reached after `done` of a part's units of equal work, and more
  /// fields of its line.
  struct TraceStep {
    int64_t cost, done;
    std::string more;
  };
  void trace(std::span<const std::string> lines) const;
  /// Why the trace could not be written, once it could not.
  mutable std::string traceError;
  void traceSteps(std::span<const TraceStep> steps, int64_t whole,
                  double begin) const;
  void traceDescent(std::span<const Replica> replicas, double begin,
                    size_t first) const;
  void traceWindows(const WindowSearchResult &result, double begin) const;
  void tracePolish(std::span<const LocalSearchResult> results,
                   double begin) const;
  std::vector<float> noisyPriority(const RelaxationData &d,
                                   int32_t attempt) const;
  void shortenByEjection();
  bool foldsFit() const;
  void runUnfolded();
  void boundByTotals(std::span<const int32_t> least);
  void boundAtStarts(int64_t work);
  void boundByAreas();
  void addToPool(std::span<const int32_t> starts, std::string_view method);
};

/// The backend that the options choose, and why where `auto` chose.
/// `size`: nodes and edges.
Outcome<std::unique_ptr<Backend>>
chooseBackend(const SolverOptions &options, int64_t size, std::string &reason);

/// Means in the middle of the windows.
std::vector<float> midWindow(const Windows &windows);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_SESSION_H

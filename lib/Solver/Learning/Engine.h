//===- Engine.h - A propagating search that learns --------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Integers with bounds, what follows from them, and clauses learnt from
/// conflicts: lazy clause generation (Ohrimenko, Stuckey, Codish, CP 2007). A
/// literal is a bound, "x >= v" or "x <= v"; nothing stands for it but the
/// bounds themselves. Whatever raises a bound can say by which other bounds,
/// so that a conflict is cut back to its first unique implication point, as in
/// satisfiability. Deterministic: work is counted, no clock is read.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_LEARNING_ENGINE_H
#define GAUS_LIB_SOLVER_LEARNING_ENGINE_H

#include "Learning/ActivityHeap.h"

#include "gaus/Core/Stop.h"

#include <climits>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace gaus {

/// Variable x from below (2x) or, negated, from above (2x + 1): both are
/// numbers whose least value rises.
using View = int32_t;
inline View fromBelow(int32_t variable) { return 2 * variable; }
inline View fromAbove(int32_t variable) { return 2 * variable + 1; }

/// "view >= value".
struct Literal {
  View view = -1;
  int32_t value = 0;
  Literal operator-() const { return {view ^ 1, 1 - value}; }
};
inline Literal atLeast(int32_t x, int32_t v) { return {fromBelow(x), v}; }
inline Literal atMost(int32_t x, int32_t v) { return {fromAbove(x), -v}; }

/// How the search goes; tests make all of it happen in small problems.
struct EngineSettings {
  int32_t restart = 100;  ///< conflicts of the shortest run between restarts
  int32_t clauses = 4000; ///< learnt ones beyond which the worse half goes
};

class Engine;

/// A constraint over many variables.
class Propagator {
public:
  virtual ~Propagator() = default;
  /// A view that was subscribed with `index` has changed, in either direction.
  virtual void touched(int32_t index) = 0;
  /// Raises bounds; false in a conflict, of which the engine was told.
  virtual bool propagate(Engine &engine) = 0;
  /// It runs when all else has.
  virtual bool runsLast() const { return false; }
};

class Engine {
public:
  explicit Engine(const Stop &stop, EngineSettings settings = {})
      : stop(stop), settings(settings) {}

  //===--- The problem ---------------------------------------------------===//
  /// `wide`: of so many values that none of them is branched on.
  int32_t addVariable(int32_t least, int32_t most, bool wide = false);
  /// to >= from + gap, where `condition` is true (view -1: always). Its
  /// contraposition is added, too.
  void addEdge(View from, View to, int32_t gap, Literal condition = {});
  void addPropagator(std::unique_ptr<Propagator> propagator);
  /// The propagator that was added last is told of changes of the view.
  void subscribe(View view, int32_t index);
  /// For good. False where nothing is left.
  bool require(Literal literal);

  //===--- Bounds ---------------------------------------------------------===//
  int32_t low(View view) const { return least[view]; }
  int32_t high(View view) const { return -least[view ^ 1]; }
  int32_t rootLow(View view) const { return root[view]; }
  bool holds(Literal l) const { return least[l.view] >= l.value; }
  bool fails(Literal l) const { return holds(-l); }
  int32_t numVariables() const {
    return static_cast<int32_t>(least.size() / 2);
  }

  //===--- For propagators ------------------------------------------------===//
  /// Raises a bound because all of `because` hold. False in a conflict.
  bool raise(Literal literal, std::span<const Literal> because);
  /// All of `because` hold and cannot.
  bool fail(std::span<const Literal> because);
  void count(int64_t steps) { work += steps; }
  /// Before the first decision: what holds needs no reason.
  bool atRoot() const { return levels.empty(); }

  //===--- The search -----------------------------------------------------===//
  enum class Verdict { Found, None, Open };
  /// A solution with `assumed`; `None`: there is none with it, from then on
  /// its negation holds; `Open`: `limit` steps of work, or the stop, came
  /// first.
  Verdict search(Literal assumed, int64_t limit);
  /// Of the last solution that was found, or that is to be looked near; by
  /// variable.
  std::vector<int32_t> model;
  /// Variables that are decided when no conflict says better, the earliest
  /// first.
  std::vector<int32_t> ordered;
  int64_t worked() const { return work; }
  int64_t conflictsSeen() const { return conflicts; }
  /// Nothing satisfies what is required.
  bool isInfeasible() const { return infeasible; }

private:
  struct Edge {
    View from, to;
    int32_t gap;
    Literal condition;
  };
  enum class Why : uint8_t { Decision, Edge, Clause, Explained };
  struct Reason {
    Why why = Why::Decision;
    int32_t at = 0;
  };
  struct Entry {
    View view;
    int32_t value, before; ///< the view's least value, and what it was
    int32_t last;          ///< the view's entry before this one
    int32_t jump, depth;   ///< one further back; how many there are before
    int32_t level;
    Reason reason;
  };
  struct Clause {
    int32_t begin, size;
    int32_t glue;
    float activity;
    bool learnt, dropped;
  };
  struct Watch {
    int32_t clause, value;
    Literal blocker;
  };
  struct Level {
    int32_t trail;
    int64_t explained;
  };
  struct Subscription {
    int32_t propagator, index;
  };

  int32_t level() const { return static_cast<int32_t>(levels.size()); }
  bool enqueue(Literal literal, Reason reason);
  void explain(Reason reason, Literal literal, std::vector<Literal> &out) const;
  bool propagate();
  bool propagateEdges(View view);
  bool propagateEdge(int32_t edge);
  bool propagateConditions(View view);
  bool propagateWatches(const Entry &entry);
  bool visitList(size_t list, View view);
  enum class Visit : uint8_t { Kept, Moved, Conflict };
  Visit visit(Watch &w, Literal falsified);
  void notify(View view, bool rerun);
  void wait(int32_t propagator);
  void backtrack(int32_t to);
  void openLevel();
  bool settleRoot();

  size_t listOf(Literal l) const {
    size_t first = listBegin[l.view];
    return wide[l.view / 2] ? first : first + (l.value - start[l.view] - 1);
  }
  void watch(Literal l, int32_t clause, Literal blocker);
  int32_t addClause(std::span<const Literal> literals, int32_t glue);

  // Analysis.cpp
  int32_t entryOf(Literal l) const;
  int32_t jumpFrom(int32_t last) const;
  bool toConflictLevel();
  void need(Literal l);
  Literal firstImplicationPoint();
  bool isImplied(Literal l, int32_t before, int32_t depth);
  void collectLearnt(Literal point);
  bool learn();
  void bump(Literal l);
  void bumpClause(int32_t clause);
  void forgetClauses();
  void rebuildWatches();

  // Decisions.cpp
  bool decide();
  std::optional<Verdict> step(Literal assumed);
  Literal phaseOf(int32_t variable, int32_t value) const;
  std::optional<Literal> byActivity();
  std::optional<Literal> byOrder() const;
  void restoreAtoms(const Entry &entry);

  const Stop &stop;
  EngineSettings settings;
  std::vector<int32_t> least, root, start; ///< by view
  std::vector<uint8_t> wide;               ///< by variable
  std::vector<size_t> listBegin;           ///< by view
  std::vector<int32_t> lastEntry;          ///< by view
  std::vector<Edge> edges;
  std::vector<std::vector<int32_t>> edgesFrom;  ///< by view
  std::vector<std::vector<int32_t>> conditions; ///< edges by condition's view
  std::vector<std::vector<Watch>> lists;
  std::vector<std::vector<Subscription>> subscribers; ///< by view
  std::vector<std::unique_ptr<Propagator>> propagators;
  std::vector<int32_t> waiting, waitingLast; ///< propagators to run
  std::vector<uint8_t> waits;

  std::vector<Entry> trail;
  size_t head = 0;
  std::vector<Level> levels;
  std::vector<Literal> explained; ///< a size, then literals, one after another
  std::vector<Literal> conflict;

  std::vector<Clause> clauses;
  std::vector<Literal> arena;
  int32_t numLearnt = 0;
  double clauseStep = 1;

  /// Of the clause that is being learnt, by view: the value that is needed.
  std::vector<int32_t> needed, neededAt; ///< and the entry that brought it
  std::vector<View> neededViews;
  std::vector<Literal> learnt;
  std::vector<Literal> scratch;
  int32_t pending = 0;

  /// Of atoms "x >= v": those of variables that are not wide, in a row.
  ActivityHeap heap;
  std::vector<int32_t> atomBegin; ///< by variable
  std::vector<int32_t> atomVariable;

  int64_t work = 0, conflicts = 0;
  bool infeasible = false;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_LEARNING_ENGINE_H

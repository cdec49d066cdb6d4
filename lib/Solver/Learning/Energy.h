//===- Energy.h - Windows that are too full ---------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Operations that have to run within a window, or partly, hold a resource for
/// so many unit-cycles ("energy") there, and a window has the limit times its
/// length: what is too much cannot be, what is needed bounds the peak, and an
/// operation that would take more of the window than is left starts later or
/// ends earlier (edge finding: Carlier and Pinson, 1989; Nuijten, 1994; with
/// certain use Vilim, CPAIOR 2011; explained Schutt, Feydy and Stuckey, CPAIOR
/// 2013). For operations of one cycle these are Hall's intervals. With an II
/// windows of at most an interval fold, and operations count in any turn.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_LEARNING_ENERGY_H
#define GAUS_LIB_SOLVER_LEARNING_ENERGY_H

#include "Learning/Engine.h"

#include <algorithm>

namespace gaus {

class Energy : public Propagator {
public:
  /// `ii`: the interval, or 0. `peak`: a variable, or -1: then `limit`.
  Energy(int32_t ii, int32_t peak, int32_t limit)
      : ii(ii), peak(peak), limit(limit) {}

  /// `variable` <= cycle < `variable` + `hold`: so many units are held. Both
  /// of its views are to be subscribed. Holds beyond an interval are not taken.
  void addTask(int32_t variable, int32_t hold, int32_t units) {
    tasks.push_back({variable, hold, units});
    widest = std::max(widest, tasks.back().energy());
  }

  void touched(int32_t) override {}
  bool propagate(Engine &engine) override;
  bool runsLast() const override { return true; }

private:
  struct Task {
    int32_t variable, hold, units;
    /// Of one direction of time: from when on, and before when it ends.
    int32_t from = 0, to = 0;
    int64_t energy() const { return int64_t(hold) * units; }
    /// It runs there for certain.
    int32_t certainFrom() const { return to - hold; }
    int32_t certainTo() const { return from + hold; }
    int64_t certain() const {
      return int64_t(std::max(0, certainTo() - certainFrom())) * units;
    }
  };
  /// From `begin` on, before `end`; `energy` is there at least.
  struct Window {
    int32_t begin, end;
    int64_t energy = 0;
    int32_t length() const { return end - begin; }
  };

  void look(Engine &e);
  void addUpCertain(Engine &e);
  int64_t certainBefore(int32_t cycle) const;
  bool visit(Engine &e, int32_t begin);
  bool check(Engine &e, Window w);
  bool push(Engine &e, const Window &w, int64_t slack);
  bool raise(Engine &e, Literal literal);
  int32_t turnsTo(int32_t first, int32_t from) const;
  int32_t turnsIn(const Window &w, const Task &t) const;
  int32_t overlap(const Window &w, const Task &t) const;
  Literal startsAt(const Task &t, int32_t cycle) const;
  Literal endsBy(const Task &t, int32_t cycle) const;
  void collect(const Window &w, const Task *without, int64_t surplus);
  int32_t most(const Engine &e) const {
    return peak < 0 ? limit : e.high(fromBelow(peak));
  }

  int32_t ii, peak, limit;
  int64_t widest = 0;    ///< the largest energy of a task
  bool mirrored = false; ///< time runs backwards
  std::vector<Task> tasks;
  std::vector<int32_t> byEnd, begins;
  /// Of windows that begin together: where tasks in them end, and their energy
  /// but for what is certain.
  std::vector<std::pair<int32_t, int64_t>> inside;
  /// Certain use before each cycle from the earliest on; empty where cycles
  /// are too many.
  std::vector<int64_t> certain;
  int32_t earliest = 0;
  /// Runs that brought nothing, and how many of the next are left out.
  int32_t fruitless = 0, left = 0;
  bool raised = false;
  std::vector<Literal> because;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_LEARNING_ENERGY_H

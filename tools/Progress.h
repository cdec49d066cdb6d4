//===- Progress.h - What people see of a search -----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Searches on the standard error output: a line that is written over, a line
/// for each that has ended, or JSON. Knows neither MLIR nor files.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_TOOLS_PROGRESS_H
#define GAUS_TOOLS_PROGRESS_H

#include "gaus/Solver/Solver.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace gaus::tools {

enum class ProgressKind {
  Auto,    ///< Line on a terminal, else None
  Line,    ///< what is at work, and Summary
  Summary, ///< a line for each search that has ended
  Json,    ///< an object a line, whenever something is reached
  None
};

class Progress {
public:
  explicit Progress(ProgressKind kind);
  ~Progress();

  /// Whether anything is written at all.
  bool wanted() const { return kind != ProgressKind::None; }
  /// Told of a search of what is called `name`; may be called by several
  /// threads.
  Observer begins(std::string name);
  /// Without the line: what is said next stands alone. `name` may have its
  /// place in front of it.
  void ends(const std::string &name, const Solution *solution,
            Objective objective);
  /// As `ends`, but nothing is said of it.
  void clear();

private:
  using Clock = std::chrono::steady_clock;
  void note(const std::string &name, const Reached &reached);
  void draw();
  void tick();

  ProgressKind kind;
  /// Nothing is drawn of what ends sooner.
  std::chrono::milliseconds patience{0};
  std::mutex lock;
  /// Of the search that was heard of last.
  std::string title, facts;
  Clock::time_point begun;
  int active = 0;
  bool shown = false, ending = false;
  std::condition_variable end;
  std::thread ticker;
};

} // namespace gaus::tools

#endif // GAUS_TOOLS_PROGRESS_H

//===- Stop.h - A request to end early --------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// How long work learns that its time is over: it polls a Stop every few
/// thousand steps and ends with what it has. A time limit, a signal or another
/// thread makes the request.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_STOP_H
#define GAUS_CORE_STOP_H

#include "gaus/Core/Diagnostic.h"

#include <atomic>
#include <cstdint>

namespace gaus {

/// A flag that is only ever set, from any thread.
class Stop {
public:
  Stop() = default;
  /// Requested, too, once `above` is (may be null), which lives longer.
  explicit Stop(const Stop *above) : above(above) {}

  /// May be called in a signal handler.
  void request() noexcept { set.store(true, std::memory_order_relaxed); }
  /// Requests itself when asked for the time after `polls` (>= 0) more: work
  /// instead of time, for tests.
  void requestAfter(int64_t polls) noexcept {
    left.store(polls, std::memory_order_relaxed);
  }
  /// How often it was asked since requestAfter, so far.
  int64_t polls() const noexcept {
    return asked.load(std::memory_order_relaxed);
  }

  bool requested() const noexcept {
    if (left.load(std::memory_order_relaxed) >= 0)
      count();
    return set.load(std::memory_order_relaxed) || (above && above->requested());
  }

private:
  void count() const noexcept {
    asked.fetch_add(1, std::memory_order_relaxed);
    if (left.fetch_sub(1, std::memory_order_relaxed) <= 0) {
      set.store(true, std::memory_order_relaxed);
      left.store(0, std::memory_order_relaxed);
    }
  }

  const Stop *above = nullptr;
  mutable std::atomic<bool> set{false};
  mutable std::atomic<int64_t> left{-1}, asked{0};
};

inline bool isRequested(const Stop *stop) { return stop && stop->requested(); }

/// Asks a Stop once every so many steps, and so seldom that what takes
/// milliseconds comes to its end even after the request.
class Polled {
public:
  explicit Polled(const Stop *stop) : stop(stop) {}

  /// Counts `steps` of work. True, from then on, where a request was seen.
  bool over(int64_t steps = 1) {
    if (seen || !stop)
      return seen;
    left -= steps;
    if (left > 0)
      return false;
    left = kSteps;
    seen = stop->requested();
    return seen;
  }
  /// Whether one was seen.
  bool ended() const { return seen; }

private:
  static constexpr int64_t kSteps = 1 << 16;
  const Stop *stop;
  int64_t left = kSteps;
  bool seen = false;
};

/// What a function without a result says then: the code "stop", which says
/// nothing about the problem.
inline Diagnostic stoppedBefore(const char *what) {
  Diagnostic d;
  d.code = "stop";
  d.message = std::string("stopped before ") + what;
  return d;
}

} // namespace gaus

#endif // GAUS_CORE_STOP_H

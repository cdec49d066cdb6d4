//===- Deadline.h - The end of the time -------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One for all that belongs to a solve.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_CONTEXT_DEADLINE_H
#define GAUS_LIB_SOLVER_CONTEXT_DEADLINE_H

#include "gaus/Core/Stop.h"

#include <atomic>
#include <thread>

namespace gaus {

/// Requested when the time is over, by a thread of its own, or once `stop` is.
class Deadline {
public:
  explicit Deadline(double seconds, const Stop *stop = nullptr);
  ~Deadline();
  const Stop &flag() const { return over; }
  bool passed() const { return over.requested(); }
  /// Whether it was the time that was over.
  bool timedOut() const { return late.load(std::memory_order_relaxed); }

private:
  Stop over;
  std::atomic<bool> done{false}, late{false};
  std::thread timer;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_CONTEXT_DEADLINE_H

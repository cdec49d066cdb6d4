//===- Deadline.cpp - The end of the time ---------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Context/Deadline.h"

#include <algorithm>
#include <chrono>

using namespace gaus;

Deadline::Deadline(double seconds, const Stop *stop) : over(stop) {
  if (seconds <= 0)
    return;
  using Clock = std::chrono::steady_clock;
  // Longer than any run; more would overflow the clock.
  constexpr double kMost = 1e8;
  Clock::time_point end =
      Clock::now() +
      std::chrono::duration_cast<Clock::duration>(
          std::chrono::duration<double>(std::min(seconds, kMost)));
  if (Clock::now() >= end) {
    late.store(true, std::memory_order_relaxed);
    over.request();
    return;
  }
  timer = std::thread([this, end] {
    while (!done.load(std::memory_order_relaxed)) {
      if (Clock::now() >= end) {
        late.store(true, std::memory_order_relaxed);
        return over.request();
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
}

Deadline::~Deadline() {
  done.store(true, std::memory_order_relaxed);
  if (timer.joinable())
    timer.join();
}

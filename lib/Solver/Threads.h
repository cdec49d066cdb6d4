//===- Threads.h - As many threads as asked for -----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Runs a solve in a task arena of its own.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_THREADS_H
#define GAUS_LIB_SOLVER_THREADS_H

#include "gaus/Solver/Options.h"

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <optional>

namespace gaus {

/// Runs `body` with the threads that the options allow.
template <class F> auto withThreads(const SolverOptions &options, F &&body) {
  int threads = options.threads > 0 ? options.threads
                                    : tbb::this_task_arena::max_concurrency();
  // More threads than cores only where they are asked for.
  std::optional<tbb::global_control> control;
  if (threads > tbb::this_task_arena::max_concurrency())
    control.emplace(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena arena(std::max(1, threads));
  return arena.execute(body);
}

} // namespace gaus

#endif // GAUS_LIB_SOLVER_THREADS_H

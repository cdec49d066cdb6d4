//===- Parallel.h - Loops whose iterations run side by side -----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The one way in which GauS runs things side by side: iterations that write to
/// places of their own, on TBB's threads.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DEVICE_PARALLEL_H
#define GAUS_DEVICE_PARALLEL_H

#include <tbb/parallel_for.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define GAUS_THREADS_ARE_WATCHED
#include <thread>
#include <vector>
#endif
#endif

namespace gaus {

/// Runs body(i) for every i in [first, last); returns when all are done. No
/// iteration may depend on another's effects.
template <class Index, class Body>
void parallelFor(Index first, Index last, const Body &body) {
#ifdef GAUS_THREADS_ARE_WATCHED
  // TBB's library is not instrumented: the sanitizer does not see that it hands
  // work on, and would report its own tasks. It understands threads.
  std::vector<std::thread> threads;
  for (Index i = first; i < last; ++i)
    threads.emplace_back([&body, i] { body(i); });
  for (std::thread &thread : threads)
    thread.join();
#else
  tbb::parallel_for(first, last, body);
#endif
}

} // namespace gaus

#endif // GAUS_DEVICE_PARALLEL_H

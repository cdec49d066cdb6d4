//===- Descents.h - The descent alone, on every backend ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_TOOLS_GAUS_BENCH_DESCENTS_H
#define GAUS_TOOLS_GAUS_BENCH_DESCENTS_H

#include "gaus/Core/Diagnostic.h"
#include "gaus/Core/Problem.h"
#include "gaus/Solver/Options.h"

#include <string>
#include <vector>

namespace gaus::bench {

/// What a descent costs on a backend. Wall-clock milliseconds, all replicas of
/// the batch together.
struct DescentTimes {
  std::string backend;
  int32_t cycles = 0;  ///< of a profile
  double step = 0;     ///< a step without its share of a rounding
  double rounding = 0; ///< the multipliers and eight candidates of a period
  double usual = 0;    ///< a step with a rounding after every ten
  double load = 0;     ///< the problem to the backend, once
  double start = 0;    ///< room, starts there and results back, with one step
  /// Every result (means, widths, starts, costs, trace) has the bits of the
  /// first backend, which is the CPU unless the device runs alone.
  bool same = true;
};

/// Runs `steps` steps of `replicas` descents of `p`: on the CPU, and on a CUDA
/// device if there is one, by default; on the CPU and the host's SIMT machine,
/// the CPU alone or the device alone as `options.backend` says. Fails if the
/// problem has no schedule, or a backend that was asked for is not there.
Outcome<std::vector<DescentTimes>> timeDescents(const Problem &p,
                                                const SolverOptions &options,
                                                int32_t steps,
                                                int32_t replicas);

} // namespace gaus::bench

#endif // GAUS_TOOLS_GAUS_BENCH_DESCENTS_H

//===- Relaxation.h - From a problem to device arrays -----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Lowers a problem with its windows to the flat arrays of a backend.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_SOLVER_RELAXATION_H
#define GAUS_SOLVER_RELAXATION_H

#include "gaus/Core/Windows.h"
#include "gaus/Device/RelaxationData.h"
#include "gaus/Solver/Options.h"

#include <span>

namespace gaus {

/// Longest horizon that the relaxation and the local search keep profiles for.
/// Beyond it the heuristics alone are used.
inline constexpr int32_t kMaxProfileCycles = 1 << 22;

/// Cycles of the profiles of `p` (resolved, every window finite): starts, ends
/// and uses lie below.
int32_t numProfileCycles(const Problem &p, const Windows &windows);

/// The arrays for `p` (resolved). Every window must be finite: at most
/// kMaxProfileCycles cycles for starts, ends and folded uses together.
RelaxationData buildRelaxationData(const Problem &p, const Adjacency &adj,
                                   const ComponentOrder &order,
                                   const Windows &windows,
                                   const SolverOptions &options);

/// The first cycle, unfolded, in which the value of `node` is no longer live:
/// that of its birth if it never is. `starts` has numNodes entries.
int32_t lifeEnd(const RelaxationData &data, std::span<const int32_t> starts,
                int32_t node);

/// Units of `resource` in use in each of the numCycles cycles, unfolded.
std::vector<int64_t> useProfile(const RelaxationData &data,
                                std::span<const int32_t> starts,
                                int32_t resource);
/// Width of the live values in each of the numCycles cycles, unfolded.
std::vector<int64_t> liveProfile(const RelaxationData &data,
                                 std::span<const int32_t> starts);

} // namespace gaus

#endif // GAUS_SOLVER_RELAXATION_H

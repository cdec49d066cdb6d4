//===- Instance.h - From a problem to its arrays ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Compiles a problem with its windows and its objective: once a solve.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_MODEL_INSTANCE_H
#define GAUS_LIB_SOLVER_MODEL_INSTANCE_H

#include "gaus/Core/Windows.h"
#include "gaus/Device/Instance.h"
#include "gaus/Solver/Options.h"

namespace gaus {

/// Longest horizon that the relaxation and the local search keep profiles for.
/// Beyond it the heuristics alone are used.
inline constexpr int32_t kMaxProfileCycles = 1 << 22;

/// Cycles of the profiles of `p` (resolved, every window finite): starts, ends
/// and uses lie below.
int32_t numProfileCycles(const Problem &p, const Windows &windows);

/// The arrays for `p` (resolved). Every window must be finite: at most
/// kMaxProfileCycles cycles for starts, ends and folded uses together.
Instance buildInstance(const Problem &p, const Adjacency &adj,
                       const Components &components, const Windows &windows,
                       const SolverOptions &options);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_MODEL_INSTANCE_H

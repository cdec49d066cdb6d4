//===- Profiles.h - Use and live memory, cycle by cycle ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a schedule uses and keeps in each cycle, exact, and what that costs.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_MODEL_PROFILES_H
#define GAUS_LIB_SOLVER_MODEL_PROFILES_H

#include "gaus/Device/Instance.h"

#include <span>

namespace gaus {

/// Units of `resource` in use in each of the numCycles cycles, unfolded.
std::vector<int64_t> useProfile(const Instance &instance,
                                std::span<const int32_t> starts,
                                int32_t resource);
/// Width of the live values in each of the numCycles cycles, unfolded.
std::vector<int64_t> liveProfile(const Instance &instance,
                                 std::span<const int32_t> starts);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_MODEL_PROFILES_H

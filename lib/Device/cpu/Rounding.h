//===- Rounding.h - From means to legal starts and their cost ---*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Rounding by a threshold, legalisation under [Dep], [Win] and [Lat] in one
/// direction, and the exact cost: eight candidates a period of the descent.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_CPU_ROUNDING_H
#define GAUS_LIB_DEVICE_CPU_ROUNDING_H

#include "gaus/Device/Distribution.h"
#include "gaus/Device/Instance.h"

#include <span>

namespace gaus::cpu {

using dev::kCandidates;

/// Memory of one candidate, kept over the periods.
struct Candidate {
  std::vector<int32_t> starts;
  std::vector<int64_t> profile;
  int64_t overuse = 0, cost = 0;

  explicit Candidate(const Instance &instance);
  /// Rounds `mean` by the rule of candidate `index` and evaluates it.
  void round(const Instance &instance, std::span<const float> mean,
             int32_t index);

private:
  void legalizeForward(const Instance &instance);
  void legalizeBackward(const Instance &instance);
  void evaluate(const Instance &instance);
  int64_t peakOf(const Instance &instance, int32_t resource);
  int64_t memoryOf(const Instance &instance);
  int64_t sumAndFold(const Instance &instance);
};

} // namespace gaus::cpu

#endif // GAUS_LIB_DEVICE_CPU_ROUNDING_H

//===- Rounding.cpp - From means to legal starts and their cost -----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rounding.h"

#include "gaus/Device/Distribution.h"

#include <algorithm>

using namespace gaus;
using namespace gaus::cpu;

Candidate::Candidate(const RelaxationData &data)
    : starts(data.numNodes), profile(size_t(data.numCycles) + 2) {}

void Candidate::round(const RelaxationData &data, std::span<const float> mean,
                      int32_t index) {
  float threshold = dev::roundingThreshold(index);
  for (int32_t i = 0; i < data.numNodes; ++i)
    starts[i] = std::clamp(dev::floorToInt(mean[i] + threshold), data.asap[i],
                           data.alap[i]);
  if (index < 4)
    legalizeForward(data);
  else
    legalizeBackward(data);
  evaluate(data);
}

/// The least starts at or after the rounded ones. They stay within the windows:
/// a window's end is what its successors allow. On a cyclic graph the order is
/// run through until nothing moves.
void Candidate::legalizeForward(const RelaxationData &data) {
  for (bool moved = true; moved;) {
    moved = false;
    for (int32_t i : data.order)
      for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k) {
        int32_t least = starts[i] + data.outGap[k];
        int32_t &s = starts[data.outTarget[k]];
        moved |= least > s;
        s = std::max(s, least);
      }
    moved = moved && data.cyclic;
  }
}

void Candidate::legalizeBackward(const RelaxationData &data) {
  for (bool moved = true; moved;) {
    moved = false;
    for (size_t at = data.order.size(); at-- > 0;) {
      int32_t i = data.order[at], most = starts[i];
      for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k)
        most = std::min(most, starts[data.outTarget[k]] - data.outGap[k]);
      moved |= most < starts[i];
      starts[i] = most;
    }
    moved = moved && data.cyclic;
  }
}

/// The peak of the profile whose first difference is in `profile`; leaves the
/// (folded) profile there.
int64_t Candidate::sumAndFold(const RelaxationData &data) {
  int32_t slots = data.ii > 0 ? data.ii : data.numCycles;
  int64_t sum = 0, peak = 0;
  for (int32_t d = 0; d < data.numCycles; ++d) {
    sum += profile[d];
    if (d < slots)
      profile[d] = sum;
    else
      profile[d % slots] += sum;
  }
  for (int32_t s = 0; s < std::min(slots, data.numCycles); ++s)
    peak = std::max(peak, profile[s]);
  return peak;
}

int64_t Candidate::peakOf(const RelaxationData &data, int32_t resource) {
  std::fill(profile.begin(), profile.end(), 0);
  for (int32_t i = 0; i < data.numNodes; ++i)
    for (int32_t k = data.useBegin[i]; k < data.useBegin[i + 1]; ++k)
      if (data.useResource[k] == resource) {
        profile[starts[i]] += data.useUnits[k];
        profile[starts[i] + data.occupancy[i]] -= data.useUnits[k];
      }
  int64_t peak = sumAndFold(data);
  if (data.limit[resource] >= 0) {
    int32_t slots = data.ii > 0 ? data.ii : data.numCycles;
    for (int32_t s = 0; s < slots; ++s)
      overuse += std::max<int64_t>(0, profile[s] - data.limit[resource]);
  }
  return peak;
}

int64_t Candidate::memoryOf(const RelaxationData &data) {
  std::fill(profile.begin(), profile.end(), 0);
  for (int32_t i = 0; i < data.numNodes; ++i) {
    if (data.width[i] == 0)
      continue;
    int32_t born = starts[i] + data.span[i] - 1, last = born;
    for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k)
      if (data.outShift[k] >= 0)
        last = std::max(last, starts[data.outTarget[k]] + data.outShift[k]);
    profile[born] += data.width[i];
    profile[last] -= data.width[i];
  }
  return sumAndFold(data);
}

void Candidate::evaluate(const RelaxationData &data) {
  overuse = cost = 0;
  for (int32_t r = 0; r < data.numResources; ++r)
    if (data.ratio != 0 || data.limit[r] >= 0)
      cost += data.ratio * data.price[r] * peakOf(data, r);
  if (data.alpha != 0) {
    int64_t comm = data.commConstant;
    for (int32_t i = 0; i < data.numNodes; ++i)
      for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k)
        comm += data.outWeight[k] * (starts[data.outTarget[k]] - starts[i]);
    cost += data.alpha * comm;
  }
  if (data.memoryWeight != 0)
    cost += data.memoryWeight * memoryOf(data);
  if (data.lengthWeight != 0) {
    int32_t end = 0;
    for (int32_t i = 0; i < data.numNodes; ++i)
      end = std::max(end, starts[i] + data.span[i]);
    cost += data.lengthWeight * end;
  }
}

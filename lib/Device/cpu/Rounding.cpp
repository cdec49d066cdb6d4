//===- Rounding.cpp - From means to legal starts and their cost -----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rounding.h"

#include "gaus/Device/Distribution.h"
#include "gaus/Device/ExactCost.h"

#include <algorithm>

using namespace gaus;
using namespace gaus::cpu;

Candidate::Candidate(const Instance &instance)
    : starts(instance.numNodes), profile(size_t(instance.numCycles) + 2) {}

void Candidate::round(const Instance &instance, std::span<const float> mean,
                      int32_t index) {
  float threshold = dev::roundingThreshold(index);
  for (int32_t i = 0; i < instance.numNodes; ++i)
    starts[i] = std::clamp(dev::floorToInt(mean[i] + threshold),
                           instance.asap[i], instance.alap[i]);
  if (index < 4)
    legalizeForward(instance);
  else
    legalizeBackward(instance);
  evaluate(instance);
}

/// The least starts at or after the rounded ones. They stay within the windows:
/// a window's end is what its successors allow. On a cyclic graph the order is
/// run through until nothing moves.
void Candidate::legalizeForward(const Instance &instance) {
  for (bool moved = true; moved;) {
    moved = false;
    for (int32_t i : instance.topological)
      for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1];
           ++k) {
        int32_t least = starts[i] + instance.outGap[k];
        int32_t &s = starts[instance.outTarget[k]];
        moved |= least > s;
        s = std::max(s, least);
      }
    moved = moved && instance.cyclic;
  }
}

void Candidate::legalizeBackward(const Instance &instance) {
  for (bool moved = true; moved;) {
    moved = false;
    for (size_t at = instance.topological.size(); at-- > 0;) {
      int32_t i = instance.topological[at], most = starts[i];
      for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
        most =
            std::min(most, starts[instance.outTarget[k]] - instance.outGap[k]);
      moved |= most < starts[i];
      starts[i] = most;
    }
    moved = moved && instance.cyclic;
  }
}

/// The peak of the profile whose first difference is in `profile`; leaves the
/// (folded) profile there.
int64_t Candidate::sumAndFold(const Instance &instance) {
  int32_t slots = instance.slots();
  int64_t sum = 0, peak = 0;
  for (int32_t d = 0; d < instance.numCycles; ++d) {
    sum += profile[d];
    if (d < slots)
      profile[d] = sum;
    else
      profile[d % slots] += sum;
  }
  for (int32_t s = 0; s < std::min(slots, instance.numCycles); ++s)
    peak = std::max(peak, profile[s]);
  return peak;
}

int64_t Candidate::peakOf(const Instance &instance, int32_t resource) {
  std::fill(profile.begin(), profile.end(), 0);
  for (int32_t i = 0; i < instance.numNodes; ++i)
    for (int32_t k = instance.useBegin[i]; k < instance.useBegin[i + 1]; ++k)
      if (instance.useResource[k] == resource) {
        profile[starts[i]] += instance.useUnits[k];
        profile[starts[i] + instance.occupancy[i]] -= instance.useUnits[k];
      }
  int64_t peak = sumAndFold(instance);
  if (instance.limit[resource] >= 0) {
    int32_t slots = instance.slots();
    for (int32_t s = 0; s < slots; ++s)
      overuse += std::max<int64_t>(0, profile[s] - instance.limit[resource]);
  }
  return peak;
}

int64_t Candidate::memoryOf(const Instance &instance) {
  std::fill(profile.begin(), profile.end(), 0);
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    if (instance.width[i] == 0)
      continue;
    profile[starts[i] + instance.bornAfter[i]] += instance.width[i];
    profile[lifeEnd(instance, starts, i)] -= instance.width[i];
  }
  return sumAndFold(instance);
}

void Candidate::evaluate(const Instance &instance) {
  overuse = 0;
  cost = exactCost(instance, starts, communicationCost(instance, starts),
                   [&](int32_t resource) {
                     return resource < 0 ? memoryOf(instance)
                                         : peakOf(instance, resource);
                   });
}

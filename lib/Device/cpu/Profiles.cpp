//===- Profiles.cpp - Expected profiles, peaks and prices -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Profiles.h"

#include "../plan/Plan.h"

#include "gaus/Device/Distribution.h"

#include <algorithm>

using namespace gaus;
using namespace gaus::cpu;

Profile::Profile(int32_t numCycles, int32_t ii, int32_t chunks,
                 ProfileRules rules)
    : numCycles(numCycles), slots(ii > 0 ? ii : numCycles), rules(rules),
      seconds(chunks, std::vector<int64_t>(size_t(numCycles) + 2)), use(slots),
      shares(slots), multiplier(slots), force(slots), slotPrice(slots),
      sums(size_t(numCycles) + 2) {
  priceScale = dev::priceScale(numCycles, slots, rules.limit >= 0);
  unit = static_cast<float>(1.0 / priceScale);
}

void Profile::clear() {
  for (std::vector<int64_t> &s : seconds)
    std::fill(s.begin(), s.end(), 0);
}

/// Chunks are added and summed twice, in place, into the first chunk.
void Profile::accumulate() {
  std::vector<int64_t> &sum = seconds[0];
  for (size_t c = 1; c < seconds.size(); ++c)
    for (int32_t d = 0; d < numCycles; ++d)
      sum[d] += seconds[c][d];
  int64_t births = 0, live = 0;
  for (int32_t d = 0; d < numCycles; ++d) {
    births += sum[d];
    live += births;
    sum[d] = live;
  }
}

void Profile::fold() {
  const std::vector<int64_t> &live = seconds[0];
  if (slots == numCycles) {
    std::copy_n(live.begin(), slots, use.begin());
    return;
  }
  std::fill(use.begin(), use.end(), 0);
  for (int32_t d = 0, slot = 0; d < numCycles; ++d) {
    use[slot] += live[d];
    slot = slot + 1 == slots ? 0 : slot + 1;
  }
}

void Profile::price(float temperature, float overusePenalty) {
  accumulate();
  fold();
  int64_t peak = *std::max_element(use.begin(), use.end());
  double perUnit = 1.0 / dev::kUnitMass;
  std::fill(slotPrice.begin(), slotPrice.end(), 0);
  peakValue = 0;
  if (rules.peak && peak > 0) {
    float sharpness = 1.0f / (temperature * static_cast<float>(peak));
    int64_t total = 0;
    for (int32_t s = 0; s < slots; ++s) {
      float x = static_cast<float>(use[s] - peak) * sharpness;
      shares[s] = static_cast<int64_t>(dev::exp(x) * dev::kShareUnit);
      total += shares[s];
    }
    double scale = priceScale / static_cast<double>(total);
    for (int32_t s = 0; s < slots; ++s)
      slotPrice[s] =
          static_cast<int64_t>(static_cast<double>(shares[s]) * scale);
    float sum = static_cast<float>(total) * (1.0f / dev::kShareUnit);
    peakValue = (static_cast<double>(peak) +
                 static_cast<double>(dev::log(sum) / sharpness)) *
                perUnit;
  }
  overuse = 0;
  if (rules.limit >= 0) {
    float inverse =
        1.0f / static_cast<float>(std::max<int64_t>(rules.limit, 1));
    for (int32_t s = 0; s < slots; ++s) {
      float over = static_cast<float>(static_cast<double>(use[s]) * perUnit -
                                      static_cast<double>(rules.limit)) *
                   inverse;
      overuse = std::max(overuse, static_cast<double>(over));
      float f = dev::fma(overusePenalty, over, multiplier[s]);
      force[s] = dev::minf(dev::maxf(f, 0.0f), dev::kMaxOverusePrice);
      slotPrice[s] +=
          static_cast<int64_t>(static_cast<double>(force[s]) * priceScale);
    }
  }
  // Suffix sums from the end, then prefix sums of those.
  std::vector<int64_t> &suffix = seconds[0];
  int64_t tail = 0;
  int32_t slot = (numCycles - 1) % slots;
  for (int32_t d = numCycles - 1; d >= 0; --d) {
    tail += slotPrice[slot];
    suffix[d] = tail;
    slot = slot == 0 ? slots - 1 : slot - 1;
  }
  int64_t sum = 0;
  for (int32_t d = 0; d < numCycles; ++d) {
    sums[d] = static_cast<double>(sum);
    sum += suffix[d];
  }
  sums[numCycles] = sums[numCycles + 1] = static_cast<double>(sum);
}

void Profile::updateMultipliers() {
  if (rules.limit >= 0)
    multiplier = force;
}

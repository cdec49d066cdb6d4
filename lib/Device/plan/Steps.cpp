//===- Steps.cpp - The parameters of every step ---------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Steps.h"

#include <algorithm>
#include <cmath>

using namespace gaus;
using namespace gaus::dev;

static StepParameters stepParameters(const DescentOptions &options,
                                     int32_t index) {
  double f = options.steps > 1 ? double(index) / (options.steps - 1) : 0.0;
  auto linear = [&](double a, double b) { return a + (b - a) * f; };
  auto geometric = [&](double a, double b) {
    return a * std::exp2(std::log2(b / a) * f);
  };
  auto correction = [&](double beta) {
    return static_cast<float>(1.0 /
                              (1.0 - std::exp2((index + 1) * std::log2(beta))));
  };
  StepParameters now;
  now.rate = static_cast<float>(linear(options.rateFirst, options.rateLast));
  now.kappa =
      static_cast<float>(geometric(options.kappaFirst, options.kappaLast));
  now.peakTemperature =
      static_cast<float>(geometric(options.peakFirst, options.peakLast));
  now.penaltyGrowth = static_cast<float>(1.0 + 20.0 * f);
  now.momentCorrection = correction(0.9);
  now.varianceCorrection = correction(0.99);
  return now;
}

std::vector<Step> dev::planSteps(const DescentOptions &options) {
  std::vector<Step> steps;
  constexpr int32_t kSnapshots = 4;
  int32_t every = std::max(1, options.steps / kSnapshots), taken = 0;
  for (int32_t s = 0; s < options.steps; ++s) {
    bool take = (s + 1) % every == 0 || s + 1 == options.steps;
    steps.push_back({stepParameters(options, s), take ? taken++ : int32_t(-1)});
  }
  return steps;
}

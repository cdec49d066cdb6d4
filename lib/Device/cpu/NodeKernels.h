//===- NodeKernels.h - Vector loops over a node's cells ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a node adds to the profiles, and the gradient that comes back, as loops
/// of eight lanes over its cells. docs/method/losses.md derives the formulas.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_CPU_NODEKERNELS_H
#define GAUS_LIB_DEVICE_CPU_NODEKERNELS_H

#include "gaus/Device/Distribution.h"

namespace gaus::cpu {

/// A distribution tabulated at its cells, padded to whole groups of lanes with
/// empty cells.
struct CellTable {
  static constexpr int32_t kSize = 48;
  int32_t count, padded;
  int32_t center; ///< the cycle that takes what rounding leaves over
  float total;    ///< mass within the cells
  float totalDensity;
  float invStddev;
  alignas(32) int32_t at[kSize];
  alignas(32) int32_t length[kSize];
  alignas(32) float below[kSize], density[kSize];
  alignas(32) float mass[kSize], slope[kSize];

  void fill(float mean, float stddev, int32_t earliest, int32_t latest) {
    dev::Cells c = dev::makeCells(mean, stddev, earliest, latest);
    count = c.count;
    padded = (count + dev::kLanes - 1) & -dev::kLanes;
    invStddev = c.invStddev;
    // One boundary more than cells: the loop goes one group further.
    int32_t last = padded + dev::kLanes;
    for (int32_t k = 0; k < last; ++k) {
      at[k] = dev::boundary(c, k);
      dev::NormalPoint point = dev::atBoundary(c, at[k]);
      below[k] = point.below;
      density[k] = point.density;
    }
    for (int32_t k = 0; k < padded; ++k) {
      length[k] = at[k + 1] - at[k];
      mass[k] = below[k + 1] - below[k];
      slope[k] = density[k + 1] - density[k];
    }
    total = below[count] - below[0];
    totalDensity = density[count] - density[0];
    center =
        dev::mini(dev::maxi(dev::floorToInt(mean + 0.5f), c.first), c.last);
  }
};

/// Mass per cycle of every cell in fixed point; the rest goes to the center.
struct CellRates {
  alignas(32) int32_t rate[CellTable::kSize];
  int32_t rest;

  void fill(const CellTable &t) {
    float scale = static_cast<float>(dev::kUnitMass) / t.total;
    int32_t placed = 0;
    for (int32_t k = 0; k < t.padded; ++k) {
      rate[k] = dev::cellRate(t.mass[k], scale, t.length[k]);
      placed += rate[k] * t.length[k];
    }
    rest = dev::kUnitMass - placed;
  }
};

/// Adds `amount` times the distribution, moved by `offset` cycles, to a second
/// difference: two prefix sums later it is the profile of a step that starts
/// with the event.
inline void addEvent(const CellTable &t, const CellRates &r, int64_t amount,
                     int32_t offset, int64_t *second) {
  int64_t *row = second + offset;
  int32_t before = 0;
  for (int32_t k = 0; k < t.count; ++k) {
    row[t.at[k]] += int64_t(r.rate[k] - before) * amount;
    before = r.rate[k];
  }
  row[t.at[t.count]] -= int64_t(before) * amount;
  row[t.center] += int64_t(r.rest) * amount;
  row[t.center + 1] -= int64_t(r.rest) * amount;
}

/// Adds `amount` times the mean price that an event in each cell pays, moved by
/// `offset`, to `value` (size padded). `priceSums` are the double prefix sums
/// (exact integers as doubles).
inline void addValue(const CellTable &t, const double *priceSums, float amount,
                     int32_t offset, float *value) {
  const double *row = priceSums + offset;
  for (int32_t k = 0; k < t.padded; ++k) {
    float sum = static_cast<float>(row[t.at[k + 1]] - row[t.at[k]]);
    float mean = sum / static_cast<float>(dev::maxi(t.length[k], 1));
    value[k] = dev::fma(amount, mean, value[k]);
  }
}

/// Derivative of the expected value by the mean, with the mass renormalised to
/// the cells: -(1 / (stddev Z)) (sum dphi V - (dphi total) (sum dF V) / Z).
inline float meanGradient(const CellTable &t, const float *value) {
  float byMass[dev::kLanes] = {}, bySlope[dev::kLanes] = {};
  float reference = value[0];
  for (int32_t k = 0; k < t.padded; k += dev::kLanes)
    for (int32_t lane = 0; lane < dev::kLanes; ++lane) {
      float v = value[k + lane] - reference;
      byMass[lane] = dev::fma(t.mass[k + lane], v, byMass[lane]);
      bySlope[lane] = dev::fma(t.slope[k + lane], v, bySlope[lane]);
    }
  float a = dev::butterfly(byMass), b = dev::butterfly(bySlope);
  float inverse = 1.0f / t.total;
  float inner = dev::fma(-t.totalDensity * inverse, a, b);
  return -(t.invStddev * inverse) * inner;
}

} // namespace gaus::cpu

#endif // GAUS_LIB_DEVICE_CPU_NODEKERNELS_H

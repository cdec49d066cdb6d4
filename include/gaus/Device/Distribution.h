//===- Distribution.h - A start's distribution over cycles ------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A normal distribution, cut to a window of cycles and to +-4 stddev, as a
/// step density over at most kMaxCells cells. A cell is one cycle for stddev <=
/// 4 and a power of two of cycles beyond, aligned to its size, so that the work
/// for a node does not grow with its stddev and no mass is lost. All functions
/// are for host and device.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DEVICE_DISTRIBUTION_H
#define GAUS_DEVICE_DISTRIBUTION_H

#include "gaus/Device/Arithmetic.h"

namespace gaus::dev {

/// 8 stddev / (cell >= stddev / 4) = 32 cells, and the cut ones at both ends.
inline constexpr int32_t kMaxCells = 36;
/// Sums over cells run in this many lanes, cell k in lane k mod 8, and end in a
/// butterfly: the stated order of every float sum.
inline constexpr int32_t kLanes = 8;
/// The mass of a distribution in fixed point: its cells sum to exactly this.
inline constexpr int32_t kUnitMass = 1 << 30;
/// Forces and gradients are added in fixed point with this scale; larger
/// absolute values than kMaxForce are cut.
inline constexpr float kForceScale = 268435456.0f; // 2^28
inline constexpr float kMaxForce = 4096.0f;

/// Fixed point of the softmax shares of a peak, and of a value's last use.
inline constexpr float kShareUnit = 1073741824.0f; // 2^30
inline constexpr float kUseShareUnit = 1048576.0f; // 2^20
/// Largest price of overuse by one limit.
inline constexpr float kMaxOverusePrice = 1024.0f;
/// Candidates of a rounding: four thresholds, forward and backward.
inline constexpr int32_t kCandidates = 8;

/// What is added to a mean before candidate `index` rounds it down.
GAUS_HD float roundingThreshold(int32_t index) {
  return 0.125f + 0.25f * static_cast<float>(index & 3);
}

/// Stddevs up to 2^24 cycles in 2^-8 of a cycle.
GAUS_HD int64_t fixedStddev(float stddev) {
  return static_cast<int64_t>(minf(stddev, 16777216.0f) * 256.0f);
}

/// The cells: cell k covers the cycles boundary(k) .. boundary(k + 1) - 1.
struct Cells {
  int32_t first, last; ///< first and last cycle
  int32_t shift;       ///< log2 of the cell's size
  int32_t count;       ///< number of cells, 1 .. kMaxCells
  float center;        ///< mean + 0.5
  float invStddev;
};

/// Cells of N(mean, stddev) in the cycles earliest .. latest; mean within
/// [earliest, latest], stddev > 0.
GAUS_HD Cells makeCells(float mean, float stddev, int32_t earliest,
                        int32_t latest) {
  Cells c;
  float reach = 4.0f * stddev;
  c.first = maxi(earliest, floorToInt(mean - reach));
  c.last = mini(latest, floorToInt(mean + reach) + 1);
  // ceil(log2(stddev / 4)) from the exponent's bits.
  int32_t bits = floatToBits(stddev * 0.25f);
  int32_t exponent = (bits >> 23) - 127 + ((bits & 0x7fffff) != 0 ? 1 : 0);
  c.shift = maxi(0, exponent);
  c.count = (c.last >> c.shift) - (c.first >> c.shift) + 1;
  c.center = mean + 0.5f;
  c.invStddev = 1.0f / stddev;
  return c;
}

/// Boundary k, 0 .. count; beyond that the last one again.
GAUS_HD int32_t boundary(const Cells &c, int32_t k) {
  int32_t at = ((c.first >> c.shift) + k) << c.shift;
  return mini(maxi(at, c.first), c.last + 1);
}

/// The normal distribution at a boundary: the mass of the cycles before it.
GAUS_HD NormalPoint atBoundary(const Cells &c, int32_t boundaryCycle) {
  // Cycle t stands for the times (t - 0.5, t + 0.5].
  return normal((static_cast<float>(boundaryCycle) - c.center) * c.invStddev);
}

/// Mass of one cycle of a cell in fixed point, rounded down.
GAUS_HD int32_t cellRate(float mass, float scale, int32_t length) {
  return static_cast<int32_t>((mass * scale) /
                              static_cast<float>(maxi(length, 1)));
}

/// The sum of eight lanes in the stated order.
GAUS_HD float butterfly(const float *lane) {
  float a = (lane[0] + lane[4]) + (lane[2] + lane[6]);
  float b = (lane[1] + lane[5]) + (lane[3] + lane[7]);
  return a + b;
}

/// A force or a gradient in fixed point.
GAUS_HD int64_t toFixed(float x) {
  return static_cast<int64_t>(minf(maxf(x, -kMaxForce), kMaxForce) *
                              kForceScale);
}
GAUS_HD float fromFixed(int64_t x) {
  return static_cast<float>(x) * (1.0f / kForceScale);
}

/// Schedules of a descent's parameters at step `step` of `steps`.
struct StepParameters {
  float rate, kappa, peakTemperature;
  float momentCorrection, varianceCorrection; ///< Adam's 1 / (1 - beta^t)
  float penaltyGrowth;                        ///< 1 + 20 f
};

/// stddev of a node's start.
GAUS_HD float scheduledStddev(float kappa, int32_t window, float factor,
                              float floorCycles) {
  return maxf(floorCycles, kappa * factor * static_cast<float>(window));
}

/// One step of Adam on one mean; returns the new mean, clamped to the window.
GAUS_HD float adamStep(float mean, float gradient, float &moment,
                       float &variance, int32_t asap, int32_t alap,
                       const StepParameters &s) {
  moment = fma(0.9f, moment, 0.1f * gradient);
  variance = fma(0.99f, variance, 0.01f * (gradient * gradient));
  float m = moment * s.momentCorrection;
  float v = variance * s.varianceCorrection;
  float root = __builtin_sqrtf(v);
  float step = s.rate * static_cast<float>(alap - asap);
  float next = fma(-step, m / (root + 1e-10f), mean);
  return minf(maxf(next, static_cast<float>(asap)), static_cast<float>(alap));
}

} // namespace gaus::dev

#endif // GAUS_DEVICE_DISTRIBUTION_H

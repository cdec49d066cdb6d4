//===- Gradients.h - The kernel from prices to gradients --------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What every node would gain by a later start; see cpu::meanGradient.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_GRADIENTS_H
#define GAUS_LIB_DEVICE_KERNELS_GRADIENTS_H

#include "Teams.h"

namespace gaus::kernels {

/// What an event in each cell pays; see cpu::addValue.
template <class Ctx>
GAUS_KERNEL float cellValue(Ctx &ctx, const View &v, const dev::Cells &c,
                            int32_t k, int64_t row, float amount, float value) {
  int32_t at = dev::boundary(c, k), next = dev::boundary(c, k + 1);
  float sum = static_cast<float>(ctx.load(v.sums, row + next) -
                                 ctx.load(v.sums, row + at));
  float mean = sum / static_cast<float>(dev::maxi(next - at, 1));
  return dev::fma(amount, mean, value);
}

/// The derivative by the mean from the cells' values; see cpu::meanGradient.
/// All eight lanes come here; a boundary is computed by one of them, for the
/// cells on both sides.
template <class Ctx, class Value>
GAUS_KERNEL float meanGradient(Ctx &ctx, const LaneCells &t,
                               const Value &value) {
  int32_t lane = ctx.thread() & (dev::kLanes - 1);
  int32_t right = (lane + 1) & (dev::kLanes - 1);
  float byMass = 0, bySlope = 0, reference = value(0);
  dev::NormalPoint low = t.at(lane);
  float firstMass = ctx.laneFrom(low.below, 0);
  float firstDensity = ctx.laneFrom(low.density, 0);
  for (int32_t k = lane; k < t.padded; k += dev::kLanes) {
    dev::NormalPoint next = t.at(k + dev::kLanes);
    float below = ctx.laneFrom(lane == 0 ? next.below : low.below, right);
    float density = ctx.laneFrom(lane == 0 ? next.density : low.density, right);
    float x = value(k) - reference;
    byMass = dev::fma(below - low.below, x, byMass);
    bySlope = dev::fma(density - low.density, x, bySlope);
    low = next;
  }
  float a = laneSum(ctx, byMass), b = laneSum(ctx, bySlope);
  // Every lane has gone past the last cell: `low` is where that one ends.
  float inverse = 1.0f / (low.below - firstMass);
  float inner = dev::fma(-(low.density - firstDensity) * inverse, a, b);
  return -(t.cells.invStddev * inverse) * inner;
}

/// Prices to gradients: eight threads a node.
struct NodeGradients {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t i = ctx.blockX() * kNodesPerBlock + ctx.thread() / dev::kLanes;
    if (i >= v.n)
      return;
    bool leader = (ctx.thread() & (dev::kLanes - 1)) == 0;
    int64_t b = ctx.blockY(), at = b * v.n + i, size = v.numCycles + 2;
    int64_t rows = b * v.numProfiles * size, memory = rows;
    int64_t width = v.memoryProfile >= 0 ? ctx.load(v.profileWidth, i) : 0;
    bool live = width > 0;
    float amount = 0;
    if (live) {
      ProfileInfo p = ctx.load(v.profiles, v.memoryProfile);
      amount = static_cast<float>(width) * p.unitLoss * p.unit;
      memory += v.memoryProfile * size;
      LaneCells last(ctx.load(v.lastMean, at), ctx.load(v.lastStddev, at),
                     ctx.load(v.lastFirst, i), ctx.load(v.lastFinal, i));
      float g = meanGradient(ctx, last, [&](int32_t k) {
        return cellValue(ctx, v, last.cells, k, memory, -amount, 0.0f);
      });
      if (leader)
        ctx.store(v.lastGradient, at, g);
    }
    int32_t asap = ctx.load(v.asap, i), alap = ctx.load(v.alap, i);
    float gradient = ctx.load(v.commGradient, i);
    if (asap < alap) {
      LaneCells t(ctx.load(v.mean, at), ctx.load(v.stddev, at), asap, alap);
      gradient += meanGradient(ctx, t, [&](int32_t k) {
        return valueOf(ctx, v, t.cells, k, i, rows, live, memory, amount);
      });
    }
    if (leader)
      ctx.store(v.gradient, at, gradient);
  }

private:
  template <class Ctx>
  GAUS_KERNEL float valueOf(Ctx &ctx, const View &v, const dev::Cells &c,
                            int32_t k, int32_t i, int64_t rows, bool live,
                            int64_t memory, float memoryAmount) {
    float value = 0;
    int64_t size = v.numCycles + 2;
    if (live)
      value = cellValue(ctx, v, c, k, memory + ctx.load(v.bornAfter, i),
                        memoryAmount, value);
    int32_t end = ctx.load(v.useBegin, i + 1);
    for (int32_t u = ctx.load(v.useBegin, i); u < end; ++u) {
      int32_t at = ctx.load(v.profileOf, ctx.load(v.useResource, u));
      if (at < 0)
        continue;
      ProfileInfo p = ctx.load(v.profiles, at);
      float amount =
          static_cast<float>(ctx.load(v.profileUnits, u)) * p.unitLoss * p.unit;
      int64_t row = rows + at * size;
      value = cellValue(ctx, v, c, k, row, amount, value);
      value = cellValue(ctx, v, c, k, row + ctx.load(v.occupancy, i), -amount,
                        value);
    }
    return value;
  }
};

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_GRADIENTS_H

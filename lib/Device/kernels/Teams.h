//===- Teams.h - Threads that share a node ----------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Eight lanes have a node's cells, a thread or a warp has its edges.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_TEAMS_H
#define GAUS_LIB_DEVICE_KERNELS_TEAMS_H

#include "SharedSums.h"

namespace gaus::kernels {

/// A distribution as its eight lanes see it: lane l has the cells l, l + 8, ...
struct LaneCells {
  dev::Cells cells;
  int32_t padded; ///< cells, rounded up to the lanes

  GAUS_HD LaneCells(float mean, float stddev, int32_t earliest, int32_t latest)
      : cells(dev::makeCells(mean, stddev, earliest, latest)),
        padded((cells.count + dev::kLanes - 1) & -dev::kLanes) {}

  GAUS_HD dev::NormalPoint at(int32_t k) const {
    return dev::atBoundary(cells, dev::boundary(cells, k));
  }
  GAUS_HD int32_t center(float mean) const {
    return dev::mini(dev::maxi(dev::floorToInt(mean + 0.5f), cells.first),
                     cells.last);
  }
};

/// The sum over the eight lanes of a node.
template <class Ctx, class T> GAUS_KERNEL T laneSum(Ctx &ctx, T x) {
  x += ctx.laneXor(x, 4);
  x += ctx.laneXor(x, 2);
  x += ctx.laneXor(x, 1);
  return x;
}

/// The threads that share a node's edges: one for most nodes; those with many
/// edges (a list of them is made on the host) have a warp each, in blocks
/// behind the others', so that nobody waits for a thread with a thousand edges.
struct EdgeTeam {
  int32_t node;   ///< -1 = none
  int32_t first;  ///< edge of the thread, of the node's
  int32_t stride; ///< 1 or a warp's 32 threads
};

GAUS_HD int32_t blocksOf(int64_t items, int32_t each) {
  return static_cast<int32_t>((items + each - 1) / each);
}
/// Blocks for the nodes, one thread each, and `heavy` of them a warp each.
GAUS_HD int32_t teamBlocks(int32_t n, int64_t heavy) {
  return blocksOf(n, kBlock) + blocksOf(heavy, kBlock / kWarp);
}

/// The team of a warp in the `x`-th of the blocks for heavy nodes.
template <class Ctx>
GAUS_KERNEL EdgeTeam heavyTeam(Ctx &ctx,
                               const DeviceArray<const int32_t> &heavy,
                               int32_t x) {
  int64_t at = int64_t(x) * (kBlock / kWarp) + ctx.thread() / kWarp;
  return {at < heavy.size ? ctx.load(heavy, at) : -1, ctx.thread() % kWarp,
          kWarp};
}

/// A node that is in `heavy` must have more than kHeavyDegree of the edges that
/// `degree` counts, and no other node may.
template <class Ctx, class Degree>
GAUS_KERNEL EdgeTeam edgeTeam(Ctx &ctx, const View &v,
                              const DeviceArray<const int32_t> &heavy,
                              const Degree &degree) {
  int32_t light = blocksOf(v.n, kBlock), x = ctx.blockX();
  if (x >= light)
    return heavyTeam(ctx, heavy, x - light);
  int32_t i = x * kBlock + ctx.thread();
  return {i < v.n && degree(i) <= kHeavyDegree ? i : -1, 0, 1};
}

/// The sum over a team; every thread of it has the result.
template <class Ctx>
GAUS_KERNEL int64_t teamSum(Ctx &ctx, const EdgeTeam &team, int64_t x) {
  if (team.stride == 1)
    return x;
  for (int32_t mask = kWarp / 2; mask > 0; mask /= 2)
    x += ctx.shuffleXor(x, mask);
  return x;
}
template <class Ctx, class T>
GAUS_KERNEL T teamMax(Ctx &ctx, const EdgeTeam &team, T x) {
  if (team.stride == 1)
    return x;
  for (int32_t mask = kWarp / 2; mask > 0; mask /= 2) {
    T other = ctx.shuffleXor(x, mask);
    x = x > other ? x : other;
  }
  return x;
}

template <class Ctx>
GAUS_KERNEL int32_t outDegree(Ctx &ctx, const View &v, int32_t i) {
  return ctx.load(v.outBegin, i + 1) - ctx.load(v.outBegin, i);
}

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_TEAMS_H

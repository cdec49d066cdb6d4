//===- Events.h - The kernels from means to profiles ------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The mean and the width of a value's last use, and the events of every node,
/// into the profiles' second differences; see cpu::addEvent.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_EVENTS_H
#define GAUS_LIB_DEVICE_KERNELS_EVENTS_H

#include "Teams.h"

namespace gaus::kernels {

/// Softmax over the consumers: mean and stddev of the last use. The weights are
/// summed in fixed point. Grid: x over teams.
struct LastUses {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    EdgeTeam team = edgeTeam(ctx, v, v.heavyOut, [&](int32_t node) {
      return outDegree(ctx, v, node);
    });
    int32_t i = team.node;
    if (i < 0 || ctx.load(v.profileWidth, i) <= 0)
      return;
    int64_t nodes = int64_t(ctx.blockY()) * v.n;
    int64_t edges = int64_t(ctx.blockY()) * v.m;
    int32_t begin = ctx.load(v.outBegin, i) + team.first;
    int32_t end = ctx.load(v.outBegin, i + 1);
    float largest = -1e30f;
    for (int32_t k = begin; k < end; k += team.stride)
      if (int32_t shift = ctx.load(v.outShift, k); shift >= 0)
        largest = dev::maxf(largest,
                            ctx.load(v.mean, nodes + ctx.load(v.outTarget, k)) +
                                static_cast<float>(shift));
    largest = teamMax(ctx, team, largest);
    int64_t total = 0, spread = 0;
    for (int32_t k = begin; k < end; k += team.stride) {
      int32_t shift = ctx.load(v.outShift, k);
      float share = 0;
      if (shift >= 0) {
        int64_t j = nodes + ctx.load(v.outTarget, k);
        float at = ctx.load(v.mean, j) + static_cast<float>(shift);
        share = dev::exp((at - largest) * v.lastUseInverse);
        int64_t w = static_cast<int64_t>(share * dev::kUseShareUnit);
        total += w;
        spread += w * dev::fixedStddev(ctx.load(v.stddev, j));
      }
      ctx.store(v.share, edges + k, share);
    }
    total = teamSum(ctx, team, total);
    spread = teamSum(ctx, team, spread);
    float norm = dev::kUseShareUnit / static_cast<float>(total);
    for (int32_t k = begin; k < end; k += team.stride)
      ctx.store(v.share, edges + k, ctx.load(v.share, edges + k) * norm);
    if (team.first != 0)
      return;
    float stddev =
        static_cast<float>(spread) / (static_cast<float>(total) * 256.0f);
    ctx.store(v.lastMean, nodes + i, largest);
    ctx.store(v.lastStddev, nodes + i, dev::maxf(stddev, v.stddevFloor));
  }
};

/// Where a distribution's births go: `amount` a cycle later by `offset`, and
/// taken away again at `until`, if that is not negative.
struct EventTarget {
  int32_t profile, offset, until;
  int64_t amount;
};

/// Adds the distribution's births to a profile; see cpu::addEvent, which adds
/// each cell's rate where it begins and takes it away where it ends. Here the
/// two that meet at a boundary are one addition. All eight lanes come here.
template <class Ctx>
GAUS_KERNEL void addEvent(Ctx &ctx, const View &v, const SharedSums &w,
                          const LaneCells &t, int32_t center,
                          const EventTarget &to) {
  int32_t lane = ctx.thread() & (dev::kLanes - 1), placed = 0;
  auto add = [&](int32_t at, int64_t births) {
    addToSums(ctx, v.second, w, to.profile, at + to.offset, births * to.amount);
    if (to.until >= 0)
      addToSums(ctx, v.second, w, to.profile, at + to.until,
                -births * to.amount);
  };
  int32_t at = dev::boundary(t.cells, lane);
  float below = dev::atBoundary(t.cells, at).below;
  float total = t.at(t.cells.count).below - ctx.laneFrom(below, 0);
  float scale = static_cast<float>(dev::kUnitMass) / total;
  int32_t before = 0; // lane 0: the rate of the cell before its own
  for (int32_t k = lane; k < t.padded; k += dev::kLanes) {
    int32_t next = dev::boundary(t.cells, k + 1);
    int32_t following = dev::boundary(t.cells, k + dev::kLanes);
    float later = dev::atBoundary(t.cells, following).below;
    // Lane 7's cell ends where lane 0's next one begins.
    float above =
        ctx.laneFrom(lane == 0 ? later : below, (lane + 1) & (dev::kLanes - 1));
    int32_t rate = dev::cellRate(above - below, scale, next - at);
    placed += rate * (next - at);
    int32_t left = ctx.laneFrom(rate, (lane - 1) & (dev::kLanes - 1));
    if (int32_t change = rate - (lane == 0 ? before : left))
      add(at, change);
    before = left;
    below = later;
    at = following;
  }
  if (lane == 0 && before != 0)
    add(at, -int64_t(before));
  int64_t rest = int64_t(dev::kUnitMass) - laneSum(ctx, placed);
  if (lane == 0 && rest != 0) {
    add(center, rest);
    add(center + 1, -rest);
  }
}

/// Births and deaths of every node into the profiles: eight threads a node,
/// v.nodesPerSums nodes a block.
struct AddEvents {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int64_t b = ctx.blockY(), rows = b * v.numProfiles * (v.numCycles + 2);
    int32_t begin = ctx.blockX() * v.nodesPerSums;
    int32_t end = dev::mini(v.n, begin + v.nodesPerSums);
    SharedSums w = openSums(ctx, v, rows, firstCycle(ctx, v, b, begin, end));
    for (int32_t i = begin + ctx.thread() / dev::kLanes; i < end;
         i += kNodesPerBlock)
      addNode(ctx, v, w, b, i);
    closeSums(ctx, v.second, w);
  }

private:
  /// Where the events of the nodes begin, or nearly.
  template <class Ctx>
  GAUS_KERNEL int32_t firstCycle(Ctx &ctx, const View &v, int64_t b,
                                 int32_t begin, int32_t end) {
    int32_t first = v.numCycles;
    for (int32_t i = begin + ctx.thread(); i < end; i += block) {
      float at = ctx.load(v.mean, b * v.n + i) -
                 4.0f * ctx.load(v.stddev, b * v.n + i);
      first =
          dev::mini(first, dev::maxi(dev::floorToInt(at), ctx.load(v.asap, i)));
    }
    return sumsBase(ctx, v, first);
  }

  template <class Ctx>
  GAUS_KERNEL void addNode(Ctx &ctx, const View &v, const SharedSums &w,
                           int64_t b, int32_t i) {
    int64_t at = b * v.n + i;
    float mean = ctx.load(v.mean, at);
    LaneCells t(mean, ctx.load(v.stddev, at), ctx.load(v.asap, i),
                ctx.load(v.alap, i));
    int32_t end = ctx.load(v.useBegin, i + 1);
    for (int32_t u = ctx.load(v.useBegin, i); u < end; ++u)
      if (int32_t p = ctx.load(v.profileOf, ctx.load(v.useResource, u)); p >= 0)
        addEvent(ctx, v, w, t, t.center(mean),
                 {p, 0, ctx.load(v.occupancy, i), ctx.load(v.profileUnits, u)});
    int64_t width = v.memoryProfile >= 0 ? ctx.load(v.profileWidth, i) : 0;
    if (width <= 0)
      return;
    addEvent(ctx, v, w, t, t.center(mean),
             {v.memoryProfile, ctx.load(v.bornAfter, i), -1, width});
    float lastMean = ctx.load(v.lastMean, at);
    LaneCells last(lastMean, ctx.load(v.lastStddev, at),
                   ctx.load(v.lastFirst, i), ctx.load(v.lastFinal, i));
    addEvent(ctx, v, w, last, last.center(lastMean),
             {v.memoryProfile, 0, -1, -width});
  }
};

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_EVENTS_H

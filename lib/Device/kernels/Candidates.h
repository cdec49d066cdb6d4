//===- Candidates.h - The kernels of exact costs ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// From legal starts to their exact cost and overuse, and the best ones kept;
/// see cpu::Candidate.
///
/// Grids: y over replicas, x over candidates times what each kernel says.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_CANDIDATES_H
#define GAUS_LIB_DEVICE_KERNELS_CANDIDATES_H

#include "Rounding.h"

namespace gaus::kernels {

/// Profiles and sums of the candidates to zero. Grid: x over the entries of all
/// candidates.
struct ClearCandidates {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int64_t size = int64_t(kCandidates) * v.numProfiles * (v.numCycles + 2);
    int64_t at = int64_t(ctx.blockX()) * block + ctx.thread(), b = ctx.blockY();
    if (at < size)
      ctx.store(v.candidateProfile, b * size + at, int64_t(0));
    if (at >= kCandidates)
      return;
    ctx.store(v.candidateOveruse, b * kCandidates + at, int64_t(0));
    ctx.store(v.candidateCost, b * kCandidates + at, v.alpha * v.commConstant);
    ctx.store(v.candidateEnd, b * kCandidates + at, int64_t(0));
  }
};

/// Uses and lives into the candidates' profiles, communication and length into
/// their sums: v.nodesPerSums nodes a block, a thread each; nodes with many
/// consumers have a warp each in further blocks.
struct AddCandidates {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t light = blocksOf(v.n, v.nodesPerSums);
    CandidateBlock c = candidateBlock(ctx, v, candidateBlocks(v));
    bool heavy = c.x >= light;
    int32_t begin = heavy ? 0 : c.x * v.nodesPerSums;
    int32_t end = heavy ? 0 : dev::mini(v.n, begin + v.nodesPerSums);
    int64_t rows = c.candidate * v.numProfiles * (v.numCycles + 2);
    int32_t first = v.numCycles;
    for (int32_t i = begin + ctx.thread(); i < end; i += block)
      first = dev::mini(first, ctx.load(v.starts, c.starts + i));
    SharedSums w = openSums(ctx, v, rows, sumsBase(ctx, v, first));
    Sums sums{0, 0};
    for (int32_t i = begin + ctx.thread(); i < end; i += block)
      if (outDegree(ctx, v, i) <= kHeavyDegree)
        addNode(ctx, v, w, c.starts, {i, 0, 1}, sums);
    if (heavy)
      if (EdgeTeam team = heavyTeam(ctx, v.heavyOut, c.x - light);
          team.node >= 0)
        addNode(ctx, v, w, c.starts, team, sums);
    closeSums(ctx, v.candidateProfile, w);
    addSums(ctx, v, c.candidate, sums);
  }

  /// Blocks a candidate.
  GAUS_HD static int32_t candidateBlocks(const View &v) {
    return blocksOf(v.n, v.nodesPerSums) +
           blocksOf(v.heavyOut.size, block / kWarp);
  }

private:
  struct Sums {
    int64_t communication, end;
  };

  template <class Ctx>
  GAUS_KERNEL void addNode(Ctx &ctx, const View &v, const SharedSums &w,
                           int64_t starts, const EdgeTeam &team, Sums &sums) {
    int32_t i = team.node, start = ctx.load(v.starts, starts + i);
    int32_t born = start + ctx.load(v.bornAfter, i);
    int64_t end = int64_t(start) + ctx.load(v.duration, i);
    sums.end = sums.end > end ? sums.end : end;
    if (team.first == 0)
      addUses(ctx, v, w, i, start);
    int64_t width = v.memoryWeight != 0 ? ctx.load(v.width, i) : 0;
    if (width == 0 && v.alpha == 0)
      return;
    int32_t last = born, stop = ctx.load(v.outBegin, i + 1);
    for (int32_t k = ctx.load(v.outBegin, i) + team.first; k < stop;
         k += team.stride) {
      int32_t at = ctx.load(v.starts, starts + ctx.load(v.outTarget, k));
      sums.communication += ctx.load(v.outWeight, k) * (at - start);
      if (int32_t shift = ctx.load(v.outShift, k); shift >= 0)
        last = dev::maxi(last, at + shift);
    }
    last = teamMax(ctx, team, last);
    if (width == 0 || team.first != 0)
      return;
    addToSums(ctx, v.candidateProfile, w, v.memoryProfile, born, width);
    addToSums(ctx, v.candidateProfile, w, v.memoryProfile, last, -width);
  }

  template <class Ctx>
  GAUS_KERNEL void addUses(Ctx &ctx, const View &v, const SharedSums &w,
                           int32_t i, int32_t start) {
    int32_t end = ctx.load(v.useBegin, i + 1);
    for (int32_t k = ctx.load(v.useBegin, i); k < end; ++k) {
      int32_t p = ctx.load(v.profileOf, ctx.load(v.useResource, k));
      if (p < 0)
        continue;
      int64_t units = ctx.load(v.useUnits, k);
      addToSums(ctx, v.candidateProfile, w, p, start, units);
      addToSums(ctx, v.candidateProfile, w, p, start + ctx.load(v.occupancy, i),
                -units);
    }
  }

  template <class Ctx>
  GAUS_KERNEL void addSums(Ctx &ctx, const View &v, int64_t candidate,
                           const Sums &mine) {
    if (v.alpha != 0) {
      int64_t sum = ctx.blockSum(mine.communication);
      if (ctx.thread() == 0)
        ctx.atomicAdd(v.candidateCost, candidate, v.alpha * sum);
    }
    if (v.lengthWeight != 0) {
      int64_t end = ctx.blockMax(mine.end);
      if (ctx.thread() == 0)
        ctx.atomicMax(v.candidateEnd, candidate, end);
    }
  }
};

/// A candidate's profile to its part of the cost and of the overuse. Grid: x
/// over candidates times profiles.
struct PriceCandidates {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    CandidateBlock c = candidateBlock(ctx, v, v.numProfiles);
    int64_t row =
        (c.candidate * v.numProfiles + c.x) * int64_t(v.numCycles + 2);
    int64_t peak = sumAndFold(ctx, v, row);
    int32_t resource = ctx.load(v.profiles, c.x).resource;
    int64_t limit = resource < 0 ? -1 : ctx.load(v.limit, resource);
    if (limit >= 0) {
      int64_t over = overuseOf(ctx, v, row, limit);
      if (ctx.thread() == 0)
        ctx.atomicAdd(v.candidateOveruse, c.candidate, over);
    }
    int64_t weight =
        resource < 0 ? v.memoryWeight : v.ratio * ctx.load(v.price, resource);
    if (ctx.thread() == 0)
      ctx.atomicAdd(v.candidateCost, c.candidate, weight * peak);
  }

private:
  /// One prefix sum, folded; returns the peak.
  template <class Ctx>
  GAUS_KERNEL int64_t sumAndFold(Ctx &ctx, const View &v, int64_t row) {
    int64_t before = 0, total = 0, peak = 0;
    for (int32_t base = 0; base < v.numCycles; base += block) {
      int32_t d = base + ctx.thread();
      bool mine = d < v.numCycles;
      int64_t x = mine ? ctx.load(v.candidateProfile, row + d) : 0;
      int64_t sum = before + ctx.blockScan(x, total);
      before += total;
      if (mine)
        ctx.store(v.candidateProfile, row + d, sum);
    }
    ctx.sync();
    for (int32_t s = ctx.thread(); s < v.slots && s < v.numCycles; s += block) {
      int64_t sum = 0;
      for (int32_t d = s; d < v.numCycles; d += v.slots)
        sum += ctx.load(v.candidateProfile, row + d);
      ctx.store(v.candidateProfile, row + s, sum);
      peak = sum > peak ? sum : peak;
    }
    return ctx.blockMax(peak);
  }

  template <class Ctx>
  GAUS_KERNEL int64_t overuseOf(Ctx &ctx, const View &v, int64_t row,
                                int64_t limit) {
    int64_t over = 0;
    for (int32_t s = ctx.thread(); s < v.slots; s += block) {
      int64_t more = ctx.load(v.candidateProfile, row + s) - limit;
      over += more > 0 ? more : 0;
    }
    return ctx.blockSum(over);
  }
};

/// Lanes of the traced loss, in the order that is part of the result: lane l
/// sums the nodes l, l + kLossBlocks * kLossLanes, ...; a block sums its lanes.
/// Grid: x over kLossBlocks, y over replicas.
struct LossParts {
  static constexpr int32_t block = kLossLanes;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int64_t b = ctx.blockY();
    double lane = 0;
    for (int32_t i = ctx.blockX() * block + ctx.thread(); i < v.n;
         i += kLossBlocks * block)
      lane +=
          double(ctx.load(v.commGradient, i)) * ctx.load(v.mean, b * v.n + i);
    auto lanes = ctx.template shared<double, block, 0>();
    ctx.put(lanes, ctx.thread(), lane);
    ctx.sync();
    if (ctx.thread() != 0)
      return;
    double sum = 0;
    for (int32_t k = 0; k < block; ++k)
      sum += ctx.get(lanes, k);
    ctx.store(v.lossParts, b * kLossBlocks + ctx.blockX(), sum);
  }
};

/// Finds the best candidate so far, and writes the period's trace. Grid: x over
/// replicas.
struct KeepBest {
  static constexpr int32_t block = 32;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t b = ctx.blockX() * block + ctx.thread();
    if (b >= v.replicas)
      return;
    ReplicaState s = ctx.load(v.state, b);
    s.chosen = -1;
    for (int32_t c = 0; c < kCandidates; ++c) {
      int64_t at = int64_t(b) * kCandidates + c;
      int64_t overuse = ctx.load(v.candidateOveruse, at);
      int64_t cost = ctx.load(v.candidateCost, at) +
                     v.lengthWeight * ctx.load(v.candidateEnd, at);
      if (s.hasBest && (overuse > s.bestOveruse ||
                        (overuse == s.bestOveruse && cost >= s.bestCost)))
        continue;
      s.hasBest = 1;
      s.bestOveruse = overuse;
      s.bestCost = cost;
      s.chosen = c;
    }
    TraceEntry entry{lossOf(ctx, v, b),
                     static_cast<double>(dev::bitsToFloat(s.violationBits)),
                     s.bestCost};
    ctx.store(v.trace, b * (v.trace.size / v.replicas) + s.periods, entry);
    ++s.periods;
    ctx.store(v.state, b, s);
  }

private:
  template <class Ctx>
  GAUS_KERNEL double lossOf(Ctx &ctx, const View &v, int64_t b) {
    double loss = 0;
    for (int32_t p = 0; p < v.numProfiles; ++p)
      loss += double(ctx.load(v.profiles, p).unitLoss) *
              ctx.load(v.peakValue, b * v.numProfiles + p);
    for (int32_t k = 0; k < kLossBlocks; ++k)
      loss += ctx.load(v.lossParts, b * kLossBlocks + k);
    return loss;
  }
};

/// Keeps the starts of the candidate that KeepBest chose.
struct CopyBest {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int64_t b = ctx.blockY();
    int32_t i = ctx.blockX() * block + ctx.thread();
    int32_t chosen = ctx.load(v.state, b).chosen;
    if (i < v.n && chosen >= 0)
      ctx.store(v.bestStarts, b * v.n + i,
                ctx.load(v.starts, (b * kCandidates + chosen) * v.n + i));
  }
};

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_CANDIDATES_H

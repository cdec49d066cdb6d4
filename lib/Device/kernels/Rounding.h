//===- Rounding.h - The kernels of a rounding -------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// From means to legal starts, their exact cost, and the best one kept; see
/// cpu::Candidate. A block a candidate: legalisation goes level by level, or,
/// with recurrences, round by round until nothing moves.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_ROUNDING_H
#define GAUS_LIB_DEVICE_KERNELS_ROUNDING_H

#include "Descent.h"

namespace gaus::kernels {

/// Grid: x over candidates, y over replicas.
struct LegalizeRoundings {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t index = ctx.blockX();
    int64_t nodes = int64_t(ctx.blockY()) * v.n;
    int64_t row = (int64_t(ctx.blockY()) * kCandidates + index) * v.n;
    float threshold = dev::roundingThreshold(index);
    for (int32_t i = ctx.thread(); i < v.n; i += block) {
      int32_t s = dev::floorToInt(ctx.load(v.mean, nodes + i) + threshold);
      s = dev::maxi(s, ctx.load(v.asap, i));
      ctx.store(v.starts, row + i, dev::mini(s, ctx.load(v.alap, i)));
    }
    ctx.sync();
    bool forward = index < 4;
    if (v.cyclic) {
      bool moved = true;
      while (moved) {
        moved = false;
        for (int32_t i = ctx.thread(); i < v.n; i += block)
          moved |= push(ctx, v, row, i, forward);
        moved = ctx.syncOr(moved);
      }
      return;
    }
    for (int32_t at = 0; at < v.numLevels; ++at) {
      int32_t level = forward ? at : v.numLevels - 1 - at;
      int32_t end = ctx.load(v.levelBegin, level + 1);
      for (int32_t k = ctx.load(v.levelBegin, level) + ctx.thread(); k < end;
           k += block)
        push(ctx, v, row, ctx.load(v.levelNode, k), forward);
      ctx.sync();
    }
  }

private:
  /// Moves a node as far as its neighbours ask; true if it moved.
  template <class Ctx>
  GAUS_KERNEL bool push(Ctx &ctx, const View &v, int64_t row, int32_t i,
                        bool forward) {
    int32_t now = ctx.load(v.starts, row + i), want = now;
    if (forward) {
      int32_t end = ctx.load(v.inBegin, i + 1);
      for (int32_t k = ctx.load(v.inBegin, i); k < end; ++k)
        want =
            dev::maxi(want, ctx.load(v.starts, row + ctx.load(v.inSource, k)) +
                                ctx.load(v.outGap, ctx.load(v.inPosition, k)));
    } else {
      int32_t end = ctx.load(v.outBegin, i + 1);
      for (int32_t k = ctx.load(v.outBegin, i); k < end; ++k)
        want =
            dev::mini(want, ctx.load(v.starts, row + ctx.load(v.outTarget, k)) -
                                ctx.load(v.outGap, k));
    }
    if (want != now)
      ctx.store(v.starts, row + i, want);
    return want != now;
  }
};

/// The exact cost of a candidate. Grid: x over candidates, y over replicas.
struct EvaluateRoundings {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int64_t candidate = int64_t(ctx.blockY()) * kCandidates + ctx.blockX();
    int64_t starts = candidate * v.n, row = candidate * (v.numCycles + 2);
    int64_t overuse = 0, cost = 0;
    for (int32_t r = 0; r < v.numResources; ++r) {
      int64_t limit = ctx.load(v.limit, r);
      if (v.ratio == 0 && limit < 0)
        continue;
      clear(ctx, v, row);
      addUses(ctx, v, starts, row, r);
      ctx.sync();
      int64_t peak = sumAndFold(ctx, v, row);
      if (limit >= 0)
        overuse += overuseOf(ctx, v, row, limit);
      cost += v.ratio * ctx.load(v.price, r) * peak;
      ctx.sync();
    }
    if (v.alpha != 0)
      cost += v.alpha * (v.commConstant + communication(ctx, v, starts));
    if (v.memoryWeight != 0) {
      clear(ctx, v, row);
      addLives(ctx, v, starts, row);
      ctx.sync();
      cost += v.memoryWeight * sumAndFold(ctx, v, row);
    }
    if (v.lengthWeight != 0)
      cost += v.lengthWeight * length(ctx, v, starts);
    if (ctx.thread() == 0) {
      ctx.store(v.candidateOveruse, candidate, overuse);
      ctx.store(v.candidateCost, candidate, cost);
    }
  }

private:
  template <class Ctx>
  GAUS_KERNEL void clear(Ctx &ctx, const View &v, int64_t row) {
    for (int32_t d = ctx.thread(); d < v.numCycles + 2; d += block)
      ctx.store(v.candidateProfile, row + d, int64_t(0));
    ctx.sync();
  }

  template <class Ctx>
  GAUS_KERNEL void addUses(Ctx &ctx, const View &v, int64_t starts, int64_t row,
                           int32_t resource) {
    for (int32_t i = ctx.thread(); i < v.n; i += block) {
      int32_t end = ctx.load(v.useBegin, i + 1);
      for (int32_t k = ctx.load(v.useBegin, i); k < end; ++k) {
        if (ctx.load(v.useResource, k) != resource)
          continue;
        int64_t units = ctx.load(v.useUnits, k);
        int64_t at = row + ctx.load(v.starts, starts + i);
        ctx.atomicAdd(v.candidateProfile, at, units);
        ctx.atomicAdd(v.candidateProfile, at + ctx.load(v.occupancy, i),
                      -units);
      }
    }
  }

  template <class Ctx>
  GAUS_KERNEL void addLives(Ctx &ctx, const View &v, int64_t starts,
                            int64_t row) {
    for (int32_t i = ctx.thread(); i < v.n; i += block) {
      int64_t width = ctx.load(v.width, i);
      if (width == 0)
        continue;
      int32_t born = ctx.load(v.starts, starts + i) + ctx.load(v.span, i) - 1;
      int32_t last = born, end = ctx.load(v.outBegin, i + 1);
      for (int32_t k = ctx.load(v.outBegin, i); k < end; ++k)
        if (int32_t shift = ctx.load(v.outShift, k); shift >= 0)
          last = dev::maxi(
              last,
              ctx.load(v.starts, starts + ctx.load(v.outTarget, k)) + shift);
      ctx.atomicAdd(v.candidateProfile, row + born, width);
      ctx.atomicAdd(v.candidateProfile, row + last, -width);
    }
  }

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

  template <class Ctx>
  GAUS_KERNEL int64_t communication(Ctx &ctx, const View &v, int64_t starts) {
    int64_t sum = 0;
    for (int32_t k = ctx.thread(); k < v.m; k += block)
      sum += ctx.load(v.outWeight, k) *
             (ctx.load(v.starts, starts + ctx.load(v.outTarget, k)) -
              ctx.load(v.starts, starts + ctx.load(v.outSource, k)));
    return ctx.blockSum(sum);
  }

  template <class Ctx>
  GAUS_KERNEL int64_t length(Ctx &ctx, const View &v, int64_t starts) {
    int64_t end = 0;
    for (int32_t i = ctx.thread(); i < v.n; i += block) {
      int64_t e = ctx.load(v.starts, starts + i) + ctx.load(v.span, i);
      end = e > end ? e : end;
    }
    return ctx.blockMax(end);
  }
};

/// The best candidate so far, and the period's trace. Grid: y over replicas.
struct KeepBest {
  static constexpr int32_t block = kLossLanes;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t b = ctx.blockY();
    ReplicaState s = ctx.load(v.state, b);
    // Every thread finds the same one.
    int32_t best = -1;
    for (int32_t c = 0; c < kCandidates; ++c) {
      int64_t at = int64_t(b) * kCandidates + c;
      int64_t overuse = ctx.load(v.candidateOveruse, at);
      int64_t cost = ctx.load(v.candidateCost, at);
      if (s.hasBest && (overuse > s.bestOveruse ||
                        (overuse == s.bestOveruse && cost >= s.bestCost)))
        continue;
      s.hasBest = 1;
      s.bestOveruse = overuse;
      s.bestCost = cost;
      best = c;
    }
    if (best >= 0)
      for (int32_t i = ctx.thread(); i < v.n; i += block)
        ctx.store(
            v.bestStarts, int64_t(b) * v.n + i,
            ctx.load(v.starts, (int64_t(b) * kCandidates + best) * v.n + i));
    double loss = lossOf(ctx, v, b);
    ctx.sync();
    if (ctx.thread() != 0)
      return;
    TraceEntry entry{loss,
                     static_cast<double>(dev::bitsToFloat(s.violationBits)),
                     s.bestCost};
    ctx.store(v.trace, b * (v.trace.size / v.replicas) + s.periods, entry);
    ++s.periods;
    ctx.store(v.state, b, s);
  }

private:
  /// The smooth loss; thread 0 has it. Lane l sums the nodes l, l + 256, ...
  template <class Ctx>
  GAUS_KERNEL double lossOf(Ctx &ctx, const View &v, int32_t b) {
    double lane = 0;
    for (int32_t i = ctx.thread(); i < v.n; i += block)
      lane += double(ctx.load(v.commGradient, i)) *
              ctx.load(v.mean, int64_t(b) * v.n + i);
    auto lanes = ctx.template shared<double, block, 0>();
    ctx.put(lanes, ctx.thread(), lane);
    ctx.sync();
    double loss = 0;
    if (ctx.thread() == 0) {
      for (int32_t p = 0; p < v.numProfiles; ++p)
        loss += double(ctx.load(v.profiles, p).unitLoss) *
                ctx.load(v.peakValue, int64_t(b) * v.numProfiles + p);
      for (int32_t k = 0; k < block; ++k)
        loss += ctx.get(lanes, k);
    }
    return loss;
  }
};

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_ROUNDING_H

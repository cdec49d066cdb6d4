//===- Descent.h - The kernels of a descent step ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One body for two machines: every kernel is a struct with the number of
/// threads of a block and a template over the context, which is the GPU's
/// (lib/Device/cuda) or the host's (lib/Device/simt). They compute the very
/// bits of lib/Device/cpu: sums between threads are integers, sums of floats
/// run in eight lanes and a butterfly.
///
/// Grids: x over nodes, edges or profiles, y over replicas.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_DESCENT_H
#define GAUS_LIB_DEVICE_KERNELS_DESCENT_H

#include "View.h"

#ifdef __CUDACC__
#define GAUS_KERNEL static __device__ __forceinline__
#else
#define GAUS_KERNEL static inline
#endif

namespace gaus::kernels {

inline constexpr int32_t kBlock = 256;
inline constexpr int32_t kNodesPerBlock = kBlock / dev::kLanes;

/// Scalars of the step that begins: one thread a replica.
struct BeginStep {
  static constexpr int32_t block = 32;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t b = ctx.blockX() * block + ctx.thread();
    if (b >= v.replicas)
      return;
    ReplicaState s = ctx.load(v.state, b);
    ++s.step;
    Step step = ctx.load(v.stepTable, s.step);
    s.penalty = s.rho * s.meanGradient * step.now.penaltyGrowth;
    s.gradientSum = 0;
    s.violationBits = 0;
    ctx.store(v.state, b, s);
  }
};

/// Zeroes the second differences of all profiles.
struct ClearProfiles {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int64_t size = int64_t(v.numProfiles) * (v.numCycles + 2);
    int64_t at = int64_t(ctx.blockX()) * block + ctx.thread();
    if (at < size)
      ctx.store(v.second, ctx.blockY() * size + at, int64_t(0));
  }
};

/// stddev of every node by the schedule.
struct Stddevs {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t i = ctx.blockX() * block + ctx.thread(), b = ctx.blockY();
    if (i >= v.n)
      return;
    Step step = ctx.load(v.stepTable, ctx.load(v.state, b).step);
    int64_t at = int64_t(b) * v.n + i;
    float stddev = dev::scheduledStddev(
        step.now.kappa, ctx.load(v.alap, i) - ctx.load(v.asap, i),
        ctx.load(v.stddevFactor, at), v.stddevFloor);
    ctx.store(v.stddev, at, stddev);
  }
};

/// A distribution as its eight lanes see it: lane l has the cells l, l + 8, ...
struct LaneCells {
  dev::Cells cells;
  float total, totalDensity;
  int32_t center, padded;

  GAUS_HD LaneCells(float mean, float stddev, int32_t earliest, int32_t latest)
      : cells(dev::makeCells(mean, stddev, earliest, latest)) {
    dev::NormalPoint first = dev::atBoundary(cells, dev::boundary(cells, 0));
    dev::NormalPoint last =
        dev::atBoundary(cells, dev::boundary(cells, cells.count));
    total = last.below - first.below;
    totalDensity = last.density - first.density;
    center = dev::mini(dev::maxi(dev::floorToInt(mean + 0.5f), cells.first),
                       cells.last);
    padded = (cells.count + dev::kLanes - 1) & -dev::kLanes;
  }
};

/// The sum of an integer over the eight lanes of a node.
template <class Ctx, class T> GAUS_KERNEL T laneSum(Ctx &ctx, T x) {
  x += ctx.shuffleXor(x, 4);
  x += ctx.shuffleXor(x, 2);
  x += ctx.shuffleXor(x, 1);
  return x;
}

/// Adds the distribution's births to a profile; see cpu::addEvent. All lanes of
/// the warp come here; only those with `active` add.
template <class Ctx>
GAUS_KERNEL void addEvent(Ctx &ctx, const View &v, bool active,
                          const LaneCells &t, int64_t amount, int64_t row) {
  int32_t lane = ctx.thread() & (dev::kLanes - 1), placed = 0;
  float scale = static_cast<float>(dev::kUnitMass) / t.total;
  if (active)
    for (int32_t k = lane; k < t.padded; k += dev::kLanes) {
      int32_t at = dev::boundary(t.cells, k);
      int32_t next = dev::boundary(t.cells, k + 1);
      float mass = dev::atBoundary(t.cells, next).below -
                   dev::atBoundary(t.cells, at).below;
      int32_t rate = dev::cellRate(mass, scale, next - at);
      placed += rate * (next - at);
      if (k < t.cells.count) {
        ctx.atomicAdd(v.second, row + at, int64_t(rate) * amount);
        ctx.atomicAdd(v.second, row + next, -int64_t(rate) * amount);
      }
    }
  int64_t rest = int64_t(dev::kUnitMass) - laneSum(ctx, placed);
  if (active && lane == 0) {
    ctx.atomicAdd(v.second, row + t.center, rest * amount);
    ctx.atomicAdd(v.second, row + t.center + 1, -rest * amount);
  }
}

/// Softmax over the consumers: mean and stddev of the last use. The weights are
/// summed in fixed point; one thread a node.
struct LastUses {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t i = ctx.blockX() * block + ctx.thread();
    if (i >= v.n || ctx.load(v.profileWidth, i) <= 0)
      return;
    int64_t nodes = int64_t(ctx.blockY()) * v.n;
    int64_t edges = int64_t(ctx.blockY()) * v.m;
    int32_t begin = ctx.load(v.outBegin, i), end = ctx.load(v.outBegin, i + 1);
    float largest = -1e30f;
    for (int32_t k = begin; k < end; ++k)
      if (int32_t shift = ctx.load(v.outShift, k); shift >= 0)
        largest = dev::maxf(largest,
                            ctx.load(v.mean, nodes + ctx.load(v.outTarget, k)) +
                                static_cast<float>(shift));
    int64_t total = 0, spread = 0;
    for (int32_t k = begin; k < end; ++k) {
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
    float norm = dev::kUseShareUnit / static_cast<float>(total);
    for (int32_t k = begin; k < end; ++k)
      ctx.store(v.share, edges + k, ctx.load(v.share, edges + k) * norm);
    float stddev =
        static_cast<float>(spread) / (static_cast<float>(total) * 256.0f);
    ctx.store(v.lastMean, nodes + i, largest);
    ctx.store(v.lastStddev, nodes + i, dev::maxf(stddev, v.stddevFloor));
  }
};

/// Births and deaths of every node into the profiles: eight threads a node.
struct AddEvents {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t i = ctx.blockX() * kNodesPerBlock + ctx.thread() / dev::kLanes;
    bool active = i < v.n;
    i = active ? i : v.n - 1;
    int64_t b = ctx.blockY(), at = b * v.n + i;
    int64_t size = v.numCycles + 2, rows = b * v.numProfiles * size;
    LaneCells t(ctx.load(v.mean, at), ctx.load(v.stddev, at),
                ctx.load(v.asap, i), ctx.load(v.alap, i));
    // The nodes of a warp have different numbers of uses; all take part in the
    // shuffles of all.
    int32_t begin = ctx.load(v.useBegin, i);
    int32_t uses = active ? ctx.load(v.useBegin, i + 1) - begin : 0;
    int32_t most = ctx.warpMax(uses);
    for (int32_t u = 0; u < most; ++u) {
      int32_t p = -1;
      int64_t amount = 0;
      if (u < uses) {
        p = ctx.load(v.profileOf, ctx.load(v.useResource, begin + u));
        amount = ctx.load(v.profileUnits, begin + u);
      }
      bool mine = p >= 0;
      int64_t row = rows + (mine ? p : 0) * size;
      addEvent(ctx, v, mine, t, amount, row);
      addEvent(ctx, v, mine, t, -amount, row + ctx.load(v.occupancy, i));
    }
    if (v.memoryProfile < 0)
      return;
    int64_t width = ctx.load(v.profileWidth, i);
    bool live = active && width > 0;
    int64_t row = rows + v.memoryProfile * size;
    addEvent(ctx, v, live, t, width, row + ctx.load(v.span, i) - 1);
    LaneCells last(live ? ctx.load(v.lastMean, at) : 0.0f,
                   live ? ctx.load(v.lastStddev, at) : 1.0f,
                   live ? ctx.load(v.lastFirst, i) : 0,
                   live ? ctx.load(v.lastFinal, i) : 0);
    addEvent(ctx, v, live, last, -width, row);
  }
};

/// Violations of dependences and their forces: one thread an edge.
struct EdgeForces {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t k = ctx.blockX() * block + ctx.thread(), b = ctx.blockY();
    if (k >= v.m)
      return;
    int64_t nodes = int64_t(b) * v.n, at = int64_t(b) * v.m + k;
    float violation = ctx.load(v.mean, nodes + ctx.load(v.outSource, k)) +
                      static_cast<float>(ctx.load(v.outGap, k)) -
                      ctx.load(v.mean, nodes + ctx.load(v.outTarget, k));
    if (violation > 0)
      ctx.maxViolation(v.state, b, violation);
    float penalty = ctx.load(v.state, b).penalty;
    ctx.store(v.force, at,
              dev::maxf(0.0f, dev::fma(penalty, violation,
                                       ctx.load(v.multiplier, at))));
  }
};

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
/// `value(k)` is called with active lanes only; all lanes of a warp come here.
template <class Ctx, class Value>
GAUS_KERNEL float meanGradient(Ctx &ctx, bool active, const LaneCells &t,
                               const Value &value) {
  int32_t lane = ctx.thread() & (dev::kLanes - 1);
  float byMass = 0, bySlope = 0;
  float reference = active ? value(0) : 0.0f;
  if (active)
    for (int32_t k = lane; k < t.padded; k += dev::kLanes) {
      dev::NormalPoint low =
          dev::atBoundary(t.cells, dev::boundary(t.cells, k));
      dev::NormalPoint high =
          dev::atBoundary(t.cells, dev::boundary(t.cells, k + 1));
      float x = value(k) - reference;
      byMass = dev::fma(high.below - low.below, x, byMass);
      bySlope = dev::fma(high.density - low.density, x, bySlope);
    }
  float a = laneSum(ctx, byMass), b = laneSum(ctx, bySlope);
  float inverse = 1.0f / t.total;
  float inner = dev::fma(-t.totalDensity * inverse, a, b);
  return -(t.cells.invStddev * inverse) * inner;
}

/// Prices to gradients: eight threads a node.
struct NodeGradients {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t i = ctx.blockX() * kNodesPerBlock + ctx.thread() / dev::kLanes;
    bool active = i < v.n, leader = (ctx.thread() & (dev::kLanes - 1)) == 0;
    i = active ? i : v.n - 1;
    int64_t b = ctx.blockY(), at = b * v.n + i, size = v.numCycles + 2;
    int64_t rows = b * v.numProfiles * size;
    int64_t width = v.memoryProfile >= 0 ? ctx.load(v.profileWidth, i) : 0;
    bool live = active && width > 0;
    float amount = 0;
    int64_t memory = rows;
    if (v.memoryProfile >= 0) {
      ProfileInfo p = ctx.load(v.profiles, v.memoryProfile);
      amount = static_cast<float>(width) * p.unitLoss * p.unit;
      memory += v.memoryProfile * size;
      LaneCells last(live ? ctx.load(v.lastMean, at) : 0.0f,
                     live ? ctx.load(v.lastStddev, at) : 1.0f,
                     live ? ctx.load(v.lastFirst, i) : 0,
                     live ? ctx.load(v.lastFinal, i) : 0);
      float g = meanGradient(ctx, live, last, [&](int32_t k) {
        return cellValue(ctx, v, last.cells, k, memory, -amount, 0.0f);
      });
      if (live && leader)
        ctx.store(v.lastGradient, at, g);
    }
    int32_t asap = ctx.load(v.asap, i), alap = ctx.load(v.alap, i);
    bool moves = active && asap < alap;
    LaneCells t(ctx.load(v.mean, at), ctx.load(v.stddev, at), asap, alap);
    float g = meanGradient(ctx, moves, t, [&](int32_t k) {
      return valueOf(ctx, v, t.cells, k, i, rows, live, memory, amount);
    });
    if (active && leader) {
      float gradient = ctx.load(v.commGradient, i);
      if (moves)
        gradient += g;
      ctx.store(v.gradient, at, gradient);
    }
  }

private:
  template <class Ctx>
  GAUS_KERNEL float valueOf(Ctx &ctx, const View &v, const dev::Cells &c,
                            int32_t k, int32_t i, int64_t rows, bool live,
                            int64_t memory, float memoryAmount) {
    float value = 0;
    int64_t size = v.numCycles + 2;
    if (live)
      value = cellValue(ctx, v, c, k, memory + ctx.load(v.span, i) - 1,
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

/// Adds what the neighbours contribute and takes Adam's step: a thread a node.
struct TakeStep {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t i = ctx.blockX() * block + ctx.thread(), b = ctx.blockY();
    int64_t size = 0;
    if (i < v.n)
      size = move(ctx, v, i, b);
    // The mean gradient of the next step; integers, so that order is free.
    int64_t sum = ctx.blockSum(size);
    if (ctx.thread() == 0)
      ctx.addGradientSum(v.state, b, sum);
  }

private:
  template <class Ctx>
  GAUS_KERNEL int64_t move(Ctx &ctx, const View &v, int32_t i, int32_t b) {
    int64_t nodes = int64_t(b) * v.n, edges = int64_t(b) * v.m, at = nodes + i;
    int64_t objective = dev::toFixed(ctx.load(v.gradient, at)), push = 0;
    int32_t end = ctx.load(v.outBegin, i + 1);
    for (int32_t k = ctx.load(v.outBegin, i); k < end; ++k)
      push += dev::toFixed(ctx.load(v.force, edges + k));
    end = ctx.load(v.inBegin, i + 1);
    for (int32_t k = ctx.load(v.inBegin, i); k < end; ++k) {
      int64_t from = edges + ctx.load(v.inPosition, k);
      push -= dev::toFixed(ctx.load(v.force, from));
      if (v.memoryProfile >= 0)
        objective += dev::toFixed(
            ctx.load(v.lastGradient, nodes + ctx.load(v.inSource, k)) *
            ctx.load(v.share, from));
    }
    Step step = ctx.load(v.stepTable, ctx.load(v.state, b).step);
    int32_t asap = ctx.load(v.asap, i), alap = ctx.load(v.alap, i);
    if (asap < alap) {
      float moment = ctx.load(v.moment, at),
            variance = ctx.load(v.variance, at);
      float mean =
          dev::adamStep(ctx.load(v.mean, at), dev::fromFixed(objective + push),
                        moment, variance, asap, alap, step.now);
      ctx.store(v.moment, at, moment);
      ctx.store(v.variance, at, variance);
      ctx.store(v.mean, at, mean);
    }
    if (step.snapshot >= 0)
      ctx.store(v.snapshots,
                (int64_t(b) * kMaxSnapshots + step.snapshot) * v.n + i,
                ctx.load(v.mean, at));
    return objective < 0 ? -objective : objective;
  }
};

/// The mean gradient for the next step's penalty: a thread a replica.
struct EndStep {
  static constexpr int32_t block = 32;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t b = ctx.blockX() * block + ctx.thread();
    if (b >= v.replicas)
      return;
    ReplicaState s = ctx.load(v.state, b);
    s.meanGradient = dev::fromFixed(s.gradientSum) / static_cast<float>(v.n);
    ctx.store(v.state, b, s);
  }
};

/// Multipliers take the present forces: a thread an edge or a slot.
struct UpdateMultipliers {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int64_t k = int64_t(ctx.blockX()) * block + ctx.thread();
    int64_t b = ctx.blockY(), slots = int64_t(v.numProfiles) * v.slots;
    if (k < v.m)
      ctx.store(v.multiplier, b * v.m + k, ctx.load(v.force, b * v.m + k));
    else if (k < v.m + slots)
      ctx.store(v.slotMultiplier, b * slots + k - v.m,
                ctx.load(v.slotForce, b * slots + k - v.m));
  }
};

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_DESCENT_H

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
/// Grids: y over replicas, x as each kernel says, by default over nodes.
///
/// Here are the kernels around a step: its parameters, constraints, and the
/// move. Its others are in Events.h, Profiles.h and Gradients.h.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_DESCENT_H
#define GAUS_LIB_DEVICE_KERNELS_DESCENT_H

#include "Teams.h"

namespace gaus::kernels {

/// Scalars of the step that begins: one thread a replica.
struct BeginStep {
  static constexpr int32_t block = 32;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t b = ctx.blockX() * block + ctx.thread();
    if (b >= v.replicas)
      return;
    ReplicaState s = ctx.load(v.state, b);
    ++s.step;
    Step step = ctx.load(v.steps, s.step);
    s.penalty = s.rho * s.meanGradient * step.now.penaltyGrowth;
    s.gradientSum = 0;
    s.violationBits = 0;
    ctx.store(v.state, b, s);
  }
};

/// stddev of every node by the schedule, and second differences of all
/// profiles to zero. Grid: x over nodes or entries, whatever is more.
struct PrepareStep {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int64_t i = int64_t(ctx.blockX()) * block + ctx.thread(), b = ctx.blockY();
    int64_t size = int64_t(v.numProfiles) * (v.numCycles + 2);
    if (i < size)
      ctx.store(v.second, b * size + i, int64_t(0));
    if (i >= v.n)
      return;
    Step step = ctx.load(v.steps, ctx.load(v.state, b).step);
    int64_t at = b * v.n + i;
    float stddev = dev::scheduledStddev(
        step.now.kappa, ctx.load(v.alap, i) - ctx.load(v.asap, i),
        ctx.load(v.stddevFactor, at), v.stddevFloor);
    ctx.store(v.stddev, at, stddev);
  }
};

/// Violations of dependences and their forces: one thread an edge.
struct EdgeForces {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t k = ctx.blockX() * block + ctx.thread(), b = ctx.blockY();
    ReplicaState state = ctx.load(v.state, b);
    float violation = k < v.m ? force(ctx, v, k, b, state.penalty) : 0.0f;
    // Floats that are not negative are in the order of their bits.
    int32_t most = ctx.warpMax(dev::floatToBits(dev::maxf(violation, 0.0f)));
    if (ctx.thread() % kWarp == 0 && most > state.violationBits)
      ctx.maxViolation(v.state, b, most);
  }

private:
  /// Stores the force and returns the violation.
  template <class Ctx>
  GAUS_KERNEL float force(Ctx &ctx, const View &v, int32_t k, int32_t b,
                          float penalty) {
    int64_t nodes = int64_t(b) * v.n, at = int64_t(b) * v.m + k;
    float violation = ctx.load(v.mean, nodes + ctx.load(v.outSource, k)) +
                      static_cast<float>(ctx.load(v.outGap, k)) -
                      ctx.load(v.mean, nodes + ctx.load(v.outTarget, k));
    ctx.store(v.force, at,
              dev::maxf(0.0f, dev::fma(penalty, violation,
                                       ctx.load(v.multiplier, at))));
    return violation;
  }
};

/// Adds what the neighbours contribute and takes Adam's step. Grid: x over
/// teams.
struct TakeStep {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    EdgeTeam team = edgeTeam(ctx, v, v.heavy, [&](int32_t node) {
      return outDegree(ctx, v, node) + ctx.load(v.inBegin, node + 1) -
             ctx.load(v.inBegin, node);
    });
    int64_t size = team.node >= 0 ? move(ctx, v, team, ctx.blockY()) : 0;
    // The mean gradient of the next step; integers, so that order is free.
    int64_t sum = ctx.blockSum(size);
    if (ctx.thread() == 0)
      ctx.addGradientSum(v.state, ctx.blockY(), sum);
  }

private:
  /// Returns the objective's gradient without its sign, on one thread of the
  /// team.
  template <class Ctx>
  GAUS_KERNEL int64_t move(Ctx &ctx, const View &v, const EdgeTeam &team,
                           int32_t b) {
    int32_t i = team.node;
    int64_t nodes = int64_t(b) * v.n, edges = int64_t(b) * v.m, at = nodes + i;
    int64_t objective = 0, push = 0;
    int32_t end = ctx.load(v.outBegin, i + 1);
    for (int32_t k = ctx.load(v.outBegin, i) + team.first; k < end;
         k += team.stride)
      push += dev::toFixed(ctx.load(v.force, edges + k));
    end = ctx.load(v.inBegin, i + 1);
    for (int32_t k = ctx.load(v.inBegin, i) + team.first; k < end;
         k += team.stride) {
      int64_t from = edges + ctx.load(v.inPosition, k);
      push -= dev::toFixed(ctx.load(v.force, from));
      if (v.memoryProfile >= 0)
        objective += dev::toFixed(
            ctx.load(v.lastGradient, nodes + ctx.load(v.inSource, k)) *
            ctx.load(v.share, from));
    }
    push = teamSum(ctx, team, push);
    objective =
        teamSum(ctx, team, objective) + dev::toFixed(ctx.load(v.gradient, at));
    if (team.first != 0)
      return 0;
    Step step = ctx.load(v.steps, ctx.load(v.state, b).step);
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

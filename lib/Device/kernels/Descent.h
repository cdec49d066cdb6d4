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
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_DESCENT_H
#define GAUS_LIB_DEVICE_KERNELS_DESCENT_H

#include "Window.h"

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
GAUS_KERNEL EdgeTeam heavyTeam(Ctx &ctx, const Span<const int32_t> &heavy,
                               int32_t x) {
  int64_t at = int64_t(x) * (kBlock / kWarp) + ctx.thread() / kWarp;
  return {at < heavy.size ? ctx.load(heavy, at) : -1, ctx.thread() % kWarp,
          kWarp};
}

/// A node that is in `heavy` must have more than kHeavyDegree of the edges that
/// `degree` counts, and no other node may.
template <class Ctx, class Degree>
GAUS_KERNEL EdgeTeam edgeTeam(Ctx &ctx, const View &v,
                              const Span<const int32_t> &heavy,
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
GAUS_KERNEL void addEvent(Ctx &ctx, const View &v, const Window &w,
                          const LaneCells &t, int32_t center,
                          const EventTarget &to) {
  int32_t lane = ctx.thread() & (dev::kLanes - 1), placed = 0;
  auto add = [&](int32_t at, int64_t births) {
    addToWindow(ctx, v.second, w, to.profile, at + to.offset,
                births * to.amount);
    if (to.until >= 0)
      addToWindow(ctx, v.second, w, to.profile, at + to.until,
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
/// v.nodesPerWindow nodes a block.
struct AddEvents {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int64_t b = ctx.blockY(), rows = b * v.numProfiles * (v.numCycles + 2);
    int32_t begin = ctx.blockX() * v.nodesPerWindow;
    int32_t end = dev::mini(v.n, begin + v.nodesPerWindow);
    Window w = openWindow(ctx, v, rows, firstCycle(ctx, v, b, begin, end));
    for (int32_t i = begin + ctx.thread() / dev::kLanes; i < end;
         i += kNodesPerBlock)
      addNode(ctx, v, w, b, i);
    closeWindow(ctx, v.second, w);
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
    return windowBase(ctx, v, first);
  }

  template <class Ctx>
  GAUS_KERNEL void addNode(Ctx &ctx, const View &v, const Window &w, int64_t b,
                           int32_t i) {
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
             {v.memoryProfile, ctx.load(v.span, i) - 1, -1, width});
    float lastMean = ctx.load(v.lastMean, at);
    LaneCells last(lastMean, ctx.load(v.lastStddev, at),
                   ctx.load(v.lastFirst, i), ctx.load(v.lastFinal, i));
    addEvent(ctx, v, w, last, last.center(lastMean),
             {v.memoryProfile, 0, -1, -width});
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

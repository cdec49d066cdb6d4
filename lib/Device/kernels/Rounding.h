//===- Rounding.h - The kernels from means to legal starts ------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Rounding and legalisation; see cpu::Candidate. Legalisation goes level by
/// level (see KernelPlan): a launch a level where levels are wide, else a block
/// a candidate. With recurrences a block goes round by round until nothing
/// moves; the starts it ends with do not depend on the order.
///
/// Grids: y over replicas, x over candidates times what each kernel says.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_ROUNDING_H
#define GAUS_LIB_DEVICE_KERNELS_ROUNDING_H

#include "Teams.h"

namespace gaus::kernels {

/// Place of a candidate's starts, and of its part of an x grid of `blocks`
/// blocks a candidate.
struct CandidateBlock {
  int32_t index, x;
  int64_t candidate, starts;
};
template <class Ctx>
GAUS_KERNEL CandidateBlock candidateBlock(Ctx &ctx, const View &v,
                                          int32_t blocks) {
  int32_t index = ctx.blockX() / blocks;
  int64_t candidate = int64_t(ctx.blockY()) * kCandidates + index;
  return {index, ctx.blockX() % blocks, candidate, candidate * v.n};
}
/// Candidates push forward or backward in time.
GAUS_HD bool pushesForward(int32_t index) { return index < kCandidates / 2; }

/// Means to whole cycles: a thread a node, all its candidates.
struct RoundMeans {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int32_t i = ctx.blockX() * block + ctx.thread();
    if (i >= v.n)
      return;
    int64_t b = ctx.blockY();
    float mean = ctx.load(v.mean, b * v.n + i);
    int32_t asap = ctx.load(v.asap, i), alap = ctx.load(v.alap, i);
    for (int32_t c = 0; c < kCandidates; ++c) {
      int32_t s = dev::floorToInt(mean + dev::roundingThreshold(c));
      ctx.store(v.starts, (b * kCandidates + c) * v.n + i,
                dev::mini(dev::maxi(s, asap), alap));
    }
  }
};

/// A node with the edges into it, the first ones fetched: operations have few
/// operands, but a value can have a thousand consumers, so both directions go
/// along the edges into a node. Forward, a node looks at its producers;
/// backward, it pushes them.
struct PushItem {
  static constexpr int32_t fetched = 2;
  int32_t node, begin, end; ///< node -1 = none
  int32_t source[fetched], gap[fetched];
};

template <class Ctx>
GAUS_KERNEL PushItem pushItem(Ctx &ctx, const View &v, int32_t i) {
  PushItem item{i, ctx.load(v.inBegin, i), ctx.load(v.inBegin, i + 1), {}, {}};
  for (int32_t k = 0; k < PushItem::fetched; ++k)
    if (item.begin + k < item.end) {
      item.source[k] = ctx.load(v.inSource, item.begin + k);
      item.gap[k] = ctx.load(v.inGap, item.begin + k);
    }
  return item;
}

/// `f(place of the producer's start, gap)` for every edge into the node.
template <class Ctx, class F>
GAUS_KERNEL void forProducers(Ctx &ctx, const View &v, int64_t starts,
                              const PushItem &item, const F &f) {
  for (int32_t k = 0; k < PushItem::fetched; ++k)
    if (item.begin + k < item.end)
      f(starts + item.source[k], item.gap[k]);
  for (int32_t k = item.begin + PushItem::fetched; k < item.end; ++k)
    f(starts + ctx.load(v.inSource, k), ctx.load(v.inGap, k));
}

/// Moves a node as far as its producers ask, or those as far as it asks; true
/// if something moved.
template <class Ctx>
GAUS_KERNEL bool push(Ctx &ctx, const View &v, int64_t starts,
                      const PushItem &item, bool forward) {
  int64_t at = starts + item.node;
  int32_t now = ctx.load(v.starts, at), want = now;
  if (forward) {
    forProducers(ctx, v, starts, item, [&](int64_t from, int32_t gap) {
      want = dev::maxi(want, ctx.load(v.starts, from) + gap);
    });
    if (want != now)
      ctx.store(v.starts, at, want);
    return want != now;
  }
  bool moved = false;
  forProducers(ctx, v, starts, item, [&](int64_t from, int32_t gap) {
    // Starts only fall: one that was low enough still is.
    if (ctx.load(v.starts, from) <= now - gap)
      return;
    ctx.atomicMin(v.starts, from, now - gap);
    moved = true;
  });
  return moved;
}

/// One level, v.level counted from the candidate's side: a thread a node.
struct LegalizeLevel {
  static constexpr int32_t block = kBlock;
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    CandidateBlock c = candidateBlock(ctx, v, v.levelBlocks);
    bool forward = pushesForward(c.index);
    int32_t level = forward ? v.level : v.numLevels - 1 - v.level;
    int32_t k = ctx.load(v.levelBegin, level) + c.x * block + ctx.thread();
    if (k < ctx.load(v.levelBegin, level + 1))
      push(ctx, v, c.starts, pushItem(ctx, v, ctx.load(v.levelNode, k)),
           forward);
  }
};

/// All levels: a block a candidate.
template <int32_t Threads> struct LegalizeBy {
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    CandidateBlock c = candidateBlock(ctx, v, 1);
    if (v.cyclic)
      settle(ctx, v, c.starts, pushesForward(c.index));
    else
      descend(ctx, v, c.starts, pushesForward(c.index));
  }

private:
  template <class Ctx>
  GAUS_KERNEL void settle(Ctx &ctx, const View &v, int64_t starts,
                          bool forward) {
    for (bool moved = true; moved;) {
      moved = false;
      for (int32_t i = ctx.thread(); i < v.n; i += Threads)
        moved |= push(ctx, v, starts, pushItem(ctx, v, i), forward);
      moved = ctx.syncOr(moved);
    }
  }

  /// A level takes a few hundred nanoseconds, most of it waiting for memory, so
  /// the next level's nodes are fetched before this one's barrier.
  template <class Ctx>
  GAUS_KERNEL void descend(Ctx &ctx, const View &v, int64_t starts,
                           bool forward) {
    Level next = fetch(ctx, v, 0, forward);
    for (int32_t at = 0; at < v.numLevels; ++at) {
      Level level = next;
      next = fetch(ctx, v, at + 1, forward);
      if (level.item.node >= 0)
        push(ctx, v, starts, level.item, forward);
      for (int32_t k = level.rest; k < level.end; k += Threads)
        push(ctx, v, starts, pushItem(ctx, v, ctx.load(v.levelNode, k)),
             forward);
      ctx.sync();
    }
  }

  /// The thread's first node of a level, and where its others are.
  struct Level {
    PushItem item;
    int32_t rest, end;
  };
  template <class Ctx>
  GAUS_KERNEL Level fetch(Ctx &ctx, const View &v, int32_t at, bool forward) {
    if (at >= v.numLevels)
      return {{-1, 0, 0, {}, {}}, 0, 0};
    int32_t level = forward ? at : v.numLevels - 1 - at;
    int32_t k = ctx.load(v.levelBegin, level) + ctx.thread();
    int32_t end = ctx.load(v.levelBegin, level + 1);
    if (k >= end)
      return {{-1, 0, 0, {}, {}}, k, end};
    return {pushItem(ctx, v, ctx.load(v.levelNode, k)), k + Threads, end};
  }
};

struct LegalizeNarrow : LegalizeBy<64> {
  static constexpr int32_t block = 64;
};
struct LegalizeMiddle : LegalizeBy<256> {
  static constexpr int32_t block = 256;
};
struct LegalizeBroad : LegalizeBy<512> {
  static constexpr int32_t block = 512;
};

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_ROUNDING_H

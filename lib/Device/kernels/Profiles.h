//===- Profiles.h - The kernel of a profile ---------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// From second differences to prices and their sums, a block a profile; see
/// cpu::Profile, whose bits it computes.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_PROFILES_H
#define GAUS_LIB_DEVICE_KERNELS_PROFILES_H

#include "SharedSums.h"

namespace gaus::kernels {

/// Prefix sums run in tiles; a thread has four neighbouring cycles of a tile.
/// Grid: x over profiles, y over replicas.
template <int32_t Threads> struct PriceProfilesBy {
  template <class Ctx> GAUS_KERNEL void run(Ctx &ctx, const View &v) {
    int64_t profile = ctx.blockY() * int64_t(v.numProfiles) + ctx.blockX();
    int64_t row = profile * (v.numCycles + 2), slot = profile * v.slots;
    accumulate(ctx, v, row, slot);
    int64_t peak = largestUse(ctx, v, slot);
    ProfileInfo info = ctx.load(v.profiles, ctx.blockX());
    ReplicaState state = ctx.load(v.state, ctx.blockY());
    Step step = ctx.load(v.steps, state.step);
    pricePeak(ctx, v, info, step.now.peakTemperature, peak, slot, profile);
    if (info.limit >= 0)
      priceOveruse(ctx, v, info, state.rho * step.now.penaltyGrowth, slot);
    ctx.sync();
    sumPrices(ctx, v, row, slot);
  }

private:
  static constexpr int32_t kItems = 4, kTile = Threads * kItems;

  /// `x` of a tile to its prefix sums, `before` added; then `before` is the sum
  /// up to the tile's end.
  template <class Ctx>
  GAUS_KERNEL void prefixSums(Ctx &ctx, int64_t (&x)[kItems], int64_t &before) {
    for (int32_t q = 1; q < kItems; ++q)
      x[q] += x[q - 1];
    int64_t own = x[kItems - 1], total = 0;
    int64_t left = before + ctx.blockScan(own, total) - own;
    for (int32_t q = 0; q < kItems; ++q)
      x[q] += left;
    before += total;
  }

  /// Two prefix sums, folded onto the slots.
  template <class Ctx>
  GAUS_KERNEL void accumulate(Ctx &ctx, const View &v, int64_t row,
                              int64_t slot) {
    for (int32_t s = ctx.thread(); s < v.slots; s += Threads)
      ctx.store(v.use, slot + s, int64_t(0));
    ctx.sync();
    int64_t births = 0, live = 0;
    for (int32_t base = 0; base < v.numCycles; base += kTile) {
      int32_t first = base + ctx.thread() * kItems;
      int64_t x[kItems];
      for (int32_t q = 0; q < kItems; ++q)
        x[q] =
            first + q < v.numCycles ? ctx.load(v.second, row + first + q) : 0;
      prefixSums(ctx, x, births);
      for (int32_t q = 0; q < kItems; ++q)
        x[q] = first + q < v.numCycles ? x[q] : 0;
      prefixSums(ctx, x, live);
      for (int32_t q = 0; q < kItems; ++q)
        if (first + q < v.numCycles)
          ctx.atomicAdd(v.use, slot + (first + q) % v.slots, x[q]);
    }
    ctx.sync();
  }

  template <class Ctx>
  GAUS_KERNEL int64_t largestUse(Ctx &ctx, const View &v, int64_t slot) {
    int64_t peak = INT64_MIN;
    for (int32_t s = ctx.thread(); s < v.slots; s += Threads) {
      int64_t u = ctx.load(v.use, slot + s);
      peak = u > peak ? u : peak;
    }
    return ctx.blockMax(peak);
  }

  template <class Ctx>
  GAUS_KERNEL void pricePeak(Ctx &ctx, const View &v, const ProfileInfo &info,
                             float temperature, int64_t peak, int64_t slot,
                             int64_t profile) {
    bool counts = info.peak && peak > 0;
    float sharpness = 1.0f / (temperature * static_cast<float>(peak));
    int64_t mine = 0;
    for (int32_t s = ctx.thread(); s < v.slots; s += Threads) {
      int64_t share = 0;
      if (counts) {
        float x =
            static_cast<float>(ctx.load(v.use, slot + s) - peak) * sharpness;
        share = static_cast<int64_t>(dev::exp(x) * dev::kShareUnit);
      }
      ctx.store(v.shares, slot + s, share);
      mine += share;
    }
    int64_t total = ctx.blockSum(mine);
    double scale = counts ? info.priceScale / static_cast<double>(total) : 0.0;
    for (int32_t s = ctx.thread(); s < v.slots; s += Threads)
      ctx.store(v.slotPrice, slot + s,
                static_cast<int64_t>(
                    static_cast<double>(ctx.load(v.shares, slot + s)) * scale));
    if (ctx.thread() != 0)
      return;
    double value = 0;
    if (counts) {
      float sum = static_cast<float>(total) * (1.0f / dev::kShareUnit);
      value = (static_cast<double>(peak) +
               static_cast<double>(dev::log(sum) / sharpness)) *
              (1.0 / dev::kUnitMass);
    }
    ctx.store(v.peakValue, profile, value);
  }

  template <class Ctx>
  GAUS_KERNEL void priceOveruse(Ctx &ctx, const View &v,
                                const ProfileInfo &info, float penalty,
                                int64_t slot) {
    int64_t limit = info.limit > 1 ? info.limit : 1;
    float inverse = 1.0f / static_cast<float>(limit);
    double perUnit = 1.0 / dev::kUnitMass;
    for (int32_t s = ctx.thread(); s < v.slots; s += Threads) {
      double use = static_cast<double>(ctx.load(v.use, slot + s));
      float over =
          static_cast<float>(use * perUnit - static_cast<double>(info.limit)) *
          inverse;
      float f = dev::fma(penalty, over, ctx.load(v.slotMultiplier, slot + s));
      f = dev::minf(dev::maxf(f, 0.0f), dev::kMaxOverusePrice);
      ctx.store(v.slotForce, slot + s, f);
      ctx.store(
          v.slotPrice, slot + s,
          ctx.load(v.slotPrice, slot + s) +
              static_cast<int64_t>(static_cast<double>(f) * info.priceScale));
    }
  }

  /// Suffix sums from the end, then prefix sums of those.
  template <class Ctx>
  GAUS_KERNEL void sumPrices(Ctx &ctx, const View &v, int64_t row,
                             int64_t slot) {
    int64_t tail = 0, before = 0;
    for (int32_t base = 0; base < v.numCycles; base += kTile) {
      int32_t first = v.numCycles - 1 - base - ctx.thread() * kItems;
      int64_t x[kItems];
      for (int32_t q = 0; q < kItems; ++q) {
        int32_t d = first - q;
        x[q] = d >= 0 ? ctx.load(v.slotPrice, slot + d % v.slots) : 0;
      }
      prefixSums(ctx, x, tail);
      for (int32_t q = 0; q < kItems; ++q)
        if (first - q >= 0)
          ctx.store(v.second, row + first - q, x[q]);
    }
    ctx.sync();
    for (int32_t base = 0; base < v.numCycles; base += kTile) {
      int32_t first = base + ctx.thread() * kItems;
      int64_t x[kItems], own[kItems];
      for (int32_t q = 0; q < kItems; ++q)
        own[q] = x[q] =
            first + q < v.numCycles ? ctx.load(v.second, row + first + q) : 0;
      prefixSums(ctx, x, before);
      for (int32_t q = 0; q < kItems; ++q)
        if (first + q < v.numCycles)
          ctx.store(v.sums, row + first + q,
                    static_cast<double>(x[q] - own[q]));
    }
    if (ctx.thread() < 2)
      ctx.store(v.sums, row + v.numCycles + ctx.thread(),
                static_cast<double>(before));
  }
};

struct PriceProfiles : PriceProfilesBy<128> {
  static constexpr int32_t block = 128;
};
/// For more than kLongHorizon cycles: fewer rounds of scans.
struct PriceLongProfiles : PriceProfilesBy<512> {
  static constexpr int32_t block = 512;
};
inline constexpr int32_t kLongHorizon = 512;

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_PROFILES_H

//===- SharedSums.h - Sums of a block before those of all -------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Many nodes add to few cycles: with an atomic addition in global memory for
/// each, a million nodes in sixty cycles wait for each other (16 of a step's 17
/// ms on an H200). So a block adds up its nodes' events in shared memory, for
/// a range of cycles, and then adds each cycle once. What falls outside of the
/// range goes to global memory directly. Integers: the order is free.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_SHAREDSUMS_H
#define GAUS_LIB_DEVICE_KERNELS_SHAREDSUMS_H

#include "View.h"

#ifdef __CUDACC__
#define GAUS_KERNEL static __device__ __forceinline__
#else
#define GAUS_KERNEL static inline
#endif

namespace gaus::kernels {

inline constexpr int32_t kBlock = 256;
inline constexpr int32_t kNodesPerBlock = kBlock / dev::kLanes;

/// Cycles of all profiles together in a block's shared memory.
inline constexpr int32_t kSharedCycles = 4096;

/// Rows of `profiles` profiles with `size` entries each, from entry `rows`.
struct SharedSums {
  int64_t rows;
  int32_t profiles, size;
  int32_t base;  ///< first cycle of the range
  int32_t width; ///< cycles of each profile; 0 = no range
};

GAUS_HD int32_t sumsWidth(int32_t profiles, int32_t size) {
  return profiles > 0 ? dev::mini(size, kSharedCycles / profiles) : 0;
}

/// Sums of 0 from `base` on. All threads of the block come here.
template <class Ctx>
GAUS_KERNEL SharedSums openSums(Ctx &ctx, const View &v, int64_t rows,
                                int32_t base) {
  SharedSums w{rows, v.numProfiles, v.numCycles + 2, base,
               sumsWidth(v.numProfiles, v.numCycles + 2)};
  auto sums = ctx.template counters<kSharedCycles, 0>();
  for (int32_t k = ctx.thread(); k < w.profiles * w.width; k += kBlock)
    ctx.clear(sums, k);
  ctx.sync();
  return w;
}

template <class Ctx>
GAUS_KERNEL void addToSums(Ctx &ctx, const DeviceArray<int64_t> &all,
                           const SharedSums &w, int32_t profile, int32_t cycle,
                           int64_t value) {
  int32_t at = cycle - w.base;
  if (at >= 0 && at < w.width)
    ctx.add(ctx.template counters<kSharedCycles, 0>(), profile * w.width + at,
            value);
  else
    ctx.atomicAdd(all, w.rows + int64_t(profile) * w.size + cycle, value);
}

/// Adds the sums to `all`. All threads of the block come here.
template <class Ctx>
GAUS_KERNEL void closeSums(Ctx &ctx, const DeviceArray<int64_t> &all,
                           const SharedSums &w) {
  ctx.sync();
  auto sums = ctx.template counters<kSharedCycles, 0>();
  for (int32_t p = 0; p < w.profiles; ++p)
    for (int32_t k = ctx.thread(); k < w.width; k += kBlock)
      if (int64_t sum = ctx.total(sums, p * w.width + k); sum != 0)
        ctx.atomicAdd(all, w.rows + int64_t(p) * w.size + w.base + k, sum);
}

/// The cycle from which a block's range starts: the least of the threads',
/// or 0 where there is room for all cycles.
template <class Ctx>
GAUS_KERNEL int32_t sumsBase(Ctx &ctx, const View &v, int32_t mine) {
  int32_t size = v.numCycles + 2, width = sumsWidth(v.numProfiles, size);
  if (width >= size)
    return 0;
  int32_t least = static_cast<int32_t>(-ctx.blockMax(-int64_t(mine)));
  return dev::maxi(0, dev::mini(least, size - width));
}

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_SHAREDSUMS_H

//===- Primitives.cuh - CUB behind one file ---------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Sums, maxima and prefix sums of a block by CUB. Every thread gets the
/// result; a barrier at the end lets the shared memory be used again.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_CUDA_PRIMITIVES_CUH
#define GAUS_LIB_DEVICE_CUDA_PRIMITIVES_CUH

#include <cub/block/block_reduce.cuh>
#include <cub/block/block_scan.cuh>

#include <cstdint>

namespace gaus::gpu {

struct Larger {
  __device__ int64_t operator()(int64_t a, int64_t b) const {
    return a > b ? a : b;
  }
};
struct Plus {
  __device__ int64_t operator()(int64_t a, int64_t b) const { return a + b; }
};

template <int32_t Threads, class Op>
__device__ int64_t blockReduce(int64_t mine, Op op) {
  using Reduce = cub::BlockReduce<int64_t, Threads>;
  __shared__ typename Reduce::TempStorage storage;
  __shared__ int64_t result;
  int64_t all = Reduce(storage).Reduce(mine, op);
  if (threadIdx.x == 0)
    result = all;
  __syncthreads();
  all = result;
  __syncthreads();
  return all;
}

template <int32_t Threads> __device__ int64_t blockSum(int64_t mine) {
  return blockReduce<Threads>(mine, Plus());
}
template <int32_t Threads> __device__ int64_t blockMax(int64_t mine) {
  return blockReduce<Threads>(mine, Larger());
}

/// Inclusive; `total` is the sum of all.
template <int32_t Threads>
__device__ int64_t blockScan(int64_t mine, int64_t &total) {
  using Scan = cub::BlockScan<int64_t, Threads>;
  __shared__ typename Scan::TempStorage storage;
  int64_t upTo = 0;
  Scan(storage).InclusiveSum(mine, upTo, total);
  __syncthreads();
  return upTo;
}

} // namespace gaus::gpu

#endif // GAUS_LIB_DEVICE_CUDA_PRIMITIVES_CUH

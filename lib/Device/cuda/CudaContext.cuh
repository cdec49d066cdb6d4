//===- CudaContext.cuh - What a kernel sees of the GPU ----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The context of the GPU: the same members as the host's, without its checks.
/// `Threads` is the size of the block.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_CUDA_CUDACONTEXT_CUH
#define GAUS_LIB_DEVICE_CUDA_CUDACONTEXT_CUH

#include "../kernels/View.h"
#include "Primitives.cuh"

namespace gaus::gpu {

template <int32_t Threads> class CudaContext {
public:
  __device__ int32_t thread() const { return threadIdx.x; }
  __device__ int32_t blockX() const { return blockIdx.x; }
  __device__ int32_t blockY() const { return blockIdx.y; }

  template <class T>
  __device__ auto load(const kernels::DeviceArray<T> &array, int64_t i) const {
    return array.data[i];
  }
  template <class T>
  __device__ void store(const kernels::DeviceArray<T> &array, int64_t i,
                        T value) const {
    array.data[i] = value;
  }
  __device__ void atomicAdd(const kernels::DeviceArray<int64_t> &array,
                            int64_t i, int64_t value) const {
    ::atomicAdd(reinterpret_cast<unsigned long long *>(array.data + i),
                static_cast<unsigned long long>(value));
  }
  __device__ void atomicMax(const kernels::DeviceArray<int64_t> &array,
                            int64_t i, int64_t value) const {
    ::atomicMax(reinterpret_cast<long long *>(array.data + i),
                static_cast<long long>(value));
  }
  __device__ void atomicMin(const kernels::DeviceArray<int32_t> &array,
                            int64_t i, int32_t value) const {
    ::atomicMin(array.data + i, value);
  }
  __device__ void
  maxViolation(const kernels::DeviceArray<kernels::ReplicaState> &s, int64_t i,
               int32_t bits) const {
    ::atomicMax(&s.data[i].violationBits, bits);
  }
  __device__ void
  addGradientSum(const kernels::DeviceArray<kernels::ReplicaState> &s,
                 int64_t i, int64_t sum) const {
    ::atomicAdd(reinterpret_cast<unsigned long long *>(&s.data[i].gradientSum),
                static_cast<unsigned long long>(sum));
  }

  template <class T> struct Shared {
    T *data;
  };
  template <class T, int32_t N, int32_t Slot>
  __device__ Shared<T> shared() const {
    __shared__ T array[N];
    return {array};
  }
  template <class T> __device__ T get(Shared<T> s, int64_t i) const {
    return s.data[i];
  }
  template <class T>
  __device__ void put(Shared<T> s, int64_t i, T value) const {
    s.data[i] = value;
  }

  /// 64-bit sums in shared memory: its atomics add 32 bits, so the carry is
  /// added by hand.
  struct Counters {
    uint32_t *low, *high;
  };
  template <int32_t N, int32_t Slot> __device__ Counters counters() const {
    __shared__ uint32_t low[N], high[N];
    return {low, high};
  }
  __device__ void clear(Counters c, int64_t i) const {
    c.low[i] = 0;
    c.high[i] = 0;
  }
  __device__ void add(Counters c, int64_t i, int64_t value) const {
    auto low = static_cast<uint32_t>(value);
    auto high = static_cast<uint32_t>(static_cast<uint64_t>(value) >> 32);
    uint32_t before = ::atomicAdd(c.low + i, low);
    high += before + low < low;
    if (high != 0)
      ::atomicAdd(c.high + i, high);
  }
  __device__ int64_t total(Counters c, int64_t i) const {
    return static_cast<int64_t>(uint64_t(c.high[i]) << 32 | c.low[i]);
  }

  __device__ void sync() const { __syncthreads(); }
  __device__ bool syncOr(bool mine) const { return __syncthreads_or(mine); }
  template <class T> __device__ T shuffleXor(T mine, int32_t mask) const {
    return __shfl_xor_sync(0xffffffffu, mine, mask);
  }
  /// The value of another of the eight threads of a node.
  template <class T> __device__ T laneFrom(T mine, int32_t lane) const {
    return __shfl_sync(nodeMask(), mine, lane, dev::kLanes);
  }
  template <class T> __device__ T laneXor(T mine, int32_t mask) const {
    return __shfl_xor_sync(nodeMask(), mine, mask, dev::kLanes);
  }
  __device__ int32_t warpMax(int32_t mine) const {
    return __reduce_max_sync(0xffffffffu, mine);
  }
  __device__ int64_t blockSum(int64_t mine) const {
    return gpu::blockSum<Threads>(mine);
  }
  __device__ int64_t blockMax(int64_t mine) const {
    return gpu::blockMax<Threads>(mine);
  }
  __device__ int64_t blockScan(int64_t mine, int64_t &total) const {
    return gpu::blockScan<Threads>(mine, total);
  }

private:
  /// The threads of this node's eight in the warp.
  __device__ uint32_t nodeMask() const {
    return 0xffu << (threadIdx.x & (32 - dev::kLanes));
  }
};

} // namespace gaus::gpu

#endif // GAUS_LIB_DEVICE_CUDA_CUDACONTEXT_CUH

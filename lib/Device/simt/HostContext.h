//===- HostContext.h - What a kernel sees of the host machine ---*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The context of the host: the same members as the GPU's, every access
/// checked.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_SIMT_HOSTCONTEXT_H
#define GAUS_LIB_DEVICE_SIMT_HOSTCONTEXT_H

#include "../kernels/View.h"
#include "HostMachine.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace gaus::simt {

class HostContext {
public:
  HostContext(Block &block, int32_t x, int32_t y) : block(block), x(x), y(y) {}

  int32_t thread() const { return block.thread(); }
  int32_t blockX() const { return x; }
  int32_t blockY() const { return y; }

  //===--- Global memory -------------------------------------------------===//
  template <class T>
  std::remove_const_t<T> load(const kernels::DeviceArray<T> &array,
                              int64_t i) const {
    check(array, i);
    return array.data[i];
  }
  template <class T>
  void store(const kernels::DeviceArray<T> &array, int64_t i, T value) const {
    check(array, i);
    array.data[i] = value;
  }
  /// Threads of the host run one after the other: nothing can come between.
  void atomicAdd(const kernels::DeviceArray<int64_t> &array, int64_t i,
                 int64_t value) const {
    check(array, i);
    array.data[i] += value;
  }
  void atomicMax(const kernels::DeviceArray<int64_t> &array, int64_t i,
                 int64_t value) const {
    check(array, i);
    array.data[i] = std::max(array.data[i], value);
  }
  void atomicMin(const kernels::DeviceArray<int32_t> &array, int64_t i,
                 int32_t value) const {
    check(array, i);
    array.data[i] = std::min(array.data[i], value);
  }
  void maxViolation(const kernels::DeviceArray<kernels::ReplicaState> &states,
                    int64_t i, int32_t bits) const {
    check(states, i);
    int32_t &most = states.data[i].violationBits;
    most = std::max(most, bits);
  }
  void addGradientSum(const kernels::DeviceArray<kernels::ReplicaState> &states,
                      int64_t i, int64_t sum) const {
    check(states, i);
    states.data[i].gradientSum += sum;
  }

  //===--- Shared memory -------------------------------------------------===//
  template <class T> struct Shared {
    SharedArray *array;
  };
  template <class T, int32_t N, int32_t Slot> Shared<T> shared() const {
    return {&block.shared(Slot, sizeof(T), N)};
  }
  template <class T> T get(Shared<T> s, int64_t i) const {
    T value;
    std::memcpy(&value, block.sharedElement(*s.array, i, Access::Read),
                sizeof(T));
    return value;
  }
  template <class T> void put(Shared<T> s, int64_t i, T value) const {
    std::memcpy(block.sharedElement(*s.array, i, Access::Write), &value,
                sizeof(T));
  }

  /// Sums that many threads add to at once.
  using Counters = Shared<int64_t>;
  template <int32_t N, int32_t Slot> Counters counters() const {
    return shared<int64_t, N, Slot>();
  }
  void clear(Counters c, int64_t i) const { put(c, i, int64_t(0)); }
  void add(Counters c, int64_t i, int64_t value) const {
    void *at = block.sharedElement(*c.array, i, Access::Add);
    int64_t sum;
    std::memcpy(&sum, at, sizeof(sum));
    sum += value;
    std::memcpy(at, &sum, sizeof(sum));
  }
  int64_t total(Counters c, int64_t i) const { return get(c, i); }

  //===--- Together ------------------------------------------------------===//
  void sync() const { block.barrier(); }
  bool syncOr(bool mine) const {
    return block.combine(mine, [](int64_t a, int64_t b) { return a | b; }) != 0;
  }
  template <class T> T shuffleXor(T mine, int32_t mask) const {
    return shuffle(mine, (thread() % kWarp) ^ mask, kWarp);
  }
  template <class T> T laneFrom(T mine, int32_t lane) const {
    return shuffle(mine, lane, dev::kLanes);
  }
  template <class T> T laneXor(T mine, int32_t mask) const {
    return shuffle(mine, (thread() % dev::kLanes) ^ mask, dev::kLanes);
  }
  int32_t warpMax(int32_t mine) const {
    for (int32_t mask = kWarp / 2; mask > 0; mask /= 2)
      mine = std::max(mine, shuffleXor(mine, mask));
    return mine;
  }
  int64_t blockSum(int64_t mine) const {
    return block.combine(mine, [](int64_t a, int64_t b) { return a + b; });
  }
  int64_t blockMax(int64_t mine) const {
    return block.combine(mine,
                         [](int64_t a, int64_t b) { return std::max(a, b); });
  }
  int64_t blockScan(int64_t mine, int64_t &total) const {
    return block.scan(mine, total);
  }

private:
  template <class T> T shuffle(T mine, int32_t source, int32_t width) const {
    uint64_t bits = 0;
    static_assert(sizeof(T) <= sizeof(bits));
    std::memcpy(&bits, &mine, sizeof(T));
    bits = block.shuffle(bits, source, width);
    std::memcpy(&mine, &bits, sizeof(T));
    return mine;
  }

  template <class T>
  void check(const kernels::DeviceArray<T> &array, int64_t i) const {
    if (i < 0 || i >= array.size)
      block.fail("global memory out of bounds: " + std::to_string(i) + " of " +
                 std::to_string(array.size));
  }

  Block &block;
  int32_t x, y;
};

} // namespace gaus::simt

#endif // GAUS_LIB_DEVICE_SIMT_HOSTCONTEXT_H

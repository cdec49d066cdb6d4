//===- HostMachine.h - A GPU's threads on the host --------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Executes kernels on the host as a GPU would: all threads of a block are
/// alive at once (fibers), barriers and warp shuffles are real, and the order
/// of blocks and threads is random by a seed. Every access is checked:
///
/// - global and shared memory out of bounds;
/// - shared memory read before it is written;
/// - two threads on one shared address between two barriers, one of them
///   writing, or one adding atomically and the other not;
/// - a barrier or a shuffle that not all threads reach.
///
/// The first fault ends the launch; `fault` says what and where.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_SIMT_HOSTMACHINE_H
#define GAUS_LIB_DEVICE_SIMT_HOSTMACHINE_H

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gaus::simt {

inline constexpr int32_t kWarp = 32;

/// Where a thread stands.
enum class ThreadState : uint8_t { Fresh, Ready, AtBarrier, AtShuffle, Done };

/// What a thread does with an element of shared memory.
enum class Access : uint8_t { Read, Write, Add };

/// One array in shared memory with its checks.
struct SharedArray {
  std::vector<unsigned char> bytes;
  size_t elementSize = 0;
  /// By element and access: the barrier count + 1 of the last one, and by whom
  /// (-2: several).
  struct Use {
    int64_t when[3] = {};
    int32_t who[3] = {-1, -1, -1};
  };
  std::vector<Use> uses;
};

/// One block under execution.
class Block {
public:
  Block();
  ~Block();
  Block(const Block &) = delete;

  using Body = std::function<void(int32_t thread)>;
  /// Runs `threads` threads in an order drawn from `seed`. False on a fault.
  bool run(int32_t threads, uint64_t seed, const Body &body);
  const std::string &fault() const { return message; }

  // What the context calls, on a thread's own fiber.
  int32_t thread() const { return current; }
  void barrier();
  /// The 64 bits of thread `source` of the aligned group of `width` threads
  /// (kWarp or dev::kLanes), all of which come here.
  uint64_t shuffle(uint64_t mine, int32_t source, int32_t width);
  /// A value of every thread at a barrier; all get the same combination.
  int64_t combine(int64_t mine, int64_t (*op)(int64_t, int64_t));
  /// The inclusive prefix sum over the threads, and the sum of all.
  int64_t scan(int64_t mine, int64_t &total);
  SharedArray &shared(int32_t slot, size_t elementSize, size_t count);
  void *sharedElement(SharedArray &array, int64_t index, Access access);
  /// Ends the launch with a fault of the current thread; does not return.
  [[noreturn]] void fail(const std::string &what);

private:
  struct Fibers;
  void resume(int32_t thread);
  void pass(ThreadState state);
  bool step();
  bool finishShuffles();
  bool finishGroup(int32_t begin, int32_t width);
  void finishBarrier();
  void combinePrefixes(int64_t (*op)(int64_t, int64_t));

  std::unique_ptr<Fibers> fibers;
  const Body *body = nullptr;
  int32_t numThreads = 0, current = -1;
  std::vector<ThreadState> states;
  std::vector<int32_t> order;
  std::vector<uint64_t> exchange;
  std::vector<int32_t> sources, widths; ///< of the shuffle a thread waits at
  int64_t epoch = 0, combined = 0;
  std::vector<int64_t> prefix;
  std::vector<SharedArray> arrays;
  std::string message;
  bool broken = false;
};

} // namespace gaus::simt

#endif // GAUS_LIB_DEVICE_SIMT_HOSTMACHINE_H

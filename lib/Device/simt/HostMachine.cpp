//===- HostMachine.cpp - A GPU's threads on the host ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HostMachine.h"

#include "gaus/Device/Distribution.h"

#include <boost/context/detail/fcontext.hpp>

#include <algorithm>
#include <cstdlib>
#include <numeric>

using namespace gaus;
using namespace gaus::simt;
namespace context = boost::context::detail;

//===----------------------------------------------------------------------===//
// Fibers
//===----------------------------------------------------------------------===//

/// Stacks are kept for the next block; one that a fault left behind is used
/// anew, since kernels hold nothing that needs destruction.
struct Block::Fibers {
  static constexpr size_t kStack = size_t(64) << 10;

  struct Fiber {
    std::unique_ptr<unsigned char[]> stack;
    context::fcontext_t at = nullptr;
    int32_t thread = -1;
  };
  Block &block;
  std::vector<Fiber> all;
  std::vector<int32_t> idle;
  std::vector<int32_t> ofThread; ///< -1 = none
  context::fcontext_t scheduler = nullptr;
  Fiber *running = nullptr;

  explicit Fibers(Block &b) : block(b) {}

  static void entry(context::transfer_t from) {
    auto *self = static_cast<Fibers *>(from.data);
    self->scheduler = from.fctx;
    for (;;) {
      (*self->block.body)(self->block.current);
      self->block.states[self->block.current] = ThreadState::Done;
      self->leave();
    }
  }

  void leave() {
    context::transfer_t back = context::jump_fcontext(scheduler, nullptr);
    scheduler = back.fctx;
  }

  int32_t take() {
    if (!idle.empty()) {
      int32_t f = idle.back();
      idle.pop_back();
      return f;
    }
    Fiber fiber;
    fiber.stack.reset(new unsigned char[kStack]);
    all.push_back(std::move(fiber));
    start(all.back());
    return static_cast<int32_t>(all.size()) - 1;
  }

  void start(Fiber &fiber) {
    fiber.at =
        context::make_fcontext(fiber.stack.get() + kStack, kStack, &entry);
  }

  void resume(int32_t thread) {
    if (ofThread[thread] < 0)
      ofThread[thread] = take();
    Fiber &fiber = all[ofThread[thread]];
    context::transfer_t back = context::jump_fcontext(fiber.at, this);
    all[ofThread[thread]].at = back.fctx;
    if (block.states[thread] == ThreadState::Done) {
      idle.push_back(ofThread[thread]);
      ofThread[thread] = -1;
    }
  }

  /// After a fault: every fiber that still holds a thread starts anew.
  void reset() {
    for (int32_t &f : ofThread)
      if (f >= 0) {
        start(all[f]);
        idle.push_back(f);
        f = -1;
      }
  }
};

Block::Block() : fibers(new Fibers(*this)) {}
Block::~Block() = default;

//===----------------------------------------------------------------------===//
// Scheduling
//===----------------------------------------------------------------------===//

bool Block::run(int32_t threads, uint64_t seed, const Body &what) {
  body = &what;
  numThreads = threads;
  states.assign(threads, ThreadState::Fresh);
  exchange.assign(threads, 0);
  sources.assign(threads, 0);
  widths.assign(threads, 0);
  fibers->ofThread.assign(threads, -1);
  arrays.clear();
  epoch = 1;
  combined = 0;
  broken = false;
  message.clear();
  order.resize(threads);
  std::iota(order.begin(), order.end(), 0);
  for (int32_t k = threads - 1; k > 0; --k) {
    dev::Philox random = dev::philox(seed, static_cast<uint64_t>(k), 1);
    std::swap(order[k], order[random.word[0] % static_cast<uint32_t>(k + 1)]);
  }
  while (!broken && step())
    ;
  if (broken)
    fibers->reset();
  return !broken;
}

/// Lets every thread that can run do so; false when all are done.
bool Block::step() {
  bool ran = false, left = false;
  for (int32_t t : order) {
    if (states[t] == ThreadState::Fresh || states[t] == ThreadState::Ready) {
      states[t] = ThreadState::Ready;
      current = t;
      fibers->resume(t);
      ran = true;
      if (broken)
        return false;
    }
    left |= states[t] != ThreadState::Done;
  }
  if (!left)
    return false;
  if (finishShuffles())
    return true;
  finishBarrier();
  return ran || !broken;
}

/// Releases the groups whose threads all wait at a shuffle of theirs.
bool Block::finishShuffles() {
  bool any = false;
  for (int32_t width : {dev::kLanes, kWarp})
    for (int32_t begin = 0; begin < numThreads && !broken; begin += width)
      any |= finishGroup(begin, width);
  return any;
}

bool Block::finishGroup(int32_t begin, int32_t width) {
  int32_t end = std::min(numThreads, begin + width), waiting = 0, stuck = -1;
  for (int32_t t = begin; t < end; ++t) {
    bool shuffles = states[t] == ThreadState::AtShuffle;
    waiting += shuffles && widths[t] == width;
    // Eight that wait at their own shuffle may come to the warp's later.
    if (states[t] == ThreadState::Done || states[t] == ThreadState::AtBarrier ||
        (shuffles && widths[t] > width))
      stuck = t;
  }
  if (waiting == 0)
    return false;
  if (stuck >= 0 || end - begin < width) {
    message = "a shuffle that not all of its " + std::to_string(width) +
              " threads reach (thread " +
              std::to_string(std::max(stuck, begin)) + ")";
    broken = true;
    return true;
  }
  if (waiting < width)
    return false;
  std::vector<uint64_t> before(exchange.begin() + begin,
                               exchange.begin() + end);
  for (int32_t t = begin; t < end; ++t) {
    exchange[t] = before[sources[t]];
    states[t] = ThreadState::Ready;
  }
  return true;
}

void Block::finishBarrier() {
  int32_t missing = -1;
  for (int32_t t = 0; t < numThreads; ++t)
    if (states[t] == ThreadState::Done)
      missing = t;
  if (missing >= 0) {
    message =
        "a barrier that thread " + std::to_string(missing) + " does not reach";
    broken = true;
    return;
  }
  ++epoch;
  for (ThreadState &s : states)
    s = ThreadState::Ready;
}

void Block::pass(ThreadState state) {
  int32_t me = current;
  states[me] = state;
  fibers->leave();
  current = me;
}

void Block::fail(const std::string &what) {
  message = what + " (thread " + std::to_string(current) + ")";
  broken = true;
  fibers->leave();
  std::abort(); // a broken block is never resumed
}

//===----------------------------------------------------------------------===//
// What threads do together
//===----------------------------------------------------------------------===//

void Block::barrier() { pass(ThreadState::AtBarrier); }

uint64_t Block::shuffle(uint64_t mine, int32_t source, int32_t width) {
  exchange[current] = mine;
  sources[current] = source;
  widths[current] = width;
  pass(ThreadState::AtShuffle);
  return exchange[current];
}

/// The first thread behind the barrier combines for all.
void Block::combinePrefixes(int64_t (*op)(int64_t, int64_t)) {
  barrier();
  if (combined == epoch)
    return;
  combined = epoch;
  prefix.resize(numThreads);
  for (int32_t t = 0; t < numThreads; ++t) {
    auto own = static_cast<int64_t>(exchange[t]);
    prefix[t] = t == 0 ? own : op(prefix[t - 1], own);
  }
}

int64_t Block::combine(int64_t mine, int64_t (*op)(int64_t, int64_t)) {
  exchange[current] = static_cast<uint64_t>(mine);
  combinePrefixes(op);
  int64_t all = prefix.back();
  // Nobody may write the next value before all have read this one.
  barrier();
  return all;
}

int64_t Block::scan(int64_t mine, int64_t &total) {
  exchange[current] = static_cast<uint64_t>(mine);
  combinePrefixes([](int64_t a, int64_t b) { return a + b; });
  int64_t upTo = prefix[current];
  total = prefix.back();
  barrier();
  return upTo;
}

//===----------------------------------------------------------------------===//
// Shared memory
//===----------------------------------------------------------------------===//

SharedArray &Block::shared(int32_t slot, size_t elementSize, size_t count) {
  if (arrays.size() <= static_cast<size_t>(slot))
    arrays.resize(slot + 1);
  SharedArray &a = arrays[slot];
  if (a.elementSize == 0) {
    a.elementSize = elementSize;
    a.bytes.assign(elementSize * count, 0xA5);
    a.uses.resize(count);
  }
  return a;
}

void *Block::sharedElement(SharedArray &array, int64_t index, Access access) {
  if (index < 0 || index >= static_cast<int64_t>(array.uses.size()))
    fail("shared memory out of bounds: " + std::to_string(index) + " of " +
         std::to_string(array.uses.size()));
  SharedArray::Use &use = array.uses[index];
  auto byOthers = [&](Access a) {
    auto k = static_cast<int32_t>(a);
    return use.when[k] == epoch && use.who[k] != current;
  };
  // Reads go with reads and additions with additions, nothing else.
  if (byOthers(Access::Write) ||
      (access != Access::Read && byOthers(Access::Read)) ||
      (access != Access::Add && byOthers(Access::Add)))
    fail("a race on shared element " + std::to_string(index));
  if (access != Access::Write &&
      use.when[static_cast<int32_t>(Access::Write)] == 0)
    fail("shared element " + std::to_string(index) +
         " is read before it is written");
  auto k = static_cast<int32_t>(access);
  use.who[k] = byOthers(access) ? -2 : current;
  use.when[k] = epoch;
  return array.bytes.data() + static_cast<size_t>(index) * array.elementSize;
}

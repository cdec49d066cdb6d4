//===- HostMachine.cpp - A GPU's threads on the host ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HostMachine.h"

#include "gaus/Device/Arithmetic.h"

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
  masks.assign(threads, 0);
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

/// Releases the warps whose threads all wait at a shuffle.
bool Block::finishShuffles() {
  bool any = false;
  for (int32_t warp = 0; warp < numThreads && !broken; warp += kWarp) {
    int32_t end = std::min(numThreads, warp + kWarp), waiting = 0, stuck = -1;
    for (int32_t t = warp; t < end; ++t) {
      waiting += states[t] == ThreadState::AtShuffle;
      if (states[t] == ThreadState::Done || states[t] == ThreadState::AtBarrier)
        stuck = t;
    }
    if (waiting == 0)
      continue;
    if (stuck >= 0 || end - warp < kWarp) {
      message = "a shuffle that not all threads of the warp reach (thread " +
                std::to_string(std::max(stuck, warp)) + ")";
      broken = true;
      return true;
    }
    if (waiting < kWarp)
      continue;
    std::vector<uint64_t> before(exchange.begin() + warp,
                                 exchange.begin() + end);
    for (int32_t t = warp; t < end; ++t) {
      exchange[t] = before[(t - warp) ^ masks[t]];
      states[t] = ThreadState::Ready;
    }
    any = true;
  }
  return any;
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

uint64_t Block::shuffle(uint64_t mine, int32_t mask) {
  exchange[current] = mine;
  masks[current] = mask;
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

void *Block::sharedElement(SharedArray &array, int64_t index, bool write) {
  if (index < 0 || index >= static_cast<int64_t>(array.uses.size()))
    fail("shared memory out of bounds: " + std::to_string(index) + " of " +
         std::to_string(array.uses.size()));
  SharedArray::Use &use = array.uses[index];
  auto mark = [&](int64_t &when, int32_t &who) {
    who = when == epoch && who != current ? -2 : current;
    when = epoch;
  };
  bool otherWrote = use.written == epoch && use.writer != current;
  bool otherRead = use.read == epoch && use.reader != current;
  if (otherWrote || (write && otherRead))
    fail("a race on shared element " + std::to_string(index));
  if (!write && use.written == 0)
    fail("shared element " + std::to_string(index) +
         " is read before it is written");
  if (write)
    mark(use.written, use.writer);
  else
    mark(use.read, use.reader);
  return array.bytes.data() + static_cast<size_t>(index) * array.elementSize;
}

//===- Profile.cpp - Limited units over the cycles of a block -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scopes/Profile.h"

using namespace mlir;
using namespace gaus::ir;

void Profile::add(const Held &held, int64_t start, int64_t cycles) {
  Steps &steps = pools
                     .try_emplace({held.owner, held.name.getAsOpaquePointer()},
                                  Steps{held, {}, 0})
                     .first->second;
  auto step = [&](int64_t from, int64_t to) {
    steps.changes[from] += held.units;
    steps.changes[to] -= held.units;
  };
  if (ii <= 0) {
    step(start, start + cycles);
    return;
  }
  steps.always += cycles / ii * held.units;
  int64_t from = start % ii, to = from + cycles % ii;
  step(from, std::min(to, ii));
  if (to > ii)
    step(0, to - ii);
}

llvm::SmallVector<Held, 2> Profile::peaks() const {
  llvm::SmallVector<Held, 2> all;
  for (const auto &[key, steps] : pools) {
    int64_t now = steps.always, most = now;
    for (auto [cycle, change] : steps.changes)
      most = std::max(most, now += change);
    all.push_back(steps.held);
    all.back().units = std::min(most, all.back().limit);
  }
  return all;
}

//===- CheckBindingTest.cpp - Wrong bindings are found --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomDatapath.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// Whether some cycle sees two items in one place, by looking at all of them.
bool isLegal(const Datapath &d, const Binding &b) {
  std::vector<int64_t> last = lastReads(d);
  std::set<std::tuple<char, int32_t, int64_t>> taken;
  auto take = [&](char what, int32_t place, int64_t cycle) {
    int64_t slot = d.period > 0 ? cycle % d.period : cycle;
    return taken.insert({what, place, slot}).second;
  };
  for (int32_t v = 0; v < d.numValues(); ++v)
    for (int64_t c = d.birthOf(v) + 1; c <= last[v]; ++c) {
      int64_t copy = d.period > 0 ? (c - d.birthOf(v) - 1) / d.period : 0;
      int32_t r = b.registersOf(v)[static_cast<size_t>(copy)];
      if (!take('r', r, c) || b.registerWidth[r] < d.width[v])
        return false;
    }
  for (int32_t i = 0; i < d.numNodes(); ++i) {
    if (d.turnsOf(i) > 1)
      continue;
    char kind = static_cast<char>('0' + d.holdKind[d.holdBegin[i]]);
    for (int64_t c = 0; c < d.occupancy[i]; ++c)
      if (!take(kind, b.unitsOf(i)[0], d.start[i] + c))
        return false;
  }
  return true;
}

TEST(CheckBinding, FindsWhatEnumerationFinds) {
  int wrong = 0, right = 0;
  for (uint64_t seed = 0; seed < 400; ++seed) {
    Datapath d = randomDatapath(seed, 8);
    bool takesTurns = false;
    for (int32_t i = 0; i < d.numNodes(); ++i)
      takesTurns |= d.turnsOf(i) > 1;
    if (takesTurns)
      continue;
    Outcome<Binding> b = bindDatapath(d, {1, 0});
    ASSERT_TRUE(b);
    Random r(seed);
    if (r.chance(50) && !b->registers.empty())
      b->registers[r.next() % b->registers.size()] =
          r.in(0, b->registerCount() - 1);
    else if (!b->unit.empty()) {
      int32_t node = r.in(0, d.numNodes() - 1);
      int32_t kind = d.holdKind[d.holdBegin[node]];
      b->unit[b->unitBegin[node]] = r.in(0, b->unitCount[kind] - 1);
    }
    bool legal = isLegal(d, *b);
    EXPECT_EQ(checkBinding(d, *b).empty(), legal) << seed;
    (legal ? right : wrong) += 1;
  }
  EXPECT_GT(wrong, 50);
  EXPECT_GT(right, 50);
}

TEST(CheckBinding, OfAnotherDatapath) {
  Datapath a = randomDatapath(1, 8), b = randomDatapath(2, 3);
  EXPECT_FALSE(checkBinding(a, *bindDatapath(b)).empty());
}

TEST(CheckBinding, MoreUnitsThanTheLimit) {
  Datapath d;
  int32_t mul = d.addKind("mul", 2, true);
  d.addNode(0, 1, 1);
  d.addHold(mul, 1);
  Outcome<Binding> b = bindDatapath(d);
  ASSERT_TRUE(b);
  EXPECT_TRUE(checkBinding(d, *b).empty());
  b->unitCount[mul] = 3;
  EXPECT_EQ(checkBinding(d, *b).size(), 1u);
}

} // namespace

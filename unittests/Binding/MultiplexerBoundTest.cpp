//===- MultiplexerBoundTest.cpp - The bound against all bindings ----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomDatapath.h"

#include "gaus/Binding/Binding.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// The fewest inputs over all bindings with the units and registers of one, by
/// trying all; -1 = there are too many.
int64_t leastInputs(const Datapath &d, Binding b) {
  std::vector<int32_t *> choices;
  std::vector<int32_t> most;
  for (int32_t &r : b.registers) {
    choices.push_back(&r);
    most.push_back(b.registerCount());
  }
  for (int32_t i = 0; i < d.numNodes(); ++i)
    for (int32_t k = b.unitBegin[i]; k < b.unitBegin[i + 1]; ++k) {
      choices.push_back(&b.unit[k]);
      most.push_back(b.unitCount[d.holdKind[d.holdBegin[i]]]);
    }
  double ways = 1;
  for (int32_t m : most)
    ways *= m;
  for (uint8_t commutes : d.commutes)
    ways *= 1 + commutes;
  if (ways > 3000)
    return -1;
  int64_t least = INT64_MAX;
  for (int64_t way = 0; way < static_cast<int64_t>(ways); ++way) {
    int64_t rest = way;
    for (size_t k = 0; k < choices.size(); ++k) {
      *choices[k] = static_cast<int32_t>(rest % most[k]);
      rest /= most[k];
    }
    for (int32_t i = 0; i < d.numNodes(); ++i)
      if (d.commutes[i]) {
        b.swapped[i] = rest % 2;
        rest /= 2;
      }
    b.multiplexerInputs = countMultiplexerInputs(d, b);
    if (checkBinding(d, b).empty())
      least = std::min(least, b.multiplexerInputs);
  }
  return least;
}

TEST(MultiplexerBound, IsNotAboveTheLeast) {
  int tried = 0, reached = 0;
  for (uint64_t seed = 0; seed < 500; ++seed) {
    Datapath d = randomDatapath(seed, 5);
    Outcome<Binding> b = bindDatapath(d, {2, 0});
    ASSERT_TRUE(b);
    int64_t least = leastInputs(d, *b);
    if (least < 0)
      continue;
    int64_t bound = multiplexerBound(d, *b);
    ++tried;
    reached += bound == least;
    EXPECT_GE(bound, 0) << seed;
    EXPECT_LE(bound, least) << seed;
    EXPECT_GE(b->multiplexerInputs, least) << seed;
  }
  EXPECT_GT(tried, 200);
  EXPECT_GT(reached, tried / 2);
}

TEST(MultiplexerBound, IsNotAboveWhatIsFound) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Datapath d = randomDatapath(seed, 14);
    Outcome<Binding> b = bindDatapath(d, {2, 0});
    ASSERT_TRUE(b);
    EXPECT_LE(multiplexerBound(d, *b), b->multiplexerInputs) << seed;
  }
}

/// Five wires at one unit with two inputs, of which three places are too many.
TEST(MultiplexerBound, CountsWires) {
  Datapath d;
  int32_t mul = d.addKind("mul", 1, true);
  for (int32_t i : {0, 1, 2}) {
    d.addNode(i, 1, 1);
    d.addHold(mul, 1);
    d.commutes[i] = 1;
    for (int32_t k : {0, 1})
      d.operands.push_back({i, k, -1, std::min(2 * i + k, 4), 0, 32});
  }
  Outcome<Binding> b = bindDatapath(d);
  ASSERT_TRUE(b);
  EXPECT_EQ(multiplexerBound(d, *b), 3 * 32);
  EXPECT_EQ(b->multiplexerInputs, 4 * 32);
}

} // namespace

//===- SearchStateTest.cpp - Increments against rebuilds ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SmallData.h"

#include "Model/SearchState.h"
#include "RandomProblem.h"

#include "gaus/Device/Arithmetic.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// After any moves within the windows all is what a state that is built anew
/// from the same starts has.
void expectSameAsRebuilt(const Instance &instance, const SearchState &state) {
  SearchState rebuilt(instance, state.starts());
  ASSERT_EQ(state.numProfiles(), rebuilt.numProfiles());
  for (int32_t k = 0; k < state.numProfiles(); ++k) {
    std::span<const int64_t> a = state.profile(k), b = rebuilt.profile(k);
    EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin(), b.end())) << k;
  }
  EXPECT_EQ(state.limitOveruse(), rebuilt.limitOveruse());
  EXPECT_EQ(state.exactCost(), rebuilt.exactCost());
}

void moveAtRandom(const Instance &instance, uint64_t seed) {
  SearchState state(instance, instance.asap);
  for (uint64_t k = 0; k < 300; ++k) {
    dev::Philox random = dev::philox(seed, k, 0);
    auto node = static_cast<int32_t>(dev::drawBelow(
        random.word[0], static_cast<uint64_t>(instance.numNodes)));
    auto cycles =
        static_cast<uint64_t>(instance.alap[node] - instance.asap[node] + 1);
    int32_t cycle =
        instance.asap[node] +
        static_cast<int32_t>(dev::drawBelow(random.word[1], cycles));
    int32_t from = state.start(node);
    double change = state.move(node, cycle);
    // Back and forth again changes nothing.
    if (random.word[2] & 1) {
      EXPECT_NEAR(state.move(node, from) + change, 0, 1e-6);
      EXPECT_EQ(state.start(node), from);
      state.move(node, cycle);
    }
    if (k % 50 == 49)
      expectSameAsRebuilt(instance, state);
  }
}

TEST(SearchState, IncrementsAreWhatARebuildSays) {
  for (int32_t ii : {0, 7})
    for (Objective objective : kObjectives) {
      std::optional<ProblemData> d =
          problemData(layeredProblem(3, 40, ii), objective, 1.5);
      ASSERT_TRUE(d);
      moveAtRandom(d->instance, 1 + static_cast<uint64_t>(ii));
    }
  for (int32_t ii : {0, 7}) {
    std::optional<ProblemData> d = problemData(
        withBuffers(layeredProblem(3, 40, ii)), Objective::Memory, 1.5);
    ASSERT_TRUE(d);
    moveAtRandom(d->instance, 1 + static_cast<uint64_t>(ii));
  }
}

TEST(SearchState, TargetsHaveAPrice) {
  std::optional<ProblemData> d =
      problemData(layeredProblem(3, 40), Objective::Resources, 1.5);
  ASSERT_TRUE(d);
  SearchState state(d->instance, d->instance.asap);
  ASSERT_GT(state.numProfiles(), 0);
  // At first every target is the peak: nothing is above it.
  EXPECT_EQ(state.excess(), 0);
  int64_t peak = state.peak(0);
  EXPECT_EQ(state.target(0), peak);
  double down = state.setTarget(0, peak - 1);
  EXPECT_GT(state.excess(), 0);
  EXPECT_NEAR(state.setTarget(0, peak) + down, 0, 1e-6);
  EXPECT_EQ(state.excess(), 0);
}

} // namespace

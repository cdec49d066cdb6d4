//===- ProfilesTest.cpp - Use and live values by cycle --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Enumerated.h"

#include "Model/Profiles.h"
#include "gaus/Device/ExactCost.h"

using namespace gaus;
using namespace gaus::test;

namespace {

/// Folded to slots, or without the cycles behind the last one that counts.
std::vector<int64_t> folded(const std::vector<int64_t> &profile, int32_t ii) {
  std::vector<int64_t> slots(ii, 0);
  for (size_t k = 0; ii > 0 && k < profile.size(); ++k)
    slots[k % ii] += profile[k];
  if (ii == 0)
    slots = profile;
  while (!slots.empty() && slots.back() == 0)
    slots.pop_back();
  return slots;
}

/// As the core has it, which knows no instance.
TEST(Profiles, AreTheProblems) {
  int compared = 0;
  forMany(20, [&](const Enumerated &e) {
    if (e.all.empty())
      return;
    for (const Starts *s : {&e.all.front(), &e.all.back()}) {
      EXPECT_EQ(folded(liveProfile(e.d.instance, *s), e.d.p.ii),
                folded(memoryProfile(e.d.p, *s), 0));
      for (int32_t r = 0; r < e.d.p.numResources(); ++r)
        EXPECT_EQ(folded(gaus::useProfile(e.d.instance, *s, r), e.d.p.ii),
                  folded(gaus::useProfile(e.d.p, *s, r), 0));
      ++compared;
    }
  });
  EXPECT_GT(compared, 100);
}

TEST(Profiles, LifeEnds) {
  Problem p;
  int32_t a = p.addNode("a", 3, 4), b = p.addNode("b", 1);
  int32_t c = p.addNode("c", 1);
  p.addEdge(a, b);
  p.addEdge(a, c, 2);
  p.ii = 5;
  std::optional<ProblemData> d = problemData(p, Objective::Memory, 3);
  ASSERT_TRUE(d);
  // Read by b in cycle 7, and by c two intervals later than its own start.
  EXPECT_EQ(lifeEnd(d->instance, Starts{1, 7, 0}, a), 10);
  EXPECT_EQ(lifeEnd(d->instance, Starts{1, 7, -20}, a), 7);
  // Never read: dead at its birth.
  EXPECT_EQ(lifeEnd(d->instance, Starts{1, 7, 0}, b), 7);
}

} // namespace

//===- DualBoundTest.cpp - Priced cuts, whole peaks and branches ----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Enumerated.h"

#include "Bounds/DualBound.h"
#include "gaus/Core/Verifier.h"

using namespace gaus;
using namespace gaus::test;

namespace {

DualBoundOptions ample(int64_t upper) {
  DualBoundOptions o;
  o.work = int64_t(1) << 32;
  o.maxIterations = 60;
  o.upper = upper;
  return o;
}

DualBoundResult boundOf(const ProblemData &d, const DualBoundOptions &o) {
  Stop stop;
  std::vector<PriceStart> first{{d.instance.asap, 6.0}};
  return dualBound(d.instance, first, o, stop);
}

TEST(DualBound, NeverAboveTheOptimum) {
  int tight = 0, compared = 0;
  forUnlimited(40, [&](const Enumerated &e) {
    int64_t least = e.leastCost();
    DualBoundResult r = boundOf(e.d, ample(least));
    EXPECT_EQ(r.iterations > 0, dualBoundArcs(e.d.instance) > 0);
    EXPECT_EQ(r.prices.empty(), r.iterations == 0);
    EXPECT_LE(r.bound, least);
    for (const Starts &s : r.starts)
      EXPECT_TRUE(verify(e.d.p, s).empty());
    if (r.iterations == 0)
      return;
    ++compared;
    tight += r.bound == least;
    // The best prices so far are worth their bound at once.
    DualBoundOptions again = ample(least);
    again.maxIterations = 4;
    again.prices = r.prices;
    EXPECT_LE(boundOf(e.d, again).bound, least);
  });
  EXPECT_GT(compared, 60);
  EXPECT_GT(tight, compared * 2 / 3);
}

/// Starts that nothing can move have no network.
TEST(DualBound, NothingToMove) {
  Problem p;
  p.addNode("a", 1, 3);
  p.addNode("b", 1);
  p.addEdge(0, 1);
  std::optional<ProblemData> d = problemData(p, Objective::Memory, 1);
  ASSERT_TRUE(d);
  EXPECT_EQ(dualBoundArcs(d->instance), 0);
  EXPECT_EQ(boundOf(*d, ample(3)).bound, INT64_MIN);
}

TEST(DualBound, EndsWithItsWork) {
  std::optional<ProblemData> d =
      problemData(layeredProblem(3, 60), Objective::Memory, 1.5);
  ASSERT_TRUE(d);
  DualBoundOptions little = ample(d->costOf(d->instance.asap));
  little.work = 1;
  EXPECT_EQ(boundOf(*d, little).bound, INT64_MIN);
  Stop over;
  over.request();
  std::vector<PriceStart> first{{d->instance.asap, 6.0}};
  EXPECT_TRUE(
      dualBound(d->instance, first, ample(little.upper), over).starts.empty());
}

} // namespace

//===- BranchingTest.cpp - Proofs against enumeration ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Enumerated.h"

#include "Bounds/Branching.h"
#include "gaus/Core/Verifier.h"

using namespace gaus;
using namespace gaus::test;

namespace {

PricedRun rootOf(const ProblemData &d, int64_t upper) {
  Stop stop;
  PricedCuts cuts(d.instance, d.instance.asap, d.instance.alap, stop);
  if (!cuts.worthwhile())
    return {};
  return cuts.maximise(cuts.softPrices(d.instance.asap, 6), 10, upper, {});
}

constexpr int64_t kMuch = int64_t(1) << 40;

/// A proof is never wrong, mostly found where the optimum is known, and never
/// where something better exists.
TEST(Branching, ProvesNoMoreThanIsTrue) {
  int proven = 0, asked = 0;
  forUnlimited(40, [&](const Enumerated &e) {
    int64_t least = e.leastCost();
    PricedRun root = rootOf(e.d, least);
    if (root.starts.empty())
      return;
    Stop stop;
    Branching tree = branch(e.d.instance, root, least, kMuch, stop);
    ++asked;
    proven += tree.proven;
    for (const Starts &s : tree.starts)
      EXPECT_TRUE(verify(e.d.p, s).empty());
    EXPECT_FALSE(branch(e.d.instance, root, least + 1, kMuch, stop).proven);
  });
  EXPECT_GT(asked, 50);
  EXPECT_GT(proven, asked / 2);
}

TEST(Branching, NothingIsProvenWithoutTimeOrWork) {
  forUnlimited(10, [&](const Enumerated &e) {
    PricedRun root = rootOf(e.d, e.leastCost() + 1);
    // What the root's bound says needs no branch.
    if (root.starts.empty() || root.bound >= e.leastCost())
      return;
    Stop over, stop;
    over.request();
    EXPECT_FALSE(branch(e.d.instance, root, e.leastCost(), kMuch, over).proven);
    EXPECT_FALSE(branch(e.d.instance, root, e.leastCost(), 1, stop).proven);
  });
}

} // namespace

//===- NeighbourhoodsTest.cpp - The step of integer programs --------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Begun.h"
#include "Enumerated.h"

#include "Improve/Neighbourhoods.h"

using namespace gaus;
using namespace gaus::test;

namespace {

/// A small problem is one program, and then nothing better is left.
TEST(Neighbourhoods, AWholeProblemEndsTheSearch) {
  int searched = 0;
  forMany(15, [&](const Enumerated &e) {
    std::unique_ptr<Begun> begun = begin(e.d.p, e.d.options);
    if (!begun || !begun->incumbent().solved() || e.all.empty())
      return;
    bool peaks = begun->instance().memoryWeight > 0;
    for (int64_t price : begun->instance().price)
      peaks |= begun->instance().ratio * price > 0;
    searchNeighbourhoods(begun->c(), begun->instance(),
                         {4, 300, 5000, 1000, 0});
    EXPECT_GE(begun->incumbent().value(), e.leastCost());
    if (!peaks)
      return;
    EXPECT_EQ(begun->incumbent().value(), e.leastCost());
    EXPECT_TRUE(begun->incumbent().finished());
    // In floating point: no proof.
    EXPECT_LE(begun->incumbent().bound(), e.leastCost());
    ++searched;
  });
  EXPECT_GT(searched, 50);
}

TEST(Neighbourhoods, CountsItsPrograms) {
  SolverOptions o;
  o.objective = Objective::Resources;
  o.length.kind = LengthChoice::Factor;
  o.length.factorMillionths = 1250000;
  std::unique_ptr<Begun> begun = begin(layeredProblem(5, 120), o);
  ASSERT_TRUE(begun);
  int64_t before = begun->incumbent().value();
  searchNeighbourhoods(begun->c(), begun->instance(), {0, 200, 0, 0, 0});
  EXPECT_EQ(begun->incumbent().work().windows, 0);
  searchNeighbourhoods(begun->c(), begun->instance(), {12, 200, 0, 0, 0});
  EXPECT_GT(begun->incumbent().work().windows, 0);
  EXPECT_LE(begun->incumbent().work().windows, 12);
  EXPECT_LE(begun->incumbent().value(), before);
  EXPECT_FALSE(begun->incumbent().finished());
  // What it ends with is a start for others.
  ASSERT_EQ(begun->c().pool.all().size(), 1u);
  EXPECT_EQ(begun->c().pool.all()[0].method, Method::Windows);
}

} // namespace

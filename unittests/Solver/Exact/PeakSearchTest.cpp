//===- PeakSearchTest.cpp - The least peak by asking ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Begun.h"
#include "Enumerated.h"

#include "Exact/PeakSearch.h"

using namespace gaus;
using namespace gaus::test;

namespace {

/// Values of two widths: asked until the answer is no, the cost is the optimum,
/// and proven.
TEST(PeakSearch, TheOptimumIsProven) {
  int asked = 0;
  for (uint64_t seed = 1; seed <= 80; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallShape shape;
    shape.limitPercent = seed % 3 ? 0 : 100;
    shape.pipelined = seed % 2;
    Problem p = smallProblem(seed, shape);
    for (int64_t &width : p.width)
      width = 8 + width % 2 * 16;
    std::optional<ProblemData> d = problemData(p, Objective::Memory, 1.25);
    if (!d || d->p.length > 9)
      continue;
    std::unique_ptr<Begun> begun = begin(d->p, d->options);
    if (!begun || !begun->incumbent().solved() ||
        !PeakFormula::covers(begun->instance()))
      continue;
    std::optional<int64_t> least =
        optimum(d->p, d->p.length, Objective::Memory, {});
    ASSERT_TRUE(least);
    PeakSearch(begun->c()).run(begun->instance(), {1000000, 100000000});
    EXPECT_EQ(begun->incumbent().value(), *least);
    EXPECT_EQ(begun->incumbent().bound(), *least);
    ++asked;
  }
  EXPECT_GT(asked, 30);
}

/// Another objective is not asked about, and without work nothing is.
TEST(PeakSearch, LeavesWhatItDoesNotCover) {
  SolverOptions o;
  o.length.kind = LengthChoice::Factor;
  o.length.factorMillionths = 1500000;
  for (bool covered : {false, true}) {
    o.objective = covered ? Objective::Memory : Objective::Resources;
    std::unique_ptr<Begun> begun = begin(layeredProblem(1, 40), o);
    ASSERT_TRUE(begun);
    int64_t value = begun->incumbent().value();
    ASSERT_EQ(PeakFormula::covers(begun->instance()), covered);
    FormulaBudget budget{1000000, covered ? 0 : 1000000000};
    PeakSearch(begun->c()).run(begun->instance(), budget);
    EXPECT_EQ(begun->incumbent().value(), value);
  }
}

} // namespace

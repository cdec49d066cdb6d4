//===- DepthFirstTest.cpp - Depth-first orders spread over the cycles -----===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "SmallData.h"

#include "Construct/DepthFirst.h"
#include "gaus/Core/Verifier.h"
#include "gaus/Solver/Solver.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace gaus;
using namespace gaus::test;

namespace {

constexpr DepthFirst kBoth[] = {DepthFirst::FromResults,
                                DepthFirst::FromInputs};

TEST(DepthFirst, SatisfiesDependencesAndWindows) {
  int tried = 0;
  for (uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallShape shape;
    shape.maxNodes = 30;
    Problem p = smallProblem(seed, shape);
    std::fill(p.limit.begin(), p.limit.end(), kUnlimited);
    std::optional<ProblemData> d = problemData(p, Objective::Memory, 1.5);
    if (!d || !findComponents(p, Adjacency(p)).acyclic)
      continue;
    ++tried;
    for (DepthFirst from : kBoth)
      for (const auto &v : verify(d->p, depthFirstSchedule(d->instance, from)))
        ADD_FAILURE() << v.message;
  }
  EXPECT_GT(tried, 200);
}

/// Sums of eight inputs each, all independent.
Problem manySums(int32_t count) {
  Problem p;
  for (int32_t k = 0; k < count; ++k) {
    std::vector<int32_t> level;
    for (int32_t i = 0; i < 8; ++i)
      level.push_back(p.addNode("", 1, 1));
    while (level.size() > 1) {
      std::vector<int32_t> next;
      for (size_t i = 0; i < level.size(); i += 2) {
        next.push_back(p.addNode("", 1, 1));
        p.addEdge(level[i], next.back());
        p.addEdge(level[i + 1], next.back());
      }
      level = std::move(next);
    }
  }
  return p;
}

/// One sum after the other needs four values and the one that is made of them;
/// all at once, as the earliest starts have it, need all inputs.
TEST(DepthFirst, FinishesOnePartBeforeTheNext) {
  constexpr int32_t kSums = 40;
  Problem p = manySums(kSums);
  SolverOptions options;
  options.objective = Objective::Memory;
  options.effort = 0;
  options.length.kind = LengthChoice::Cycles;
  options.length.cycles = kSums * 16;
  Outcome<Solution> s = solve(p, options);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->method, Method::DepthFirst);
  EXPECT_LE(s->value, 5);
  auto asap =
      std::find_if(s->methods.begin(), s->methods.end(),
                   [](const auto &m) { return m.method == Method::Asap; });
  ASSERT_NE(asap, s->methods.end());
  EXPECT_EQ(asap->cost, 8 * kSums);
}

/// A chain as long as a stack could not be.
TEST(DepthFirst, NeedsNoRecursion) {
  Problem p;
  constexpr int32_t kNodes = 300000;
  for (int32_t i = 0; i < kNodes; ++i) {
    p.addNode("", 1, 1);
    if (i > 0)
      p.addEdge(i - 1, i);
  }
  std::optional<ProblemData> d = problemData(p, Objective::Memory, 1);
  ASSERT_TRUE(d);
  for (DepthFirst from : kBoth)
    EXPECT_TRUE(verify(d->p, depthFirstSchedule(d->instance, from)).empty());
}

} // namespace

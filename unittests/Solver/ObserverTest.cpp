//===- ObserverTest.cpp - What who watches a search is told ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "SmallData.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Solver/Solver.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

struct Seen {
  std::string part;
  int32_t begun, parts;
  int64_t cost, bound;
  Starts starts;

  bool operator==(const Seen &) const = default;
};

/// A search of little work, of several parts.
SolverOptions quickly() {
  SolverOptions o;
  o.objective = Objective::Memory;
  o.length.kind = LengthChoice::Factor;
  o.length.factorMillionths = 1500000;
  o.effort = 1;
  o.windows = false;
  return o;
}

std::vector<Seen> watch(const Problem &p, SolverOptions o, Solution &found) {
  std::vector<Seen> seen;
  o.observer = [&](const Reached &r) {
    EXPECT_EQ(r.objective, o.objective);
    seen.push_back({std::string(r.part), r.begun, r.parts, r.cost, r.bound,
                    Starts(r.starts.begin(), r.starts.end())});
  };
  Outcome<Solution> s = solve(p, o);
  EXPECT_TRUE(s);
  if (s)
    found = *s;
  return seen;
}

TEST(Observer, SeesPartsInOrderAndEveryBetterSchedule) {
  Problem p = layeredProblem(3, 60);
  SolverOptions o = quickly();
  o.threads = 1;
  Solution found;
  std::vector<Seen> seen = watch(p, o, found);
  ASSERT_GT(seen.size(), 3u);
  EXPECT_EQ(seen.front().part, "construct");
  EXPECT_TRUE(seen.front().starts.empty());
  Problem resolved = *resolve(p, o);
  int32_t begun = 1;
  int64_t best = -1;
  for (const Seen &at : seen) {
    EXPECT_GE(at.begun, begun);
    EXPECT_LE(at.begun, at.parts);
    begun = at.begun;
    if (at.starts.empty())
      continue;
    EXPECT_TRUE(verify(resolved, at.starts).empty());
    EXPECT_EQ(evaluate(resolved, at.starts).memory, at.cost);
    EXPECT_LE(at.bound, at.cost);
    EXPECT_TRUE(best < 0 || at.cost <= best);
    best = at.cost;
  }
  EXPECT_EQ(best, found.value);
  EXPECT_EQ(seen.back().starts, found.starts);
}

TEST(Observer, ThreadsDecideNothing) {
  Problem p = layeredProblem(4, 60);
  SolverOptions o = quickly();
  Solution one, two;
  o.threads = 1;
  std::vector<Seen> first = watch(p, o, one);
  o.threads = 2;
  EXPECT_EQ(watch(p, o, two), first);
  o.observer = nullptr;
  EXPECT_EQ(solve(p, o)->starts, one.starts);
}

} // namespace

//===- ModuloExactTest.cpp - The smallest II against enumeration ----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops.h"

#include "Modulo/ModuloExact.h"
#include "gaus/Core/Bounds.h"
#include "gaus/Core/Verifier.h"
#include "gaus/Solver/Solver.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

constexpr int32_t kMostII = 7;

/// 0 if there is none up to kMostII.
int32_t smallestII(Problem p) {
  for (p.ii = 1; p.ii <= kMostII; ++p.ii)
    if (feasible(p))
      return p.ii;
  return 0;
}

SolverOptions searching(int32_t length) {
  SolverOptions o;
  o.objective = Objective::Latency;
  o.threads = 1;
  o.ii.kind = IIChoice::Auto;
  if (length > 0) {
    o.length.kind = LengthChoice::Cycles;
    o.length.cycles = length;
  }
  return o;
}

struct Tally {
  int bound = 0, none = 0;
};

void compare(Problem p, int32_t length, Tally &tally) {
  p.ii = 0;
  p.length = length;
  int32_t best = smallestII(p);
  Outcome<Solution> s = solve(p, searching(length));
  if (best == 0) {
    EXPECT_TRUE(!s || s->ii > kMostII);
    ++tally.none;
    return;
  }
  ASSERT_TRUE(s) << s.error().message << ", enumeration found II " << best;
  EXPECT_EQ(s->ii, best);
  EXPECT_NE(s->iiProof, IIProof::Undecided);
  EXPECT_EQ(s->undecidedII, 0);
  tally.bound += s->iiProof == IIProof::Bound;
  p.ii = s->ii;
  EXPECT_TRUE(verify(p, s->starts).empty());
}

TEST(Modulo, SmallestIIOfRandomLoops) {
  Tally tally;
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallShape shape = tightShape();
    shape.windows = seed % 2 == 0;
    compare(smallProblem(seed, shape), 0, tally);
  }
  EXPECT_GT(tally.bound, 300);
}

TEST(Modulo, SmallestIIWithinALength) {
  Tally tally;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    compare(smallProblem(seed, tightShape()),
            6 + static_cast<int32_t>(seed % 5), tally);
  }
  // Sums and windows prove all of these; where they do not suffice is below.
  EXPECT_GT(tally.bound, 50);
  EXPECT_GT(tally.none, 0);
}

/// Each verdict alone, without the heuristics of a whole solve before it.
TEST(Modulo, Verdicts) {
  int feasibles = 0, infeasibles = 0;
  Stop stop;
  for (uint64_t seed = 1; seed <= 300; ++seed)
    for (int32_t orders : {0, 4}) {
      SCOPED_TRACE("seed " + std::to_string(seed));
      Problem p = smallProblem(seed, tightShape());
      Outcome<Windows> windows = computeWindows(p);
      if (!windows)
        continue;
      Adjacency adj(p);
      ModuloEffort effort;
      effort.priorityLists = orders;
      ModuloDecision d =
          decideModulo(p, adj, findComponents(p, adj), *windows, effort, stop);
      ASSERT_NE(d.verdict, ModuloVerdict::Undecided);
      bool possible = feasible(p);
      EXPECT_EQ(d.verdict == ModuloVerdict::Feasible, possible);
      if (possible) {
        EXPECT_TRUE(verify(p, d.starts).empty());
      }
      (possible ? feasibles : infeasibles) += 1;
    }
  EXPECT_GT(feasibles, 100);
  EXPECT_GT(infeasibles, 100);
}

/// a, b, c in a ring of exactly the interval, the unit needed at cycles 0, 2
/// and 4 of it: slots 0, 2 and 1 at II 3, but two of them agree at II 2 and 4.
Problem ring(int32_t latency, int32_t distance) {
  Problem p;
  int32_t unit = p.addResource("unit", 1);
  for (int32_t k = 0; k < 3; ++k) {
    p.addNode(std::string(1, static_cast<char>('a' + k)), latency);
    p.addUse(unit, 1);
  }
  p.addEdge(0, 1);
  p.addEdge(1, 2);
  p.addEdge(2, 0, distance);
  return p;
}

TEST(Modulo, BoundsAreNotEnough) {
  // 12 cycles over distance 3: RecMII 4; ResMII 3; all three starts in slot 0.
  Problem p = ring(4, 3);
  EXPECT_EQ(std::max<int64_t>(*recurrenceMII(p), resourceMII(p)), 4);
  Outcome<Solution> s = solve(p, searching(0));
  ASSERT_TRUE(s);
  EXPECT_EQ(s->ii, 5);
  EXPECT_EQ(s->iiProof, IIProof::Exact);
  // Without an effort nothing is proven.
  SolverOptions heuristics = searching(0);
  heuristics.effort = 0;
  s = solve(p, heuristics);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->iiProof, IIProof::Undecided);
  EXPECT_EQ(s->undecidedII, 4);
}

TEST(Modulo, AGivenIIThatIsProvenImpossible) {
  Problem p = ring(4, 3);
  SolverOptions o = searching(0);
  o.ii.kind = IIChoice::Cycles;
  o.ii.cycles = 4;
  Outcome<Solution> s = solve(p, o);
  ASSERT_FALSE(s);
  EXPECT_NE(s.error().message.find("exists at II 4"), std::string::npos)
      << s.error().message;
}

/// A length that a small II rules out, and one that no II satisfies.
TEST(Modulo, LengthsRaiseTheII) {
  Problem p;
  int32_t a = p.addNode("a", 3), b = p.addNode("b", 1);
  p.addEdge(a, b, 1, 90, 1, false);
  p.addEdge(b, a, 1, -94, 1, false);
  Outcome<Solution> s = solve(p, searching(10));
  ASSERT_TRUE(s) << s.error().message;
  EXPECT_EQ(s->ii, 84);
  EXPECT_EQ(s->iiProof, IIProof::Bound);
  EXPECT_FALSE(solve(p, searching(2)));
}

/// More than one cycle, more than the interval, and several units.
TEST(Modulo, HoldsLongerThanTheInterval) {
  for (int64_t limit : {3, 4, 5}) {
    Problem p;
    int32_t unit = p.addResource("unit", limit);
    for (int32_t k = 0; k < 4; ++k) {
      int32_t i = p.addNode("", 5);
      p.occupancy[i] = 2 + k;
      p.addUse(unit, 1);
      if (k > 0)
        p.addEdge(i - 1, i);
    }
    Outcome<Solution> s = solve(p, searching(0));
    ASSERT_TRUE(s);
    EXPECT_EQ(s->ii, smallestII(p));
    EXPECT_NE(s->iiProof, IIProof::Undecided);
  }
}

} // namespace

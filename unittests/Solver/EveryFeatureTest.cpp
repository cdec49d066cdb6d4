//===- EveryFeatureTest.cpp - Small problems against enumeration ----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Problems of at most five nodes in which every feature of the model meets
/// every other one, each with each objective, a given or a searched II. The
/// solver against enumeration: feasible or not, the cost, the bound, what is
/// called optimal or ruled out. GAUS_ORACLE_SEEDS and GAUS_ORACLE_FIRST set
/// how many problems and the first one, for longer runs by hand; failures name
/// the seed.
///
//===----------------------------------------------------------------------===//

#include "Environment.h"
#include "RandomProblem.h"
#include "Reference.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Solver/Solver.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

struct Case {
  Problem p;
  SolverOptions options;
  bool searched = false; ///< the II is to be found

  Problem problemAt(int32_t ii) const {
    Problem at = p;
    at.ii = ii;
    adoptOptions(at, options);
    return at;
  }
};

/// Cycles within which the shortest schedules are looked for where no length is
/// given.
constexpr int32_t kOpen = 16;

void limitLive(Case &c, Random &random) {
  (random.chance(50) ? c.p.liveLimit : c.options.liveLimit) = random.in(0, 14);
  if (c.options.objective == Objective::Latency && c.p.numNodes() <= 3 &&
      !c.searched && random.chance(60)) {
    c.options.length = {};
    c.p.length = 0;
  }
}

/// Buffers, by the problem or by an option, which may also be against it.
void chooseModel(Case &c, Random &random) {
  if (random.chance(50))
    c.p.memoryModel = MemoryModel::Buffers;
  else
    c.options.memoryModel = ModelChoice::Buffers;
  if (c.p.hasBuffers() && random.chance(20))
    c.options.memoryModel = ModelChoice::Values;
}

/// Results that come later in their cycle than the clock allows: what is in the
/// same cycle has to wait.
void comeLate(Problem &p, Random &random) {
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (p.latency[i] > 0)
      p.delayOut[i] = 0.1 * random.in(0, 20);
}

Case makeCase(uint64_t seed, bool models) {
  Random random(seed * 77 + 5);
  SmallShape shape;
  shape.maxNodes = random.chance(30) ? 5 : 4;
  shape.maxLatency = random.in(0, 3);
  shape.edgePercent = random.in(20, 80);
  shape.limitPercent = random.in(0, 100);
  shape.lags = random.chance(60);
  shape.windows = random.chance(60);
  shape.pipelined = random.chance(50);
  shape.clocked = random.chance(40);
  Case c;
  c.p = smallProblem(seed, shape);
  // Pins, and holds beyond the interval.
  for (int32_t i = 0; i < c.p.numNodes(); ++i) {
    if (shape.windows && random.chance(10))
      c.p.earliest[i] = c.p.latest[i] = random.in(0, 5);
    if (random.chance(10))
      c.p.occupancy[i] = random.in(4, 7);
  }
  c.searched = shape.pipelined && random.chance(50);
  if (c.searched)
    c.options.ii.kind = IIChoice::Auto;
  c.options.objective = static_cast<Objective>(seed % 3);
  c.options.weights = {random.in(0, 3), random.in(0, 3)};
  c.options.effort = static_cast<int>(seed % 7 == 0 ? 2 : seed % 2);
  c.options.threads = 1;
  c.options.length.kind = LengthChoice::Cycles;
  c.options.length.cycles = random.in(2, 7);
  c.p.length = c.options.length.cycles;
  if (random.chance(40))
    addInterface(c.p, random);
  if (random.chance(50))
    limitLive(c, random);
  if (models && random.chance(50))
    chooseModel(c, random);
  if (models && shape.clocked && random.chance(40))
    comeLate(c.p, random);
  return c;
}

struct Counts {
  int64_t solved = 0, infeasible = 0, missed = 0, optimal = 0, proven = 0;
};

/// True for errors that claim that there is no schedule.
bool claimsNone(const Diagnostic &d) {
  for (const Note &note : d.notes)
    if (note.message.find("does not prove") != std::string::npos)
      return false;
  return true;
}

void compareAt(const Case &c, int32_t ii, const Outcome<Solution> &s,
               Counts &counts) {
  Problem p = c.problemAt(ii);
  std::optional<int64_t> best = optimum(p, p.length > 0 ? p.length : kOpen,
                                        c.options.objective, c.options.weights);
  if (s && s->value > kOpen && p.length == 0) {
    EXPECT_FALSE(best);
    best = s->value;
  }
  if (!s) {
    if (best)
      EXPECT_FALSE(claimsNone(s.error())) << s.error().message;
    ++(best ? counts.missed : counts.infeasible);
    return;
  }
  ASSERT_TRUE(best) << "an illegal schedule";
  EXPECT_TRUE(violations(p, s->starts).empty());
  EXPECT_TRUE(verify(p, s->starts).empty());
  EXPECT_EQ(
      referenceCost(p, s->starts).value(c.options.objective, c.options.weights),
      s->value);
  EXPECT_LE(s->bound, *best);
  EXPECT_GE(s->value, *best);
  ++counts.solved;
  counts.optimal += s->value == *best;
  counts.proven += s->value <= s->bound;
}

void compareSearched(const Case &c, const Outcome<Solution> &s,
                     Counts &counts) {
  auto possible = [&](int32_t ii) {
    Problem p = c.problemAt(ii);
    return optimum(p, p.length, Objective::Latency, {}).has_value();
  };
  if (!s) {
    // Beyond the length nothing is folded: one II stands for all larger ones.
    if (claimsNone(s.error()))
      for (int32_t ii = 1; ii <= c.p.length + 8; ++ii)
        EXPECT_FALSE(possible(ii)) << "II " << ii << ", " << s.error().message;
    ++counts.infeasible;
    return;
  }
  for (int32_t ii = 1; ii < s->ii; ++ii)
    if (s->undecidedII == 0 || ii < s->undecidedII)
      EXPECT_FALSE(possible(ii)) << "II " << ii << " was ruled out";
  compareAt(c, s->ii, s, counts);
}

void compare(uint64_t seed, Counts &counts, bool models = true) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  Case c = makeCase(seed, models);
  if (c.p.validate())
    return;
  Outcome<Solution> s = solve(c.p, c.options);
  if (c.searched)
    compareSearched(c, s, counts);
  else
    compareAt(c, c.p.ii, s, counts);
}

// The node that stands for what leaves started later than it had to; before
// there were models of memory.
TEST(EveryFeature, SeedsThatFailed) {
  Counts counts;
  for (uint64_t seed : {3011194, 3025318, 3509026, 3522154})
    compare(seed, counts, /*models=*/false);
}

TEST(EveryFeature, AgreesWithEnumeration) {
  auto first = static_cast<uint64_t>(fromEnvironment("GAUS_ORACLE_FIRST", 1));
  auto seeds = static_cast<uint64_t>(fromEnvironment("GAUS_ORACLE_SEEDS", 600));
  Counts counts;
  for (uint64_t seed = first; seed < first + seeds; ++seed)
    compare(seed, counts);
  RecordProperty("solved", std::to_string(counts.solved));
  RecordProperty("infeasible", std::to_string(counts.infeasible));
  RecordProperty("missed", std::to_string(counts.missed));
  RecordProperty("optimal", std::to_string(counts.optimal));
  RecordProperty("proven", std::to_string(counts.proven));
  EXPECT_GT(counts.solved, 0);
  EXPECT_GT(counts.infeasible, 0);
  EXPECT_GT(counts.proven, 0);
}

} // namespace

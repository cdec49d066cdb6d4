//===- PolishTest.cpp - Which candidates are polished ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Begun.h"
#include "RandomProblem.h"

#include "Improve/Polish.h"

#include <gtest/gtest.h>

#include <set>

using namespace gaus;
using namespace gaus::test;

namespace {

std::unique_ptr<Begun> layered(Objective objective) {
  SolverOptions o;
  o.objective = objective;
  o.length.kind = LengthChoice::Factor;
  o.length.factorMillionths = 1500000;
  return begin(layeredProblem(6, 60), o);
}

/// Starts in the windows that differ from each other.
std::vector<Starts> someStarts(const Begun &begun, int32_t count) {
  std::vector<Starts> all;
  for (int32_t k = 0; k < count; ++k) {
    Starts s = begun.instance().asap;
    // Later from some node of the order on, which keeps every dependence.
    for (int32_t at = k; at < begun.instance().numNodes; ++at) {
      int32_t i = begun.instance().topological[at];
      s[i] = begun.instance().alap[i];
    }
    all.push_back(std::move(s));
  }
  return all;
}

TEST(Polish, NeverWorse) {
  for (Objective objective : {Objective::Memory, Objective::Resources}) {
    std::unique_ptr<Begun> begun = layered(objective);
    ASSERT_TRUE(begun);
    int64_t before = begun->incumbent().value();
    Polish(begun->c()).run(begun->instance(), {20000, 2});
    EXPECT_LT(begun->incumbent().value(), before);
    EXPECT_EQ(begun->incumbent().method(), Method::Polish);
    // The incumbent alone was there to begin from.
    EXPECT_EQ(begun->incumbent().work().polishProposals, 20000);
  }
}

/// Without limits `latency` has nothing to polish.
TEST(Polish, NothingForLatency) {
  std::unique_ptr<Begun> begun = layered(Objective::Latency);
  ASSERT_TRUE(begun);
  Polish(begun->c()).run(begun->instance(), {20000, 2});
  EXPECT_EQ(begun->incumbent().work().polishProposals, 0);
}

TEST(Polish, AsManyAsTheBudgetSays) {
  std::unique_ptr<Begun> begun = layered(Objective::Memory);
  ASSERT_TRUE(begun);
  for (const Starts &s : someStarts(*begun, 6))
    begun->c().pool.add(s, Method::Descent);
  Polish(begun->c()).run(begun->instance(), {1000, 3});
  EXPECT_EQ(begun->incumbent().work().polishProposals, 3000);
}

/// The best four of all races, each once, the best first.
TEST(Polish, ElitesOfRaces) {
  std::unique_ptr<Begun> begun = layered(Objective::Resources);
  ASSERT_TRUE(begun);
  Polish polish(begun->c());
  std::vector<Starts> all = someStarts(*begun, 20);
  for (const Starts &s : all)
    begun->c().pool.add(s, Method::Descent);
  std::vector<Candidate> fresh = polish.takeNew();
  EXPECT_EQ(fresh.size(), size_t(Polish::kMostNew));
  EXPECT_TRUE(begun->c().pool.empty());
  for (const Candidate &c : fresh)
    EXPECT_LT(c.kind, Polish::kRacing);
  polish.race(begun->instance(), fresh, 2000);
  // What comes to the same starts is there once.
  polish.race(begun->instance(), fresh, 0);
  polish.race(begun->instance(), fresh, 0);
  std::span<const Elite> elites = polish.elites();
  ASSERT_EQ(elites.size(), 4u);
  std::set<Starts> different;
  for (size_t k = 0; k < elites.size(); ++k) {
    EXPECT_TRUE(elites[k].from.raced);
    different.insert(elites[k].starts);
    if (k > 0) {
      EXPECT_FALSE(isBetter(elites[k].from, elites[k - 1].from));
    }
  }
  EXPECT_EQ(different.size(), 4u);
}

} // namespace

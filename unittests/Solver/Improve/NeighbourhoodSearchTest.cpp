//===- NeighbourhoodSearchTest.cpp - Neighbourhoods against enumeration ---===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Enumerated.h"

#include "Improve/NeighbourhoodSearch.h"
#include "gaus/Core/Verifier.h"

#include <thread>

using namespace gaus;
using namespace gaus::test;

namespace {

NeighbourhoodSearchResult search(const ProblemData &d, const Starts &from,
                                 const NeighbourhoodSearchOptions &options) {
  Stop stop;
  return neighbourhoodSearch(d.instance, from, options, stop);
}

void expectImproved(const ProblemData &d, const Starts &from,
                    const NeighbourhoodSearchResult &r) {
  EXPECT_TRUE(verify(d.p, r.starts).empty());
  int64_t cost = d.costOf(from);
  for (const NeighbourhoodSearchResult::Progress &step : r.progress) {
    EXPECT_LT(step.cost, cost);
    EXPECT_LE(step.programs, r.programs);
    cost = step.cost;
  }
  EXPECT_EQ(d.costOf(r.starts), cost);
}

/// Whether anything is paid for by its peak.
bool hasPeaks(const Instance &instance) {
  return instance.memoryWeight > 0 ||
         std::any_of(instance.price.begin(), instance.price.end(),
                     [&](int64_t price) { return instance.ratio * price > 0; });
}

/// Small problems are one program, whatever schedule it begins from.
TEST(NeighbourhoodSearch, Whole) {
  int searched = 0;
  forMany(30, [&](const Enumerated &e) {
    NeighbourhoodSearchOptions options;
    options.wholeColumns = options.wholeNodes = 10000;
    for (const Starts *from : {e.all.data(), e.all.data() + e.all.size() - 1}) {
      if (e.all.empty() || !hasPeaks(e.d.instance))
        return;
      NeighbourhoodSearchResult r = search(e.d, *from, options);
      expectImproved(e.d, *from, r);
      EXPECT_TRUE(r.complete);
      EXPECT_EQ(r.programs, 1);
      EXPECT_EQ(e.d.costOf(r.starts), e.leastCost());
      ++searched;
    }
  });
  EXPECT_GT(searched, 200);
}

/// A higher peak of the cheap resource for a lower one of the dear one.
TEST(NeighbourhoodSearch, PeaksAreTraded) {
  Problem p;
  int32_t cheap = p.addResource("cheap", kUnlimited, 1);
  int32_t dear = p.addResource("dear", kUnlimited, 3);
  p.addNode("early", 1);
  p.addUse(cheap, 1);
  p.addNode("late", 1);
  p.addUse(dear, 1);
  p.addNode("either", 1);
  p.addUse(cheap, 1);
  p.addUse(dear, 1);
  p.earliest[1] = 1;
  p.latest = {0, 1, 1};
  NeighbourhoodSearchOptions options;
  options.wholeColumns = options.wholeNodes = 100;
  ProblemData d = *problemData(p, Objective::Resources, 1);
  NeighbourhoodSearchResult r = search(d, {0, 1, 1}, options);
  EXPECT_TRUE(r.complete);
  EXPECT_EQ(r.starts, Starts({0, 1, 0}));
}

/// Neighbourhoods alone: legal, never worse, and mostly the best.
TEST(NeighbourhoodSearch, Neighbourhoods) {
  int searched = 0, best = 0;
  forMany(10, [&](const Enumerated &e) {
    if (e.all.empty())
      return;
    NeighbourhoodSearchOptions options;
    options.programs = 20;
    NeighbourhoodSearchResult r = search(e.d, e.all.back(), options);
    expectImproved(e.d, e.all.back(), r);
    ++searched;
    best += e.d.costOf(r.starts) == e.leastCost();
  });
  EXPECT_GT(best, searched * 3 / 4);
}

NeighbourhoodSearchOptions fewPrograms() {
  NeighbourhoodSearchOptions options;
  options.programs = 15;
  options.columns = 200;
  options.seed = 7;
  return options;
}

/// Larger than one program, from the earliest starts.
std::vector<ProblemData> layeredProblems() {
  std::vector<ProblemData> problems;
  for (Objective objective : {Objective::Memory, Objective::Resources})
    for (int32_t ii : {0, 10})
      problems.push_back(
          *problemData(layeredProblem(5, 100, ii), objective, 1.25));
  return problems;
}

void expectSame(const NeighbourhoodSearchResult &a,
                const NeighbourhoodSearchResult &b) {
  EXPECT_EQ(a.starts, b.starts);
  EXPECT_EQ(a.programs, b.programs);
  EXPECT_EQ(a.iterations, b.iterations);
}

TEST(NeighbourhoodSearch, SameAgainAndFromTwoThreads) {
  for (const ProblemData &d : layeredProblems()) {
    NeighbourhoodSearchResult first = search(d, d.instance.asap, fewPrograms()),
                              one, two;
    expectImproved(d, d.instance.asap, first);
    EXPECT_FALSE(first.progress.empty());
    EXPECT_FALSE(first.complete);
    expectSame(first, search(d, d.instance.asap, fewPrograms()));
    std::thread other([&] { one = search(d, d.instance.asap, fewPrograms()); });
    two = search(d, d.instance.asap, fewPrograms());
    other.join();
    expectSame(first, one);
    expectSame(first, two);
  }
}

TEST(NeighbourhoodSearch, Stops) {
  ProblemData d = layeredProblems().front();
  Stop stop;
  stop.request();
  NeighbourhoodSearchResult r =
      neighbourhoodSearch(d.instance, d.instance.asap, fewPrograms(), stop);
  EXPECT_EQ(r.starts, d.instance.asap);
  EXPECT_EQ(r.programs, 0);
  NeighbourhoodSearchOptions options = fewPrograms();
  options.iterations = 1;
  r = search(d, d.instance.asap, options);
  EXPECT_LT(r.programs, options.programs);
  expectImproved(d, d.instance.asap, r);
}

} // namespace

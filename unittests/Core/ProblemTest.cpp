//===- ProblemTest.cpp - Validation and adjacency -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Problem.h"
#include "gaus/Core/Checked.h"
#include "gaus/Core/Schedule.h"
#include "gaus/Core/Verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

using namespace gaus;
using testing::HasSubstr;

namespace {

Problem valid() {
  Problem p;
  p.addResource("mul", 2);
  p.addNode("x", 1, 8);
  p.addUse(0, 1);
  p.addNode("y", 2, 8);
  p.addUse(0, 2);
  p.addEdge(0, 1);
  return p;
}

TEST(Problem, ValidAndEmptyProblemsPass) {
  EXPECT_FALSE(valid().validate());
  EXPECT_FALSE(Problem().validate());
  // A distance without an II is allowed: the II may be found later.
  Problem p = valid();
  p.distance[0] = 1;
  EXPECT_FALSE(p.validate());
}

struct Rule {
  const char *name;
  std::function<void(Problem &)> breakIt;
  const char *code;
  const char *message;
};

TEST(Problem, EveryRuleIsChecked) {
  double nan = std::numeric_limits<double>::quiet_NaN();
  const Rule rules[] = {
      {"node arrays", [](Problem &p) { p.width.pop_back(); }, "input",
       "nodes differ"},
      {"edge arrays", [](Problem &p) { p.lag.pop_back(); }, "input",
       "edges differ"},
      {"resource arrays", [](Problem &p) { p.price.pop_back(); }, "input",
       "resources differ"},
      {"names", [](Problem &p) { p.nodeName.resize(3); }, "input",
       "more node names"},
      {"use rows", [](Problem &p) { p.useBegin = {0, 2, 1}; }, "input", "row"},
      {"use entries", [](Problem &p) { p.useUnits.push_back(1); }, "input",
       "rows"},
      {"use row order", [](Problem &p) { p.useBegin = {0, 3, 2}; }, "input",
       "row"},
      {"first row", [](Problem &p) { p.useBegin = {1, 1, 2}; }, "input",
       "rows"},
      {"use index", [](Problem &p) { p.useResource[0] = 1; }, "input",
       "uses resource 1 of 1"},
      {"use index", [](Problem &p) { p.useResource[0] = -1; }, "input",
       "uses resource -1"},
      {"units", [](Problem &p) { p.useUnits[0] = -1; }, "input", "units"},
      {"units above limit", [](Problem &p) { p.useUnits[1] = 3; }, "Res",
       "more units of 'mul' than its limit 2"},
      {"sum above limit", [](Problem &p) { p.addUse(0, 1); }, "Res", "'y'"},
      {"limit", [](Problem &p) { p.limit[0] = 0; }, "Res", "below 1"},
      {"limit", [](Problem &p) { p.limit[0] = -2; }, "Res", "below 1"},
      {"price", [](Problem &p) { p.price[0] = -1; }, "input", "price"},
      {"latency", [](Problem &p) { p.latency[0] = -1; }, "input", "latency"},
      {"latency", [](Problem &p) { p.latency[0] = kMaxCycle + 1; }, "input",
       "latency"},
      {"occupancy", [](Problem &p) { p.occupancy[0] = 0; }, "input",
       "occupancy"},
      {"width", [](Problem &p) { p.width[0] = -1; }, "input", "width"},
      {"window", [](Problem &p) { p.earliest[0] = -1; }, "input", "window"},
      {"window", [](Problem &p) { p.latest[0] = INT32_MAX; }, "input",
       "window"},
      {"empty window", [](Problem &p) { p.earliest[1] = 3, p.latest[1] = 2; },
       "Win", "window [3, 2] of 'y' is empty"},
      {"delay", [=](Problem &p) { p.delayIn[0] = nan; }, "input", "delay"},
      {"delay", [](Problem &p) { p.delayOut[0] = -0.1; }, "input", "delay"},
      {"source", [](Problem &p) { p.source[0] = 2; }, "input", "edge"},
      {"target", [](Problem &p) { p.target[0] = -1; }, "input", "edge"},
      {"distance", [](Problem &p) { p.distance[0] = -1; }, "input", "distance"},
      {"lag", [](Problem &p) { p.lag[0] = -kMaxCycle - 1; }, "input", "lag"},
      {"weight", [](Problem &p) { p.weight[0] = -1; }, "input", "weight"},
      {"kind", [](Problem &p) { p.carries[0] = 2; }, "input", "kind"},
      {"ii", [](Problem &p) { p.ii = -1; }, "input", "initiation interval"},
      {"length", [](Problem &p) { p.length = -1; }, "input", "length"},
      {"clock", [=](Problem &p) { p.clock = nan; }, "input", "clock"},
  };
  for (const Rule &rule : rules) {
    Problem p = valid();
    rule.breakIt(p);
    std::optional<Diagnostic> d = p.validate();
    ASSERT_TRUE(d) << rule.name;
    EXPECT_EQ(d->code, rule.code) << rule.name;
    EXPECT_THAT(d->message, HasSubstr(rule.message)) << rule.name;
  }
}

TEST(Problem, SumsThatOverflowAreErrors) {
  constexpr int64_t kHuge = int64_t(1) << 61;
  Problem p = valid();
  p.width = {kHuge, 1};
  EXPECT_FALSE(p.validate());
  p.addEdge(1, 0, 1);
  p.ii = 1;
  p.width = {kHuge, kHuge};
  EXPECT_THAT(p.validate()->message, HasSubstr("widths"));
  p = valid();
  p.weight[0] = kHuge;
  EXPECT_THAT(p.validate()->message, HasSubstr("edges"));
  p = valid();
  p.ii = p.distance[0] = kMaxCycle;
  EXPECT_FALSE(p.validate());
  p.weight[0] = 100;
  EXPECT_THAT(p.validate()->message, HasSubstr("edges"));
  p = valid();
  p.limit[0] = kUnlimited;
  p.useUnits[0] = kHuge;
  p.occupancy[0] = 4;
  EXPECT_THAT(p.validate()->message, HasSubstr("uses of 'mul'"));
  p = valid();
  p.price[0] = kHuge;
  EXPECT_THAT(p.validate()->message, HasSubstr("uses of 'mul'"));
}

TEST(Problem, LabelsFallBackToNumbers) {
  Problem p;
  p.addNode("", 1);
  p.addNode("y", 1);
  p.addNode("", 1);
  p.addResource("", 1);
  EXPECT_EQ(p.nodeLabel(0), "node 0");
  EXPECT_EQ(p.nodeLabel(1), "y");
  EXPECT_EQ(p.nodeLabel(2), "node 2");
  EXPECT_EQ(p.resourceLabel(0), "resource 0");
  EXPECT_FALSE(p.validate());
}

TEST(Problem, ManyUsesOfOneNode) {
  Problem p;
  constexpr int32_t kUses = 200000;
  p.addResource("many", kUses);
  for (int32_t r = 1; r < 1000; ++r)
    p.addResource("", kUses / 1000);
  p.addNode("x", 1);
  for (int32_t k = 0; k < kUses; ++k)
    p.addUse(k % 1000, 1);
  EXPECT_FALSE(p.validate());
  EXPECT_TRUE(verify(p, Starts{0}).empty());
  p.addUse(999, 1);
  std::optional<Diagnostic> wrong = p.validate();
  ASSERT_TRUE(wrong);
  EXPECT_EQ(wrong->code, "Res");
}

/// More than 64 terms that leave 120 bits together do not wrap to a small sum.
TEST(Problem, SumsThatLeave128Bits) {
  Problem p;
  p.ii = kMaxCycle;
  p.addNode("", 1, INT64_MAX);
  p.addNode("", 1, INT64_MAX);
  for (int32_t k = 0; k < 4096; ++k)
    p.addEdge(0, 1, kMaxCycle, 0, INT64_MAX);
  std::optional<Diagnostic> wrong = p.validate();
  ASSERT_TRUE(wrong);
  EXPECT_NE(wrong->message.find("overflow 62 bits at the initiation interval"),
            std::string::npos);
}

TEST(Checked, Text) {
  EXPECT_EQ(toText(0), "0");
  EXPECT_EQ(toText(Wide(1) << 67), "147573952589676412928");
  EXPECT_EQ(toText(-(Wide(1) << 67)), "-147573952589676412928");
  EXPECT_EQ(ceilDiv(Wide(1) << 67, 1), INT64_MAX);
  EXPECT_EQ(ceilDiv(7, INT64_MAX), 1);
}

TEST(Adjacency, RowsHoldEdgesInOrder) {
  Problem p;
  for (int i = 0; i < 3; ++i)
    p.addNode("", 1);
  p.addEdge(0, 2);
  p.addEdge(1, 2);
  p.addEdge(0, 1);
  p.addEdge(2, 2, 1);
  Adjacency adj(p);
  auto row = [](std::span<const int32_t> s) {
    return std::vector<int32_t>(s.begin(), s.end());
  };
  EXPECT_EQ(row(adj.out(0)), (std::vector<int32_t>{0, 2}));
  EXPECT_EQ(row(adj.out(1)), (std::vector<int32_t>{1}));
  EXPECT_EQ(row(adj.in(2)), (std::vector<int32_t>{0, 1, 3}));
  EXPECT_TRUE(adj.in(0).empty());
}

TEST(Problem, CarriedEdgesGoAndTheOthersKeepTheirOrder) {
  Problem p;
  for (int32_t i = 0; i < 3; ++i)
    p.addNode("", 1);
  p.addEdge(0, 1, 0, 2, 5, true);
  p.addEdge(1, 0, 3);
  p.addEdge(2, 2, 1);
  p.addEdge(1, 2, 0, -1, 7, false);
  p.addEdge(0, 2, 0, 4, 0, false);
  p.numChainEdges = 1;
  p.dropCarriedEdges();
  EXPECT_EQ(p.source, (std::vector<int32_t>{0, 1, 0}));
  EXPECT_EQ(p.target, (std::vector<int32_t>{1, 2, 2}));
  EXPECT_EQ(p.distance, (std::vector<int32_t>{0, 0, 0}));
  EXPECT_EQ(p.lag, (std::vector<int32_t>{2, -1, 4}));
  EXPECT_EQ(p.weight, (std::vector<int64_t>{5, 7, 0}));
  EXPECT_EQ(p.carries, (std::vector<uint8_t>{1, 0, 0}));
  EXPECT_EQ(p.numChainEdges, 1);
}

TEST(Problem, UsesOfSomeNodesAreDropped) {
  Problem p;
  int32_t a = p.addResource("a"), b = p.addResource("b");
  for (int32_t i = 0; i < 4; ++i) {
    p.addNode("", 1);
    if (i == 2)
      continue;
    p.addUse(a, i + 1);
    p.addUse(b, 10 * (i + 1));
  }
  p.dropUses([](int32_t node) { return node == 1; });
  EXPECT_EQ(p.useBegin, (std::vector<int32_t>{0, 2, 2, 2, 4}));
  EXPECT_EQ(p.useResource, (std::vector<int32_t>{a, b, a, b}));
  EXPECT_EQ(p.useUnits, (std::vector<int64_t>{1, 10, 4, 40}));
  p.dropUses([](int32_t) { return true; });
  EXPECT_EQ(p.useBegin, (std::vector<int32_t>{0, 0, 0, 0, 0}));
  EXPECT_TRUE(p.useResource.empty() && p.useUnits.empty());
}

} // namespace

//===- ResolveTest.cpp - What solve is given, checked ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Solver/Solver.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace gaus;

namespace {

TEST(Resolve, IsCheckedBeforeAnInterval) {
  Problem p;
  int32_t r = p.addResource("mul", 0);
  p.addNode("x", 1);
  p.addUse(r, 1);
  SolverOptions o;
  o.ii.kind = IIChoice::Auto;
  Outcome<Solution> s = solve(p, o);
  ASSERT_FALSE(s);
  std::optional<Diagnostic> wrong = p.validate();
  ASSERT_TRUE(wrong);
  EXPECT_EQ(s.error().message, wrong->message);
  // The steps check what they are given, too.
  EXPECT_FALSE(annotate(p, o));
  EXPECT_FALSE(commit(p, o, {{0}, {1}}));
  WorkCounts work;
  EXPECT_FALSE(relax(p, o, {{0}, {1}}, work));
}

TEST(Resolve, OptionsFromCode) {
  Problem p;
  p.addNode("x", 1);
  auto refused = [&](auto change) {
    SolverOptions o;
    change(o);
    Outcome<Solution> s = solve(p, o);
    return !s && s.error().code == "option";
  };
  EXPECT_TRUE(refused([](SolverOptions &o) { o.weights.ratio = INT64_MAX; }));
  EXPECT_TRUE(refused([](SolverOptions &o) { o.weights.alpha = -1; }));
  EXPECT_TRUE(refused([](SolverOptions &o) { o.effort = 40; }));
  EXPECT_TRUE(refused([](SolverOptions &o) { o.threads = -1; }));
  EXPECT_TRUE(refused([](SolverOptions &o) { o.timeLimit = NAN; }));
  EXPECT_TRUE(refused([](SolverOptions &o) { o.clock = -1; }));
  EXPECT_TRUE(refused([](SolverOptions &o) {
    o.length.kind = LengthChoice::Cycles;
    o.length.cycles = -5;
  }));
  EXPECT_TRUE(refused([](SolverOptions &o) {
    o.length.kind = LengthChoice::Factor;
    o.length.factorMillionths = INT64_MIN;
  }));
  EXPECT_TRUE(refused([](SolverOptions &o) {
    o.ii.kind = IIChoice::Cycles;
    o.ii.cycles = -3;
  }));
  EXPECT_TRUE(refused([](SolverOptions &o) { o.objective = Objective(77); }));
  EXPECT_TRUE(refused([](SolverOptions &o) { o.objective = Objective(-1); }));
  EXPECT_TRUE(refused([](SolverOptions &o) { o.start = StartKind(9); }));
  EXPECT_TRUE(refused([](SolverOptions &o) { o.backend = BackendKind(9); }));
  EXPECT_TRUE(
      refused([](SolverOptions &o) { o.memoryModel = ModelChoice(9); }));
  EXPECT_FALSE(refused([](SolverOptions &) {}));
}

TEST(Resolve, WeightsThatCostsCannotHold) {
  Problem p;
  p.addNode("", 1);
  p.addNode("", 1);
  p.addEdge(0, 1, 0, 0, int64_t(1) << 32);
  SolverOptions o;
  o.objective = Objective::Resources;
  ASSERT_TRUE(solve(p, o));
  o.weights.alpha = int64_t(1) << 31;
  Outcome<Solution> s = solve(p, o);
  ASSERT_FALSE(s);
  EXPECT_NE(s.error().message.find("overflow"), std::string::npos);
}

} // namespace

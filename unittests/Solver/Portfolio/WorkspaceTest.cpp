//===- WorkspaceTest.cpp - What belongs to one solve ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Portfolio/Workspace.h"
#include "Construct/Heuristics.h"
#include "RandomProblem.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

std::unique_ptr<Workspace> created(const Problem &p, const SolverOptions &o) {
  Outcome<std::unique_ptr<Workspace>> workspace = Workspace::create(p, o);
  EXPECT_TRUE(workspace);
  return workspace ? std::move(*workspace) : nullptr;
}

/// An open horizon ends where the best schedule does; without one it is all
/// work in a row.
TEST(Workspace, CutsAnOpenHorizon) {
  SolverOptions o;
  Problem p = sharedUnits(2, 10);
  auto before = created(p, o), after = created(p, o);
  ASSERT_TRUE(before && after);
  ASSERT_FALSE(before->buildArrays({}));
  EXPECT_EQ(before->instance().alap, Starts(10, 9));
  offerLists(after->context());
  ASSERT_EQ(after->context().incumbent.length(), 5);
  ASSERT_FALSE(after->buildArrays({}));
  EXPECT_EQ(after->instance().alap, Starts(10, 4));
}

TEST(Workspace, KeepsALength) {
  SolverOptions o;
  Problem p = sharedUnits(2, 10);
  p.length = 7;
  auto workspace = created(p, o);
  ASSERT_TRUE(workspace);
  ASSERT_FALSE(workspace->buildArrays({}));
  EXPECT_EQ(workspace->instance().alap, Starts(10, 6));
}

TEST(Workspace, SaysWhyThereAreNoArrays) {
  SolverOptions o;
  Problem p = sharedUnits(2, 10);
  p.length = 1 << 23;
  auto tooLong = created(p, o);
  ASSERT_TRUE(tooLong);
  std::optional<Diagnostic> why = tooLong->buildArrays({});
  ASSERT_TRUE(why);
  EXPECT_EQ(why->code, "input");
  EXPECT_EQ(tooLong->instance().numNodes, 0);
  p.length = 1 << 20;
  o.memoryLimit = 1 << 20;
  auto tooLarge = created(p, o);
  ASSERT_TRUE(tooLarge);
  why = tooLarge->buildArrays({1, 1, 100});
  ASSERT_TRUE(why);
  EXPECT_EQ(why->code, "memory");
  // With room for it, the same.
  o.memoryLimit = int64_t(1) << 32;
  auto enough = created(p, o);
  ASSERT_TRUE(enough);
  EXPECT_FALSE(enough->buildArrays({1, 1, 100}));
}

TEST(Workspace, IsNotMadeOfWhatIsWrong) {
  SolverOptions o;
  Problem p = sharedUnits(1, 2);
  o.effort = 9;
  EXPECT_FALSE(Workspace::create(p, o));
  o.effort = 1;
  p.addEdge(0, 0);
  Outcome<std::unique_ptr<Workspace>> w = Workspace::create(p, o);
  ASSERT_FALSE(w);
  EXPECT_EQ(w.error().code, "Dep");
}

} // namespace

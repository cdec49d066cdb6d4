//===- SlotFormulaTest.cpp - Verdicts against enumeration -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Modulo/Loops.h"

#include "Modulo/SlotFormula.h"
#include "gaus/Core/Verifier.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

const Stop never;

/// A model is a schedule and unsatisfiable a proof, but where schedules are
/// left out: there only a model counts.
TEST(SlotFormula, VerdictsAreTrue) {
  int feasibles = 0, infeasibles = 0;
  for (uint64_t seed = 1; seed <= 1000; ++seed)
    for (bool evenly : {false, true}) {
      SCOPED_TRACE("seed " + std::to_string(seed));
      Problem p = smallProblem(seed, tightShape());
      Outcome<Windows> windows = computeWindows(p);
      if (!windows)
        continue;
      Adjacency adj(p);
      Components components = findComponents(p, adj);
      auto s = SlotProblem::of(p, adj, components, *windows, evenly, nullptr);
      ASSERT_TRUE(s);
      if (!s->workFits) {
        EXPECT_FALSE(feasible(p));
        continue;
      }
      SlotFormula::Answer answer =
          SlotFormula(p, *s).solve(1000000, 1000000, never);
      ASSERT_NE(answer.verdict, ModuloVerdict::Undecided);
      bool found = answer.verdict == ModuloVerdict::Feasible;
      if (found) {
        EXPECT_TRUE(verify(p, s->complete(answer.chosen, nullptr)).empty());
        ++feasibles;
      } else if (!s->restricted) {
        EXPECT_FALSE(feasible(p));
        ++infeasibles;
      }
    }
  EXPECT_GT(feasibles, 50);
  EXPECT_GT(infeasibles, 10);
}

TEST(SlotFormula, UndecidedWithoutRoomOrTime) {
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    Problem p = smallProblem(seed, tightShape());
    Outcome<Windows> windows = computeWindows(p);
    if (!windows)
      continue;
    Adjacency adj(p);
    Components components = findComponents(p, adj);
    auto s = SlotProblem::of(p, adj, components, *windows, false, nullptr);
    ASSERT_TRUE(s);
    if (!s->workFits)
      continue;
    EXPECT_EQ(SlotFormula(p, *s).solve(1000, 0, never).verdict,
              ModuloVerdict::Undecided);
  }
}

} // namespace

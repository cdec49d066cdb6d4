//===- DescentsTest.cpp - Batches of descents -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "SmallRun.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

TEST(Descents, TheCpuGoesOnWithTheSameBits) {
  Problem p = layeredProblem(5, 30);
  SolverOptions o;
  o.objective = Objective::Memory;
  o.effort = 1;
  o.threads = 1;
  o.polish = false;
  o.backend = BackendKind::Cpu;
  Outcome<Solution> whole = solveSmall(p, o);
  ASSERT_TRUE(whole);
  ASSERT_GT(whole->work.descentSteps, 0);
  o.backend = BackendKind::Simt;
  for (const char *batch : {"load", "1", "2"}) {
    setenv("GAUS_SIMT_FAIL", batch, 1);
    Outcome<Solution> s = solveSmall(p, o);
    unsetenv("GAUS_SIMT_FAIL");
    ASSERT_TRUE(s) << s.error().message;
    EXPECT_EQ(s->starts, whole->starts);
    EXPECT_EQ(s->work.descentSteps, whole->work.descentSteps);
    EXPECT_EQ(s->bound, whole->bound);
    if (std::string(batch) != "2") {
      EXPECT_EQ(s->backend, "cpu");
      EXPECT_NE(s->backendReason.find("simt failed"), std::string::npos);
    }
  }
}

} // namespace

//===- TraceTest.cpp - The lines of a trace -------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Context/Trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

using namespace gaus;
using testing::HasSubstr;

namespace {

std::vector<std::string> linesOf(const std::string &path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  return lines;
}

TEST(Trace, NothingIsWrittenUnasked) {
  SolverOptions o;
  auto trace = Trace::open(o, "p");
  ASSERT_TRUE(trace);
  EXPECT_FALSE((*trace)->wanted());
  (*trace)->better(1, 0, Method::List);
  EXPECT_FALSE((*trace)->failure());
}

TEST(Trace, ALineEach) {
  SolverOptions o;
  o.trace = testing::TempDir() + "gaus-trace-test.jsonl";
  {
    auto trace = Trace::open(o, "p");
    ASSERT_TRUE(trace);
    EXPECT_TRUE((*trace)->wanted());
    (*trace)->better(7, 5, Method::List);
    std::vector<Trace::Step> steps{{6, 1, {{"replica", int64_t(0)}}},
                                   {5, 4, {{"replica", int64_t(1)}}}};
    (*trace)->steps(steps, 4, 0.0);
    (*trace)->steps({}, 4, 0.0);
  }
  std::vector<std::string> lines = linesOf(o.trace);
  ASSERT_EQ(lines.size(), 3u);
  for (const std::string &line : lines) {
    EXPECT_THAT(line, HasSubstr("\"problem\":\"p\""));
    EXPECT_THAT(line, HasSubstr("\"cpu_seconds\":"));
  }
  EXPECT_THAT(lines[0], HasSubstr("\"cost\":7"));
  EXPECT_THAT(lines[0], HasSubstr("\"bound\":5"));
  EXPECT_THAT(lines[0], HasSubstr("\"method\":\"list\""));
  EXPECT_THAT(lines[2], HasSubstr("\"replica\":1"));
  // The file is begun anew, or gone on with.
  o.traceAppends = true;
  ASSERT_TRUE(Trace::open(o, "p"));
  EXPECT_EQ(linesOf(o.trace).size(), 3u);
  o.traceAppends = false;
  ASSERT_TRUE(Trace::open(o, "p"));
  EXPECT_EQ(linesOf(o.trace).size(), 0u);
  std::remove(o.trace.c_str());
}

TEST(Trace, AFileThatCannotBe) {
  SolverOptions o;
  o.trace = testing::TempDir() + "no-such-folder/trace.jsonl";
  auto trace = Trace::open(o, "p");
  ASSERT_FALSE(trace);
  EXPECT_EQ(trace.error().code, "io");
  EXPECT_THAT(trace.error().message, HasSubstr(o.trace));
}

} // namespace

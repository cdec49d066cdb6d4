//===- SummaryTest.cpp - The summary of a program as text -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/IO/Summary.h"

#include "Recurrences.h"

#include "gaus/IO/Formats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

using namespace gaus;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

/// A sum of 4 cycles around the loop, and `loads` uses of 2 ports.
Problem loop(int loads) {
  Problem p;
  int32_t port = p.addResource("port", 2);
  for (int k = 0; k < loads; ++k) {
    p.addNode("load", 2);
    p.addUse(port, 1);
  }
  int32_t sum = p.addNode("sum", 4);
  p.addEdge(sum, sum, 1);
  return p;
}

SummaryRemark explained(Problem p, int32_t ii,
                        std::optional<std::string> proof = std::nullopt) {
  p.ii = ii;
  IntervalFacts facts;
  facts.ii = ii;
  facts.proof = std::move(proof);
  facts.scope = "loop i";
  return explainInterval(p, facts);
}

TEST(Summary, NamesWhatAsksForTheInterval) {
  SummaryRemark one = explained(loop(2), 4);
  EXPECT_EQ(one.text, "loop i: II 4 is the smallest");
  EXPECT_THAT(one.more,
              ElementsAre("recurrence of 4 cycles over 1 iteration: sum (4 "
                          "cycles), then, in the next iteration, itself",
                          "1 cycle less around it may allow II 3",
                          "over 2 iterations instead of 1 it may allow II 2"));
  SummaryRemark other = explained(loop(10), 5);
  EXPECT_THAT(other.more, ElementsAre("limit of port: 2 units, 10 uses an "
                                      "iteration (load)",
                                      "3 units of port may allow II 4"));
}

TEST(Summary, HelpsOnlyWhereNothingElseAsksForAsMuch) {
  Problem p = loop(8);
  SummaryRemark both = explained(p, 4);
  ASSERT_EQ(both.more.size(), 3u);
  EXPECT_THAT(both.more[0], StartsWith("recurrence of 4 cycles"));
  EXPECT_THAT(both.more[1], StartsWith("limit of port"));
  EXPECT_EQ(both.more[2], "only together: 1 cycle less around it, 3 units of "
                          "port may allow II 3");
  // Another recurrence, which is not named.
  int32_t other = p.addNode("other", 4);
  p.addEdge(other, other, 1);
  EXPECT_EQ(explained(p, 4).more.back(),
            "no change of this alone would help: something else asks for II 4, "
            "too");
}

TEST(Summary, AnOperationOfAllRecurrences) {
  Problem p = test::twoWaysAround();
  EXPECT_EQ(explained(p, 5).more.back(), "1 cycle less for mul may allow II 4");
}

TEST(Summary, ThereIsOneOfEachFunction) {
  Problem p;
  int32_t one = p.addResource("@f", 1, 0);
  p.addNode("call", 3);
  p.addUse(one, 1);
  p.occupancy[0] = 3;
  EXPECT_THAT(explained(p, 3).more,
              ElementsAre("the one instance of @f: 1 use an iteration that "
                          "holds 3 unit cycles (call)"));
}

TEST(Summary, SaysHowSureItIs) {
  Problem p = loop(2);
  auto proven = [&](int32_t ii, std::optional<std::string> proof) {
    IntervalFacts facts;
    facts.ii = ii;
    facts.proof = std::move(proof);
    return provenText(p, facts);
  };
  // What limits and recurrences ask for needs no search.
  EXPECT_EQ(proven(4, std::nullopt), "yes");
  // The bounds of a problem with alternatives are not those of the program.
  EXPECT_EQ(proven(4, "undecided"), "no");
  EXPECT_EQ(proven(5, std::nullopt), "given");
  EXPECT_EQ(proven(5, "undecided"), "no");
  EXPECT_EQ(proven(5, "exact"), "yes");
  EXPECT_EQ(proven(5, "bound"), "yes");
  EXPECT_THAT(explained(p, 5).text,
              HasSubstr("II 5 was given; limits and recurrences ask for 4"));
  EXPECT_THAT(explained(p, 5, "exact").text, HasSubstr("a search has proven"));
  EXPECT_THAT(explained(p, 5, "undecided").text,
              HasSubstr("whether less than 5 is possible is not known"));
  EXPECT_THAT(explained(p, 5, "bound").text, HasSubstr("these windows"));
  p.distance[0] = 4;
  SummaryRemark free = explained(p, 3);
  EXPECT_THAT(free.text, HasSubstr("no more than 1"));
  EXPECT_TRUE(free.more.empty());
}

TEST(Summary, MemoryThatMayBeApart) {
  Problem p;
  p.addNode("load", 2);
  p.addNode("store", 1);
  p.addEdge(0, 1);
  p.addEdge(1, 0, 1, 0, 0, false);
  p.ii = 3;
  IntervalFacts facts;
  facts.ii = 3;
  facts.mayMeet = [&](int32_t edge) { return p.distance[edge] > 0; };
  facts.apart = [](int32_t) { return std::optional<int64_t>(1); };
  SummaryRemark remark = explainInterval(p, facts);
  EXPECT_EQ(remark.more[0],
            "recurrence of 3 cycles over 1 iteration: load (2 cycles), store "
            "(1 cycle), then, in the next iteration, load, which may touch the "
            "same memory");
  EXPECT_EQ(remark.more.back(),
            "if no other iteration touches what load touches, gaus.independent "
            "on it may allow II 1");
  facts.apart = [](int32_t) { return std::optional<int64_t>(3); };
  EXPECT_THAT(explainInterval(p, facts).more.back(),
              Not(HasSubstr("independent")));
}

TEST(Summary, TextIsAlignedAndFits) {
  SummaryPart part;
  SummaryRow top;
  top.name = "function @" + std::string(200, 'f');
  top.where = "f.c:1";
  top.operations = 12;
  top.cycles = 20;
  top.cyclesKnown = false;
  for (int k = 0; k < 20; ++k)
    top.uses.push_back({"resource" + std::to_string(k), 2, 1, k % 2 == 0});
  SummaryRow inner;
  inner.depth = 1;
  inner.name = "loop i";
  inner.trips = "8";
  part.rows = {top, inner};
  std::string words;
  for (int k = 0; k < 60; ++k)
    words += "llvm.load #" + std::to_string(k) + " (line 12, 2 cycles), ";
  part.sections = {{"some", {{words, {words}}}}, {"none", {}}};
  std::string text = writeSummary({part, part});
  EXPECT_THAT(text, AllOf(StartsWith(top.name + "\n"), HasSubstr(">=20"),
                          HasSubstr("  loop i"), HasSubstr("<=1"),
                          HasSubstr("resource19 of 2"), Not(HasSubstr("none")),
                          Not(HasSubstr("RecMII"))));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_TRUE(line.size() <= 100 || line == top.name) << line;
    EXPECT_TRUE(line.empty() || line.back() != ' ') << line;
    // What belongs together is on one line.
    EXPECT_EQ(std::count(line.begin(), line.end(), '('),
              std::count(line.begin(), line.end(), ')'));
  }
  EXPECT_EQ(writeSummary({}), "");
  EXPECT_EQ(writeSummary({SummaryPart()}), "");
}

TEST(Summary, OfOneProblem) {
  Problem p = loop(2);
  p.ii = 4;
  Starts starts = {0, 1, 0};
  ReportFacts facts;
  facts.ii = 4;
  const ReportInfo *form = findReport("summary");
  ASSERT_TRUE(form && form->writeProgram);
  ReportedScope scope{p, starts, facts};
  std::string text = form->write({&scope, 1});
  EXPECT_THAT(text,
              StartsWith("scope    ops  II  proven  RecMII  ResMII  "
                         "length\n"
                         "problem    3   4  yes          4       1     "));
  EXPECT_THAT(text, HasSubstr("problem: II 4 is the smallest"));
}

} // namespace

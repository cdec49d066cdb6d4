//===- FormatsTest.cpp - The table of formats -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/IO/Formats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

using namespace gaus;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Formats, RowsAreWhole) {
  std::set<std::string_view> names;
  std::set<std::string> endings;
  for (const FormatInfo &format : formatTable()) {
    SCOPED_TRACE(format.name);
    EXPECT_TRUE(names.insert(format.name).second);
    EXPECT_EQ(findFormat(format.name), &format);
    EXPECT_TRUE(format.read || format.write);
    EXPECT_TRUE(format.write || !format.needsStarts);
    EXPECT_FALSE(format.sentence.empty());
    std::istringstream words{std::string(format.endings)};
    for (std::string ending; words >> ending;) {
      EXPECT_EQ(ending[0], '.');
      EXPECT_TRUE(endings.insert(ending).second);
      EXPECT_EQ(findReader("dir.x/name" + ending),
                format.read ? &format : nullptr);
      EXPECT_EQ(readEndings().find(ending) != std::string::npos,
                format.read != nullptr);
    }
  }
  EXPECT_EQ(findFormat("docx"), nullptr);
  EXPECT_EQ(findReader("gml"), nullptr);
  EXPECT_EQ(findReader(""), nullptr);
}

TEST(Formats, NoReaderTakesNothing) {
  for (const FormatInfo &format : formatTable()) {
    SCOPED_TRACE(format.name);
    if (!format.read)
      continue;
    Reading reading;
    Outcome<Problem> p = format.read("", reading);
    ASSERT_FALSE(p);
    EXPECT_EQ(p.error().code, "io");
    EXPECT_TRUE(reading.starts.empty());
  }
}

TEST(Formats, WritersTakeASchedule) {
  Problem p;
  p.addNode("a", 2, 8);
  p.addNode("b", 1, 4);
  p.addEdge(0, 1);
  Starts starts = {0, 2};
  for (const FormatInfo &format : formatTable()) {
    SCOPED_TRACE(format.name);
    if (!format.write)
      continue;
    std::string text = format.write(p, starts);
    EXPECT_FALSE(text.empty());
    if (!format.read)
      continue;
    Reading reading;
    Outcome<Problem> again = format.read(text, reading);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->latency, p.latency);
    EXPECT_EQ(reading.starts, starts);
  }
  std::vector<ReportedScope> scopes(3, ReportedScope{p, starts, {}});
  for (const ReportInfo &report : reportTable()) {
    EXPECT_FALSE(report.write(scopes).empty()) << report.name;
    EXPECT_FALSE(report.write(Reported(scopes).first(1)).empty())
        << report.name;
  }
}

TEST(Formats, MessagesNameAll) {
  Outcome<Problem> p = readProblem("x.docx", std::nullopt);
  ASSERT_FALSE(p);
  EXPECT_THAT(p.error().message, HasSubstr("expected " + readEndings()));
  EXPECT_THAT(readEndings(".mlir"), StartsWith(".gml, .aig, .aag, "));
  EXPECT_THAT(readEndings(".mlir"), EndsWith(" or .mlir"));
  for (const ReportInfo &report : reportTable())
    EXPECT_THAT(reportNames(), HasSubstr(report.name));
}

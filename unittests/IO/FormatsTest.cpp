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

TEST(Formats, PagesHoldAnyName) {
  Problem p;
  p.addNode("</script><script>alert(1)</script><!-- & \xff", 1);
  ReportedScope scope{p, {0}, {}};
  scope.facts.scope = "</title> \"@TITLE@\" @DATA@";
  std::string page = findReport("html")->write({&scope, 1});
  // The page's own elements end; nothing of the names does or is replaced.
  auto count = [&](std::string_view text) {
    size_t found = 0;
    for (size_t at = 0; (at = page.find(text, at)) != std::string::npos; ++at)
      ++found;
    return found;
  };
  EXPECT_EQ(count("</script"), 2u);
  EXPECT_EQ(count("<!--"), 0u);
  EXPECT_EQ(count("</title>"), 1u);
  EXPECT_EQ(count("\\u003c/script\\u003e\\u003cscript\\u003ealert(1)"), 1u);
  EXPECT_THAT(page, HasSubstr("&lt;/title&gt; &quot;@TITLE@&quot; @DATA@"));
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

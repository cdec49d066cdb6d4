//===- Html.cpp - Reports as pages ----------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Writers/Parts.h"

#include <algorithm>
#include <numeric>

using namespace gaus;
using namespace gaus::io;

static std::string escaped(const std::string &text) {
  std::string out;
  for (char c : text)
    out += c == '<'   ? std::string("&lt;")
           : c == '>' ? std::string("&gt;")
           : c == '&' ? std::string("&amp;")
           : c == '"' ? std::string("&quot;")
                      : std::string(1, c);
  return out;
}

namespace {

/// The columns of a chart: every cycle, or of a long schedule those in which an
/// operation starts or ends.
class Columns {
public:
  Columns(const Problem &p, std::span<const int32_t> starts) {
    int64_t cycles = 1;
    for (int32_t i = 0; i < p.numNodes(); ++i)
      cycles = std::max(cycles, endOf(p, starts, i));
    // A chart of all cycles may be some times as large as its operations.
    all = cycles <= 1000 + 4 * int64_t(p.numNodes());
    if (all) {
      marks.resize(cycles + 1);
      std::iota(marks.begin(), marks.end(), 0);
      return;
    }
    marks = {0};
    for (int32_t i = 0; i < p.numNodes(); ++i) {
      marks.push_back(starts[i]);
      marks.push_back(endOf(p, starts, i));
    }
    std::sort(marks.begin(), marks.end());
    marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
  }

  static int64_t endOf(const Problem &p, std::span<const int32_t> starts,
                       int32_t i) {
    return int64_t(starts[i]) + durationOf(p, i);
  }
  bool complete() const { return all; }
  /// Where they begin; the last one is the end of the others.
  const std::vector<int64_t> &cycles() const { return marks; }
  int64_t width() const { return all ? 24 : 84; }
  /// Pixels from the first column to `cycle`, which is one of `cycles`.
  int64_t at(int64_t cycle) const {
    auto mark = std::lower_bound(marks.begin(), marks.end(), cycle);
    return (mark - marks.begin()) * width();
  }

private:
  bool all = true;
  std::vector<int64_t> marks;
};

} // namespace

static std::string sectionOf(const ReportedScope &scope, size_t number) {
  const auto &[p, starts, facts] = scope;
  constexpr int kRow = 18, kNames = 220;
  Columns columns(p, starts);
  const std::vector<int64_t> &cycles = columns.cycles();
  std::string out =
      "<h1 id=\"s" + std::to_string(number) + "\">" + escaped(facts.scope) +
      "</h1>\n<p>" + escaped(factsLine(facts)) + "</p>\n" +
      (columns.complete() ? ""
                          : "<p>A column for each cycle in which an operation "
                            "starts or ends.</p>\n") +
      "<svg width=\"" + std::to_string(kNames + columns.at(cycles.back())) +
      "\" height=\"" + std::to_string((p.numNodes() + 1) * kRow) + "\">\n";
  for (size_t k = 0; k + 1 < cycles.size(); ++k)
    out += "<text x=\"" + std::to_string(kNames + columns.at(cycles[k])) +
           "\" y=\"12\">" + std::to_string(cycles[k]) + "</text>\n";
  int64_t y = kRow;
  for (int32_t i : byStart(starts)) {
    std::string name = escaped(p.nodeLabel(i));
    int64_t x = columns.at(starts[i]);
    out += "<text x=\"0\" y=\"" + std::to_string(y + 12) + "\">" + name +
           "</text><rect x=\"" + std::to_string(kNames + x) + "\" y=\"" +
           std::to_string(y + 2) + "\" width=\"" +
           std::to_string(columns.at(Columns::endOf(p, starts, i)) - x - 2) +
           "\" height=\"14\" fill=\"#4878a8\"><title>" + name + ": cycle " +
           std::to_string(starts[i]) + ", latency " +
           std::to_string(p.latency[i]) + "</title></rect>\n";
    y += kRow;
  }
  return out + "</svg>\n";
}

std::string gaus::reportHtml(Reported scopes) {
  std::string title = scopes.size() == 1
                          ? "Schedule of " + escaped(scopes[0].facts.scope)
                          : "Schedules";
  std::string out = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta "
                    "charset=\"utf-8\"><title>" +
                    title +
                    "</title>\n<style>body{font:14px sans-serif}"
                    "svg{font:11px monospace}</style></head><body>\n";
  if (scopes.size() > 1) {
    out += "<ul>\n";
    for (size_t k = 0; k < scopes.size(); ++k)
      out += "<li><a href=\"#s" + std::to_string(k) + "\">" +
             escaped(scopes[k].facts.scope) + "</a></li>\n";
    out += "</ul>\n";
  }
  for (size_t k = 0; k < scopes.size(); ++k)
    out += sectionOf(scopes[k], k);
  return out + "</body></html>\n";
}

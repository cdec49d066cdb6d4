//===- Report.cpp - Reports for people and for tables ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/IO/Writers.h"

#include "Writers/Table.h"

#include "gaus/Core/Bounds.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

using namespace gaus;
using namespace gaus::io;

std::string gaus::toCsv(std::span<const int32_t> starts) {
  std::string out = "node,start\n";
  for (size_t i = 0; i < starts.size(); ++i)
    out += std::to_string(i) + "," + std::to_string(starts[i]) + "\n";
  return out;
}

namespace {

std::string usesOf(const Problem &p, int32_t node, const char *separator) {
  std::string out;
  for (int32_t k = p.useBegin[node]; k < p.useBegin[node + 1]; ++k) {
    if (!out.empty())
      out += separator;
    out += p.resourceLabel(p.useResource[k]);
    if (p.useUnits[k] != 1)
      out += ":" + std::to_string(p.useUnits[k]);
  }
  return out;
}

std::vector<int32_t> byStart(std::span<const int32_t> starts) {
  std::vector<int32_t> order(starts.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int32_t a, int32_t b) { return starts[a] < starts[b]; });
  return order;
}

std::string quotedCsv(const std::string &text) {
  if (text.find_first_of(",\"\n") == std::string::npos)
    return text;
  std::string out = "\"";
  for (char c : text)
    out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string escaped(const std::string &text) {
  std::string out;
  for (char c : text)
    out += c == '<'   ? std::string("&lt;")
           : c == '>' ? std::string("&gt;")
           : c == '&' ? std::string("&amp;")
           : c == '"' ? std::string("&quot;")
                      : std::string(1, c);
  return out;
}

std::string factsLine(const ReportFacts &facts) {
  std::string out = facts.scope;
  auto put = [&](const char *key, const std::optional<int64_t> &value) {
    if (value)
      out += std::string("  ") + key + " " + std::to_string(*value);
  };
  put("length", facts.length);
  put("ii", facts.ii);
  if (facts.iiProof)
    out += *facts.iiProof == "undecided" ? "  (a smaller ii is undecided)"
                                         : "  (proven smallest)";
  put("cost", facts.cost);
  put("bound", facts.bound);
  if (facts.cost && facts.bound && *facts.cost > 0) {
    char text[32];
    std::snprintf(text, sizeof(text), "  gap %.2f%%",
                  100.0 * double(*facts.cost - *facts.bound) /
                      double(*facts.cost));
    out += text;
  }
  return out;
}

} // namespace

std::string gaus::reportText(const Problem &p, std::span<const int32_t> starts,
                             const ReportFacts &facts) {
  Cost cost = evaluate(p, starts);
  if (!facts.peaks.empty())
    cost.peak = facts.peaks;
  std::string out = factsLine(facts) + "\n";
  out += "peak use " + std::to_string(cost.resources) + "  communication " +
         std::to_string(cost.communication) + "  peak memory " +
         std::to_string(cost.memory) + "  cycles " +
         std::to_string(cost.length);
  if (facts.ii) {
    out += "  ResMII " + std::to_string(resourceMII(p));
    if (Outcome<int32_t> least = recurrenceMII(p))
      out += "  RecMII " + std::to_string(*least);
  }
  out += "\n";
  for (int32_t r = 0; r < p.numResources(); ++r) {
    if (cost.peak[r] == 0)
      continue;
    out += "resource " + p.resourceLabel(r) + ": peak " +
           std::to_string(cost.peak[r]);
    if (p.limit[r] != kUnlimited)
      out += " of " + std::to_string(p.limit[r]);
    out += "\n";
  }
  if (facts.functionUse)
    for (const FunctionUse &use : *facts.functionUse)
      out += "in the whole function " + use.resource + ": peak " +
             (use.exact ? "" : "at most ") + std::to_string(use.peak) + " of " +
             std::to_string(use.limit) + "\n";
  std::vector<std::vector<std::string>> rows = {
      {"start", "end", "operation", "node", "width", "uses"}};
  for (int32_t i : byStart(starts))
    rows.push_back({std::to_string(starts[i]),
                    std::to_string(int64_t(starts[i]) + p.latency[i]),
                    p.nodeLabel(i), std::to_string(i),
                    std::to_string(p.width[i]), usesOf(p, i, " ")});
  return out + table(rows, {true, true, false, true, true, false});
}

std::string gaus::reportCsv(const Problem &p, std::span<const int32_t> starts) {
  std::string out = "node,name,start,end,latency,occupancy,width,uses\n";
  for (int32_t i = 0; i < p.numNodes(); ++i)
    out += std::to_string(i) + "," + quotedCsv(p.nodeLabel(i)) + "," +
           std::to_string(starts[i]) + "," +
           std::to_string(int64_t(starts[i]) + p.latency[i]) + "," +
           std::to_string(p.latency[i]) + "," + std::to_string(p.occupancy[i]) +
           "," + std::to_string(p.width[i]) + "," +
           quotedCsv(usesOf(p, i, " ")) + "\n";
  return out;
}

std::string gaus::toDot(const Problem &p, std::span<const int32_t> starts) {
  auto quoted = [](const std::string &text) {
    std::string out = "\"";
    for (char c : text)
      out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out + "\"";
  };
  std::string out = "digraph " + quoted(p.name) + " {\n  node [shape=box];\n";
  int32_t cycle = -1;
  for (int32_t i : byStart(starts)) {
    if (starts[i] != cycle) {
      out += cycle < 0 ? "" : "  }\n";
      cycle = starts[i];
      out += "  subgraph cycle" + std::to_string(cycle) + " { rank=same;\n";
    }
    out += "    n" + std::to_string(i) + ";\n";
  }
  out += cycle < 0 ? "" : "  }\n";
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    std::string label = p.nodeLabel(i);
    if (!starts.empty())
      label += " @" + std::to_string(starts[i]);
    out += "  n" + std::to_string(i) + " [label=" + quoted(label) + "];\n";
  }
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    out += "  n" + std::to_string(p.source[e]) + " -> n" +
           std::to_string(p.target[e]);
    std::string attributes;
    if (!p.carries[e])
      attributes = "style=dashed";
    if (p.distance[e] > 0)
      attributes += std::string(attributes.empty() ? "" : ", ") + "label=\"" +
                    std::to_string(p.distance[e]) + "\", constraint=false";
    out += attributes.empty() ? ";\n" : " [" + attributes + "];\n";
  }
  return out + "}\n";
}

std::string gaus::toMinimalloc(const Problem &p,
                               std::span<const int32_t> starts) {
  std::vector<int64_t> last(p.numNodes(), -1);
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (p.carries[e])
      last[p.source[e]] =
          std::max(last[p.source[e]], int64_t(starts[p.target[e]]) +
                                          int64_t(p.ii) * p.distance[e]);
  std::string out = "id,lower,upper,size\n";
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    int64_t born = int64_t(starts[i]) + durationOf(p, i) - 1;
    if (last[i] > born && p.width[i] > 0)
      out += std::to_string(i) + "," + std::to_string(born) + "," +
             std::to_string(last[i]) + "," + std::to_string(p.width[i]) + "\n";
  }
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

std::string gaus::reportHtml(const Problem &p, std::span<const int32_t> starts,
                             const ReportFacts &facts) {
  constexpr int kRow = 18, kNames = 220;
  Columns columns(p, starts);
  const std::vector<int64_t> &cycles = columns.cycles();
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
      "<title>Schedule of " +
      escaped(facts.scope) +
      "</title>\n<style>body{font:14px sans-serif}svg{font:11px monospace}"
      "</style>\n<h1>" +
      escaped(facts.scope) + "</h1>\n<p>" + escaped(factsLine(facts)) +
      "</p>\n" +
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
  return out + "</svg>\n</html>\n";
}

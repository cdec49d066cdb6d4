//===- Report.cpp - Reports for people and for tables ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/IO/Writers.h"

#include "Writers/Parts.h"
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

std::string quotedCsv(const std::string &text) {
  if (text.find_first_of(",\"\n") == std::string::npos)
    return text;
  std::string out = "\"";
  for (char c : text)
    out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

} // namespace

/// "area lut: 96 to 320, dsp: 1 to 2 (3 operations without)"
static std::string areaLine(const ReportFacts &facts) {
  std::string out = "area";
  for (const AreaUse &use : facts.area) {
    out += (out == "area" ? " " : ", ") + use.kind + ": ";
    if (use.shared != use.each)
      out += std::to_string(use.shared) + " to ";
    out += std::to_string(use.each);
  }
  if (facts.withoutArea > 0)
    out += " (" + std::to_string(facts.withoutArea) + " operations without)";
  return out + "\n";
}

std::string gaus::io::factsLine(const ReportFacts &facts) {
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

std::vector<int32_t> gaus::io::byStart(std::span<const int32_t> starts) {
  std::vector<int32_t> order(starts.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int32_t a, int32_t b) { return starts[a] < starts[b]; });
  return order;
}

Cost gaus::costOf(const ReportedScope &scope) {
  Cost cost = evaluate(scope.problem, scope.starts);
  if (!scope.facts.peaks.empty())
    cost.peak = scope.facts.peaks;
  cost.resources = scope.facts.resources.value_or(cost.resources);
  return cost;
}

static std::string textOf(const ReportedScope &scope) {
  const auto &[p, starts, facts] = scope;
  Cost cost = costOf(scope);
  std::string out = factsLine(facts) + "\n";
  out += "peak use " + std::to_string(cost.resources) + "  communication " +
         std::to_string(cost.communication) + "  peak memory " +
         std::to_string(cost.memory) + (p.hasBuffers() ? " of buffers" : "") +
         "  cycles " + std::to_string(cost.length);
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
  if (!facts.area.empty())
    out += areaLine(facts);
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

std::string gaus::reportText(Reported scopes) {
  std::string out;
  for (const ReportedScope &scope : scopes)
    out += textOf(scope);
  return out;
}

static std::string rowsOf(const ReportedScope &scope) {
  const auto &[p, starts, facts] = scope;
  std::string out;
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    int64_t start = starts[i];
    out += std::to_string(i) + "," + quotedCsv(p.nodeLabel(i));
    for (int64_t number : {start, start + p.latency[i], int64_t(p.latency[i]),
                           int64_t(p.occupancy[i]), p.width[i]})
      out += "," + std::to_string(number);
    out += "," + quotedCsv(usesOf(p, i, " ")) + "," + quotedCsv(facts.scope) +
           "\n";
  }
  return out;
}

std::string gaus::reportCsv(Reported scopes) {
  std::string out = "node,name,start,end,latency,occupancy,width,uses,scope\n";
  for (const ReportedScope &scope : scopes)
    out += rowsOf(scope);
  return out;
}

std::string gaus::toMinimalloc(const Problem &p,
                               std::span<const int32_t> starts) {
  std::vector<int64_t> last(p.numNodes(), -1);
  for (int32_t i = 0; i < p.numNodes() && p.hasBuffers(); ++i)
    last[i] = int64_t(starts[i]) + durationOf(p, i);
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (p.carries[e])
      last[p.source[e]] =
          std::max(last[p.source[e]], int64_t(starts[p.target[e]]) +
                                          int64_t(p.ii) * p.distance[e] +
                                          readFor(p, p.target[e]));
  std::string out = "id,lower,upper,size\n";
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    int64_t born = int64_t(starts[i]) + bornAfter(p, i);
    if (last[i] > born && p.width[i] > 0)
      out += std::to_string(i) + "," + std::to_string(born) + "," +
             std::to_string(last[i]) + "," + std::to_string(p.width[i]) + "\n";
  }
  return out;
}

//===- JsonReport.cpp - Reports as JSON ---------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Writers/Parts.h"

#include "gaus/Core/Bounds.h"
#include "gaus/Core/Version.h"
#include "gaus/IO/Summary.h"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace gaus;
using nlohmann::json;

//===----------------------------------------------------------------------===//
// A scope
//===----------------------------------------------------------------------===//

static void putNumber(json &doc, const char *key,
                      const std::optional<int64_t> &value) {
  if (value)
    doc[key] = *value;
}

static json operationsOf(const ReportedScope &scope) {
  const auto &[p, starts, facts] = scope;
  json operations = json::array();
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    json uses = json::object();
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      uses[p.resourceLabel(p.useResource[k])] = p.useUnits[k];
    json entry = {{"node", i},
                  {"name", p.nodeLabel(i)},
                  {"start", starts[i]},
                  {"latency", p.latency[i]},
                  {"occupancy", p.occupancy[i]},
                  {"width", p.width[i]},
                  {"uses", std::move(uses)}};
    if (!facts.places.empty() && !facts.places[i].file.empty()) {
      entry["file"] = facts.places[i].file;
      entry["line"] = facts.places[i].line;
    }
    if (!facts.units.empty() && !facts.units[i].empty())
      entry["units"] = facts.units[i];
    operations.push_back(std::move(entry));
  }
  return operations;
}

/// What is as usual is left out.
static json edgesOf(const Problem &p) {
  json edges = json::array();
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    json edge = {{"from", p.source[e]}, {"to", p.target[e]}};
    if (p.distance[e] != 0)
      edge["distance"] = p.distance[e];
    if (p.lag[e] != 0)
      edge["lag"] = p.lag[e];
    if (!p.carries[e])
      edge["kind"] =
          e >= p.numEdges() - p.numChainEdges ? "chain" : "precedence";
    else if (p.weight[e] != 1)
      edge["weight"] = p.weight[e];
    edges.push_back(std::move(edge));
  }
  return edges;
}

/// The edges of a longest path, first to last; nothing where there is none.
static json longestPathOf(const Problem &p) {
  json path = json::array();
  Outcome<EarliestStarts> earliest = earliestStarts(p);
  if (!earliest || p.numNodes() == 0)
    return path;
  auto endOfNode = [&](int32_t i) {
    return int64_t(earliest->asap[i]) + durationOf(p, i);
  };
  int32_t last = 0;
  for (int32_t i = 1; i < p.numNodes(); ++i)
    if (endOfNode(i) > endOfNode(last))
      last = i;
  std::vector<int32_t> edges;
  for (int32_t e = earliest->parent[last];
       e >= 0 && std::ssize(edges) < p.numNodes();
       e = earliest->parent[p.source[e]])
    edges.push_back(e);
  std::reverse(edges.begin(), edges.end());
  return edges;
}

static void putRecurrence(json &doc, const Problem &p) {
  Outcome<Recurrence> found = criticalRecurrence(p);
  if (!found)
    return;
  doc["rec_mii"] = found->ii;
  if (p.ii > 0 && !found->edges.empty())
    doc["recurrence"] = {{"cycles", found->cycles},
                         {"distance", found->distance},
                         {"edges", found->edges}};
}

static json usesOf(const std::vector<FunctionUse> &uses) {
  json all = json::array();
  for (const FunctionUse &use : uses)
    all.push_back({{"name", use.resource},
                   {"limit", use.limit},
                   {"peak", use.peak},
                   {"exact", use.exact}});
  return all;
}

static json scopeOf(const ReportedScope &scope) {
  const auto &[p, starts, facts] = scope;
  json doc = {{"scope", facts.scope}};
  if (facts.objective)
    doc["objective"] = *facts.objective;
  putNumber(doc, "length", facts.length);
  putNumber(doc, "ii", facts.ii);
  if (facts.iiProof)
    doc["ii_proof"] = *facts.iiProof;
  putNumber(doc, "cost", facts.cost);
  putNumber(doc, "bound", facts.bound);
  putNumber(doc, "parent", facts.parent);
  putNumber(doc, "parent_node", facts.parentNode);
  if (p.clock > 0)
    doc["clock"] = p.clock;
  doc["res_mii"] = resourceMII(p);
  putRecurrence(doc, p);
  doc["longest_path"] = longestPathOf(p);
  Cost cost = costOf(scope);
  doc["costs"] = {{"R", cost.resources},
                  {"Com", cost.communication},
                  {"Mem", cost.memory},
                  {"T", cost.length}};
  auto pairs = [](const std::vector<ProfileStep> &steps) {
    json out = json::array();
    for (const ProfileStep &step : steps)
      out.push_back({step.cycle, step.value});
    return out;
  };
  doc["live"] = pairs(memorySteps(p, starts));
  if (p.limitsLive())
    doc["live_limit"] = p.liveLimit;
  if (p.hasBuffers())
    doc["memory_model"] = toString(p.memoryModel);
  json resources = json::array();
  for (int32_t r = 0; r < p.numResources(); ++r) {
    json entry = {{"name", p.resourceLabel(r)},
                  {"peak", cost.peak[r]},
                  {"use", pairs(useSteps(p, starts, r))}};
    if (p.limit[r] != kUnlimited)
      entry["limit"] = p.limit[r];
    resources.push_back(std::move(entry));
  }
  doc["resources"] = std::move(resources);
  if (!facts.area.empty()) {
    json area = json::object();
    for (const AreaUse &use : facts.area)
      area[use.kind] = {{"each", use.each}, {"shared", use.shared}};
    doc["area"] = std::move(area);
    doc["without_area"] = facts.withoutArea;
  }
  if (facts.functionUse)
    doc["function_use"] = usesOf(*facts.functionUse);
  doc["operations"] = operationsOf(scope);
  doc["edges"] = edgesOf(p);
  return doc;
}

//===----------------------------------------------------------------------===//
// A program
//===----------------------------------------------------------------------===//

static json rowOf(const SummaryRow &row) {
  json doc = {{"depth", row.depth}, {"name", row.name}};
  auto put = [&](const char *key, const std::string &text) {
    if (!text.empty())
      doc[key] = text;
  };
  putNumber(doc, "scope", row.scope);
  put("where", row.where);
  put("trips", row.trips);
  put("proven", row.proven);
  putNumber(doc, "operations", row.operations);
  putNumber(doc, "ii", row.ii);
  putNumber(doc, "rec_mii", row.recurrences);
  putNumber(doc, "res_mii", row.resources);
  putNumber(doc, "length", row.length);
  putNumber(doc, "cycles", row.cycles);
  if (!row.cyclesKnown)
    doc["cycles_known"] = false;
  if (!row.uses.empty())
    doc["peaks"] = usesOf(row.uses);
  return doc;
}

static json partJson(const SummaryPart &part) {
  json rows = json::array(), sections = json::array();
  for (const SummaryRow &row : part.rows)
    rows.push_back(rowOf(row));
  for (const SummarySection &section : part.sections) {
    json remarks = json::array();
    for (const SummaryRemark &remark : section.remarks)
      remarks.push_back({{"text", remark.text}, {"more", remark.more}});
    if (!remarks.empty())
      sections.push_back(
          {{"title", section.title}, {"remarks", std::move(remarks)}});
  }
  return {{"rows", std::move(rows)}, {"sections", std::move(sections)}};
}

static json documentOf(const ReportedProgram &program) {
  json scopes = json::array(), parts = json::array();
  for (const ReportedScope &scope : program.scopes)
    scopes.push_back(scopeOf(scope));
  for (const SummaryPart &part : program.parts)
    parts.push_back(partJson(part));
  for (size_t k = 0; program.parts.empty() && k < program.scopes.size(); ++k) {
    SummaryPart part = partOf(program.scopes[k]);
    part.rows[0].scope = static_cast<int64_t>(k);
    parts.push_back(partJson(part));
  }
  return {{"schema_version", 4},
          {"version", kVersion},
          {"scopes", std::move(scopes)},
          {"program", std::move(parts)}};
}

static std::string textOf(const json &doc, int indent) {
  return doc.dump(indent, ' ', false, json::error_handler_t::replace);
}

std::string gaus::io::embeddedJson(const ReportedProgram &program) {
  json doc = documentOf(program);
  json sources = json::object();
  for (const SourceText &source : program.sources)
    sources[source.file] = source.text;
  doc["sources"] = std::move(sources);
  return textOf(doc, -1);
}

std::string gaus::reportJson(const ReportedProgram &program) {
  return textOf(documentOf(program), 2) + "\n";
}

std::string gaus::reportJson(Reported scopes) {
  return reportJson({{scopes.begin(), scopes.end()}, {}, {}});
}

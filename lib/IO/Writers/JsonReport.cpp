//===- JsonReport.cpp - Reports as JSON ---------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Bounds.h"
#include "gaus/IO/Writers.h"

#include <nlohmann/json.hpp>

using namespace gaus;
using nlohmann::json;

static json operationsOf(const Problem &p, const Starts &starts) {
  json operations = json::array();
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    json uses = json::object();
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      uses[p.resourceLabel(p.useResource[k])] = p.useUnits[k];
    operations.push_back({{"node", i},
                          {"name", p.nodeLabel(i)},
                          {"start", starts[i]},
                          {"latency", p.latency[i]},
                          {"occupancy", p.occupancy[i]},
                          {"width", p.width[i]},
                          {"uses", std::move(uses)}});
  }
  return operations;
}

static json scopeOf(const ReportedScope &scope) {
  const auto &[p, starts, facts] = scope;
  json doc = {{"scope", facts.scope}};
  if (facts.objective)
    doc["objective"] = *facts.objective;
  auto put = [&](const char *key, const std::optional<int64_t> &value) {
    if (value)
      doc[key] = *value;
  };
  put("length", facts.length);
  put("ii", facts.ii);
  if (facts.iiProof)
    doc["ii_proof"] = *facts.iiProof;
  put("cost", facts.cost);
  put("bound", facts.bound);
  put("parent", facts.parent);
  put("parent_node", facts.parentNode);
  doc["res_mii"] = resourceMII(p);
  if (Outcome<int32_t> least = recurrenceMII(p))
    doc["rec_mii"] = *least;
  Cost cost = evaluate(p, starts);
  if (!facts.peaks.empty())
    cost.peak = facts.peaks;
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
  if (facts.functionUse) {
    json uses = json::array();
    for (const FunctionUse &use : *facts.functionUse)
      uses.push_back({{"name", use.resource},
                      {"limit", use.limit},
                      {"peak", use.peak},
                      {"exact", use.exact}});
    doc["function_use"] = std::move(uses);
  }
  doc["operations"] = operationsOf(p, starts);
  return doc;
}

std::string gaus::reportJson(Reported scopes) {
  json all = json::array();
  for (const ReportedScope &scope : scopes)
    all.push_back(scopeOf(scope));
  json doc = {{"schema_version", 3}, {"scopes", std::move(all)}};
  return doc.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

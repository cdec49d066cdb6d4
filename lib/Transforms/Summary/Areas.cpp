//===- Areas.cpp - What operators take of a device ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Summary/Areas.h"

#include <map>

using namespace mlir;
using namespace gaus::ir;

/// Both values of every kind grow by an area, `each` and `shared` times.
static void addArea(std::map<std::string, gaus::AreaUse> &kinds,
                    DictionaryAttr area, int64_t each, int64_t shared) {
  for (NamedAttribute part : area) {
    gaus::AreaUse &use = kinds[part.getName().str()];
    int64_t number = cast<IntegerAttr>(part.getValue()).getInt();
    use.kind = part.getName().str();
    use.each += each * number;
    use.shared += shared * number;
  }
}

void gaus::ir::addAreas(const Scope &scope, const gaus::Starts &starts,
                        gaus::ReportFacts &facts) {
  // Each operator is a resource of its own: its peak is how many there must be.
  gaus::Problem own = scope.problem;
  own.useResource.clear();
  own.useUnits.clear();
  own.limit.clear();
  own.price.clear();
  own.resourceName.clear();
  std::map<std::pair<const void *, const void *>, int32_t> operators;
  std::vector<std::pair<DictionaryAttr, int64_t>> counts;
  for (int32_t i = 0; i < own.numNodes(); ++i) {
    own.useBegin[i] = static_cast<int32_t>(own.useResource.size());
    auto [name, area] = scope.areas[i];
    if (!area) {
      // A wire takes nothing, and joins have no operator.
      facts.withoutArea += own.latency[i] > 0 || own.delayOut[i] > 0;
      continue;
    }
    auto [entry, fresh] = operators.try_emplace(
        {name.getAsOpaquePointer(), area.getAsOpaquePointer()},
        own.numResources());
    if (fresh) {
      own.addResource(name.str(), gaus::kUnlimited, 0);
      counts.push_back({area, 0});
    }
    // One that is still at work in the next iteration is there several times.
    int64_t units =
        own.ii > 0 ? (int64_t(own.occupancy[i]) + own.ii - 1) / own.ii : 1;
    counts[entry->second].second += units;
    own.useResource.push_back(entry->second);
    own.useUnits.push_back(1);
  }
  own.useBegin.back() = static_cast<int32_t>(own.useResource.size());
  if (counts.empty())
    return;
  std::vector<int64_t> peaks = gaus::evaluate(own, starts).peak;
  std::map<std::string, gaus::AreaUse> kinds;
  for (auto [r, count] : llvm::enumerate(counts))
    addArea(kinds, count.first, count.second, peaks[r]);
  for (auto &[kind, use] : kinds)
    facts.area.push_back(use);
}

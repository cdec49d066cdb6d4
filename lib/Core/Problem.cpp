//===- Problem.cpp - A scheduling problem as plain arrays -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Problem.h"

#include "gaus/Core/Checked.h"
#include "gaus/Core/Counts.h"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace gaus;

//===----------------------------------------------------------------------===//
// Construction and labels
//===----------------------------------------------------------------------===//

std::optional<MemoryModel> gaus::findMemoryModel(std::string_view word) {
  for (MemoryModel model : {MemoryModel::Values, MemoryModel::Buffers})
    if (toString(model) == word)
      return model;
  return std::nullopt;
}

int32_t Problem::addNode(std::string_view name_, int32_t latencyCycles,
                         int64_t widthBits) {
  int32_t index = numNodes();
  latency.push_back(latencyCycles);
  occupancy.push_back(1);
  width.push_back(widthBits);
  earliest.push_back(0);
  latest.push_back(kMaxCycle);
  delayIn.push_back(0);
  delayOut.push_back(0);
  if (!name_.empty() || !nodeName.empty()) {
    nodeName.resize(index);
    nodeName.emplace_back(name_);
  }
  useBegin.push_back(useBegin.back());
  return index;
}

void Problem::addUse(int32_t resource, int64_t units) {
  useResource.push_back(resource);
  useUnits.push_back(units);
  useBegin.back() = static_cast<int32_t>(useResource.size());
}

int32_t Problem::addEdge(int32_t from, int32_t to, int32_t distanceIterations,
                         int32_t lagCycles, int64_t commWeight,
                         bool carriesValue) {
  source.push_back(from);
  target.push_back(to);
  distance.push_back(distanceIterations);
  lag.push_back(lagCycles);
  weight.push_back(commWeight);
  carries.push_back(carriesValue);
  return numEdges() - 1;
}

/// Keeps the first `count` edges.
static void cutEdges(Problem &p, int32_t count) {
  p.source.resize(count);
  p.target.resize(count);
  p.distance.resize(count);
  p.lag.resize(count);
  p.weight.resize(count);
  p.carries.resize(count);
}

void Problem::dropChainEdges() {
  cutEdges(*this, numEdges() - numChainEdges);
  numChainEdges = 0;
}

bool Problem::usesLimits() const {
  return limitsLive() ||
         std::any_of(useResource.begin(), useResource.end(),
                     [&](int32_t r) { return limit[r] != kUnlimited; });
}

void Problem::dropUses(const std::function<bool(int32_t node)> &isDropped) {
  size_t kept = 0;
  int32_t begin = 0;
  for (int32_t i = 0; i < numNodes(); ++i) {
    int32_t end = useBegin[i + 1];
    bool drops = isDropped(i);
    for (int32_t k = begin; k < end && !drops; ++k, ++kept) {
      useResource[kept] = useResource[k];
      useUnits[kept] = useUnits[k];
    }
    begin = end;
    useBegin[i + 1] = static_cast<int32_t>(kept);
  }
  useResource.resize(kept);
  useUnits.resize(kept);
}

void Problem::dropCarriedEdges() {
  int32_t wires = numEdges() - numChainEdges, kept = 0;
  numChainEdges = 0;
  for (int32_t e = 0; e < numEdges(); ++e) {
    if (distance[e] > 0)
      continue;
    source[kept] = source[e];
    target[kept] = target[e];
    distance[kept] = distance[e];
    lag[kept] = lag[e];
    weight[kept] = weight[e];
    carries[kept] = carries[e];
    ++kept;
    numChainEdges += e >= wires;
  }
  cutEdges(*this, kept);
}

int32_t Problem::addResource(std::string_view name_, int64_t limitUnits,
                             int64_t unitPrice) {
  int32_t index = numResources();
  if (!name_.empty() || !resourceName.empty()) {
    resourceName.resize(index);
    resourceName.emplace_back(name_);
  }
  limit.push_back(limitUnits);
  price.push_back(unitPrice);
  return index;
}

/// The name at `index`, or else `kind` and the index.
static std::string label(const std::vector<std::string> &names, int32_t index,
                         const char *kind) {
  if (index >= 0 && static_cast<size_t>(index) < names.size() &&
      !names[index].empty())
    return names[index];
  return std::string(kind) + " " + std::to_string(index);
}

std::string Problem::nodeLabel(int32_t node) const {
  return label(nodeName, node, "node");
}

std::string Problem::resourceLabel(int32_t resource) const {
  return label(resourceName, resource, "resource");
}

//===----------------------------------------------------------------------===//
// Adjacency
//===----------------------------------------------------------------------===//

/// Groups edge indices by `key` with a stable counting sort.
static void groupEdges(const std::vector<int32_t> &key, int32_t numNodes,
                       std::vector<int32_t> &begin,
                       std::vector<int32_t> &edges) {
  begin.assign(numNodes + 1, 0);
  edges.resize(key.size());
  for (int32_t node : key)
    ++begin[node + 1];
  for (int32_t i = 0; i < numNodes; ++i)
    begin[i + 1] += begin[i];
  std::vector<int32_t> next(begin.begin(), begin.end() - 1);
  for (size_t e = 0; e < key.size(); ++e)
    edges[next[key[e]]++] = static_cast<int32_t>(e);
}

Adjacency::Adjacency(const Problem &p) {
  groupEdges(p.source, p.numNodes(), outBegin, outEdge);
  groupEdges(p.target, p.numNodes(), inBegin, inEdge);
}

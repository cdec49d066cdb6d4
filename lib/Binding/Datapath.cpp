//===- Datapath.cpp - What is bound ---------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Binding/Datapath.h"

#include <algorithm>

using namespace gaus;

/// Whether `b` begins within `a`.
static bool beginsIn(const Arc &a, const Arc &b, int64_t period) {
  int64_t behind = b.first - a.first;
  if (period > 0 && behind < 0)
    behind += period;
  return behind >= 0 && behind < a.length;
}

bool gaus::overlap(const Arc &a, const Arc &b, int64_t period) {
  return beginsIn(a, b, period) || beginsIn(b, a, period);
}

int32_t Datapath::addKind(std::string_view name, int64_t limit, bool isShared) {
  kindName.emplace_back(name);
  kindLimit.push_back(limit);
  kindShared.push_back(isShared);
  return numKinds() - 1;
}

int32_t Datapath::addNode(int64_t startCycle, int32_t latencyCycles,
                          int32_t occupancyCycles) {
  start.push_back(startCycle);
  latency.push_back(latencyCycles);
  occupancy.push_back(occupancyCycles);
  commutes.push_back(0);
  holdBegin.push_back(holdBegin.back());
  return numNodes() - 1;
}

void Datapath::addHold(int32_t kind, int64_t units) {
  holdKind.push_back(kind);
  holdUnits.push_back(units);
  ++holdBegin.back();
}

int32_t Datapath::addValue(int32_t madeBy, int32_t resultNumber, int64_t bits,
                           bool isKept) {
  producer.push_back(madeBy);
  result.push_back(resultNumber);
  width.push_back(bits);
  leaves.push_back(isKept);
  return numValues() - 1;
}

int64_t Datapath::birthOf(int32_t value) const {
  int32_t node = producer[value];
  return node < 0 ? 0 : start[node] + std::max(latency[node], 1) - 1;
}

int64_t Datapath::turnsOf(int32_t node) const {
  return period > 0 ? (occupancy[node] + period - 1) / period : 1;
}

std::vector<int64_t> gaus::lastReads(const Datapath &d) {
  std::vector<int64_t> last(d.numValues());
  for (int32_t v = 0; v < d.numValues(); ++v)
    last[v] = std::max(d.birthOf(v), d.leaves[v] ? d.end : 0);
  for (const Operand &o : d.operands)
    if (o.value >= 0)
      last[o.value] =
          std::max(last[o.value], d.start[o.node] + d.period * o.distance);
  return last;
}

//===----------------------------------------------------------------------===//
// Of a problem
//===----------------------------------------------------------------------===//

static void addNodesOf(const Problem &p, std::span<const int32_t> starts,
                       Datapath &d) {
  std::vector<int32_t> kindOf(p.numResources(), -1);
  for (int32_t r = 0; r < p.numResources(); ++r)
    if (p.limit[r] != kUnlimited)
      kindOf[r] = d.addKind(p.resourceLabel(r), p.limit[r], /*isShared=*/true);
  int32_t rest = d.addKind("operation", kUnlimited, /*isShared=*/false);
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    d.addNode(starts[i], p.latency[i], p.occupancy[i]);
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      if (int32_t kind = kindOf[p.useResource[k]]; kind >= 0)
        d.addHold(kind, p.useUnits[k]);
    if (d.holdBegin[i] == d.holdBegin[i + 1])
      d.addHold(rest, 1);
    d.end = std::max<int64_t>(d.end, int64_t(starts[i]) + durationOf(p, i));
  }
}

/// The value of each node, -1 where it has no width.
static std::vector<int32_t> addValuesOf(const Problem &p, Datapath &d) {
  std::vector<int32_t> valueOf(p.numNodes(), -1);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (p.width[i] > 0)
      valueOf[i] = d.addValue(i, 0, p.width[i], /*isKept=*/false);
  for (int32_t i : p.interface.leaves)
    if (valueOf[i] >= 0)
      d.leaves[valueOf[i]] = 1;
  return valueOf;
}

static void addEnteringOf(const Problem &p, Datapath &d) {
  const Interface &io = p.interface;
  for (size_t k = 0; k < io.width.size(); ++k) {
    if (io.width[k] == 0)
      continue;
    int32_t value = d.addValue(-1, 0, io.width[k], io.stays[k] != 0);
    for (int32_t u = io.useBegin[k]; u < io.useBegin[k + 1]; ++u)
      d.operands.push_back({io.user[u], -1, value});
  }
}

Datapath gaus::datapathOf(const Problem &p, std::span<const int32_t> starts) {
  Datapath d;
  d.period = p.ii;
  addNodesOf(p, starts, d);
  std::vector<int32_t> valueOf = addValuesOf(p, d);
  std::vector<int32_t> inputs(p.numNodes(), 0);
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    int32_t value = valueOf[p.source[e]], user = p.target[e];
    if (!p.carries[e] || value < 0)
      continue;
    int32_t input = std::min(inputs[user]++, Datapath::kMostInputs - 1);
    d.operands.push_back(
        {user, input, value, -1, p.distance[e], d.width[value]});
  }
  addEnteringOf(p, d);
  return d;
}

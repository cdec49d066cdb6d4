//===- Items.cpp - What is placed -----------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Items.h"

#include <algorithm>

using namespace gaus;

/// [from, from + length) of an item that may be longer than the period: all of
/// it, or what is left of it behind whole turns.
static Arc arcOf(int64_t from, int64_t length, int64_t period) {
  return {period > 0 ? from % period : from, length};
}

void Items::addValue(const Datapath &d, int32_t value, int64_t lastRead) {
  int64_t from = d.birthOf(value), left = lastRead - from;
  while (left > 0) {
    int64_t length = d.period > 0 ? std::min(left, d.period) : left;
    item.push_back({0, arcOf(from, length, d.period), d.width[value]});
    left -= length;
  }
}

void Items::addNode(const Datapath &d, int32_t node) {
  int64_t turns = d.turnsOf(node);
  // Who takes turns has all of its units in every slot.
  int64_t length = turns > 1 ? d.period : d.occupancy[node];
  Arc arc = arcOf(d.start[node], length, d.period);
  for (int32_t k = d.holdBegin[node]; k < d.holdBegin[node + 1]; ++k) {
    for (int64_t u = 0; u < d.holdUnits[k] * turns; ++u)
      item.push_back({1 + d.holdKind[k], arc, 0});
    if (k == d.holdBegin[node])
      executesEnd.back() = size();
  }
  if (d.holdBegin[node] < d.holdBegin[node + 1])
    return;
  item.push_back({numPools - 1, arc, 0});
  executesEnd.back() = size();
}

Items::Items(const Datapath &d) : numPools(d.numKinds() + 2) {
  std::vector<int64_t> last = lastReads(d);
  for (int32_t v = 0; v < d.numValues(); ++v) {
    valueBegin.push_back(size());
    addValue(d, v, last[v]);
  }
  valueBegin.push_back(size());
  for (int32_t i = 0; i < d.numNodes(); ++i) {
    nodeBegin.push_back(size());
    executesEnd.push_back(size());
    addNode(d, i);
  }
  nodeBegin.push_back(size());
}

std::vector<std::vector<int32_t>> Items::byPool() const {
  std::vector<std::vector<int32_t>> pools(numPools);
  for (int32_t k = 0; k < size(); ++k)
    pools[item[k].pool].push_back(k);
  return pools;
}

int64_t gaus::copyRead(const Datapath &d, const Operand &o) {
  int64_t age =
      d.start[o.node] + d.period * o.distance - d.birthOf(o.value) - 1;
  if (age < 0)
    return -1;
  return d.period > 0 ? age / d.period : 0;
}

//===- Instance.cpp - From a problem to its arrays ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Instance.h"

#include <algorithm>
#include <bit>
#include <numeric>

using namespace gaus;

namespace {

/// Bits to drop so that profiles of `total` units, times the fixed-point unit
/// mass of 2^30 and the turns of a folded profile, stay below 2^62.
int32_t shiftFor(int64_t total, int64_t turns) {
  int bits = std::bit_width(static_cast<uint64_t>(total)) +
             std::bit_width(static_cast<uint64_t>(turns));
  return std::max(0, bits - 31);
}

void buildRows(Instance &d, const Problem &p, const Adjacency &adj) {
  int32_t m = p.numEdges();
  d.outBegin = adj.outBegin;
  d.inBegin = adj.inBegin;
  std::vector<int32_t> position(m);
  for (int32_t at = 0; at < m; ++at) {
    int32_t e = adj.outEdge[at];
    position[e] = at;
    int32_t shift = p.ii * p.distance[e];
    d.outTarget.push_back(p.target[e]);
    d.outGap.push_back(p.latency[p.source[e]] + p.lag[e] - shift);
    d.outShift.push_back(p.carries[e] ? shift + readFor(p, p.target[e]) : -1);
    d.outWeight.push_back(p.carries[e] ? p.weight[e] : 0);
    d.commConstant += d.outWeight.back() * shift;
  }
  for (int32_t at = 0; at < m; ++at) {
    int32_t e = adj.inEdge[at];
    d.inSource.push_back(p.source[e]);
    d.inPosition.push_back(position[e]);
  }
  d.useBegin = p.useBegin;
  d.useResource = p.useResource;
  d.useUnits = p.useUnits;
}

/// Widths of the values that someone uses; the others are never live.
void buildWidths(Instance &d, const Problem &p, int64_t turns) {
  int64_t total = 0;
  for (int32_t i = 0; i < d.numNodes; ++i) {
    bool used = false;
    for (int32_t k = d.outBegin[i]; k < d.outBegin[i + 1]; ++k)
      used |= d.outShift[k] >= 0;
    d.width.push_back(used ? p.width[i] : 0);
    total += d.width.back();
  }
  d.widthShift = shiftFor(total, turns);
  for (int64_t w : d.width)
    d.profileWidth.push_back(w >> d.widthShift);
}

void buildUnits(Instance &d, const Problem &p, int64_t turns) {
  std::vector<int64_t> total(d.numResources, 0);
  for (size_t k = 0; k < p.useUnits.size(); ++k)
    total[p.useResource[k]] += p.useUnits[k];
  for (int64_t t : total)
    d.unitShift.push_back(shiftFor(t, turns));
  for (size_t k = 0; k < p.useUnits.size(); ++k)
    d.profileUnits.push_back(p.useUnits[k] >> d.unitShift[p.useResource[k]]);
}

/// The mean cost that one node can move: the loss is divided by it, so that
/// gradients are near 1 whatever the units.
double typicalAmount(const Instance &d) {
  double amount = 0;
  for (int64_t w : d.width)
    amount += double(d.memoryWeight) * double(w);
  for (size_t k = 0; k < d.useUnits.size(); ++k)
    amount += double(d.ratio) * double(d.price[d.useResource[k]]) *
              double(d.useUnits[k]);
  if (amount == 0)
    for (int64_t w : d.outWeight)
      amount += double(d.alpha) * double(w);
  return amount > 0 ? amount / std::max(1, d.numNodes) : 1.0;
}

void buildGradient(Instance &d) {
  d.commSlope.assign(d.numNodes, 0);
  for (int32_t i = 0; i < d.numNodes; ++i)
    for (int32_t k = d.outBegin[i]; k < d.outBegin[i + 1]; ++k) {
      int64_t w = d.alpha * d.outWeight[k];
      d.commSlope[i] -= w;
      d.commSlope[d.outTarget[k]] += w;
    }
  // A light pull to early starts where only limits and the length count.
  double pull = d.lengthWeight > 0 ? 0.05 : 0.0;
  for (int64_t x : d.commSlope)
    d.commGradient.push_back(
        static_cast<float>(double(x) / d.lossScale + pull));
}

} // namespace

int32_t gaus::numProfileCycles(const Problem &p, const Windows &windows) {
  int32_t end = 1;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    end = std::max(end, windows.alap[i] +
                            std::max(durationOf(p, i), p.occupancy[i]));
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (p.carries[e])
      end = std::max(end, windows.alap[p.target[e]] + p.ii * p.distance[e] +
                              readFor(p, p.target[e]));
  return std::max(end + 1, p.ii);
}

Instance gaus::buildInstance(const Problem &p, const Adjacency &adj,
                             const Components &components,
                             const Windows &windows,
                             const SolverOptions &options) {
  Instance d;
  d.numNodes = p.numNodes();
  d.numEdges = p.numEdges();
  d.numResources = p.numResources();
  d.ii = p.ii;
  d.asap = windows.asap;
  d.alap = windows.alap;
  d.occupancy = p.occupancy;
  d.limit = p.limit;
  d.price = p.price;
  d.liveLimit = p.liveLimit;
  d.hasBuffers = p.hasBuffers();
  d.topological = components.nodes;
  d.cyclic = !components.acyclic;
  Payment paid = options.payment();
  d.ratio = paid.resources;
  d.alpha = paid.communication;
  d.memoryWeight = paid.memory;
  d.lengthWeight = paid.length;
  buildRows(d, p, adj);
  for (int32_t i = 0; i < d.numNodes; ++i) {
    d.duration.push_back(durationOf(p, i));
    d.bornAfter.push_back(gaus::bornAfter(p, i));
  }
  d.numCycles = numProfileCycles(p, windows);
  buildWidths(d, p, d.turns());
  buildUnits(d, p, d.turns());
  d.lossScale = typicalAmount(d);
  buildGradient(d);
  return d;
}

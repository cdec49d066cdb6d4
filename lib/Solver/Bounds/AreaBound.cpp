//===- AreaBound.cpp - Bounds by the uses before or after a cycle ---------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/AreaBound.h"
#include "Bounds/PriceBundle.h"

#include "Model/Profiles.h"
#include "gaus/Device/ExactCost.h"

#include <algorithm>

using namespace gaus;

//===----------------------------------------------------------------------===//
// Areas
//===----------------------------------------------------------------------===//

/// What all capacities of a flow add up to at most, without the scale.
static double largestSum(const Instance &instance) {
  double sum = 1;
  for (int64_t w : instance.outWeight)
    sum += double(instance.alpha) * double(w);
  for (int32_t i = 0; i < instance.numNodes; ++i)
    for (int32_t k = instance.useBegin[i]; k < instance.useBegin[i + 1]; ++k)
      sum += double(instance.ratio) *
             double(instance.price[instance.useResource[k]]) *
             double(instance.useUnits[k]) * instance.occupancy[i];
  return sum;
}

/// Enough digits for the prices.
static constexpr int64_t kScale = int64_t(1) << 20;

bool AreaBound::covers(const Instance &instance) {
  return instance.ii == 0 && !instance.cyclic && instance.alpha > 0 &&
         instance.ratio > 0 && largestSum(instance) < double(kLargestFlow);
}

AreaBound::AreaBound(const Instance &instance)
    : instance(instance), scale(kScale) {
  double largest = largestSum(instance);
  while (scale > 1 && largest * double(scale) >= double(kLargestFlow))
    scale /= 2;
  size_t count = instance.price.size();
  std::vector<int32_t> first(count, INT32_MAX), end(count, 0);
  for (int32_t i = 0; i < instance.numNodes; ++i)
    for (int32_t k = instance.useBegin[i]; k < instance.useBegin[i + 1]; ++k) {
      int32_t r = instance.useResource[k];
      first[r] = std::min(first[r], instance.asap[i]);
      end[r] = std::max(end[r], instance.alap[i] + instance.occupancy[i]);
    }
  for (int32_t r = 0; r < instance.numResources; ++r)
    if (instance.price[r] > 0)
      addGroup(r, first[r], end[r]);
}

/// Areas at both ends of the cycles first .. end - 1, each 1.3 times as long as
/// the one before: between neighbours little is lost.
void AreaBound::addGroup(int32_t resource, int32_t first, int32_t end) {
  size_t begin = areas.size();
  for (int64_t length = 1; length <= int64_t(end) - first;
       length += std::max<int64_t>(1, 3 * length / 10)) {
    auto far = static_cast<int32_t>(length);
    int64_t cells = length * (length + 1) / 2;
    areas.push_back({.resource = resource,
                     .cycle = first + far,
                     .before = true,
                     .cells = cells});
    areas.push_back({.resource = resource,
                     .cycle = end - 1 - far,
                     .before = false,
                     .cells = cells});
  }
  if (areas.size() > begin)
    groups.push_back({begin, areas.size(), unitPrice(instance, resource)});
}

/// By area, the mean use that a schedule makes of it.
std::vector<double> AreaBound::meanUses(std::span<const int32_t> starts) const {
  std::vector<double> mean(areas.size(), 0.0);
  for (const Group &g : groups) {
    std::vector<int64_t> use =
        useProfile(instance, starts, areas[g.begin].resource);
    for (size_t a = g.begin; a < g.end; ++a) {
      double sum = 0;
      for (int32_t t = 0; t < instance.numCycles; ++t) {
        int32_t far = areas[a].before ? areas[a].cycle - t : t - areas[a].cycle;
        if (far > 0)
          sum += double(use[t]) * far;
      }
      mean[a] = sum / double(areas[a].cells);
    }
  }
  return mean;
}

//===----------------------------------------------------------------------===//
// Prices
//===----------------------------------------------------------------------===//

/// All on the longest area that a known schedule uses nearly as much as any.
std::vector<double>
AreaBound::firstPrices(std::span<const int32_t> known) const {
  std::vector<double> first(areas.size(), 0.0), mean = meanUses(known);
  for (const Group &g : groups) {
    double most = *std::max_element(mean.begin() + ptrdiff_t(g.begin),
                                    mean.begin() + ptrdiff_t(g.end));
    size_t best = g.begin;
    for (size_t a = g.begin; a < g.end; ++a)
      if (mean[a] >= 0.9 * most && areas[a].cells >= areas[best].cells)
        best = a;
    first[best] = double(g.weight);
  }
  return first;
}

/// Prices of one use and cycle in fixed point, such that with the cells they
/// never add up to more than the peak's weight.
std::vector<int64_t>
AreaBound::wholePrices(const std::vector<double> &point) const {
  std::vector<int64_t> whole(areas.size());
  for (const Group &g : groups) {
    int64_t left = g.weight * scale;
    for (size_t a = g.begin; a < g.end; ++a) {
      int64_t cells = areas[a].cells;
      auto wanted =
          static_cast<int64_t>(point[a] * double(scale) / double(cells));
      whole[a] = std::min(wanted, left / cells);
      left -= whole[a] * cells;
    }
  }
  return whole;
}

std::vector<FlowBend> AreaBound::bendsAt(std::span<const int64_t> whole) const {
  std::vector<FlowBend> bends;
  for (size_t a = 0; a < areas.size(); ++a) {
    if (whole[a] == 0)
      continue;
    for (int32_t i = 0; i < instance.numNodes; ++i)
      for (int32_t k = instance.useBegin[i]; k < instance.useBegin[i + 1];
           ++k) {
        if (instance.useResource[k] != areas[a].resource ||
            instance.useUnits[k] == 0)
          continue;
        for (int32_t d = 0; d < instance.occupancy[i]; ++d) {
          int32_t cycle = areas[a].cycle - d;
          bool reaches = areas[a].before ? instance.asap[i] < cycle
                                         : instance.alap[i] > cycle;
          if (reaches)
            bends.push_back(
                {i, cycle, whole[a] * instance.useUnits[k], areas[a].before});
        }
      }
  }
  return bends;
}

int64_t AreaBound::improve(int32_t flows, std::span<const int32_t> known,
                           int64_t upper, const Stop &stop) {
  int64_t bound = INT64_MIN;
  if (groups.empty())
    return bound;
  std::vector<PriceGroup> sums;
  sums.reserve(groups.size());
  for (const Group &g : groups)
    sums.push_back({static_cast<int32_t>(g.begin), static_cast<int32_t>(g.end),
                    double(g.weight), double(g.weight)});
  PriceBundle bundle(std::move(sums),
                     prices.empty() ? firstPrices(known) : prices);
  for (int32_t k = 0; k < flows && !stop.requested(); ++k) {
    std::vector<int64_t> whole = wholePrices(bundle.point());
    std::optional<FlowSchedule> flow =
        differenceFlow(instance, scale, bendsAt(whole), &stop);
    if (!flow)
      break;
    int64_t down = flow->sum / scale;
    bound = std::max(bound, down + (down * scale < flow->sum ? 1 : 0));
    bundle.add(double(flow->sum) / double(scale), meanUses(flow->starts),
               double(upper));
    prices = bundle.bestPoint();
    if (bound >= upper || bundle.promise() <= 1e-3 * bundle.bestValue())
      break;
  }
  return bound;
}

//===- PricedCuts.cpp - Least priced costs and best prices ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/PricedCuts.h"

#include "Bounds/PriceBundle.h"

#include "Model/Profiles.h"
#include "gaus/Device/Arithmetic.h"
#include "gaus/Device/ExactCost.h"

#include <algorithm>
#include <cmath>

using namespace gaus;

PricedCuts::PricedCuts(const Instance &instance, std::span<const int32_t> asap,
                       std::span<const int32_t> alap, const Stop &stop)
    : instance(instance), stop(stop), slots(instance.slots()) {
  makePeaks();
  makeRows(asap, alap);
  chooseScale();
}

//===----------------------------------------------------------------------===//
// The network
//===----------------------------------------------------------------------===//

void PricedCuts::makeRows(std::span<const int32_t> asap,
                          std::span<const int32_t> alap) {
  for (int32_t i = 0; i < instance.numNodes; ++i)
    network.addRow(asap[i], alap[i]);
  for (int32_t i = 0; i < instance.numNodes; ++i)
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
      network.addDifference(i, instance.outTarget[k], instance.outGap[k]);
  lastUseOf.assign(instance.numNodes, -1);
  onlyUser.assign(instance.numNodes, -1);
  if (instance.memoryWeight == 0)
    return;
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    int32_t users = 0, first = 0, last = 0;
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
      if (instance.outShift[k] >= 0) {
        ++users;
        onlyUser[i] = k;
        int32_t j = instance.outTarget[k];
        first = std::max(first, asap[j] + instance.outShift[k]);
        last = std::max(last, alap[j] + instance.outShift[k]);
      }
    if (users == 1 || instance.width[i] == 0)
      continue;
    onlyUser[i] = -1;
    lastUseOf[i] = network.addRow(first, last);
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
      if (instance.outShift[k] >= 0)
        network.addDifference(instance.outTarget[k], lastUseOf[i],
                              instance.outShift[k]);
  }
}

void PricedCuts::makePeaks() {
  auto add = [&](int32_t resource, int64_t weight) {
    peaks.push_back(
        {resource, weight, static_cast<int32_t>(peaks.size()) * slots, {}});
  };
  for (int32_t r = 0; r < instance.numResources; ++r)
    if (int64_t price = unitPrice(instance, r); price > 0)
      add(r, price);
  if (instance.memoryWeight > 0)
    add(-1, instance.memoryWeight);
}

/// Fixed point for the prices: all sums of costs stay below 2^54.
void PricedCuts::chooseScale() {
  double largest = 1;
  for (const Peak &p : peaks) {
    double amount = 0;
    if (p.resource < 0)
      for (int64_t w : instance.width)
        amount += double(w);
    else
      for (int32_t i = 0; i < instance.numNodes; ++i)
        for (int32_t k = instance.useBegin[i]; k < instance.useBegin[i + 1];
             ++k)
          if (instance.useResource[k] == p.resource)
            amount += double(instance.useUnits[k]);
    double turns = double(instance.numCycles) / slots + 1;
    largest += 4 * amount * double(p.weight) * kMostOfWeight * turns;
  }
  for (int64_t w : instance.outWeight)
    largest += 2 * double(instance.alpha) * double(w) * instance.numCycles;
  int bits = 0;
  while (bits < 30 && std::ldexp(largest, bits + 1) < 0x1p54)
    ++bits;
  scale = std::ldexp(1.0, bits);
}

//===----------------------------------------------------------------------===//
// Prices
//===----------------------------------------------------------------------===//

std::vector<int64_t> PricedCuts::profileOf(std::span<const int32_t> s,
                                           const Peak &peak) const {
  std::vector<int64_t> unfolded = peak.resource < 0
                                      ? liveProfile(instance, s)
                                      : useProfile(instance, s, peak.resource);
  std::vector<int64_t> profile(slots, 0);
  for (int32_t d = 0; d < instance.numCycles; ++d)
    profile[d % slots] += unfolded[d];
  return profile;
}

/// The slope of the priced cost: the profiles of the schedule.
std::vector<double> PricedCuts::slopeOf(std::span<const int32_t> starts) const {
  std::vector<double> slope;
  for (const Peak &p : peaks)
    for (int64_t x : profileOf(starts, p))
      slope.push_back(double(x));
  return slope;
}

std::vector<double> PricedCuts::softPrices(std::span<const int32_t> starts,
                                           double sharpness) const {
  std::vector<double> prices;
  for (const Peak &p : peaks) {
    std::vector<int64_t> profile = profileOf(starts, p);
    int64_t top = *std::max_element(profile.begin(), profile.end());
    double total = 0;
    for (int64_t use : profile) {
      double x = top > 0 ? sharpness * (double(use) / double(top) - 1) : 0;
      prices.push_back(dev::exp(static_cast<float>(x)));
      total += prices.back();
    }
    for (int32_t s = 0; s < slots; ++s)
      prices[p.begin + s] *= double(p.weight) / total;
  }
  return prices;
}

/// Prices in fixed point, rounded down; each peak's sum is made to lie within
/// the range. Returns the sum of all.
int64_t PricedCuts::roundPrices(const std::vector<double> &prices,
                                const PriceRange &range) {
  int64_t all = 0;
  for (Peak &p : peaks) {
    auto low = static_cast<int64_t>(double(p.weight) * scale * range.least);
    auto high = static_cast<int64_t>(double(p.weight) * scale * range.most);
    std::vector<int64_t> fixed(slots);
    int64_t total = 0;
    for (int32_t s = 0; s < slots; ++s) {
      fixed[s] = std::min(static_cast<int64_t>(prices[p.begin + s] * scale),
                          high - total);
      total += fixed[s];
    }
    fixed[0] += std::max<int64_t>(0, low - total);
    all += std::max(low, total);
    p.sums.assign(size_t(instance.numCycles) + 2, 0);
    for (int32_t d = 0; d <= instance.numCycles; ++d)
      p.sums[d + 1] = p.sums[d] + fixed[d % slots];
  }
  return all;
}

//===----------------------------------------------------------------------===//
// Costs
//===----------------------------------------------------------------------===//

void PricedCuts::addUseCosts(int32_t i) {
  int32_t first = network.first(i);
  int64_t *c = cost.data() + network.cell(i) - first;
  for (const Peak &p : peaks)
    for (int32_t k = instance.useBegin[i]; k < instance.useBegin[i + 1]; ++k)
      if (instance.useResource[k] == p.resource)
        for (int32_t t = first; t <= network.last(i); ++t)
          c[t] += instance.useUnits[k] *
                  (p.sums[t + instance.occupancy[i]] - p.sums[t]);
}

/// Births by their makers, deaths by the last use or the only consumer.
void PricedCuts::addLifeCosts(const Peak &memory) {
  auto add = [&](int32_t row, int64_t width, int32_t offset) {
    int32_t first = network.first(row);
    int64_t *c = cost.data() + network.cell(row) - first;
    for (int32_t t = first; t <= network.last(row); ++t)
      c[t] += width * memory.sums[t + offset];
  };
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    if (instance.width[i] == 0)
      continue;
    add(i, -instance.width[i], instance.bornAfter[i]);
    if (lastUseOf[i] >= 0)
      add(lastUseOf[i], instance.width[i], 0);
    else if (int32_t k = onlyUser[i]; k >= 0)
      add(instance.outTarget[k], instance.width[i], instance.outShift[k]);
  }
}

void PricedCuts::setCosts() {
  auto unit = static_cast<int64_t>(scale);
  cost.assign(network.numVariables() + network.numRows(), 0);
  if (instance.alpha > 0) {
    for (int32_t i = 0; i < instance.numNodes; ++i)
      for (int32_t t = network.first(i); t <= network.last(i); ++t)
        cost[network.cell(i) + t - network.first(i)] =
            instance.commSlope[i] * t * unit;
  }
  for (int32_t i = 0; i < instance.numNodes; ++i)
    addUseCosts(i);
  for (const Peak &p : peaks)
    if (p.resource < 0)
      addLifeCosts(p);
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

/// A bound in fixed point as a bound on integers.
int64_t PricedCuts::ceiling(int64_t cut) const {
  auto unit = static_cast<int64_t>(scale);
  return cut > 0 ? (cut - 1) / unit + 1 : cut / unit;
}

/// Whether the last few cuts have won so little, of what is known and of what
/// is missing, that many more would not change it.
static bool leadsNowhere(std::span<const double> best, double upper) {
  constexpr size_t kFew = 6;
  constexpr double kOfKnown = 0.001, kOfMissing = 0.01;
  if (best.size() <= kFew)
    return false;
  double won = best.back() - best[best.size() - 1 - kFew];
  return won < kOfKnown * std::abs(best.back()) &&
         won < kOfMissing * (upper - best.back());
}

PricedRun PricedCuts::maximise(std::vector<double> first, int32_t most,
                               int64_t upper, const PriceRange &range) {
  std::vector<PriceGroup> groups;
  groups.reserve(peaks.size());
  for (const Peak &p : peaks)
    groups.push_back({p.begin, p.begin + slots, range.least * double(p.weight),
                      range.most * double(p.weight)});
  PriceBundle bundle(std::move(groups), std::move(first));
  auto unit = static_cast<int64_t>(scale);
  PricedRun run;
  std::vector<double> best; // after each cut
  for (int32_t k = 0; k < most && !stop.requested(); ++k) {
    int64_t total = roundPrices(bundle.point(), range);
    setCosts();
    work -= network.numArcs();
    std::optional<int64_t> least;
    if (work > 0)
      least = network.minimise(cost, work, stop);
    if (!least)
      break;
    int64_t cut = *least + instance.alpha * instance.commConstant * unit;
    if (range.heldAt >= 0)
      cut += (peaks[0].weight * unit - total) * range.heldAt;
    ++cuts;
    run.starts.emplace_back(network.cycles().begin(),
                            network.cycles().begin() + instance.numNodes);
    run.bound = std::max(run.bound, ceiling(cut));
    std::vector<double> slope = slopeOf(run.starts.back());
    if (range.heldAt >= 0)
      for (double &x : slope)
        x -= double(range.heldAt);
    bundle.add(double(cut) / scale, std::move(slope), double(upper));
    best.push_back(bundle.bestValue());
    if (run.bound >= upper || bundle.promise() <= 1e-5 * bundle.bestValue() ||
        leadsNowhere(best, double(upper)))
      break;
  }
  run.weights = bundle.weights();
  run.prices = bundle.bestPoint();
  return run;
}

std::vector<int32_t> PricedRun::quantile(double share) const {
  // Whole numbers: rounding must not depend on the order of the sum, which is
  // another one for each node.
  auto whole = [](double x) { return static_cast<int64_t>(x * 0x1p52); };
  size_t n = starts.empty() ? 0 : starts[0].size();
  std::vector<int32_t> s(n);
  std::vector<std::pair<int32_t, int64_t>> at;
  for (size_t i = 0; i < n; ++i) {
    at.clear();
    for (size_t k = 0; k < starts.size(); ++k)
      if (weights[k] > 0)
        at.push_back({starts[k][i], whole(weights[k])});
    std::sort(at.begin(), at.end());
    int64_t sum = 0;
    // From the latest start on; rounding errors must not skip the earliest.
    s[i] = at.front().first;
    for (size_t k = at.size(); k-- > 0;) {
      sum += at[k].second;
      if (sum >= whole(share)) {
        s[i] = at[k].first;
        break;
      }
    }
  }
  return s;
}

double PricedCuts::meanPeak(const PricedRun &run) const {
  std::vector<double> mean(slots, 0.0);
  for (size_t k = 0; k < run.starts.size(); ++k) {
    if (run.weights[k] == 0)
      continue;
    std::vector<int64_t> profile = profileOf(run.starts[k], peaks[0]);
    for (int32_t s = 0; s < slots; ++s)
      mean[s] += run.weights[k] * double(profile[s]);
  }
  return *std::max_element(mean.begin(), mean.end());
}

//===- DualBound.cpp - Bounds by prices of cycles and minimum cuts --------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Solver/DualBound.h"

#include "ClosureNetwork.h"
#include "PriceBundle.h"

#include "gaus/Device/Arithmetic.h"

#include <algorithm>
#include <cmath>

using namespace gaus;

namespace {

/// A peak that has prices: one a slot, from `begin` on in the point of prices.
struct Peak {
  int32_t resource; ///< -1 = memory
  int64_t weight;   ///< cost of one unit of the peak
  int32_t begin;
  std::vector<int64_t> sums; ///< fixed-point prices before each cycle
};

/// Prices of a peak sum to at most so many times its weight.
constexpr double kMostOfWeight = 4;

class Dual {
public:
  Dual(const RelaxationData &data, const DualBoundOptions &options,
       const std::atomic<bool> &stop)
      : data(data), options(options), stop(stop),
        slots(data.ii > 0 ? data.ii : data.numCycles) {
    makePeaks();
    makeRows();
    chooseScale();
  }

  bool worthwhile() const {
    return !peaks.empty() && network.numVariables() > 0 &&
           network.numArcs() <= options.arcs;
  }
  DualBoundResult run(std::span<const PriceStart> first);

private:
  /// A run of the bundle: the solutions of its cuts and their weights.
  struct Run {
    std::vector<std::vector<int32_t>> starts;
    std::vector<double> weights, prices;
    int64_t bound = 0;
  };

  void makeRows();
  void makePeaks();
  void chooseScale();
  std::vector<double> firstPrices(const PriceStart &from) const;
  int64_t roundPrices(const std::vector<double> &prices, double least,
                      double most);
  void addUseCosts(int32_t node);
  void addLifeCosts(const Peak &memory);
  void setCosts();
  std::vector<double> slopeOf(std::span<const int32_t> starts) const;
  int64_t ceiling(int64_t cut) const;
  Run maximise(std::vector<double> first, int32_t cuts, int64_t level,
               double least, double most);
  std::vector<int32_t> quantile(const Run &run, double share) const;
  void takeStarts(const Run &run, DualBoundResult &result) const;
  void useWholePeaks(const Run &run, int32_t cuts, DualBoundResult &result);
  int64_t lifeEnd(std::span<const int32_t> starts, int32_t node) const;
  std::vector<int64_t> profileOf(std::span<const int32_t> starts,
                                 const Peak &peak) const;

  const RelaxationData &data;
  const DualBoundOptions &options;
  const std::atomic<bool> &stop;
  int32_t slots;
  /// Rows: the starts of the nodes, then last uses of values with several
  /// consumers.
  ClosureNetwork network;
  std::vector<int32_t> lastUseOf; ///< node -> row, -1 = none
  std::vector<int32_t> onlyUser;  ///< node -> position of its one edge, or -1
  std::vector<Peak> peaks;
  double scale = 1;
  std::vector<int64_t> cost; ///< as the network wants it
  int32_t iterations = 0;
};

//===----------------------------------------------------------------------===//
// The network
//===----------------------------------------------------------------------===//

void Dual::makeRows() {
  for (int32_t i = 0; i < data.numNodes; ++i)
    network.addRow(data.asap[i], data.alap[i]);
  for (int32_t i = 0; i < data.numNodes; ++i)
    for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k)
      network.addDifference(i, data.outTarget[k], data.outGap[k]);
  lastUseOf.assign(data.numNodes, -1);
  onlyUser.assign(data.numNodes, -1);
  if (data.memoryWeight == 0)
    return;
  for (int32_t i = 0; i < data.numNodes; ++i) {
    int32_t users = 0, first = 0, last = 0;
    for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k)
      if (data.outShift[k] >= 0) {
        ++users;
        onlyUser[i] = k;
        int32_t j = data.outTarget[k];
        first = std::max(first, data.asap[j] + data.outShift[k]);
        last = std::max(last, data.alap[j] + data.outShift[k]);
      }
    if (users == 1 || data.width[i] == 0)
      continue;
    onlyUser[i] = -1;
    lastUseOf[i] = network.addRow(first, last);
    for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k)
      if (data.outShift[k] >= 0)
        network.addDifference(data.outTarget[k], lastUseOf[i],
                              data.outShift[k]);
  }
}

void Dual::makePeaks() {
  auto add = [&](int32_t resource, int64_t weight) {
    peaks.push_back(
        {resource, weight, static_cast<int32_t>(peaks.size()) * slots, {}});
  };
  for (int32_t r = 0; r < data.numResources; ++r)
    if (data.ratio > 0 && data.price[r] > 0)
      add(r, data.ratio * data.price[r]);
  if (data.memoryWeight > 0)
    add(-1, data.memoryWeight);
}

/// Fixed point for the prices: all sums of costs stay below 2^54.
void Dual::chooseScale() {
  double largest = 1;
  for (const Peak &p : peaks) {
    double amount = 0;
    if (p.resource < 0)
      for (int64_t w : data.width)
        amount += double(w);
    else
      for (int32_t i = 0; i < data.numNodes; ++i)
        for (int32_t k = data.useBegin[i]; k < data.useBegin[i + 1]; ++k)
          if (data.useResource[k] == p.resource)
            amount += double(data.useUnits[k]);
    double turns = double(data.numCycles) / slots + 1;
    largest += 4 * amount * double(p.weight) * kMostOfWeight * turns;
  }
  for (int64_t w : data.outWeight)
    largest += 2 * double(data.alpha) * double(w) * data.numCycles;
  int bits = 0;
  while (bits < 30 && std::ldexp(largest, bits + 1) < 0x1p54)
    ++bits;
  scale = std::ldexp(1.0, bits);
}

//===----------------------------------------------------------------------===//
// Prices
//===----------------------------------------------------------------------===//

int64_t Dual::lifeEnd(std::span<const int32_t> s, int32_t node) const {
  int64_t last = s[node] + data.span[node] - 1;
  for (int32_t k = data.outBegin[node]; k < data.outBegin[node + 1]; ++k)
    if (data.outShift[k] >= 0)
      last = std::max<int64_t>(last, s[data.outTarget[k]] + data.outShift[k]);
  return last;
}

std::vector<int64_t> Dual::profileOf(std::span<const int32_t> s,
                                     const Peak &peak) const {
  std::vector<int64_t> change(size_t(data.numCycles) + 2, 0), profile(slots, 0);
  for (int32_t i = 0; i < data.numNodes; ++i) {
    if (peak.resource < 0) {
      change[s[i] + data.span[i] - 1] += data.width[i];
      change[lifeEnd(s, i)] -= data.width[i];
      continue;
    }
    for (int32_t k = data.useBegin[i]; k < data.useBegin[i + 1]; ++k)
      if (data.useResource[k] == peak.resource) {
        change[s[i]] += data.useUnits[k];
        change[s[i] + data.occupancy[i]] -= data.useUnits[k];
      }
  }
  int64_t sum = 0;
  for (int32_t d = 0; d < data.numCycles; ++d) {
    sum += change[d];
    profile[d % slots] += sum;
  }
  return profile;
}

/// The slope of the priced cost: the profiles of the schedule.
std::vector<double> Dual::slopeOf(std::span<const int32_t> starts) const {
  std::vector<double> slope;
  for (const Peak &p : peaks)
    for (int64_t x : profileOf(starts, p))
      slope.push_back(double(x));
  return slope;
}

/// A softmax of a schedule's profile.
std::vector<double> Dual::firstPrices(const PriceStart &from) const {
  std::vector<double> prices;
  for (const Peak &p : peaks) {
    std::vector<int64_t> profile = profileOf(from.starts, p);
    int64_t top = *std::max_element(profile.begin(), profile.end());
    double total = 0;
    for (int64_t use : profile) {
      double x = top > 0 ? from.sharpness * (double(use) / double(top) - 1) : 0;
      prices.push_back(dev::exp(static_cast<float>(x)));
      total += prices.back();
    }
    for (int32_t s = 0; s < slots; ++s)
      prices[p.begin + s] *= double(p.weight) / total;
  }
  return prices;
}

/// Prices in fixed point, rounded down; each peak's sum is made to lie within
/// `least` .. `most`. Returns the sum of all.
int64_t Dual::roundPrices(const std::vector<double> &prices, double least,
                          double most) {
  int64_t all = 0;
  for (Peak &p : peaks) {
    auto low = static_cast<int64_t>(double(p.weight) * scale * least);
    auto high = static_cast<int64_t>(double(p.weight) * scale * most);
    std::vector<int64_t> fixed(slots);
    int64_t total = 0;
    for (int32_t s = 0; s < slots; ++s) {
      fixed[s] = std::min(static_cast<int64_t>(prices[p.begin + s] * scale),
                          high - total);
      total += fixed[s];
    }
    fixed[0] += std::max<int64_t>(0, low - total);
    all += std::max(low, total);
    p.sums.assign(size_t(data.numCycles) + 2, 0);
    for (int32_t d = 0; d <= data.numCycles; ++d)
      p.sums[d + 1] = p.sums[d] + fixed[d % slots];
  }
  return all;
}

//===----------------------------------------------------------------------===//
// Costs
//===----------------------------------------------------------------------===//

void Dual::addUseCosts(int32_t i) {
  int64_t *c = cost.data() + network.cell(i) - data.asap[i];
  for (const Peak &p : peaks)
    for (int32_t k = data.useBegin[i]; k < data.useBegin[i + 1]; ++k)
      if (data.useResource[k] == p.resource)
        for (int32_t t = data.asap[i]; t <= data.alap[i]; ++t)
          c[t] +=
              data.useUnits[k] * (p.sums[t + data.occupancy[i]] - p.sums[t]);
}

/// Births by their makers, deaths by the last use or the only consumer.
void Dual::addLifeCosts(const Peak &memory) {
  auto add = [&](int32_t row, int64_t width, int32_t offset) {
    int32_t first = network.first(row);
    int64_t *c = cost.data() + network.cell(row) - first;
    for (int32_t t = first; t <= network.last(row); ++t)
      c[t] += width * memory.sums[t + offset];
  };
  for (int32_t i = 0; i < data.numNodes; ++i) {
    if (data.width[i] == 0)
      continue;
    add(i, -data.width[i], data.span[i] - 1);
    if (lastUseOf[i] >= 0)
      add(lastUseOf[i], data.width[i], 0);
    else if (int32_t k = onlyUser[i]; k >= 0)
      add(data.outTarget[k], data.width[i], data.outShift[k]);
  }
}

void Dual::setCosts() {
  auto unit = static_cast<int64_t>(scale);
  cost.assign(network.numVariables() + network.numRows(), 0);
  if (data.alpha > 0) {
    std::vector<int64_t> pull(data.numNodes, 0);
    for (int32_t i = 0; i < data.numNodes; ++i)
      for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k) {
        pull[i] -= data.alpha * data.outWeight[k];
        pull[data.outTarget[k]] += data.alpha * data.outWeight[k];
      }
    for (int32_t i = 0; i < data.numNodes; ++i)
      for (int32_t t = data.asap[i]; t <= data.alap[i]; ++t)
        cost[network.cell(i) + t - data.asap[i]] = pull[i] * t * unit;
  }
  for (int32_t i = 0; i < data.numNodes; ++i)
    addUseCosts(i);
  for (const Peak &p : peaks)
    if (p.resource < 0)
      addLifeCosts(p);
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

/// A bound in fixed point as a bound on integers.
int64_t Dual::ceiling(int64_t cut) const {
  auto unit = static_cast<int64_t>(scale);
  return cut > 0 ? (cut - 1) / unit + 1 : cut / unit;
}

/// Improves prices from `first` with so many cuts, their sums within `least` ..
/// `most` times the weights. With a `level` >= 0 (one peak) the bound is that
/// of schedules with a peak of the level, and so of those below (least = 1) or
/// above (most = 1).
Dual::Run Dual::maximise(std::vector<double> first, int32_t cuts, int64_t level,
                         double least, double most) {
  std::vector<PriceGroup> groups;
  for (const Peak &p : peaks)
    groups.push_back({p.begin, p.begin + slots, least * double(p.weight),
                      most * double(p.weight)});
  PriceBundle bundle(std::move(groups), std::move(first));
  Run run;
  for (int32_t k = 0; k < cuts && !stop.load(); ++k) {
    int64_t total = roundPrices(bundle.point(), least, most);
    setCosts();
    auto unit = static_cast<int64_t>(scale);
    int64_t cut =
        network.minimise(cost) + data.alpha * data.commConstant * unit;
    if (level >= 0)
      cut += (peaks[0].weight * unit - total) * level;
    ++iterations;
    run.starts.emplace_back(network.cycles().begin(),
                            network.cycles().begin() + data.numNodes);
    std::vector<double> slope = slopeOf(run.starts.back());
    if (level >= 0)
      for (double &x : slope)
        x -= double(level);
    run.bound = std::max(run.bound, ceiling(cut));
    if (run.bound >= options.upper)
      break;
    bundle.add(double(cut) / scale, std::move(slope), double(options.upper));
    // No further whole unit is in reach.
    if (bundle.promise() <= 1e-5 * bundle.bestValue())
      break;
  }
  run.weights = bundle.weights();
  run.weights.resize(run.starts.size(), 0.0);
  run.prices = bundle.bestPoint();
  return run;
}

/// The start that at least `share` of the run's solutions reach: a legal
/// schedule, since every solution is.
std::vector<int32_t> Dual::quantile(const Run &run, double share) const {
  std::vector<int32_t> s(data.numNodes);
  std::vector<std::pair<int32_t, double>> at;
  for (int32_t i = 0; i < data.numNodes; ++i) {
    at.clear();
    for (size_t k = 0; k < run.starts.size(); ++k)
      if (run.weights[k] > 0)
        at.push_back({-run.starts[k][i], run.weights[k]});
    std::sort(at.begin(), at.end());
    double sum = 0;
    s[i] = data.asap[i];
    for (const auto &[start, weight] : at)
      if ((sum += weight) >= share) {
        s[i] = -start;
        break;
      }
  }
  return s;
}

void Dual::takeStarts(const Run &run, DualBoundResult &result) const {
  if (run.starts.empty())
    return;
  result.starts.push_back(run.starts.back());
  for (double share : {0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9})
    result.starts.push_back(quantile(run, share));
}

/// Peaks are whole: a schedule's is at most the whole number below the best
/// mean of solutions', or at least the one above, and each case has a bound of
/// its own, with prices of another sum.
void Dual::useWholePeaks(const Run &run, int32_t cuts,
                         DualBoundResult &result) {
  std::vector<double> mean(slots, 0.0);
  for (size_t k = 0; k < run.starts.size(); ++k) {
    if (run.weights[k] == 0)
      continue;
    std::vector<int64_t> profile = profileOf(run.starts[k], peaks[0]);
    for (int32_t s = 0; s < slots; ++s)
      mean[s] += run.weights[k] * double(profile[s]);
  }
  double peak = *std::max_element(mean.begin(), mean.end());
  // More than units of which one counts.
  if (peak > 1e4)
    return;
  auto level = static_cast<int64_t>(peak);
  Run below = maximise(run.prices, cuts, level, 1, kMostOfWeight);
  if (below.bound <= result.bound)
    return;
  Run above = maximise(run.prices, cuts, level + 1, 0, 1);
  result.bound = std::max(result.bound, std::min(below.bound, above.bound));
  takeStarts(below.bound < above.bound ? below : above, result);
}

DualBoundResult Dual::run(std::span<const PriceStart> first) {
  DualBoundResult result;
  auto left = static_cast<int32_t>(
      std::min<int64_t>(options.arcs / std::max<int64_t>(1, network.numArcs()),
                        options.maxIterations));
  bool whole = peaks.size() == 1 && data.alpha > 0 && left >= 12;
  int32_t spare = whole ? left / 2 : 0;
  left -= spare;
  Run best;
  for (size_t k = 0; k < first.size() && left > 0; ++k) {
    auto others = static_cast<int32_t>(first.size() - k);
    int32_t share = (left + others - 1) / others;
    Run run = maximise(firstPrices(first[k]), share, -1, 1, 1);
    left -= share;
    if (best.starts.empty() || run.bound > best.bound)
      best = std::move(run);
  }
  result.bound = best.bound;
  takeStarts(best, result);
  if (whole && result.bound < options.upper && !stop.load())
    useWholePeaks(best, spare / 2, result);
  result.iterations = iterations;
  return result;
}

} // namespace

DualBoundResult gaus::dualBound(const RelaxationData &data,
                                std::span<const PriceStart> first,
                                const DualBoundOptions &options,
                                const std::atomic<bool> &stop) {
  Dual dual(data, options, stop);
  return dual.worthwhile() ? dual.run(first) : DualBoundResult();
}

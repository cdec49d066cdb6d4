//===- SessionPolish.cpp - Local searches, and what descends from them ----===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"

#include "gaus/Device/Arithmetic.h"
#include "gaus/Device/Parallel.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

using namespace gaus;

//===----------------------------------------------------------------------===//
// Polish
//===----------------------------------------------------------------------===//

/// Settings of the local search, one a start; the first ones are the best on
/// average, none is best everywhere.
static constexpr struct {
  double heat, excess, depth;
} kPolish[] = {
    {0.02, 3, 0.1}, {0.005, 3, 0.03}, {0.001, 3, 0.05}, {0.02, 8, 0.02}};
/// As many of them are good in short searches.
static constexpr size_t kRacing = 2;

bool Session::better(const Candidate &a, const Candidate &b) {
  return std::tie(a.overuse, a.cost) < std::tie(b.overuse, b.cost);
}

/// The best first; ties keep the order of arrival, which is part of the
/// result's definition.
void Session::sortPool() { std::stable_sort(pool.begin(), pool.end(), better); }

std::vector<LocalSearchResult>
Session::polishAll(std::span<const Candidate> from, int64_t proposals) {
  std::vector<LocalSearchResult> results(from.size());
  double begin = cpuSeconds();
  uint64_t seed = options.seed + 100 * polishes++;
  parallelFor(size_t(0), from.size(), [&](size_t k) {
    const auto &kind = kPolish[from[k].kind];
    LocalSearchOptions search{proposals, seed + k, kind.heat, kind.excess,
                              kind.depth};
    results[k] = localSearch(data, from[k].starts, search, deadline.flag());
  });
  tracePolish(results, begin);
  for (const LocalSearchResult &r : results) {
    best.work.polishProposals += r.proposals;
    if (r.overuse == 0)
      offer(r.starts, "polish");
  }
  return results;
}

void Session::runPolish() {
  if (options.objective == Objective::Latency && !hasLimits)
    return;
  if (pool.empty() && solved())
    addToPool(best.starts, best.method);
  if (pool.empty())
    return;
  sortPool();
  size_t count = std::min<size_t>(pool.size(), std::max(1, budget.polished));
  // What has been polished gains little from it again. For `resources` the best
  // new one is polished twice instead; else the best of all comes first.
  const Candidate &front = pool.front();
  if (!front.raced && front.method == "descent" && count > 1 &&
      data.memoryWeight == 0)
    pool.insert(pool.begin(), front);
  else if (solved() && best.value < front.cost)
    pool.insert(pool.begin(),
                {best.starts, 0, best.value, std::string(best.method)});
  for (size_t k = 0; k < count; ++k)
    if (!pool[k].raced)
      pool[k].kind = k % std::size(kPolish);
  polishAll(std::span(pool).first(count), budget.proposals);
}

//===----------------------------------------------------------------------===//
// Crossing
//===----------------------------------------------------------------------===//

/// Polishes candidates shortly; the best results are elites.
void Session::race(std::vector<Candidate> candidates) {
  constexpr size_t kElites = 4;
  std::vector<LocalSearchResult> results =
      polishAll(candidates, budget.raceProposals);
  for (size_t k = 0; k < results.size(); ++k) {
    LocalSearchResult &r = results[k];
    auto same = [&](const Elite &e) { return e.starts == r.starts; };
    if (std::any_of(elites.begin(), elites.end(), same))
      continue;
    Candidate &from = candidates[k];
    from.overuse = r.overuse;
    from.cost = r.cost;
    from.raced = true;
    elites.push_back({std::move(r.starts), std::move(from)});
  }
  std::stable_sort(
      elites.begin(), elites.end(),
      [](const Elite &a, const Elite &b) { return better(a.from, b.from); });
  if (elites.size() > kElites)
    elites.resize(kElites);
}

/// The best new candidates; the pool is empty then.
std::vector<Session::Candidate> Session::takeNew() {
  constexpr size_t kMost = 8;
  sortPool();
  // The best of all, too, whatever it came from.
  if (solved() && (pool.empty() || best.value < pool.front().cost)) {
    addToPool(best.starts, best.method);
    std::rotate(pool.begin(), pool.end() - 1, pool.end());
  }
  std::vector<Candidate> fresh;
  for (Candidate &c : pool)
    if (!c.raced && fresh.size() < kMost) {
      c.kind = fresh.size() % kRacing;
      fresh.push_back(std::move(c));
    }
  pool.clear();
  return fresh;
}

/// Draws two elites, and the settings of the search for what becomes of them.
Session::Pair Session::drawPair() {
  dev::Philox random = dev::philox(options.seed, crossed++, 15);
  size_t a = dev::drawBelow(random.word[0], elites.size());
  size_t b = dev::drawBelow(random.word[1], elites.size() - 1);
  b += b >= a;
  uint32_t bits = random.word[2];
  size_t kind = elites[bits & 1 ? a : b].from.kind;
  // A quarter draws its settings, so that none dies out.
  if (bits >> 30 == 0)
    kind = (bits >> 1) % kRacing;
  return {elites[a].starts, elites[b].starts, kind};
}

/// A descent from the middle between two schedules, wide where they differ.
Replica Session::between(std::span<const int32_t> a,
                         std::span<const int32_t> b) const {
  Replica child;
  float kappa = descentOptions().kappaFirst;
  for (int32_t i = 0; i < data.numNodes; ++i) {
    auto x = static_cast<float>(a[i]), y = static_cast<float>(b[i]);
    float window = std::max(1.0f, static_cast<float>(data.alap[i]) -
                                      static_cast<float>(data.asap[i]));
    child.mean.push_back(0.5f * x + 0.5f * y);
    child.stddev.push_back(
        std::min(1.0f + std::fabs(x - y) / (window * kappa), 100.0f));
  }
  return child;
}

/// Adds children of elites to the pool.
std::optional<Diagnostic> Session::crossElites(int32_t count) {
  std::vector<Replica> replicas;
  std::vector<size_t> kinds;
  for (int32_t k = 0; k < count; ++k) {
    Pair pair = drawPair();
    if (options.gradient) {
      replicas.push_back(between(pair.a, pair.b));
      kinds.push_back(pair.kind);
      continue;
    }
    // Rounded down, the middle keeps every dependence that both keep.
    Starts middle(pair.a.begin(), pair.a.end());
    for (int32_t i = 0; i < data.numNodes; ++i)
      middle[i] += (pair.b[i] - middle[i]) >> 1;
    addToPool(middle, "middle");
    pool.back().kind = pair.kind;
  }
  if (replicas.empty())
    return std::nullopt;
  if (auto failed = descend(data, descentOptions(), replicas))
    return failed;
  takeDescents(replicas, kinds);
  return std::nullopt;
}

std::optional<Diagnostic> Session::runCrossings() {
  // As many at a time, whatever the number of threads.
  constexpr int32_t kBatch = 4;
  // Where they gain less than one part of so many, a longer search gains more.
  constexpr int64_t kLittle = 1000;
  if (budget.raceProposals == 0 || !options.polish)
    return std::nullopt;
  race(takeNew());
  int64_t before = best.value;
  for (int32_t done = 0;
       done < budget.crossings && elites.size() > 1 && !finished();
       done += kBatch) {
    if (auto failed = crossElites(kBatch))
      return failed;
    race(std::exchange(pool, {}));
  }
  if (budget.small && before - best.value <= before / kLittle)
    budget.proposals *= 2;
  for (const Elite &e : elites)
    pool.push_back(e.from);
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Turns
//===----------------------------------------------------------------------===//

std::optional<Diagnostic> Session::runTurns() {
  // A turn that gains less than one part of so many is the last.
  constexpr int64_t kLittle = 500;
  bool fromBest =
      options.start != StartKind::Midpoint && options.start != StartKind::Flow;
  if (!options.polish || !fromBest)
    return std::nullopt;
  Budget whole = budget;
  budget.replicas = 1;
  budget.shortest = false;
  budget.proposals /= 10;
  std::optional<Diagnostic> failed;
  for (int32_t turn = 0;
       turn < whole.turns && solved() && !finished() && !failed; ++turn) {
    int64_t before = best.value;
    runPolish();
    if (!finished())
      failed = runDescent({});
    if (before - best.value <= before / kLittle)
      break;
  }
  budget = whole;
  return failed;
}

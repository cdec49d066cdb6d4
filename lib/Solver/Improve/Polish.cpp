//===- Polish.cpp - Local searches of a solve -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Improve/Polish.h"

#include "gaus/Device/Parallel.h"

#include <algorithm>

using namespace gaus;

/// Settings of the local search, one a start; the first ones are the best on
/// average, none is best everywhere.
static constexpr struct {
  double heat, excess, depth;
} kPolish[] = {
    {0.02, 3, 0.1}, {0.005, 3, 0.03}, {0.001, 3, 0.05}, {0.02, 8, 0.02}};
static_assert(Polish::kRacing <= std::size(kPolish));

static void traceSearches(Trace &trace,
                          std::span<const LocalSearchResult> results,
                          double begin) {
  if (!trace.wanted())
    return;
  int64_t whole = 0;
  std::vector<Trace::Step> steps;
  for (size_t k = 0; k < results.size(); ++k) {
    for (const LocalSearchResult::Progress &step : results[k].progress)
      steps.push_back({step.cost,
                       whole + step.proposals,
                       {{"overuse", step.overuse},
                        {"proposals", step.proposals},
                        {"search", static_cast<int64_t>(k)}}});
    whole += results[k].proposals;
  }
  trace.steps(steps, whole, begin);
}

std::vector<LocalSearchResult>
Polish::polishAll(const Instance &instance, std::span<const Candidate> from,
                  int64_t proposals) {
  std::vector<LocalSearchResult> results(from.size());
  double begin = c.trace.cpuSeconds();
  uint64_t seed = c.options.seed + 100 * batches++;
  parallelFor(size_t(0), from.size(), [&](size_t k) {
    const auto &kind = kPolish[from[k].kind];
    LocalSearchOptions search{proposals, seed + k, kind.heat, kind.excess,
                              kind.depth};
    results[k] = localSearch(instance, from[k].starts, search, c.stop());
  });
  traceSearches(c.trace, results, begin);
  for (const LocalSearchResult &r : results) {
    c.incumbent.work().polishProposals += r.proposals;
    if (r.overuse == 0)
      c.incumbent.offer(r.starts, Method::Polish);
  }
  return results;
}

void Polish::run(const Instance &instance, const PolishBudget &budget) {
  const Incumbent &incumbent = c.incumbent;
  Pool &pool = c.pool;
  if (c.pays.lengthAlone() && !c.problem.hasLimits)
    return;
  if (pool.empty() && incumbent.solved())
    pool.add(incumbent.starts(), incumbent.method());
  if (pool.empty())
    return;
  pool.sort();
  size_t count =
      std::min<size_t>(pool.all().size(), std::max(1, budget.polished));
  // What has been polished gains little from it again. For `resources` the best
  // new one is polished twice instead; else the best of all comes first.
  Candidate front = pool.all().front();
  if (!front.raced && front.method == Method::Descent && count > 1 &&
      instance.memoryWeight == 0)
    pool.addInFront(std::move(front));
  else if (incumbent.solved() && incumbent.value() < front.cost)
    pool.addInFront(
        {incumbent.starts(), 0, incumbent.value(), incumbent.method()});
  std::span<Candidate> chosen = pool.first(count);
  for (size_t k = 0; k < count; ++k)
    if (!chosen[k].raced)
      chosen[k].kind = k % std::size(kPolish);
  polishAll(instance, chosen, budget.proposals);
}

void Polish::race(const Instance &instance, std::vector<Candidate> candidates,
                  int64_t proposals) {
  constexpr size_t kElites = 4;
  std::vector<LocalSearchResult> results =
      polishAll(instance, candidates, proposals);
  for (size_t k = 0; k < results.size(); ++k) {
    LocalSearchResult &r = results[k];
    auto same = [&](const Elite &e) { return e.starts == r.starts; };
    if (std::any_of(best.begin(), best.end(), same))
      continue;
    Candidate &from = candidates[k];
    from.overuse = r.overuse;
    from.cost = r.cost;
    from.raced = true;
    best.push_back({std::move(r.starts), std::move(from)});
  }
  std::stable_sort(
      best.begin(), best.end(),
      [](const Elite &a, const Elite &b) { return isBetter(a.from, b.from); });
  if (best.size() > kElites)
    best.resize(kElites);
}

std::vector<Candidate> Polish::takeNew() {
  const Incumbent &incumbent = c.incumbent;
  c.pool.sort();
  // The best of all, too, whatever it came from.
  if (incumbent.solved() &&
      (c.pool.empty() || incumbent.value() < c.pool.all().front().cost)) {
    c.pool.add(incumbent.starts(), incumbent.method());
    c.pool.lastToFront();
  }
  std::vector<Candidate> fresh;
  for (Candidate &candidate : c.pool.takeAll())
    if (!candidate.raced && fresh.size() < kMostNew) {
      candidate.kind = fresh.size() % kRacing;
      fresh.push_back(std::move(candidate));
    }
  return fresh;
}

//===- Crossing.cpp - Descents from between elites ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Improve/Crossing.h"

#include "Model/Random.h"

#include "gaus/Device/Arithmetic.h"

using namespace gaus;

/// Draws two elites, and the settings of the search for what becomes of them.
Crossing::Pair Crossing::drawPair() {
  std::span<const Elite> elites = polish.elites();
  dev::Philox random = draw(Stream::Crossings, c.options.seed, drawn++);
  size_t a = dev::drawBelow(random.word[0], elites.size());
  size_t b = dev::drawBelow(random.word[1], elites.size() - 1);
  b += b >= a;
  uint32_t bits = random.word[2];
  size_t kind = elites[bits & 1 ? a : b].from.kind;
  // A quarter draws its settings, so that none dies out.
  if (bits >> 30 == 0)
    kind = (bits >> 1) % Polish::kRacing;
  return {elites[a].starts, elites[b].starts, kind};
}

/// Adds children of elites to the pool.
std::optional<Diagnostic> Crossing::crossElites(const Instance &instance,
                                                const DescentBudget &descent,
                                                int32_t count) {
  std::vector<Replica> replicas;
  std::vector<size_t> kinds;
  float kappa = descentOptions(c, descent).kappaFirst;
  for (int32_t k = 0; k < count; ++k) {
    Pair pair = drawPair();
    if (c.options.gradient) {
      replicas.push_back(between(instance, kappa, pair.a, pair.b));
      kinds.push_back(pair.kind);
      continue;
    }
    // Rounded down, the middle keeps every dependence that both keep.
    Starts middle(pair.a.begin(), pair.a.end());
    for (int32_t i = 0; i < instance.numNodes; ++i)
      middle[i] += (pair.b[i] - middle[i]) >> 1;
    c.pool.add(middle, Method::Middle);
    c.pool.last().kind = pair.kind;
  }
  if (replicas.empty())
    return std::nullopt;
  return descents.runFrom(instance, descent, replicas, kinds);
}

std::optional<Diagnostic> Crossing::run(const Instance &instance,
                                        const CrossingBudget &budget,
                                        const DescentBudget &descent,
                                        bool &gained) {
  // Where they gain less than one part of so many, a longer search gains more.
  constexpr int64_t kLittle = 1000;
  polish.race(instance, polish.takeNew(), budget.proposals);
  int64_t before = c.incumbent.value();
  for (int32_t done = 0; done < budget.crossings &&
                         polish.elites().size() > 1 && !c.incumbent.finished();
       done += kBatch) {
    int64_t last = c.incumbent.value();
    DescentBudget children = descent;
    if (budget.steps > 0)
      children.steps = budget.steps;
    if (auto failed = crossElites(instance, children, kBatch))
      return failed;
    polish.race(instance, c.pool.takeAll(), budget.proposals);
    if (budget.little > 0 && last - c.incumbent.value() <= last / budget.little)
      break;
  }
  gained = before - c.incumbent.value() > before / kLittle;
  for (const Elite &e : polish.elites())
    c.pool.add(e.from);
  return std::nullopt;
}

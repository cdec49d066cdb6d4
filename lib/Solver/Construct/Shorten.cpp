//===- Shorten.cpp - Legal and shorter under limits -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Construct/Heuristics.h"

#include "Model/Random.h"

#include "Construct/Ejection.h"
#include "Construct/ListScheduler.h"
#include "Model/Instance.h"
#include "gaus/Device/Arithmetic.h"

#include <algorithm>

using namespace gaus;

void gaus::repair(const Context &c, const Instance &instance) {
  std::vector<float> late(instance.alap.begin(), instance.alap.end());
  std::vector<float> early(instance.asap.begin(), instance.asap.end());
  std::vector<float> middle;
  middle.reserve(late.size());
  for (int32_t i = 0; i < instance.numNodes; ++i)
    middle.push_back(late[i] + early[i]);
  for (const std::vector<float> *priority : {&late, &middle, &early})
    if (!c.incumbent.solved())
      c.incumbent.offer(
          ejectionSchedule(instance, *priority, {}, 40, {}, &c.stop()),
          Method::Ejection);
}

/// Priorities of an attempt: latest starts, disturbed more with each attempt.
static std::vector<float> noisyPriority(const Instance &d, uint64_t seed,
                                        int32_t attempt) {
  std::vector<float> priority(d.numNodes);
  float noise = 0.05f * static_cast<float>(attempt % 17);
  for (int32_t i = 0; i < d.numNodes; ++i) {
    dev::Philox random = draw(Stream::ShorterPriorities, seed, i, attempt);
    float u = unitOf(random.word[0]) - 0.5f;
    float slack = static_cast<float>(d.alap[i] - d.asap[i] + 1);
    priority[i] = static_cast<float>(d.alap[i]) + noise * u * slack;
  }
  return priority;
}

/// Schedules with recurrences or an II in fewer and fewer cycles, until several
/// attempts in a row fail.
static void shortenByEjection(const Context &c, int32_t attempts) {
  constexpr int32_t kAttempts = 24;
  int32_t left = std::max(kAttempts, attempts);
  bool shorter = c.incumbent.solved();
  while (shorter && left > 0 && !c.incumbent.finished()) {
    Problem tight = c.p();
    tight.length = static_cast<int32_t>(c.incumbent.length() - 1);
    if (tight.length < c.problem.windows.depth)
      return;
    auto within = c.problem.windowsWithin(tight.length, &c.stop());
    if (!within)
      return;
    Instance d = buildInstance(tight, c.problem.adj, c.problem.components,
                               *within, c.options);
    shorter = false;
    for (int32_t k = 0; k < kAttempts && left-- > 0 && !shorter; ++k) {
      c.incumbent.offer(ejectionSchedule(d, noisyPriority(d, c.options.seed, k),
                                         {}, 20, {}, &c.stop()),
                        Method::Ejection);
      shorter = c.incumbent.length() <= tight.length;
    }
  }
}

void gaus::shorten(const Context &c, const Instance &instance,
                   const ConstructBudget &budget) {
  if (!c.pays.lengthAlone() || !c.problem.hasLimits)
    return;
  if (!c.problem.components.acyclic || c.p().ii > 0)
    return shortenByEjection(c, budget.attempts);
  // List schedules by perturbed priorities: latest start in the present length.
  for (int32_t k = 1; k <= budget.attempts && !c.incumbent.finished(); ++k) {
    std::vector<float> priority = noisyPriority(instance, c.options.seed, k);
    c.incumbent.offer(listSchedule(c.p(), c.problem.adj, c.problem.windows,
                                   {.priority = priority,
                                    .capacity = c.p().limit,
                                    .forceAtLatest = false,
                                    .stop = &c.stop()}),
                      Method::List);
  }
  // A list never leaves a unit idle, which the optimum sometimes must.
  constexpr int32_t kEjectionNodes = 500;
  if (instance.numNodes <= kEjectionNodes)
    shortenByEjection(c, budget.attempts);
}

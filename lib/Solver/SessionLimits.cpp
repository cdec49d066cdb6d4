//===- SessionLimits.cpp - Legal, decided and shorter under limits --------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"

#include "gaus/Device/Arithmetic.h"
#include "gaus/Solver/ListScheduler.h"
#include "gaus/Solver/Modulo.h"
#include "gaus/Solver/Relaxation.h"

#include <algorithm>

using namespace gaus;

void Session::repair() {
  if (solved() || !hasArrays)
    return;
  std::vector<float> late(data.alap.begin(), data.alap.end());
  std::vector<float> early(data.asap.begin(), data.asap.end());
  std::vector<float> middle;
  middle.reserve(late.size());
  for (int32_t i = 0; i < data.numNodes; ++i)
    middle.push_back(late[i] + early[i]);
  for (const std::vector<float> *priority : {&late, &middle, &early})
    if (!solved())
      offer(ejectionSchedule(data, *priority, {}, 40, {}, &deadline.flag()),
            "ejection");
}

void Session::decide() {
  if (solved() || p.ii == 0 || !foldsFit() || finished())
    return;
  ModuloEffort effort = budget.modulo;
  effort.seed = options.seed;
  ModuloDecision decision =
      decideModulo(p, adj, order, windows, effort, deadline.flag());
  infeasible = decision.verdict == ModuloVerdict::Infeasible;
  if (decision.verdict == ModuloVerdict::Feasible)
    offer(decision.starts, decision.byEjection ? "slots" : "exact");
}

/// Priorities of an attempt: latest starts, disturbed more with each attempt.
std::vector<float> Session::noisyPriority(const RelaxationData &d,
                                          int32_t attempt) const {
  std::vector<float> priority(d.numNodes);
  float noise = 0.05f * static_cast<float>(attempt % 17);
  for (int32_t i = 0; i < d.numNodes; ++i) {
    dev::Philox random =
        dev::philox(options.seed, uint64_t(i), uint64_t(attempt) + 16);
    float u = static_cast<float>(random.word[0] >> 8) * 0x1p-24f - 0.5f;
    float slack = static_cast<float>(d.alap[i] - d.asap[i] + 1);
    priority[i] = static_cast<float>(d.alap[i]) + noise * u * slack;
  }
  return priority;
}

/// Schedules with recurrences or an II in fewer and fewer cycles, until several
/// attempts in a row fail.
void Session::shortenByEjection() {
  constexpr int32_t kAttempts = 24;
  int32_t left = std::max(kAttempts, budget.steps / 4);
  bool shorter = solved();
  while (shorter && left > 0 && !finished()) {
    Problem tight = p;
    tight.length = static_cast<int32_t>(best.cost.length - 1);
    Outcome<Windows> within = computeWindows(tight, &deadline.flag());
    if (!within)
      return;
    RelaxationData d = buildRelaxationData(tight, adj, order, *within, options);
    shorter = false;
    for (int32_t k = 0; k < kAttempts && left-- > 0 && !shorter; ++k) {
      offer(ejectionSchedule(d, noisyPriority(d, k), {}, 20, {},
                             &deadline.flag()),
            "ejection");
      shorter = best.cost.length <= tight.length;
    }
  }
}

void Session::shorten() {
  if (options.objective != Objective::Latency || !hasLimits || !hasArrays)
    return;
  if (!order.acyclic || p.ii > 0)
    return shortenByEjection();
  // List schedules by perturbed priorities: latest start in the present length.
  int32_t tries = budget.steps / 4;
  for (int32_t k = 1; k <= tries && !finished(); ++k) {
    std::vector<float> priority = noisyPriority(data, k);
    offer(listSchedule(p, adj, windows,
                       {priority, p.limit, {}, false, &deadline.flag()}),
          "list");
  }
  // A list never leaves a unit idle, which the optimum sometimes must.
  constexpr int32_t kEjectionNodes = 500;
  if (p.numNodes() <= kEjectionNodes)
    shortenByEjection();
}

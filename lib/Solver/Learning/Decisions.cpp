//===- Decisions.cpp - Where the search goes ------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/Engine.h"

#include <algorithm>

using namespace gaus;

/// Atoms that are open again may be decided again.
void Engine::restoreAtoms(const Entry &e) {
  int32_t x = e.view / 2;
  if (wide[x])
    return;
  int32_t first = atomBegin[x] - start[fromBelow(x)] - 1;
  bool below = e.view % 2 == 0;
  int32_t from = below ? e.before + 1 : 1 - e.value;
  int32_t to = below ? e.value : -e.before;
  for (int32_t v = from; v <= to; ++v)
    heap.restore(first + v);
}

/// "x >= value" or its negation, as in the model.
Literal Engine::phaseOf(int32_t x, int32_t value) const {
  Literal l = atLeast(x, value);
  if (model.empty())
    return -l;
  return model[x] >= value ? l : -l;
}

std::optional<Literal> Engine::byActivity() {
  while (!heap.empty()) {
    int32_t atom = heap.take(), x = atomVariable[atom];
    int32_t value = atom - atomBegin[x] + start[fromBelow(x)] + 1;
    if (low(fromBelow(x)) < value && value <= high(fromBelow(x)))
      return phaseOf(x, value);
  }
  return std::nullopt;
}

/// The earliest of the ordered variables at its cycle in the model, or at its
/// first; then all others at their least values.
std::optional<Literal> Engine::byOrder() const {
  int32_t best = -1, at = 0;
  for (int32_t x : ordered) {
    int32_t first = low(fromBelow(x)), last = high(fromBelow(x));
    if (first == last)
      continue;
    int32_t wanted = model.empty() ? first : std::clamp(model[x], first, last);
    if (best < 0 || wanted < at) {
      best = x;
      at = wanted;
    }
  }
  if (best >= 0)
    return high(fromBelow(best)) > at ? atMost(best, at) : atLeast(best, at);
  for (int32_t x = 0; x < numVariables(); ++x)
    if (low(fromBelow(x)) < high(fromBelow(x)))
      return atMost(x, low(fromBelow(x)));
  return std::nullopt;
}

/// False if all is decided.
bool Engine::decide() {
  std::optional<Literal> next = byActivity();
  if (!next) {
    next = byOrder();
    work += numVariables();
  }
  if (!next)
    return false;
  openLevel();
  enqueue(*next, {});
  return true;
}

/// 1, 1, 2, 1, 1, 2, 4, ... (Luby, Sinclair, Zuckerman).
static int64_t luby(int64_t k) {
  for (;;) {
    int64_t size = 1;
    while (size - 1 < k)
      size *= 2;
    if (size - 1 == k)
      return size / 2;
    k -= size / 2 - 1;
  }
}

/// A decision, or a verdict where there is none to make.
std::optional<Engine::Verdict> Engine::step(Literal assumed) {
  if (level() == 0) {
    if (!settleRoot() || fails(assumed))
      return Verdict::None;
    if (!holds(assumed)) {
      openLevel();
      enqueue(assumed, {});
      return std::nullopt;
    }
  }
  if (decide())
    return std::nullopt;
  model.resize(numVariables());
  for (int32_t x = 0; x < numVariables(); ++x)
    model[x] = low(fromBelow(x));
  return Verdict::Found;
}

Engine::Verdict Engine::search(Literal assumed, int64_t limit) {
  limit += work;
  int64_t restarts = 0, until = conflicts + settings.restart;
  std::optional<Verdict> verdict;
  while (!infeasible && !verdict) {
    if (!propagate()) {
      learn();
      continue;
    }
    if (work > limit || stop.requested())
      verdict = Verdict::Open;
    else if (conflicts >= until) {
      until = conflicts + settings.restart * luby(++restarts);
      backtrack(0);
      if (numLearnt > settings.clauses && settleRoot())
        forgetClauses();
    } else
      verdict = step(assumed);
  }
  backtrack(0);
  return infeasible ? Verdict::None : *verdict;
}

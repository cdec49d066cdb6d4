//===- Analysis.cpp - What a conflict teaches -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/Engine.h"

#include <algorithm>

using namespace gaus;

namespace {
constexpr int32_t kNothing = INT32_MIN;
} // namespace

/// From an entry behind `last`, so far back that any entry before is found in
/// as many steps as the logarithm of their number (Myers, "An applicative
/// random-access stack", Information Processing Letters 17, 1983).
int32_t Engine::jumpFrom(int32_t last) const {
  if (last < 0)
    return -1;
  int32_t near = trail[last].jump;
  if (near < 0)
    return last;
  int32_t far = trail[near].jump;
  bool even = far >= 0 && trail[last].depth - trail[near].depth ==
                              trail[near].depth - trail[far].depth;
  return even ? far : last;
}

/// The entry that made it hold; -1: it holds from the beginning.
int32_t Engine::entryOf(Literal l) const {
  int32_t at = lastEntry[l.view];
  while (at >= 0 && trail[at].before >= l.value) {
    int32_t jump = trail[at].jump;
    at = jump >= 0 && trail[jump].before >= l.value ? jump : trail[at].last;
  }
  return at;
}

void Engine::bump(Literal l) {
  int32_t x = l.view / 2;
  if (wide[x])
    return;
  // Of "x >= v" or of its negation.
  int32_t v = l.view % 2 == 0 ? l.value : 1 - l.value;
  heap.bump(atomBegin[x] + v - start[fromBelow(x)] - 1);
}

void Engine::bumpClause(int32_t clause) {
  Clause &c = clauses[clause];
  c.activity += static_cast<float>(clauseStep);
  if (c.activity < 1e20f)
    return;
  for (Clause &each : clauses)
    each.activity *= 1e-20f;
  clauseStep *= 1e-20;
}

/// Takes a literal that holds into what the conflict needs.
void Engine::need(Literal l) {
  View v = l.view;
  if (root[v] >= l.value || (needed[v] != kNothing && needed[v] >= l.value))
    return;
  int32_t at = entryOf(l);
  bump(l);
  bool counted = needed[v] != kNothing && trail[neededAt[v]].level == level();
  if (needed[v] == kNothing)
    neededViews.push_back(v);
  needed[v] = l.value;
  neededAt[v] = at;
  pending += !counted && trail[at].level == level();
}

/// Goes back to the last level that the conflict is about. False if it is about
/// none.
bool Engine::toConflictLevel() {
  int32_t last = 0;
  for (Literal l : conflict)
    if (root[l.view] < l.value)
      last = std::max(last, trail[entryOf(l)].level);
  backtrack(last);
  return last > 0;
}

/// Replaces what is needed of the last level by its reasons until one literal
/// is left.
Literal Engine::firstImplicationPoint() {
  pending = 0;
  neededViews.clear();
  for (Literal l : conflict)
    need(l);
  for (int32_t at = static_cast<int32_t>(trail.size()) - 1;; --at) {
    const Entry &e = trail[at];
    ++work;
    if (needed[e.view] == kNothing || neededAt[e.view] != at)
      continue;
    Literal l{e.view, needed[e.view]};
    if (pending == 1)
      return l;
    --pending;
    needed[e.view] = kNothing;
    scratch.clear();
    explain(e.reason, l, scratch);
    if (e.reason.why == Why::Clause)
      bumpClause(e.reason.at);
    work += static_cast<int64_t>(scratch.size());
    for (Literal reason : scratch)
      need(reason);
  }
}

/// Whether it follows from what is needed and held before the entry `before`.
/// The order of entries keeps two literals from standing for each other.
bool Engine::isImplied(Literal l, int32_t before, int32_t depth) {
  if (root[l.view] >= l.value)
    return true;
  if (needed[l.view] != kNothing && needed[l.view] >= l.value &&
      neededAt[l.view] < before)
    return true;
  const Entry &e = trail[entryOf(l)];
  if (depth == 0 || e.reason.why == Why::Decision)
    return false;
  size_t begin = scratch.size();
  explain(e.reason, l, scratch);
  size_t end = scratch.size();
  work += static_cast<int64_t>(end - begin);
  bool all = true;
  for (size_t k = begin; k < end && all; ++k)
    all = isImplied(scratch[k], before, depth - 1);
  scratch.resize(begin);
  return all;
}

/// The clause: the point first, then the literal of the last level before.
void Engine::collectLearnt(Literal point) {
  constexpr int32_t kDepth = 4;
  scratch.clear();
  for (View v : neededViews) {
    if (needed[v] == kNothing || v == point.view)
      continue;
    const Entry &e = trail[neededAt[v]];
    if (e.reason.why == Why::Decision)
      continue;
    int32_t at = neededAt[v];
    Literal l{v, needed[v]};
    size_t begin = scratch.size();
    explain(e.reason, l, scratch);
    size_t end = scratch.size();
    bool all = true;
    for (size_t k = begin; k < end && all; ++k)
      all = isImplied(scratch[k], at, kDepth);
    scratch.resize(begin);
    if (all)
      needed[v] = kNothing;
  }
  learnt.assign(1, -point);
  needed[point.view] = kNothing;
  for (View v : neededViews)
    if (needed[v] != kNothing) {
      learnt.push_back(-Literal{v, needed[v]});
      needed[v] = kNothing;
    }
  auto levelOf = [&](Literal l) { return trail[entryOf(-l)].level; };
  for (size_t k = 2; k < learnt.size(); ++k)
    if (levelOf(learnt[k]) > levelOf(learnt[1]))
      std::swap(learnt[1], learnt[k]);
}

/// Learns from the conflict and goes on behind it; false if nothing satisfies
/// the problem.
bool Engine::learn() {
  ++conflicts;
  if (!toConflictLevel()) {
    infeasible = true;
    return false;
  }
  collectLearnt(firstImplicationPoint());
  int32_t back = 0, glue = 1;
  std::vector<int32_t> of;
  for (size_t k = 1; k < learnt.size(); ++k)
    of.push_back(trail[entryOf(-learnt[k])].level);
  std::sort(of.begin(), of.end());
  glue += static_cast<int32_t>(std::unique(of.begin(), of.end()) - of.begin());
  if (learnt.size() > 1)
    back = trail[entryOf(-learnt[1])].level;
  backtrack(back);
  heap.decay();
  clauseStep *= 1 / 0.999;
  bool fine = learnt.size() == 1
                  ? enqueue(learnt[0], {})
                  : enqueue(learnt[0], {Why::Clause, addClause(learnt, glue)});
  infeasible |= !fine;
  return fine;
}

/// At the root: drops the half of the clauses that was of least use.
void Engine::forgetClauses() {
  std::vector<int32_t> order;
  for (size_t k = 0; k < clauses.size(); ++k)
    if (clauses[k].glue > 2)
      order.push_back(static_cast<int32_t>(k));
  std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    return clauses[a].activity < clauses[b].activity;
  });
  for (size_t k = 0; k < order.size() / 2; ++k)
    clauses[order[k]].dropped = true;
  rebuildWatches();
  settings.clauses += settings.clauses / 20;
}

/// Without clauses that were dropped or hold, and literals that never will.
void Engine::rebuildWatches() {
  for (std::vector<Watch> &list : lists)
    list.clear();
  std::vector<Clause> old = std::move(clauses);
  std::vector<Literal> from = std::move(arena);
  clauses.clear();
  arena.clear();
  numLearnt = 0;
  std::vector<Literal> kept;
  for (const Clause &c : old) {
    std::span<const Literal> of(from.data() + c.begin, c.size);
    if (c.dropped ||
        std::any_of(of.begin(), of.end(), [&](Literal l) { return holds(l); }))
      continue;
    kept.clear();
    for (Literal l : of)
      if (!fails(l))
        kept.push_back(l);
    int32_t index = addClause(kept, c.glue);
    clauses[index].activity = c.activity;
  }
}

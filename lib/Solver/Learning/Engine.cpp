//===- Engine.cpp - A propagating search that learns ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/Engine.h"

#include <algorithm>

using namespace gaus;

//===----------------------------------------------------------------------===//
// The problem
//===----------------------------------------------------------------------===//

int32_t Engine::addVariable(int32_t low, int32_t high, bool isWide) {
  int32_t x = numVariables();
  size_t lengthOf = isWide ? 1 : size_t(std::max(0, high - low));
  for (int32_t value : {low, -high}) {
    least.push_back(value);
    root.push_back(value);
    start.push_back(value);
    listBegin.push_back(lists.size());
    lists.resize(lists.size() + lengthOf);
    lastEntry.push_back(-1);
    needed.push_back(INT32_MIN);
    neededAt.push_back(-1);
    edgesFrom.emplace_back();
    conditions.emplace_back();
    subscribers.emplace_back();
  }
  wide.push_back(isWide);
  atomBegin.push_back(static_cast<int32_t>(atomVariable.size()));
  if (!isWide)
    atomVariable.resize(atomVariable.size() + lengthOf, x);
  heap.grow(atomVariable.size());
  infeasible |= low > high;
  return x;
}

void Engine::addEdge(View from, View to, int32_t gap, Literal condition) {
  auto index = static_cast<int32_t>(edges.size());
  edges.push_back({from, to, gap, condition});
  edges.push_back({to ^ 1, from ^ 1, gap, condition});
  edgesFrom[from].push_back(index);
  edgesFrom[to ^ 1].push_back(index + 1);
  if (condition.view >= 0)
    conditions[condition.view].push_back(index);
  infeasible |= !propagateEdge(index) || !propagateEdge(index + 1);
}

void Engine::addPropagator(std::unique_ptr<Propagator> propagator) {
  propagators.push_back(std::move(propagator));
  waits.push_back(0);
  wait(static_cast<int32_t>(propagators.size()) - 1);
}

void Engine::wait(int32_t propagator) {
  if (waits[propagator])
    return;
  waits[propagator] = 1;
  bool last = propagators[propagator]->runsLast();
  (last ? waitingLast : waiting).push_back(propagator);
}

void Engine::subscribe(View view, int32_t index) {
  subscribers[view].push_back(
      {static_cast<int32_t>(propagators.size()) - 1, index});
}

bool Engine::require(Literal literal) {
  backtrack(0);
  infeasible = infeasible || !enqueue(literal, {});
  return !infeasible;
}

//===----------------------------------------------------------------------===//
// Bounds
//===----------------------------------------------------------------------===//

void Engine::explain(Reason reason, Literal literal,
                     std::vector<Literal> &out) const {
  if (reason.why == Why::Edge) {
    const Edge &e = edges[reason.at];
    out.push_back({e.from, literal.value - e.gap});
    if (e.condition.view >= 0)
      out.push_back(e.condition);
  } else if (reason.why == Why::Clause) {
    const Clause &c = clauses[reason.at];
    for (int32_t k = 1; k < c.size; ++k)
      out.push_back(-arena[c.begin + k]);
  } else if (reason.why == Why::Explained) {
    int32_t size = explained[reason.at].value;
    out.insert(out.end(), explained.begin() + reason.at + 1,
               explained.begin() + reason.at + 1 + size);
  }
}

bool Engine::enqueue(Literal literal, Reason reason) {
  if (holds(literal))
    return true;
  if (fails(literal)) {
    conflict.clear();
    explain(reason, literal, conflict);
    conflict.push_back(-literal);
    return false;
  }
  View v = literal.view;
  int32_t last = lastEntry[v];
  trail.push_back({v, literal.value, least[v], last, jumpFrom(last),
                   last < 0 ? 0 : trail[last].depth + 1, level(), reason});
  lastEntry[v] = static_cast<int32_t>(trail.size()) - 1;
  least[v] = literal.value;
  notify(v, /*rerun=*/true);
  return true;
}

bool Engine::raise(Literal literal, std::span<const Literal> because) {
  if (holds(literal))
    return true;
  if (atRoot())
    return enqueue(literal, {});
  auto at = static_cast<int32_t>(explained.size());
  explained.push_back({-1, static_cast<int32_t>(because.size())});
  explained.insert(explained.end(), because.begin(), because.end());
  return enqueue(literal, {Why::Explained, at});
}

bool Engine::fail(std::span<const Literal> because) {
  conflict.assign(because.begin(), because.end());
  return false;
}

void Engine::notify(View view, bool rerun) {
  for (const Subscription &s : subscribers[view]) {
    propagators[s.propagator]->touched(s.index);
    if (rerun)
      wait(s.propagator);
  }
}

void Engine::openLevel() {
  levels.push_back({static_cast<int32_t>(trail.size()),
                    static_cast<int64_t>(explained.size())});
}

void Engine::backtrack(int32_t to) {
  if (level() <= to)
    return;
  Level kept = levels[to];
  while (static_cast<int32_t>(trail.size()) > kept.trail) {
    Entry e = trail.back();
    trail.pop_back();
    least[e.view] = e.before;
    lastEntry[e.view] = e.last;
    restoreAtoms(e);
    notify(e.view, /*rerun=*/false);
  }
  explained.resize(kept.explained);
  levels.resize(to);
  head = trail.size();
}

/// What holds before the first decision needs no reason any more.
bool Engine::settleRoot() {
  infeasible = infeasible || !propagate();
  for (const Entry &e : trail) {
    lastEntry[e.view] = -1;
    root[e.view] = least[e.view];
  }
  trail.clear();
  explained.clear();
  head = 0;
  return !infeasible;
}

//===----------------------------------------------------------------------===//
// Propagation
//===----------------------------------------------------------------------===//

bool Engine::propagateEdge(int32_t edge) {
  const Edge &e = edges[edge];
  int64_t value = int64_t(least[e.from]) + e.gap;
  if (least[e.to] >= value)
    return true;
  if (e.condition.view < 0 || holds(e.condition)) {
    if (value > INT32_MAX)
      value = INT32_MAX;
    return enqueue({e.to, static_cast<int32_t>(value)}, {Why::Edge, edge});
  }
  if (value <= high(e.to) || fails(e.condition))
    return true;
  Literal ends[] = {{e.from, high(e.to) + 1 - e.gap}, {e.to ^ 1, -high(e.to)}};
  return raise(-e.condition, ends);
}

bool Engine::propagateEdges(View view) {
  work += static_cast<int64_t>(edgesFrom[view].size());
  for (int32_t e : edgesFrom[view])
    if (!propagateEdge(e))
      return false;
  for (int32_t e : conditions[view])
    if (!propagateEdge(e) || !propagateEdge(e + 1))
      return false;
  return true;
}

void Engine::watch(Literal l, int32_t clause, Literal blocker) {
  Literal trigger = -l;
  lists[listOf(trigger)].push_back({clause, trigger.value, blocker});
}

int32_t Engine::addClause(std::span<const Literal> literals, int32_t glue) {
  auto index = static_cast<int32_t>(clauses.size());
  clauses.push_back({static_cast<int32_t>(arena.size()),
                     static_cast<int32_t>(literals.size()), glue,
                     static_cast<float>(clauseStep), true, false});
  arena.insert(arena.end(), literals.begin(), literals.end());
  watch(literals[0], index, literals[1]);
  watch(literals[1], index, literals[0]);
  ++numLearnt;
  return index;
}

/// `falsified` is one of the clause's first two literals.
Engine::Visit Engine::visit(Watch &w, Literal falsified) {
  const Clause &c = clauses[w.clause];
  Literal *of = arena.data() + c.begin;
  if (of[0].view == falsified.view && of[0].value == falsified.value)
    std::swap(of[0], of[1]);
  if (holds(of[0])) {
    w.blocker = of[0];
    return Visit::Kept;
  }
  for (int32_t k = 2; k < c.size; ++k)
    if (!fails(of[k])) {
      std::swap(of[1], of[k]);
      work += k;
      watch(of[1], w.clause, of[0]);
      return Visit::Moved;
    }
  work += c.size;
  return enqueue(of[0], {Why::Clause, w.clause}) ? Visit::Kept
                                                 : Visit::Conflict;
}

bool Engine::visitList(size_t list, View view) {
  size_t kept = 0, at = 0;
  bool fine = true;
  // Lists of wide variables may grow while they are visited.
  for (; at < lists[list].size(); ++at) {
    Watch w = lists[list][at];
    ++work;
    if (fine && w.value <= least[view] && !holds(w.blocker)) {
      Visit visited = visit(w, -Literal{view, w.value});
      if (visited == Visit::Moved)
        continue;
      fine = visited == Visit::Kept;
    }
    lists[list][kept++] = w;
  }
  lists[list].resize(kept);
  return fine;
}

bool Engine::propagateWatches(const Entry &entry) {
  if (wide[entry.view / 2])
    return visitList(listBegin[entry.view], entry.view);
  for (int32_t v = entry.before + 1; v <= entry.value; ++v) {
    size_t list = listOf({entry.view, v});
    if (!lists[list].empty() && !visitList(list, entry.view))
      return false;
  }
  return true;
}

bool Engine::propagate() {
  for (;;) {
    while (head < trail.size()) {
      Entry entry = trail[head++];
      work += 2;
      if (!propagateEdges(entry.view) || !propagateWatches(entry))
        return false;
    }
    std::vector<int32_t> &queue = waiting.empty() ? waitingLast : waiting;
    if (queue.empty())
      return true;
    int32_t next = queue.back();
    queue.pop_back();
    waits[next] = 0;
    if (!propagators[next]->propagate(*this))
      return false;
  }
}

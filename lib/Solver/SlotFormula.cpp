//===- SlotFormula.cpp - A slot problem as a formula ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SlotFormula.h"

#include <cadical.hpp>

#include <algorithm>
#include <initializer_list>
#include <numeric>

using namespace gaus;

using Role = SlotProblem::Role;

namespace {

class Stop : public CaDiCaL::Terminator {
public:
  explicit Stop(const std::atomic<bool> &flag) : flag(flag) {}
  bool terminate() override { return flag.load(std::memory_order_relaxed); }

private:
  const std::atomic<bool> &flag;
};

/// What a node may hold of a slot: the literal is true if it does.
struct Held {
  int literal;
  int64_t units;
};

} // namespace

class SlotFormula::Encoder {
public:
  Encoder(const Problem &p, const SlotProblem &s, int64_t literals)
      : p(p), s(s), left(literals), first(p.numNodes(), 0),
        held(p.numResources()), turns(p.numResources(), 0) {
    solver.set("quiet", 1);
  }

  /// False if the formula has too many literals.
  bool encode();
  Answer solve(int64_t conflicts, const std::atomic<bool> &stop);

private:
  static constexpr int kTrue = INT32_MAX;
  bool makeVariables();
  int atLeast(int32_t node, int64_t cycle) const;
  void clause(std::initializer_list<int> literals);
  void encodeWindow(int32_t node);
  void encodeSlot(int32_t node);
  void encodeEdge(int32_t edge);
  std::vector<int> heldSlots(int32_t node);
  void holdFrom(int32_t node, std::vector<int> &slots,
                std::initializer_list<int> unless, int64_t cycle);
  void encodeLimit(std::vector<Held> items, int64_t limit);
  int64_t startOf(int32_t node);

  const Problem &p;
  const SlotProblem &s;
  CaDiCaL::Solver solver;
  int64_t left;
  int next = 1;
  /// Variable of "s >= lo + 1", or of "slot 0".
  std::vector<int> first;
  /// By resource and slot.
  std::vector<std::vector<std::vector<Held>>> held;
  /// Units that are held in every slot, whatever the starts: whole turns.
  std::vector<int64_t> turns;
};

/// Adds a clause; literals that are false (0) are left out, kTrue satisfies it.
void SlotFormula::Encoder::clause(std::initializer_list<int> literals) {
  for (int l : literals)
    if (l == kTrue)
      return;
  for (int l : literals)
    if (l != 0) {
      solver.add(l);
      --left;
    }
  solver.add(0);
}

bool SlotFormula::Encoder::makeVariables() {
  int64_t count = 0, slots = 0;
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    if (s.role[i] != Role::Window && s.role[i] != Role::Slot)
      continue;
    int64_t cycles = int64_t(s.hi[i]) - s.lo[i] + (s.role[i] == Role::Slot);
    first[i] = static_cast<int>(1 + count);
    count += cycles;
    slots += s.uses[i].empty() ? 0 : p.ii;
    if (count > left || slots > 4 * left)
      return false;
  }
  next = static_cast<int>(1 + count);
  return true;
}

/// "start >= cycle": a variable, kTrue, or 0 for false.
int SlotFormula::Encoder::atLeast(int32_t node, int64_t cycle) const {
  if (cycle <= s.lo[node])
    return kTrue;
  if (cycle > s.hi[node])
    return 0;
  return first[node] + static_cast<int>(cycle - s.lo[node] - 1);
}

static int negated(int literal) {
  return literal == INT32_MAX ? 0 : literal == 0 ? INT32_MAX : -literal;
}

/// `unless` or the node holds the slots from `cycle` on.
void SlotFormula::Encoder::holdFrom(int32_t node, std::vector<int> &slots,
                                    std::initializer_list<int> unless,
                                    int64_t cycle) {
  int32_t rest = s.hold[node] % p.ii;
  const int *u = unless.begin();
  for (int32_t d = 0; d < rest; ++d) {
    int &slot = slots[(cycle + d) % p.ii];
    if (slot == 0)
      slot = next++;
    if (unless.size() == 1)
      clause({u[0], slot});
    else
      clause({u[0], u[1], slot});
  }
}

void SlotFormula::Encoder::encodeWindow(int32_t node) {
  for (int64_t t = int64_t(s.lo[node]) + 1; t < s.hi[node]; ++t)
    clause({-atLeast(node, t + 1), atLeast(node, t)});
  if (s.uses[node].empty())
    return;
  std::vector<int> slots(p.ii, 0);
  for (int64_t t = s.lo[node]; t <= s.hi[node] && left > 0; ++t)
    holdFrom(node, slots, {negated(atLeast(node, t)), atLeast(node, t + 1)}, t);
  for (int32_t m = 0; m < p.ii; ++m)
    for (const SlotProblem::Use &u : s.uses[node])
      if (slots[m] != 0)
        held[u.resource][m].push_back({slots[m], u.units});
}

void SlotFormula::Encoder::encodeSlot(int32_t node) {
  for (int32_t m = 0; m < p.ii; ++m)
    solver.add(first[node] + m);
  solver.add(0);
  left -= p.ii;
  std::vector<int> slots(p.ii, 0);
  for (int32_t m = 0; m < p.ii && left > 0; ++m)
    holdFrom(node, slots, {-(first[node] + m)}, m);
  for (int32_t m = 0; m < p.ii; ++m)
    for (const SlotProblem::Use &u : s.uses[node])
      if (slots[m] != 0)
        held[u.resource][m].push_back({slots[m], u.units});
}

void SlotFormula::Encoder::encodeEdge(int32_t edge) {
  int32_t i = p.source[edge], j = p.target[edge];
  int64_t gap =
      int64_t(p.latency[i]) + p.lag[edge] - int64_t(p.ii) * p.distance[edge];
  int64_t from = std::max<int64_t>(s.lo[i], int64_t(s.lo[j]) + 1 - gap);
  int64_t to = std::min<int64_t>(s.hi[i], int64_t(s.hi[j]) + 1 - gap);
  for (int64_t t = from; t <= to && left > 0; ++t)
    clause({negated(atLeast(i, t)), atLeast(j, t + gap)});
}

/// A sequential counter: literal (k, w) is true if the items 0 .. k weigh w or
/// more.
void SlotFormula::Encoder::encodeLimit(std::vector<Held> items, int64_t limit) {
  int64_t divisor = 0, total = 0;
  for (const Held &h : items)
    divisor = std::gcd(divisor, h.units);
  for (Held &h : items) {
    h.units /= divisor;
    total += h.units;
  }
  limit = limit / std::max<int64_t>(1, divisor);
  if (total <= limit)
    return;
  if (limit * static_cast<int64_t>(items.size()) > left) {
    left = 0;
    return;
  }
  std::vector<int> before, now;
  for (const Held &h : items) {
    if (h.units > limit) {
      clause({-h.literal});
      continue;
    }
    now.assign(limit, 0);
    for (int64_t w = 1; w <= limit; ++w) {
      int carried = before.empty() ? 0 : before[w - 1];
      int under = w <= h.units     ? kTrue
                  : before.empty() ? 0
                                   : before[w - h.units - 1];
      if (carried == 0 && under == 0)
        continue;
      int sum = now[w - 1] = next++;
      if (carried != 0)
        clause({-carried, sum});
      if (under != 0)
        clause({-h.literal, negated(under), sum});
    }
    if (int over = before.empty() ? 0 : before[limit - h.units]; over != 0)
      clause({-h.literal, -over});
    before = now;
  }
}

bool SlotFormula::Encoder::encode() {
  if (!makeVariables())
    return false;
  for (int32_t r = 0; r < p.numResources(); ++r)
    held[r].resize(s.capacity[r].size());
  for (int32_t i = 0; i < p.numNodes() && left > 0; ++i) {
    if (s.role[i] == Role::Free || s.role[i] == Role::Filler)
      continue;
    for (const SlotProblem::Use &u : s.uses[i])
      turns[u.resource] += u.units * (s.hold[i] / p.ii);
    if (s.role[i] == Role::Window)
      encodeWindow(i);
    else
      encodeSlot(i);
  }
  for (size_t k = 0; k < s.edges.size() && left > 0; ++k)
    encodeEdge(s.edges[k]);
  for (int32_t r = 0; r < p.numResources(); ++r)
    for (size_t m = 0; m < held[r].size() && left > 0; ++m) {
      if (turns[r] > s.capacity[r][m])
        solver.add(0);
      else if (!held[r][m].empty())
        encodeLimit(held[r][m], s.capacity[r][m] - turns[r]);
    }
  return left > 0;
}

int64_t SlotFormula::Encoder::startOf(int32_t node) {
  if (s.role[node] == Role::Slot) {
    for (int32_t m = 0; m < p.ii; ++m)
      if (solver.val(first[node] + m) > 0)
        return m;
    return 0;
  }
  int64_t t = s.lo[node];
  while (t < s.hi[node] && solver.val(atLeast(node, t + 1)) > 0)
    ++t;
  return t;
}

SlotFormula::Answer SlotFormula::Encoder::solve(int64_t conflicts,
                                                const std::atomic<bool> &stop) {
  Stop terminator(stop);
  solver.connect_terminator(&terminator);
  solver.limit("conflicts",
               static_cast<int>(std::min<int64_t>(conflicts, INT32_MAX)));
  int result = solver.solve();
  solver.disconnect_terminator();
  Answer answer;
  if (result == 20)
    answer.verdict = ModuloVerdict::Infeasible;
  if (result != 10)
    return answer;
  answer.verdict = ModuloVerdict::Feasible;
  answer.chosen.assign(p.numNodes(), 0);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (s.role[i] == Role::Window || s.role[i] == Role::Slot)
      answer.chosen[i] = startOf(i);
  return answer;
}

SlotFormula::SlotFormula(const Problem &p, const SlotProblem &s) : p(p), s(s) {}

SlotFormula::Answer SlotFormula::solve(int64_t conflicts, int64_t literals,
                                       const std::atomic<bool> &stop) {
  Encoder encoder(p, s, literals);
  if (!encoder.encode())
    return {};
  return encoder.solve(conflicts, stop);
}

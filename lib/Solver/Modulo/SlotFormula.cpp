//===- SlotFormula.cpp - A slot problem as a formula ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Modulo/SlotFormula.h"

#include "Exact/Formula.h"

#include <algorithm>
#include <numeric>

using namespace gaus;

using Role = SlotProblem::Role;

namespace {

/// What a node may hold of a slot: the literal is true if it does.
struct Held {
  int literal;
  int64_t units;
};

} // namespace

class SlotFormula::Encoder {
public:
  Encoder(const Problem &p, const SlotProblem &s, int64_t literals)
      : p(p), s(s), formula(literals), first(p.numNodes(), 0),
        held(p.numResources()), turns(p.numResources(), 0) {}

  /// False if the formula has too many literals.
  bool encode();
  Answer solve(int64_t conflicts, const Stop &stop);

private:
  bool makeVariables();
  int atLeast(int32_t node, int64_t cycle) const;
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
  Formula formula;
  /// Variable of "s >= lo + 1", or of "slot 0".
  std::vector<int> first;
  /// By resource and slot.
  std::vector<std::vector<std::vector<Held>>> held;
  /// Units that are held in every slot, whatever the starts: whole turns.
  std::vector<int64_t> turns;
};

bool SlotFormula::Encoder::makeVariables() {
  int64_t count = 0, slots = 0, room = formula.room();
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    if (s.role[i] != Role::Window && s.role[i] != Role::Slot)
      continue;
    int64_t cycles = int64_t(s.hi[i]) - s.lo[i] + (s.role[i] == Role::Slot);
    count += cycles;
    slots += s.uses[i].empty() ? 0 : p.ii;
    if (count > room || slots > 4 * room)
      return false;
    first[i] = formula.newVariables(cycles);
  }
  return true;
}

/// "start >= cycle": a variable, kTrue, or 0 for false.
int SlotFormula::Encoder::atLeast(int32_t node, int64_t cycle) const {
  if (cycle <= s.lo[node])
    return Formula::kTrue;
  if (cycle > s.hi[node])
    return 0;
  return first[node] + static_cast<int>(cycle - s.lo[node] - 1);
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
      slot = formula.newVariable();
    if (unless.size() == 1)
      formula.clause({u[0], slot});
    else
      formula.clause({u[0], u[1], slot});
  }
}

void SlotFormula::Encoder::encodeWindow(int32_t node) {
  for (int64_t t = int64_t(s.lo[node]) + 1; t < s.hi[node]; ++t)
    formula.clause({-atLeast(node, t + 1), atLeast(node, t)});
  if (s.uses[node].empty())
    return;
  std::vector<int> slots(p.ii, 0);
  for (int64_t t = s.lo[node]; t <= s.hi[node] && formula.fits(); ++t)
    holdFrom(node, slots,
             {Formula::negated(atLeast(node, t)), atLeast(node, t + 1)}, t);
  for (int32_t m = 0; m < p.ii; ++m)
    for (const SlotProblem::Use &u : s.uses[node])
      if (slots[m] != 0)
        held[u.resource][m].push_back({slots[m], u.units});
}

void SlotFormula::Encoder::encodeSlot(int32_t node) {
  std::vector<int> any(p.ii);
  std::iota(any.begin(), any.end(), first[node]);
  formula.clause(any);
  std::vector<int> slots(p.ii, 0);
  for (int32_t m = 0; m < p.ii && formula.fits(); ++m)
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
  for (int64_t t = from; t <= to && formula.fits(); ++t)
    formula.clause({Formula::negated(atLeast(i, t)), atLeast(j, t + gap)});
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
  if (limit * static_cast<int64_t>(items.size()) > formula.room())
    return formula.giveUp();
  std::vector<int> before, now;
  for (const Held &h : items) {
    if (h.units > limit) {
      formula.clause({-h.literal});
      continue;
    }
    now.assign(limit, 0);
    for (int64_t w = 1; w <= limit; ++w) {
      int carried = before.empty() ? 0 : before[w - 1];
      int under = w <= h.units     ? Formula::kTrue
                  : before.empty() ? 0
                                   : before[w - h.units - 1];
      if (carried == 0 && under == 0)
        continue;
      int sum = now[w - 1] = formula.newVariable();
      if (carried != 0)
        formula.clause({-carried, sum});
      if (under != 0)
        formula.clause({-h.literal, Formula::negated(under), sum});
    }
    if (int over = before.empty() ? 0 : before[limit - h.units]; over != 0)
      formula.clause({-h.literal, -over});
    before = now;
  }
}

bool SlotFormula::Encoder::encode() {
  if (!makeVariables())
    return false;
  for (int32_t r = 0; r < p.numResources(); ++r)
    held[r].resize(s.capacity[r].size());
  for (int32_t i = 0; i < p.numNodes() && formula.fits(); ++i) {
    if (s.role[i] == Role::Free || s.role[i] == Role::Filler)
      continue;
    for (const SlotProblem::Use &u : s.uses[i])
      turns[u.resource] += u.units * (s.hold[i] / p.ii);
    if (s.role[i] == Role::Window)
      encodeWindow(i);
    else
      encodeSlot(i);
  }
  for (size_t k = 0; k < s.edges.size() && formula.fits(); ++k)
    encodeEdge(s.edges[k]);
  for (int32_t r = 0; r < p.numResources(); ++r)
    for (size_t m = 0; m < held[r].size() && formula.fits(); ++m) {
      if (turns[r] > s.capacity[r][m])
        formula.clause({});
      else if (!held[r][m].empty())
        encodeLimit(held[r][m], s.capacity[r][m] - turns[r]);
    }
  return formula.fits();
}

int64_t SlotFormula::Encoder::startOf(int32_t node) {
  if (s.role[node] == Role::Slot) {
    for (int32_t m = 0; m < p.ii; ++m)
      if (formula.value(first[node] + m))
        return m;
    return 0;
  }
  int64_t t = s.lo[node];
  while (t < s.hi[node] && formula.value(atLeast(node, t + 1)))
    ++t;
  return t;
}

SlotFormula::Answer SlotFormula::Encoder::solve(int64_t conflicts,
                                                const Stop &stop) {
  Answer answer;
  std::optional<bool> found = formula.solve(conflicts, stop);
  if (found)
    answer.verdict =
        *found ? ModuloVerdict::Feasible : ModuloVerdict::Infeasible;
  if (!found || !*found)
    return answer;
  answer.chosen.assign(p.numNodes(), 0);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (s.role[i] == Role::Window || s.role[i] == Role::Slot)
      answer.chosen[i] = startOf(i);
  return answer;
}

SlotFormula::SlotFormula(const Problem &p, const SlotProblem &s) : p(p), s(s) {}

SlotFormula::Answer SlotFormula::solve(int64_t conflicts, int64_t literals,
                                       const Stop &stop) {
  Encoder encoder(p, s, literals);
  if (!encoder.encode())
    return {};
  return encoder.solve(conflicts, stop);
}

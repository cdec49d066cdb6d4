//===- PeakFormula.cpp - A peak of live memory as a formula ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/PeakFormula.h"

#include "Exact/Formula.h"
#include "Exact/WeightedSums.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace gaus;

namespace {

constexpr int kTrue = Formula::kTrue, kFalse = Formula::kFalse;

int negated(int literal) { return Formula::negated(literal); }

} // namespace

class PeakFormula::Encoder {
public:
  Encoder(const Instance &instance, int64_t literals, const Stop &stop)
      : instance(instance), stop(stop), formula(literals) {}

  /// Starts, dependences and lives.
  void encode();
  /// At most `peak` live values.
  void atMost(int64_t peak);
  Answer solve(std::span<const int32_t> hint, int64_t work);
  bool fits() const { return formula.fits(); }
  /// False if there are too many literals or the time is over: then the formula
  /// is not complete.
  bool goesOn() const { return sums.goesOn(); }

private:
  int atLeast(int32_t node, int64_t cycle) const;
  int64_t expected() const;
  void makeStarts();
  void encodeEdges(int32_t node);
  void encodeLife(int32_t node);
  int liveIn(int32_t node, int64_t cycle);
  void encodeLimit(int32_t resource);

  const Instance &instance;
  const Stop &stop;
  Formula formula;
  std::vector<int> first;         ///< variable of "start >= asap + 1"
  int64_t unit = 1;               ///< of the widths
  std::vector<WeightedSum> slots; ///< what is live in each
  WeightedSums sums{formula, stop};
};

/// "start >= cycle".
int PeakFormula::Encoder::atLeast(int32_t node, int64_t cycle) const {
  if (cycle <= instance.asap[node])
    return kTrue;
  if (cycle > instance.alap[node])
    return kFalse;
  return first[node] + static_cast<int>(cycle - instance.asap[node] - 1);
}

/// Literals of the formula, about: so that nothing is built that is far too
/// large. A life takes two or three for each consumer, and some in the
/// counters.
int64_t PeakFormula::Encoder::expected() const {
  constexpr int64_t kCounted = 12;
  int64_t literals = 0;
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    int64_t first = instance.asap[i], end = first;
    literals += 2 * (instance.alap[i] - first);
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k) {
      int64_t last = instance.alap[instance.outTarget[k]];
      literals += 2 * std::max<int64_t>(0, last - instance.outGap[k] - first);
      if (instance.width[i] == 0 || instance.outShift[k] < 0)
        continue;
      literals += 2 * (last + instance.outShift[k] - first);
      end = std::max(end, last + instance.outShift[k]);
    }
    literals += kCounted * (end - first);
  }
  return literals;
}

void PeakFormula::Encoder::makeStarts() {
  if (expected() >= formula.room())
    return formula.giveUp();
  for (int32_t i = 0; i < instance.numNodes; ++i)
    first.push_back(formula.newVariables(instance.alap[i] - instance.asap[i]));
}

void PeakFormula::Encoder::encodeEdges(int32_t node) {
  for (int64_t t = int64_t(instance.asap[node]) + 1; t < instance.alap[node];
       ++t)
    formula.clause({-atLeast(node, t + 1), atLeast(node, t)});
  for (int32_t k = instance.outBegin[node]; k < instance.outBegin[node + 1];
       ++k) {
    int32_t to = instance.outTarget[k];
    int64_t gap = instance.outGap[k];
    // Before that the target's window alone keeps the distance.
    int64_t t =
        std::max<int64_t>(instance.asap[node], instance.asap[to] + 1 - gap);
    for (; t <= instance.alap[node] && fits(); ++t)
      formula.clause({negated(atLeast(node, t)), atLeast(to, t + gap)});
  }
}

/// A literal that is true where the value of `node` is live in the cycle.
int PeakFormula::Encoder::liveIn(int32_t node, int64_t cycle) {
  int later = atLeast(node, cycle - instance.bornAfter[node] + 1),
      live = kFalse;
  if (later == kTrue)
    return kFalse;
  for (int32_t k = instance.outBegin[node]; k < instance.outBegin[node + 1];
       ++k) {
    if (instance.outShift[k] < 0)
      continue;
    int used = atLeast(instance.outTarget[k], cycle - instance.outShift[k] + 1);
    if (used == kFalse)
      continue;
    if (used == kTrue && later == kFalse)
      return kTrue;
    if (live == kFalse)
      live = formula.newVariable();
    formula.clause({later, negated(used), live});
  }
  return live;
}

void PeakFormula::Encoder::encodeLife(int32_t node) {
  if (instance.width[node] == 0)
    return;
  int64_t end = INT64_MIN;
  for (int32_t k = instance.outBegin[node]; k < instance.outBegin[node + 1];
       ++k)
    if (instance.outShift[k] >= 0)
      end =
          std::max<int64_t>(end, int64_t(instance.alap[instance.outTarget[k]]) +
                                     instance.outShift[k]);
  int64_t count = static_cast<int64_t>(slots.size());
  for (int64_t d = int64_t(instance.asap[node]) + instance.bornAfter[node];
       d < end && fits(); ++d) {
    WeightedSum &slot = slots[d % count];
    int live = liveIn(node, d);
    int64_t units = instance.width[node] / unit;
    if (live == kTrue)
      slot.certain += units;
    else if (live != kFalse)
      slot.add(live, units);
  }
}

/// At most the limit is held in a slot.
void PeakFormula::Encoder::encodeLimit(int32_t resource) {
  int64_t divisor = 0, count = static_cast<int64_t>(slots.size());
  std::vector<WeightedSum> held(slots.size());
  auto forUses = [&](auto &&body) {
    for (int32_t i = 0; i < instance.numNodes && goesOn(); ++i)
      for (int32_t k = instance.useBegin[i]; k < instance.useBegin[i + 1]; ++k)
        if (instance.useResource[k] == resource && instance.useUnits[k] > 0)
          body(i, instance.useUnits[k]);
  };
  forUses([&](int32_t, int64_t units) { divisor = std::gcd(divisor, units); });
  forUses([&](int32_t i, int64_t units) {
    units /= divisor;
    int64_t hold = instance.occupancy[i];
    for (int64_t d = instance.asap[i]; d < instance.alap[i] + hold && fits();
         ++d) {
      int later = atLeast(i, d + 1), begun = atLeast(i, d - hold + 1);
      WeightedSum &slot = held[d % count];
      if (later == kFalse && begun == kTrue) {
        slot.certain += units;
      } else if (later != kTrue && begun != kFalse) {
        int holds = formula.newVariable();
        formula.clause({later, negated(begun), holds});
        slot.add(holds, units);
      }
    }
  });
  for (WeightedSum &slot : held)
    if (goesOn() && divisor > 0)
      sums.limitTo(slot, instance.limit[resource] / divisor);
}

void PeakFormula::Encoder::encode() {
  unit = std::max<int64_t>(1, PeakFormula::unit(instance));
  makeStarts();
  slots.resize(instance.slots());
  for (int32_t i = 0; i < instance.numNodes && goesOn(); ++i) {
    encodeEdges(i);
    encodeLife(i);
  }
  for (int32_t r = 0; r < instance.numResources && goesOn(); ++r)
    if (instance.limit[r] >= 0)
      encodeLimit(r);
}

void PeakFormula::Encoder::atMost(int64_t peak) {
  for (WeightedSum &slot : slots)
    if (goesOn())
      sums.limitTo(slot, peak);
}

PeakFormula::Answer PeakFormula::Encoder::solve(std::span<const int32_t> hint,
                                                int64_t work) {
  for (int32_t i = 0; i < instance.numNodes; ++i)
    for (int64_t t = int64_t(instance.asap[i]) + 1; t <= instance.alap[i]; ++t)
      formula.prefer(t <= hint[i] ? atLeast(i, t) : -atLeast(i, t));
  // The time of a conflict grows with the formula, from some of its own.
  constexpr int64_t kOwn = 800000;
  std::optional<bool> found =
      formula.solve(work / (kOwn + formula.size()), stop);
  Answer answer;
  if (!found)
    return answer;
  answer.verdict = *found ? Verdict::Feasible : Verdict::Infeasible;
  for (int32_t i = 0; *found && i < instance.numNodes; ++i) {
    int32_t t = instance.asap[i];
    while (t < instance.alap[i] && formula.value(atLeast(i, int64_t(t) + 1)))
      ++t;
    answer.starts.push_back(t);
  }
  return answer;
}

PeakFormula::PeakFormula(const Instance &instance, int64_t literals,
                         const Stop &stop)
    : instance(instance), stop(stop), literals(literals) {}
PeakFormula::~PeakFormula() = default;

bool PeakFormula::fits() const { return !encoder || encoder->fits(); }

int64_t PeakFormula::unit(const Instance &instance) {
  int64_t unit = 0;
  for (int64_t width : instance.width)
    unit = std::gcd(unit, width);
  return unit;
}

bool PeakFormula::covers(const Instance &instance) {
  return instance.memoryWeight > 0 && instance.ratio == 0 &&
         instance.alpha == 0 && instance.lengthWeight == 0 &&
         unit(instance) > 0;
}

PeakFormula::Answer
PeakFormula::solve(int64_t peak, std::span<const int32_t> hint, int64_t work) {
  if (!encoder) {
    encoder = std::make_unique<Encoder>(instance, literals, stop);
    encoder->encode();
  }
  if (encoder->goesOn())
    encoder->atMost(peak);
  return encoder->goesOn() ? encoder->solve(hint, work) : Answer{};
}

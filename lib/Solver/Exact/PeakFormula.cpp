//===- PeakFormula.cpp - A peak of live memory as a formula ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/PeakFormula.h"

#include "Exact/Formula.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace gaus;

namespace {

constexpr int kTrue = Formula::kTrue, kFalse = Formula::kFalse;

int negated(int literal) { return Formula::negated(literal); }

/// Sums that some choice of literals has, but 0: the literal beside one says
/// "at least so much".
using Sums = std::vector<std::pair<int64_t, int>>;

/// What the true ones of some literals weigh, as upper * modulus + lower. The
/// literals say at least what is the case.
struct Count {
  Sums upper, lower;
};

/// The literal of a sum that is among them, or of 0.
int literalOf(const Sums &sums, int64_t value) {
  if (value == 0)
    return kTrue;
  auto at = std::lower_bound(sums.begin(), sums.end(), std::pair(value, 0));
  return at->second;
}

/// In order, each once, without 0.
void sortOut(std::vector<int64_t> &values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  if (!values.empty() && values[0] == 0)
    values.erase(values.begin());
}

/// Calls `body` with each two entries, none of them counting as 0.
template <typename Body>
void forPairs(const Sums &a, const Sums &b, Body &&body) {
  static constexpr std::pair<int64_t, int> kNone{0, kTrue};
  for (size_t i = 0; i <= a.size(); ++i)
    for (size_t j = 0; j <= b.size(); ++j)
      body(i == 0 ? kNone : a[i - 1], j == 0 ? kNone : b[j - 1]);
}

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
  bool goesOn() const { return fits() && !stop.requested(); }

private:
  int atLeast(int32_t node, int64_t cycle) const;
  int64_t expected() const;
  void makeStarts();
  void encodeEdges(int32_t node);
  void encodeLife(int32_t node);
  int liveIn(int32_t node, int64_t cycle);
  /// A literal, and what it weighs.
  using Weighted = std::pair<int, int64_t>;
  Count merge(const Count &a, const Count &b);
  void makeSums(Sums &sums, std::vector<int64_t> values);
  Count countOf(std::span<const Weighted> of);

  /// What is live in a slot: for certain, and by literals.
  struct Slot {
    int64_t certain = 0, all = 0; ///< units; all: of the lives
    std::vector<Weighted> lives;
    Count count;
    int64_t modulus = 0; ///< of the count; 0 = not counted yet

    void add(int literal, int64_t units) {
      lives.push_back({literal, units});
      all += units;
    }
  };

  void forbidMore(const Slot &slot, int64_t most);
  int64_t modulusFor(const Slot &slot, int64_t most) const;
  void limitTo(Slot &slot, int64_t most);
  void encodeLimit(int32_t resource);

  const Instance &instance;
  const Stop &stop;
  Formula formula;
  std::vector<int> first; ///< variable of "start >= asap + 1"
  int64_t unit = 1;       ///< of the widths
  std::vector<Slot> slots;
  /// Of the count that is being made; and its largest upper part that is told
  /// from more.
  int64_t modulus = 0, mostUpper = 0;
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
    Slot &slot = slots[d % count];
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
  std::vector<Slot> held(slots.size());
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
      Slot &slot = held[d % count];
      if (later == kFalse && begun == kTrue) {
        slot.certain += units;
      } else if (later != kTrue && begun != kFalse) {
        int holds = formula.newVariable();
        formula.clause({later, negated(begun), holds});
        slot.add(holds, units);
      }
    }
  });
  for (Slot &slot : held)
    if (goesOn() && divisor > 0)
      limitTo(slot, instance.limit[resource] / divisor);
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

void PeakFormula::Encoder::makeSums(Sums &sums, std::vector<int64_t> values) {
  sortOut(values);
  for (int64_t value : values)
    sums.push_back({value, formula.newVariable()});
}

/// The lower part is the sum of both where that is below the modulus; else
/// there is a carry, and it is what is above.
Count PeakFormula::Encoder::merge(const Count &a, const Count &b) {
  bool carries = false;
  std::vector<int64_t> lower, upper;
  forPairs(a.lower, b.lower, [&](auto x, auto y) {
    lower.push_back((x.first + y.first) % modulus);
    carries |= x.first + y.first >= modulus;
  });
  auto capped = [&](int64_t sum) { return std::min(sum, mostUpper + 1); };
  forPairs(a.upper, b.upper, [&](auto x, auto y) {
    for (int64_t carry = 0; carry <= (carries ? 1 : 0); ++carry)
      upper.push_back(capped(x.first + y.first + carry));
  });
  Count sum;
  makeSums(sum.lower, std::move(lower));
  makeSums(sum.upper, std::move(upper));
  int carry = carries ? formula.newVariable() : kFalse;
  forPairs(a.lower, b.lower, [&](auto x, auto y) {
    int64_t value = x.first + y.first;
    int notX = negated(x.second), notY = negated(y.second);
    if (value >= modulus)
      formula.clause({notX, notY, carry});
    if (value > modulus)
      formula.clause({notX, notY, literalOf(sum.lower, value - modulus)});
    if (value > 0 && value < modulus)
      formula.clause({notX, notY, literalOf(sum.lower, value), carry});
  });
  forPairs(a.upper, b.upper, [&](auto x, auto y) {
    int64_t value = x.first + y.first;
    int notX = negated(x.second), notY = negated(y.second);
    if (value > 0)
      formula.clause({notX, notY, literalOf(sum.upper, capped(value))});
    if (carries)
      formula.clause(
          {notX, notY, -carry, literalOf(sum.upper, capped(value + 1))});
  });
  return sum;
}

Count PeakFormula::Encoder::countOf(std::span<const Weighted> of) {
  if (of.size() == 1) {
    Count one;
    auto [literal, units] = of[0];
    if (units >= modulus)
      one.upper.push_back({std::min(units / modulus, mostUpper + 1), literal});
    if (units % modulus > 0)
      one.lower.push_back({units % modulus, literal});
    return one;
  }
  if (!goesOn())
    return {};
  size_t half = of.size() / 2;
  Count a = countOf(of.first(half)), b = countOf(of.subspan(half));
  return merge(a, b);
}

/// Clauses against more than `most` of a slot's literals.
void PeakFormula::Encoder::forbidMore(const Slot &slot, int64_t most) {
  int64_t upper = most / slot.modulus, lower = most % slot.modulus;
  // Of no carry: nothing has so large an upper part.
  int full = upper == 0 ? kFalse : kTrue;
  for (auto [value, literal] : slot.count.upper)
    if (value > upper)
      formula.clause({-literal});
    else if (value == upper)
      full = -literal;
  if (full == kTrue)
    return;
  for (auto [value, literal] : slot.count.lower)
    if (value > lower)
      formula.clause({full, -literal});
}

/// Clauses of a count of these, about; and the lower parts that it can have.
static int64_t clausesOf(std::span<const std::pair<int, int64_t>> of,
                         int64_t modulus, std::vector<int64_t> &lower,
                         int64_t &upper) {
  if (of.size() == 1) {
    lower = {of[0].second % modulus};
    sortOut(lower);
    upper = of[0].second / modulus;
    return 0;
  }
  std::vector<int64_t> left, right;
  int64_t leftUpper = 0, rightUpper = 0;
  size_t half = of.size() / 2;
  int64_t clauses =
      clausesOf(of.first(half), modulus, left, leftUpper) +
      clausesOf(of.subspan(half), modulus, right, rightUpper) +
      static_cast<int64_t>((left.size() + 1) * (right.size() + 1)) +
      (leftUpper + 1) * (rightUpper + 1);
  left.push_back(0);
  right.push_back(0);
  for (int64_t x : left)
    for (int64_t y : right)
      lower.push_back((x + y) % modulus);
  upper = leftUpper + rightUpper + 1;
  sortOut(lower);
  return clauses;
}

/// Of values of one width the square root of what is counted; else a width may
/// be better, so that most values are of one part alone.
int64_t PeakFormula::Encoder::modulusFor(const Slot &slot, int64_t most) const {
  int64_t best =
      std::max<int64_t>(2, std::llround(std::sqrt(double(most + 1))));
  std::vector<int64_t> widths;
  widths.reserve(slot.lives.size());
  for (auto [literal, units] : slot.lives)
    widths.push_back(units);
  sortOut(widths);
  if (widths.size() == 1)
    return best;
  constexpr size_t kTried = 6;
  int64_t least = INT64_MAX;
  widths.resize(std::min(widths.size(), kTried));
  widths.insert(widths.begin(), best);
  for (int64_t modulus : widths) {
    std::vector<int64_t> lower;
    int64_t upper = 0;
    if (modulus < 2 || modulus > most + 1)
      continue;
    int64_t clauses = clausesOf(slot.lives, modulus, lower, upper);
    if (clauses < least) {
      least = clauses;
      best = modulus;
    }
  }
  return best;
}

/// At most `limit` units in a slot.
void PeakFormula::Encoder::limitTo(Slot &slot, int64_t limit) {
  int64_t most = limit - slot.certain;
  if (most < 0)
    return formula.clause({});
  if (slot.all <= most)
    return;
  if (slot.modulus == 0) {
    modulus = modulusFor(slot, most);
    mostUpper = most / modulus;
    slot.count = countOf(slot.lives);
    slot.modulus = modulus;
  }
  if (goesOn())
    forbidMore(slot, most);
}

void PeakFormula::Encoder::atMost(int64_t peak) {
  for (Slot &slot : slots)
    if (goesOn())
      limitTo(slot, peak);
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

//===- WeightedSums.cpp - Limits on sums of literals ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/WeightedSums.h"

#include <algorithm>
#include <cmath>
#include <optional>

using namespace gaus;

namespace {

/// The literal of a sum that is among them, or of 0.
int literalOf(const WeightedSum::Sums &sums, int64_t value) {
  if (value == 0)
    return Formula::kTrue;
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
void forPairs(const WeightedSum::Sums &a, const WeightedSum::Sums &b,
              Body &&body) {
  static constexpr std::pair<int64_t, int> kNone{0, Formula::kTrue};
  for (size_t i = 0; i <= a.size(); ++i)
    for (size_t j = 0; j <= b.size(); ++j)
      body(i == 0 ? kNone : a[i - 1], j == 0 ? kNone : b[j - 1]);
}

} // namespace

void WeightedSums::makeSums(Sums &sums, std::vector<int64_t> values) {
  sortOut(values);
  for (int64_t value : values)
    sums.push_back({value, formula.newVariable()});
}

/// The lower part is the sum of both where that is below the modulus; else
/// there is a carry, and it is what is above.
WeightedSum::Count WeightedSums::merge(const Count &a, const Count &b) {
  // All but two of these pairs make a clause.
  auto pairs =
      static_cast<int64_t>((a.lower.size() + 1) * (b.lower.size() + 1) +
                           (a.upper.size() + 1) * (b.upper.size() + 1));
  if (pairs - 2 > formula.room()) {
    formula.giveUp();
    return {};
  }
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
  int carry = carries ? formula.newVariable() : Formula::kFalse;
  forPairs(a.lower, b.lower, [&](auto x, auto y) {
    int64_t value = x.first + y.first;
    int notX = Formula::negated(x.second), notY = Formula::negated(y.second);
    if (value >= modulus)
      formula.clause({notX, notY, carry});
    if (value > modulus)
      formula.clause({notX, notY, literalOf(sum.lower, value - modulus)});
    if (value > 0 && value < modulus)
      formula.clause({notX, notY, literalOf(sum.lower, value), carry});
  });
  forPairs(a.upper, b.upper, [&](auto x, auto y) {
    int64_t value = x.first + y.first;
    int notX = Formula::negated(x.second), notY = Formula::negated(y.second);
    if (value > 0)
      formula.clause({notX, notY, literalOf(sum.upper, capped(value))});
    if (carries)
      formula.clause(
          {notX, notY, -carry, literalOf(sum.upper, capped(value + 1))});
  });
  return sum;
}

WeightedSum::Count WeightedSums::countOf(std::span<const Weighted> of) {
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

/// Clauses against more than `most` of a sum's literals.
void WeightedSums::forbidMore(const WeightedSum &total, int64_t most) {
  int64_t upper = most / total.modulus, lower = most % total.modulus;
  // Of no carry: nothing has so large an upper part.
  int full = upper == 0 ? Formula::kFalse : Formula::kTrue;
  for (auto [value, literal] : total.count.upper)
    if (value > upper)
      formula.clause({-literal});
    else if (value == upper)
      full = -literal;
  if (full == Formula::kTrue)
    return;
  for (auto [value, literal] : total.count.lower)
    if (value > lower)
      formula.clause({full, -literal});
}

namespace {

/// What a count of some literals would take.
struct Estimate {
  std::vector<int64_t> lower; ///< parts that it can have
  int64_t upper = 0;
  int64_t clauses = 0;      ///< about
  int64_t lowerClauses = 0; ///< of these, at least
};

/// None where there are more clauses than `most`, or of lower parts alone more
/// than `room`.
std::optional<Estimate> estimateOf(std::span<const std::pair<int, int64_t>> of,
                                   int64_t modulus, int64_t most,
                                   int64_t room) {
  Estimate sum;
  if (of.size() == 1) {
    sum.lower = {of[0].second % modulus};
    sortOut(sum.lower);
    sum.upper = of[0].second / modulus;
    return sum;
  }
  size_t half = of.size() / 2;
  std::optional<Estimate> left =
      estimateOf(of.first(half), modulus, most, room);
  if (!left)
    return std::nullopt;
  std::optional<Estimate> right =
      estimateOf(of.subspan(half), modulus, most - left->clauses,
                 room - left->lowerClauses);
  if (!right)
    return std::nullopt;
  auto pairs = static_cast<int64_t>((left->lower.size() + 1) *
                                    (right->lower.size() + 1));
  sum.lowerClauses = left->lowerClauses + right->lowerClauses + pairs;
  sum.clauses = left->clauses + right->clauses + pairs +
                (left->upper + 1) * (right->upper + 1);
  if (sum.clauses > most || sum.lowerClauses > room)
    return std::nullopt;
  left->lower.push_back(0);
  right->lower.push_back(0);
  for (int64_t x : left->lower)
    for (int64_t y : right->lower)
      sum.lower.push_back((x + y) % modulus);
  sum.upper = left->upper + right->upper + 1;
  sortOut(sum.lower);
  return sum;
}

} // namespace

/// Of values of one width the square root of what is counted; else a width may
/// be better, so that most values are of one part alone. 0 where there is no
/// room for any.
int64_t WeightedSums::modulusFor(const WeightedSum &total, int64_t most) const {
  int64_t best =
      std::max<int64_t>(2, std::llround(std::sqrt(double(most + 1))));
  std::vector<int64_t> widths;
  widths.reserve(total.literals.size());
  for (auto [literal, units] : total.literals)
    widths.push_back(units);
  sortOut(widths);
  if (widths.size() == 1)
    return best;
  constexpr size_t kTried = 6;
  widths.resize(std::min(widths.size(), kTried));
  widths.insert(widths.begin(), best);
  std::erase_if(widths, [&](int64_t modulus) {
    return modulus < 2 || modulus > most + 1;
  });
  if (widths.empty())
    return best;
  best = 0;
  int64_t least = INT64_MAX;
  for (int64_t modulus : widths) {
    if (std::optional<Estimate> e =
            estimateOf(total.literals, modulus, least - 1, formula.room())) {
      least = e->clauses;
      best = modulus;
    }
  }
  return best;
}

/// At most `limit` units of a sum.
void WeightedSums::limitTo(WeightedSum &total, int64_t limit) {
  int64_t most = limit - total.certain;
  if (most < 0)
    return formula.clause({});
  if (total.all <= most)
    return;
  if (total.modulus == 0) {
    modulus = modulusFor(total, most);
    if (modulus == 0)
      return formula.giveUp();
    mostUpper = most / modulus;
    total.count = countOf(total.literals);
    total.modulus = modulus;
  }
  if (goesOn())
    forbidMore(total, most);
}

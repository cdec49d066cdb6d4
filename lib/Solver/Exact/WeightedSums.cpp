//===- WeightedSums.cpp - Limits on sums of literals ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/WeightedSums.h"

#include <algorithm>
#include <cmath>

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
  int64_t least = INT64_MAX;
  widths.resize(std::min(widths.size(), kTried));
  widths.insert(widths.begin(), best);
  for (int64_t modulus : widths) {
    std::vector<int64_t> lower;
    int64_t upper = 0;
    if (modulus < 2 || modulus > most + 1)
      continue;
    int64_t clauses = clausesOf(total.literals, modulus, lower, upper);
    if (clauses < least) {
      least = clauses;
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
    mostUpper = most / modulus;
    total.count = countOf(total.literals);
    total.modulus = modulus;
  }
  if (goesOn())
    forbidMore(total, most);
}

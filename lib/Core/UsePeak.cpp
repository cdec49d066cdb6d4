//===- UsePeak.cpp - The most units in use, and when ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/UseProfile.h"

#include "gaus/Core/Checked.h"

#include <algorithm>
#include <numeric>

using namespace gaus;

/// Pieces that a search looks at, all stretches together.
static constexpr int64_t kMostWork = 1 << 26;

/// Stretch by stretch, between the cycles at which pieces begin and end.
struct UseProfile::Search {
  int64_t work = 0;

  struct Stretch {
    int64_t from, to, most; ///< an upper bound of the use
  };

  UsePeak peakOf(const UseProfile &profile) {
    if (!profile.known) {
      UsePeak found = within(profile.pieces, 0, profile.last);
      found.exact &= profile.exact;
      profile.known = found;
    }
    return *profile.known;
  }

  int64_t mostOf(const Piece &p) {
    return p.pattern ? peakOf(*p.pattern).units : p.units;
  }

  std::vector<Stretch> stretches(const Pieces &list, int64_t from, int64_t to) {
    std::vector<std::pair<int64_t, int64_t>> changes;
    for (const Piece &p : list) {
      int64_t low = std::max(p.from, from), high = std::min(p.end(), to);
      if (low >= high)
        continue;
      int64_t units = mostOf(p);
      changes.push_back({low, units});
      changes.push_back({high, -units});
    }
    std::sort(changes.begin(), changes.end());
    std::vector<Stretch> all;
    Wide sum = 0;
    for (size_t k = 0; k < changes.size(); ++k) {
      sum += changes[k].second;
      if (k + 1 < changes.size() && changes[k + 1].first > changes[k].first &&
          sum > 0)
        all.push_back({changes[k].first, changes[k + 1].first, saturate(sum)});
    }
    std::stable_sort(
        all.begin(), all.end(),
        [](const Stretch &a, const Stretch &b) { return a.most > b.most; });
    return all;
  }

  UsePeak within(const Pieces &list, int64_t from, int64_t to) {
    UsePeak best;
    best.cycle = from;
    // A stretch that saw all combinations of what repeats there; in those with
    // no more pieces there is no more use.
    std::vector<bool> covered(list.size(), false);
    for (const Stretch &s : stretches(list, from, to)) {
      if (s.most <= best.units)
        break;
      std::vector<size_t> active, repeating;
      int64_t flat = 0;
      bool isNew = false;
      for (size_t k = 0; k < list.size(); ++k) {
        const Piece &p = list[k];
        if (p.from >= s.to || p.end() <= s.from)
          continue;
        active.push_back(k);
        isNew |= !covered[k];
        if (p.repeats())
          repeating.push_back(k);
        else
          flat += p.units;
      }
      work += static_cast<int64_t>(list.size());
      if (!isNew)
        continue;
      bool whole = false;
      UsePeak here = together(list, repeating, s.from, s.to, whole);
      here.units += flat;
      if (here.units > best.units)
        best = {here.units, here.cycle, best.exact && here.exact};
      else
        best.exact &= here.exact || here.units <= best.units;
      if (whole) {
        covered.assign(list.size(), false);
        for (size_t k : active)
          covered[k] = true;
      }
    }
    return best;
  }

  /// Of what repeats throughout [from, to). Sets `whole` if no other stretch
  /// can show more of the same.
  UsePeak together(const Pieces &list, const std::vector<size_t> &which,
                   int64_t from, int64_t to, bool &whole) {
    if (which.empty()) {
      whole = true;
      return {0, from, true};
    }
    if (which.size() == 1)
      return alone(list[which[0]], from, to, whole);
    int64_t period = 1;
    for (size_t k : which) {
      int64_t factor = list[k].period / std::gcd(period, list[k].period);
      if (factor > (to - from) / period) {
        period = to - from + 1;
        break;
      }
      period *= factor;
    }
    // Where they are met once, all combinations are seen.
    bool all = period <= to - from;
    if (all)
      to = from + period;
    Wide copies = 0, sum = 0;
    for (size_t k : which) {
      const Piece &p = list[k];
      Wide each = p.pattern ? p.pattern->pieces.size() : 1;
      copies += each * ((to - from) / p.period + 2);
      sum += mostOf(p);
    }
    if (copies > kMostCopies || work > kMostWork)
      return {saturate(std::min<Wide>(sum, kMaxSum)), from, false};
    whole = all;
    Pieces written;
    for (size_t k : which)
      writeOut(list[k], from, to, written);
    work += static_cast<int64_t>(written.size());
    return within(written, from, to);
  }

  /// The repetitions of a piece that meet [from, to), one by one and cut there.
  static void writeOut(const Piece &p, int64_t from, int64_t to, Pieces &out) {
    for (int64_t k = from > p.from ? (from - p.from) / p.period : 0;
         k < p.count && p.from + k * p.period < to; ++k) {
      int64_t begin = p.from + k * p.period;
      if (p.pattern) {
        for (Piece inner : p.pattern->pieces) {
          inner.from += begin;
          if (inner.from < to && inner.end() > from)
            out.push_back(std::move(inner));
        }
        continue;
      }
      int64_t low = std::max(begin, from),
              high = std::min(begin + p.cycles, to);
      if (low < high)
        out.push_back({low, high - low, 1, 1, p.units, nullptr, p.tag});
    }
  }

  UsePeak alone(const Piece &p, int64_t from, int64_t to, bool &whole) {
    // The first repetition that begins here, and is whole.
    int64_t k = from > p.from ? (from - p.from + p.period - 1) / p.period : 0;
    int64_t begin = p.from + k * p.period;
    if (k < p.count && begin + p.cycles <= to) {
      whole = true;
      if (!p.pattern)
        return {p.units, begin, true};
      UsePeak found = peakOf(*p.pattern);
      found.cycle += begin;
      return found;
    }
    Pieces written;
    writeOut(p, from, to, written);
    return within(written, from, to);
  }
};

UsePeak UseProfile::peak() const {
  Search search;
  return search.peakOf(*this);
}

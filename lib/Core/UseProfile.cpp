//===- UseProfile.cpp - Units in use over cycles, with repetition ---------===//
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

//===----------------------------------------------------------------------===//
// Making
//===----------------------------------------------------------------------===//

void UseProfile::push(Piece piece) {
  known.reset();
  last = std::max(last, piece.end());
  pieces.push_back(std::move(piece));
}

void UseProfile::add(int64_t from, int64_t cycles, int64_t units, int32_t tag) {
  if (from + cycles > kMostCycles) {
    exact = false;
    if (from >= kMostCycles)
      return;
    cycles = kMostCycles - from;
  }
  push({from, cycles, cycles, 1, units, nullptr, tag});
}

void UseProfile::add(const UseProfile &other, int64_t shift) {
  exact &= other.exact;
  for (Piece piece : other.pieces) {
    piece.from += shift;
    if (piece.end() > kMostCycles) {
      exact = false;
      continue;
    }
    push(std::move(piece));
  }
}

/// What repeats before it has ended: whole periods follow each other without a
/// gap, the rest is a piece that repeats.
void UseProfile::addChunks(const Piece &p, int64_t from, int64_t period,
                           int64_t count) {
  int64_t whole = p.cycles / period, rest = p.cycles % period;
  if (whole > kMostCopies || p.units > kMaxSum / std::max<int64_t>(whole, 1)) {
    // As if all began at once and held until the last one ends.
    exact = false;
    Wide sum = Wide(p.units) * std::min(whole + 1, count);
    push({from, (count - 1) * period + p.cycles, 0, 1,
          static_cast<int64_t>(std::min<Wide>(sum, kMaxSum)), nullptr, p.tag});
    return;
  }
  for (int64_t k = 0; k < whole; ++k)
    push({from + k * period, count * period, 0, 1, p.units, nullptr, p.tag});
  if (rest > 0)
    push({from + whole * period, rest, period, count, p.units, nullptr, p.tag});
}

void UseProfile::addRepeated(const UseProfile &other, int64_t from,
                             int64_t period, int64_t count) {
  if (other.empty() || count <= 0)
    return;
  if (int64_t room = kMostCycles - from - other.last;
      count - 1 > std::max<int64_t>(room, 0) / period) {
    count = std::max<int64_t>(room, 0) / period + 1;
    exact = false;
  }
  if (count == 1) {
    add(other, from);
    return;
  }
  exact &= other.exact;
  if (other.last <= period && other.pieces.size() > 1) {
    push({from, other.last, period, count, 0,
          std::make_shared<UseProfile>(other), -1});
    return;
  }
  for (const Piece &p : other.pieces) {
    if (!p.repeats()) {
      addChunks(p, from + p.from, period, count);
      continue;
    }
    auto one = std::make_shared<UseProfile>();
    one->push(p);
    one->pieces[0].from = 0;
    one->last -= p.from;
    // Those that come this many later begin after the end of the first.
    int64_t apart = (one->last + period - 1) / period;
    if (apart > kMostCopies) {
      UsePeak most = one->peak();
      Piece flat{0, one->last, 0, 1, most.units, nullptr, p.tag};
      exact = false;
      addChunks(flat, from + p.from, period, count);
      continue;
    }
    for (int64_t k = 0; k < std::min(apart, count); ++k)
      push({from + p.from + k * period, one->last, apart * period,
            (count - k + apart - 1) / apart, 0, one, -1});
  }
}

//===----------------------------------------------------------------------===//
// Writing out
//===----------------------------------------------------------------------===//

/// Adds what `list` has in [from, to), `shift` later and cut there. Of more
/// than `most` pieces, patterns stay as they are.
void UseProfile::expand(const Pieces &list, int64_t from, int64_t to,
                        int64_t shift, size_t most) {
  for (const Piece &p : list) {
    if (p.end() <= from || p.from >= to)
      continue;
    int64_t first =
        p.from >= from ? 0 : std::max<int64_t>(0, (from - p.from) / p.period);
    for (int64_t k = first; k < p.count && pieces.size() < most; ++k) {
      int64_t begin = p.from + k * p.period;
      if (begin >= to)
        break;
      int64_t low = std::max(begin, from),
              high = std::min(begin + p.cycles, to);
      if (low >= high)
        continue;
      if (p.pattern)
        expand(p.pattern->pieces, low - begin, high - begin, begin + shift,
               most);
      else
        push({low + shift, high - low, 0, 1, p.units, nullptr, p.tag});
    }
  }
}

namespace {

/// A cycle at which the sum of flat pieces changes.
struct Change {
  int64_t cycle, units;
  int32_t tag;
};

} // namespace

UseProfile UseProfile::most(const UseProfile &a, const UseProfile &b) {
  if (a.empty() || b.empty())
    return a.empty() ? b : a;
  UseProfile result;
  result.exact = a.exact && b.exact;
  const UseProfile *const sides[2] = {&a, &b};
  std::vector<Change> changes[2];
  for (int side = 0; side < 2; ++side) {
    UseProfile flat;
    flat.expand(sides[side]->pieces, 0, kMostCycles, 0, kMostCopies);
    if (flat.pieces.size() >= size_t(kMostCopies)) {
      // As much as the larger peak, until both have ended.
      result.exact = false;
      result.push({0, std::max(a.last, b.last), 0, 1,
                   std::max(a.peak().units, b.peak().units), nullptr,
                   flat.pieces[0].tag});
      return result;
    }
    for (const Piece &p : flat.pieces) {
      changes[side].push_back({p.from, p.units, p.tag});
      changes[side].push_back({p.end(), -p.units, p.tag});
    }
    std::stable_sort(
        changes[side].begin(), changes[side].end(),
        [](const Change &x, const Change &y) { return x.cycle < y.cycle; });
  }
  size_t at[2] = {0, 0};
  int64_t now[2] = {0, 0};
  int32_t tag[2] = {-1, -1};
  int64_t cycle = 0;
  while (at[0] < changes[0].size() || at[1] < changes[1].size()) {
    int64_t next = kMostCycles;
    for (int side = 0; side < 2; ++side)
      if (at[side] < changes[side].size())
        next = std::min(next, changes[side][at[side]].cycle);
    int larger = now[1] > now[0] ? 1 : 0;
    if (next > cycle && now[larger] > 0)
      result.push(
          {cycle, next - cycle, 0, 1, now[larger], nullptr, tag[larger]});
    cycle = next;
    for (int side = 0; side < 2; ++side)
      for (; at[side] < changes[side].size() &&
             changes[side][at[side]].cycle == next;
           ++at[side]) {
        now[side] += changes[side][at[side]].units;
        if (changes[side][at[side]].units > 0)
          tag[side] = changes[side][at[side]].tag;
      }
  }
  return result;
}

std::vector<UseProfile::Holder> UseProfile::at(int64_t cycle) const {
  std::vector<Holder> all;
  for (const Piece &p : pieces) {
    if (cycle < p.from || cycle >= p.end())
      continue;
    int64_t k =
        p.count > 1 ? std::min(p.count - 1, (cycle - p.from) / p.period) : 0;
    int64_t begin = p.from + k * p.period;
    if (cycle >= begin + p.cycles)
      continue;
    if (!p.pattern) {
      all.push_back({begin, p.units, p.tag});
      continue;
    }
    for (Holder holder : p.pattern->at(cycle - begin)) {
      holder.start += begin;
      all.push_back(holder);
    }
  }
  return all;
}

std::vector<UseProfile::Stretch> UseProfile::outline(size_t most) const {
  // Repetitions that follow each other closely are one stretch.
  std::vector<Change> changes;
  for (const Piece &p : pieces) {
    int64_t units = p.pattern ? p.pattern->peak().units : p.units;
    changes.push_back({p.from, units, 0});
    changes.push_back({p.end(), -units, 0});
  }
  std::sort(changes.begin(), changes.end(),
            [](const Change &a, const Change &b) { return a.cycle < b.cycle; });
  std::vector<Stretch> all;
  int64_t now = 0;
  for (size_t k = 0; k + 1 < changes.size(); ++k) {
    now += changes[k].units;
    int64_t cycles = changes[k + 1].cycle - changes[k].cycle;
    if (cycles == 0 || now == 0)
      continue;
    bool joins = !all.empty() && all.back().units == now &&
                 all.back().from + all.back().cycles == changes[k].cycle;
    if (joins)
      all.back().cycles += cycles;
    else
      all.push_back({changes[k].cycle, cycles, now});
  }
  int64_t limit = peak().units;
  for (Stretch &s : all)
    s.units = std::min(s.units, limit);
  while (all.size() > most) {
    // The two neighbours that lose the least.
    size_t best = 0;
    Wide least = -1;
    for (size_t k = 0; k + 1 < all.size(); ++k) {
      const Stretch &a = all[k], &b = all[k + 1];
      Wide more =
          Wide(std::max(a.units, b.units)) * (b.from + b.cycles - a.from) -
          Wide(a.units) * a.cycles - Wide(b.units) * b.cycles;
      if (least < 0 || more < least)
        least = more, best = k;
    }
    Stretch &a = all[best];
    const Stretch &b = all[best + 1];
    a = {a.from, b.from + b.cycles - a.from, std::max(a.units, b.units)};
    all.erase(all.begin() + static_cast<int64_t>(best) + 1);
  }
  return all;
}

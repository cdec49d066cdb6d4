//===- Places.cpp - As few places as there may be -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Places.h"

#include <algorithm>
#include <map>
#include <numeric>

using namespace gaus;

//===----------------------------------------------------------------------===//
// Peaks
//===----------------------------------------------------------------------===//

int64_t gaus::peakOf(const std::vector<Item> &items, int64_t period,
                     int64_t leastWidth) {
  std::vector<std::pair<int64_t, int64_t>> changes;
  int64_t base = 0;
  for (const Item &x : items) {
    if (x.width < leastWidth)
      continue;
    int64_t end = x.arc.first + x.arc.length;
    changes.push_back({x.arc.first, 1});
    changes.push_back({end, -1});
    if (period > 0 && end >= period) {
      changes.back().first = end - period;
      ++base;
    }
  }
  std::sort(changes.begin(), changes.end());
  int64_t sum = base, peak = base;
  for (auto [cycle, change] : changes)
    peak = std::max(peak, sum += change);
  return peak;
}

static std::vector<int64_t> widthsOf(const std::vector<Item> &items) {
  std::vector<int64_t> widths;
  widths.reserve(items.size());
  for (const Item &x : items)
    widths.push_back(x.width);
  std::sort(widths.begin(), widths.end());
  widths.erase(std::unique(widths.begin(), widths.end()), widths.end());
  return widths;
}

int64_t gaus::leastBits(const std::vector<Item> &items, int64_t period) {
  int64_t bits = 0, below = 0;
  for (int64_t width : widthsOf(items)) {
    bits += (width - below) * peakOf(items, period, width);
    below = width;
  }
  return bits;
}

int64_t Places::bits() const {
  return std::accumulate(width.begin(), width.end(), int64_t(0));
}

//===----------------------------------------------------------------------===//
// Left edges
//===----------------------------------------------------------------------===//

namespace {

/// What is taken of one place: stretches of cycles that do not overlap.
class Row {
public:
  bool isFree(int64_t from, int64_t to) const {
    auto behind = taken.lower_bound(from);
    if (behind != taken.end() && behind->first < to)
      return false;
    return behind == taken.begin() || std::prev(behind)->second <= from;
  }
  void take(int64_t from, int64_t to) { taken[from] = to; }
  /// Cycles without use before `from`.
  int64_t gapBefore(int64_t from) const {
    auto behind = taken.lower_bound(from);
    return behind == taken.begin() ? from : from - std::prev(behind)->second;
  }

private:
  std::map<int64_t, int64_t> taken;
};

/// The order in which items are placed, and which places they may have.
struct Strategy {
  /// The slot at which the circle is cut.
  int64_t cut = 0;
  /// The widest items first; else all by their first cycle.
  bool byWidth = false;
  /// A place has items of one width.
  bool apart = false;
};

class LeftEdge {
public:
  LeftEdge(const std::vector<Item> &pool, int64_t slots, Strategy how)
      : items(pool), period(slots), strategy(how) {}

  Places run() {
    std::vector<int32_t> order(items.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](int32_t a, int32_t b) { return keyOf(a) < keyOf(b); });
    places.of.assign(items.size(), -1);
    for (int32_t k : order)
      place(k);
    return std::move(places);
  }

private:
  /// Counted from the cut.
  int64_t fromCut(const Item &x) const {
    int64_t from = x.arc.first - strategy.cut;
    return period > 0 && from < 0 ? from + period : from;
  }
  bool crossesCut(const Item &x) const {
    return period > 0 && fromCut(x) + x.arc.length > period;
  }
  std::tuple<int64_t, bool, int64_t, int64_t> keyOf(int32_t k) const {
    const Item &x = items[k];
    return {strategy.byWidth || strategy.apart ? -x.width : 0, !crossesCut(x),
            fromCut(x), -x.arc.length};
  }

  bool isFree(const Row &row, const Item &x) const {
    int64_t from = fromCut(x), to = from + x.arc.length;
    return period > 0 && to > period
               ? row.isFree(from, period) && row.isFree(0, to - period)
               : row.isFree(from, to);
  }
  void take(Row &row, const Item &x) {
    int64_t from = fromCut(x), to = from + x.arc.length;
    row.take(from, period > 0 ? std::min(to, period) : to);
    if (period > 0 && to > period)
      row.take(0, to - period);
  }

  /// The free place that becomes the least wider, then the fullest.
  void place(int32_t k) {
    const Item &x = items[k];
    int32_t best = -1;
    std::pair<int64_t, int64_t> bestKey;
    for (int32_t r = 0; r < static_cast<int32_t>(rows.size()); ++r) {
      if ((strategy.apart && places.width[r] != x.width) || !isFree(rows[r], x))
        continue;
      int64_t wider = std::max<int64_t>(x.width - places.width[r], 0);
      std::pair key = {wider, rows[r].gapBefore(fromCut(x))};
      if (best < 0 || key < bestKey) {
        best = r;
        bestKey = key;
      }
    }
    if (best < 0) {
      best = static_cast<int32_t>(rows.size());
      rows.emplace_back();
      places.width.push_back(0);
    }
    take(rows[best], x);
    places.of[k] = best;
    places.width[best] = std::max(places.width[best], x.width);
  }

  const std::vector<Item> &items;
  int64_t period;
  Strategy strategy;
  std::vector<Row> rows;
  Places places;
};

//===----------------------------------------------------------------------===//
// Circular arcs
//===----------------------------------------------------------------------===//

/// Slots at which the circle may be cut: those at which items begin, the least
/// crossed first.
std::vector<int64_t> cutsOf(const std::vector<Item> &items, int64_t period) {
  constexpr size_t most = 24;
  std::map<int64_t, int64_t> begins;
  for (const Item &x : items)
    begins.try_emplace(x.arc.first, 0);
  for (auto &[slot, crossed] : begins)
    for (const Item &x : items)
      crossed += overlap(x.arc, {slot, 1}, period) && x.arc.first != slot;
  std::vector<std::pair<int64_t, int64_t>> byLoad;
  byLoad.reserve(begins.size());
  for (auto [slot, crossed] : begins)
    byLoad.push_back({crossed, slot});
  std::sort(byLoad.begin(), byLoad.end());
  std::vector<int64_t> cuts;
  for (size_t k = 0; k < std::min(most, byLoad.size()); ++k)
    cuts.push_back(byLoad[k].second);
  return cuts;
}

/// Are `count` places enough for items of one width? Tries them in the order of
/// their first slots from a cut, each in every place that is free.
class ArcSearch {
public:
  ArcSearch(const std::vector<Item> &pool, int64_t slots, int64_t cut,
            int64_t count, int64_t work)
      : items(pool), period(slots), most(count), left(work),
        held(static_cast<size_t>(count)) {
    places.of.assign(items.size(), -1);
    order.resize(items.size());
    std::iota(order.begin(), order.end(), 0);
    auto key = [&](int32_t k) {
      const Arc &a = items[k].arc;
      int64_t from = (a.first - cut + period) % period;
      return std::tuple(from + a.length <= period, from, -a.length);
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](int32_t a, int32_t b) { return key(a) < key(b); });
  }

  /// False also where the work did not do.
  bool run() {
    // Depth first without recursion: `next[d]` is the place to try at depth d.
    std::vector<int64_t> next(items.size() + 1, 0), used(items.size() + 1, 0);
    size_t depth = 0;
    while (depth < order.size()) {
      if (--left < 0)
        return false;
      int32_t k = order[depth];
      int64_t r = next[depth];
      // Empty places are alike.
      int64_t end = std::min(used[depth] + 1, most);
      while (r < end && !isFree(r, k))
        ++r;
      if (r < end) {
        held[r].push_back(k);
        places.of[k] = static_cast<int32_t>(r);
        next[depth] = r + 1;
        used[depth + 1] = std::max(used[depth], r + 1);
        next[++depth] = 0;
      } else if (depth == 0) {
        return false;
      } else {
        --depth;
        held[places.of[order[depth]]].pop_back();
      }
    }
    return true;
  }

  Places places;

private:
  bool isFree(int64_t r, int32_t k) const {
    return std::none_of(held[r].begin(), held[r].end(), [&](int32_t other) {
      return overlap(items[other].arc, items[k].arc, period);
    });
  }

  const std::vector<Item> &items;
  int64_t period, most, left;
  std::vector<int32_t> order;
  std::vector<std::vector<int32_t>> held;
};

bool isBetter(const Places &a, const Places &b) {
  return std::pair(a.bits(), a.width.size()) <
         std::pair(b.bits(), b.width.size());
}

/// Of one width: fewer places than `best` has, down to the peak.
void searchFewer(const std::vector<Item> &items, int64_t period, int64_t cut,
                 int64_t work, Places &best) {
  int64_t peak = peakOf(items, period, 0);
  while (static_cast<int64_t>(best.width.size()) > peak) {
    auto count = static_cast<int64_t>(best.width.size()) - 1;
    ArcSearch search(items, period, cut, count, work);
    if (!search.run())
      return;
    best = std::move(search.places);
    best.width.assign(count, items.front().width);
  }
}

} // namespace

Places gaus::findPlaces(const std::vector<Item> &items, int64_t period,
                        int64_t searchNodes) {
  if (items.empty())
    return {};
  bool oneWidth = widthsOf(items).size() == 1;
  std::vector<int64_t> cuts = {0};
  if (period > 0)
    cuts = cutsOf(items, period);
  Places best;
  int64_t bestCut = 0;
  auto offer = [&](Strategy strategy) {
    Places made = LeftEdge(items, period, strategy).run();
    if (best.of.empty() || isBetter(made, best)) {
      best = std::move(made);
      bestCut = strategy.cut;
    }
  };
  for (int64_t cut : cuts) {
    offer({cut, /*byWidth=*/false, /*apart=*/false});
    if (oneWidth)
      continue;
    offer({cut, /*byWidth=*/true, /*apart=*/false});
    offer({cut, /*byWidth=*/false, /*apart=*/true});
  }
  if (period > 0 && oneWidth)
    searchFewer(items, period, bestCut, searchNodes, best);
  return best;
}

Places gaus::ownPlaces(const std::vector<Item> &items) {
  Places places;
  places.of.resize(items.size());
  std::iota(places.of.begin(), places.of.end(), 0);
  for (const Item &x : items)
    places.width.push_back(x.width);
  return places;
}

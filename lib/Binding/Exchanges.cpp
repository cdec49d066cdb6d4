//===- Exchanges.cpp - Fewer multiplexer inputs ---------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exchanges.h"

#include "Items.h"
#include "Multiplexers.h"

#include <algorithm>
#include <random>

using namespace gaus;

namespace {

/// Losses below a falling threshold are taken: an item moves to another place,
/// two items change places, or the operands of a node are exchanged.
class Exchanges {
public:
  Exchanges(const Datapath &datapath, const BindingOptions &options,
            Binding &binding)
      : d(datapath), items(d), b(binding), multiplexers(d),
        random(options.seed + 1) {
    collect();
    cost = multiplexers.count(b);
    // An evaluation looks at all operands: large scopes get fewer.
    int64_t each = static_cast<int64_t>(d.operands.size() + items.size()) + 1;
    int64_t work = options.effort == 3 ? 40'000'000 : 4'000'000;
    steps =
        options.effort == 0 ? 0 : std::min<int64_t>(200 * each, work / each);
    isCooling = options.effort >= 2;
  }

  void run() {
    Binding best = b;
    int64_t bestCost = cost;
    double hottest = isCooling ? warmth() : 0;
    for (int64_t k = 0; k < steps && !movable.empty(); ++k) {
      double left = static_cast<double>(steps - k) / static_cast<double>(steps);
      step(hottest * left * left);
      if (cost < bestCost) {
        bestCost = cost;
        best = b;
      }
    }
    b = std::move(best);
    b.multiplexerInputs = bestCost;
  }

private:
  /// Where in the rows of the binding an item's place stands.
  struct Slot {
    int32_t item;
    bool isRegister;
    int32_t row;
  };

  /// Items of pools with more than one place, and nodes whose inputs commute.
  void collect() {
    auto pools = items.byPool();
    slotOf.assign(items.item.size(), -1);
    for (int32_t v = 0; v < d.numValues(); ++v)
      for (int32_t k = items.valueBegin[v]; k < items.valueBegin[v + 1]; ++k)
        addSlot(k, /*isRegister=*/true,
                b.registerBegin[v] + k - items.valueBegin[v],
                b.registerCount());
    for (int32_t i = 0; i < d.numNodes(); ++i) {
      if (d.holdBegin[i] == d.holdBegin[i + 1])
        continue;
      for (int32_t k = items.nodeBegin[i]; k < items.nodeBegin[i + 1]; ++k)
        addSlot(k, /*isRegister=*/false,
                b.unitBegin[i] + k - items.nodeBegin[i], unitsFor(k));
      if (d.commutes[i])
        movable.push_back(-1 - i);
    }
    inPool = std::move(pools);
  }
  /// Units that an item may have: its own alone where its kind does not share.
  int32_t unitsFor(int32_t item) const {
    int32_t kind = items.item[item].pool - 1;
    return d.kindShared[kind] ? b.unitCount[kind] : 1;
  }
  void addSlot(int32_t item, bool isRegister, int32_t row, int32_t places) {
    slotOf[item] = static_cast<int32_t>(slots.size());
    slots.push_back({item, isRegister, row});
    if (places > 1)
      movable.push_back(slotOf[item]);
  }

  int32_t &placeOf(const Slot &s) {
    return s.isRegister ? b.registers[s.row] : b.unit[s.row];
  }
  int32_t placesOf(const Slot &s) const {
    return s.isRegister ? b.registerCount()
                        : b.unitCount[items.item[s.item].pool - 1];
  }
  uint64_t below(uint64_t n) { return random() % n; }

  /// What a change costs where it starts: a typical width.
  double warmth() const {
    int64_t widest = 1;
    for (int64_t w : d.width)
      widest = std::max(widest, w);
    return 2.0 * static_cast<double>(widest);
  }

  bool accepts(int64_t changed, double heat) {
    if (changed <= cost)
      return true;
    // Without a logarithm, which differs between libraries.
    double part = static_cast<double>(random() >> 11) * 0x1p-53;
    return static_cast<double>(changed - cost) < heat * part * part;
  }

  void step(double heat) {
    int32_t chosen = movable[below(movable.size())];
    if (chosen < 0) {
      uint8_t &swapped = b.swapped[-1 - chosen];
      swapped ^= 1;
      if (int64_t changed = multiplexers.count(b); accepts(changed, heat))
        cost = changed;
      else
        swapped ^= 1;
      return;
    }
    move(slots[chosen], heat);
  }

  /// To another place; who is there in the way comes to where it was.
  void move(const Slot &s, double heat) {
    int32_t from = placeOf(s);
    auto to = static_cast<int32_t>(below(placesOf(s)));
    if (to == from)
      return;
    const std::vector<int32_t> &pool = inPool[items.item[s.item].pool];
    leaving.clear();
    for (int32_t other : pool)
      if (placeOf(slots[slotOf[other]]) == to &&
          overlap(items.item[other].arc, items.item[s.item].arc, d.period))
        leaving.push_back(other);
    coming.assign(1, s.item);
    // Those that come back must find room, which may send others on.
    for (int round = 0; round < 4 && !leaving.empty(); ++round) {
      size_t before = coming.size();
      for (int32_t other : pool)
        if (placeOf(slots[slotOf[other]]) == from && !isIn(coming, other) &&
            meets(other, leaving))
          coming.push_back(other);
      for (int32_t other : pool)
        if (placeOf(slots[slotOf[other]]) == to && !isIn(leaving, other) &&
            meets(other, coming))
          leaving.push_back(other);
      if (coming.size() == before)
        break;
    }
    if (leaving.size() + coming.size() > 6 || !fits(s, coming, to) ||
        !fits(s, leaving, from))
      return;
    set(coming, to);
    set(leaving, from);
    if (isLegal(pool, from) && isLegal(pool, to)) {
      if (int64_t changed = multiplexers.count(b); accepts(changed, heat)) {
        cost = changed;
        return;
      }
    }
    set(coming, from);
    set(leaving, to);
  }

  static bool isIn(const std::vector<int32_t> &some, int32_t item) {
    return std::find(some.begin(), some.end(), item) != some.end();
  }
  bool meets(int32_t item, const std::vector<int32_t> &some) const {
    return std::any_of(some.begin(), some.end(), [&](int32_t other) {
      return overlap(items.item[item].arc, items.item[other].arc, d.period);
    });
  }
  /// Registers stay as wide as they are.
  bool fits(const Slot &s, const std::vector<int32_t> &some, int32_t to) const {
    return !s.isRegister ||
           std::all_of(some.begin(), some.end(), [&](int32_t item) {
             return items.item[item].width <= b.registerWidth[to];
           });
  }
  void set(const std::vector<int32_t> &some, int32_t to) {
    for (int32_t item : some)
      placeOf(slots[slotOf[item]]) = to;
  }
  bool isLegal(const std::vector<int32_t> &pool, int32_t at) {
    there.clear();
    for (int32_t item : pool)
      if (placeOf(slots[slotOf[item]]) == at) {
        if (meets(item, there))
          return false;
        there.push_back(item);
      }
    return true;
  }

  const Datapath &d;
  Items items;
  Binding &b;
  Multiplexers multiplexers;
  std::mt19937_64 random;
  std::vector<Slot> slots;
  std::vector<int32_t> slotOf;  ///< by item; -1 = it stays
  std::vector<int32_t> movable; ///< slots; -1 - node: its inputs
  std::vector<std::vector<int32_t>> inPool;
  std::vector<int32_t> leaving, coming, there;
  int64_t cost = 0, steps = 0;
  bool isCooling = false;
};

} // namespace

void gaus::exchange(const Datapath &d, const BindingOptions &options,
                    Binding &b) {
  Exchanges(d, options, b).run();
}

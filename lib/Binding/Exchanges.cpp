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
      : d(datapath), items(d), b(binding), multiplexers(d, b),
        random(options.seed + 1) {
    collect();
    cost = multiplexers.cost();
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

  /// Items of pools with more than one place, nodes whose inputs commute, and
  /// who is where.
  void collect() {
    firstPlace.assign(1, 0);
    firstPlace.push_back(b.registerCount());
    for (int32_t units : b.unitCount)
      firstPlace.push_back(firstPlace.back() + units);
    there.resize(firstPlace.back());
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
  }
  /// Units that an item may have: its own alone where its kind does not share.
  int32_t unitsFor(int32_t item) const {
    int32_t kind = items.item[item].pool - 1;
    return d.kindShared[kind] ? b.unitCount[kind] : 1;
  }
  void addSlot(int32_t item, bool isRegister, int32_t row, int32_t places) {
    slotOf[item] = static_cast<int32_t>(slots.size());
    slots.push_back({item, isRegister, row});
    placedAt(item, placeOf(slots.back())).push_back(item);
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
  /// Items of a pool that are at a place.
  std::vector<int32_t> &placedAt(int32_t item, int32_t place) {
    return there[firstPlace[items.item[item].pool] + place];
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
      changes.assign(1, multiplexers.ofInputs(-1 - chosen));
      if (!isTaken(heat)) {
        swapped ^= 1;
        multiplexers.update(changes);
      }
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
    const std::vector<int32_t> &atTo = placedAt(s.item, to);
    const std::vector<int32_t> &atFrom = placedAt(s.item, from);
    coming.assign(1, s.item);
    leaving.clear();
    addMeeting(atTo, coming, leaving);
    // Those that come back must find room, which may send others on.
    for (int round = 0; round < 4 && !leaving.empty(); ++round) {
      size_t before = coming.size();
      addMeeting(atFrom, leaving, coming);
      addMeeting(atTo, coming, leaving);
      if (coming.size() == before)
        break;
    }
    if (leaving.size() + coming.size() > 6 || !fits(s, coming, to) ||
        !fits(s, leaving, from) || !haveRoom(coming, leaving, atTo) ||
        !haveRoom(leaving, coming, atFrom))
      return;
    set(coming, to);
    set(leaving, from);
    changes.clear();
    noteChanges(coming);
    noteChanges(leaving);
    if (isTaken(heat))
      return;
    set(coming, from);
    set(leaving, to);
    multiplexers.update(changes);
  }

  void noteChanges(const std::vector<int32_t> &some) {
    for (int32_t item : some) {
      const Slot &s = slots[slotOf[item]];
      changes.push_back(s.isRegister ? multiplexers.ofRegister(s.row)
                                     : multiplexers.ofUnit(s.row));
    }
  }

  /// What the changes cost, and whether they stay.
  bool isTaken(double heat) {
    multiplexers.update(changes);
    if (!accepts(multiplexers.cost(), heat))
      return false;
    cost = multiplexers.cost();
    return true;
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
    for (int32_t item : some) {
      int32_t &place = placeOf(slots[slotOf[item]]);
      std::erase(placedAt(item, place), item);
      place = to;
      placedAt(item, place).push_back(item);
    }
  }
  /// Those at a place that meet some of the others go to `found`.
  void addMeeting(const std::vector<int32_t> &place,
                  const std::vector<int32_t> &some,
                  std::vector<int32_t> &found) const {
    for (int32_t item : place)
      if (!isIn(found, item) && meets(item, some))
        found.push_back(item);
  }
  /// Whether some meet nobody at a place but those that leave it. They come
  /// from one place, and so do not meet each other.
  bool haveRoom(const std::vector<int32_t> &some,
                const std::vector<int32_t> &leave,
                const std::vector<int32_t> &place) const {
    return std::none_of(place.begin(), place.end(), [&](int32_t other) {
      return !isIn(leave, other) && meets(other, some);
    });
  }

  const Datapath &d;
  Items items;
  Binding &b;
  Multiplexers multiplexers;
  std::mt19937_64 random;
  std::vector<Slot> slots;
  std::vector<int32_t> slotOf;             ///< by item; -1 = it stays
  std::vector<int32_t> movable;            ///< slots; -1 - node: its inputs
  std::vector<int32_t> firstPlace;         ///< by pool
  std::vector<std::vector<int32_t>> there; ///< items by place
  std::vector<int32_t> leaving, coming, changes;
  int64_t cost = 0, steps = 0;
  bool isCooling = false;
};

} // namespace

void gaus::exchange(const Datapath &d, const BindingOptions &options,
                    Binding &b) {
  Exchanges(d, options, b).run();
}

//===- Binding.cpp - Units and registers ----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Binding/Binding.h"

#include "Exchanges.h"
#include "Items.h"
#include "Places.h"

#include <numeric>

using namespace gaus;

int64_t Binding::registerBits() const {
  return std::accumulate(registerWidth.begin(), registerWidth.end(),
                         int64_t(0));
}

static std::vector<Item> itemsOf(const Items &items,
                                 const std::vector<int32_t> &numbers) {
  std::vector<Item> some;
  some.reserve(numbers.size());
  for (int32_t k : numbers)
    some.push_back(items.item[k]);
  return some;
}

BindingBounds gaus::boundsOf(const Datapath &d) {
  Items items(d);
  std::vector<Item> held = itemsOf(items, items.byPool()[0]);
  return {peakOf(held, d.period, 0), leastBits(held, d.period)};
}

namespace {

/// Finds places for the items of each pool, and writes them down.
class FirstBinding {
public:
  FirstBinding(const Datapath &datapath, const BindingOptions &options)
      : d(datapath), items(d), place(items.item.size(), 0),
        searchNodes(options.effort == 0 ? 0 : 20000) {}

  Outcome<Binding> make() {
    Binding b;
    std::vector<std::vector<int32_t>> pools = items.byPool();
    b.registerWidth = findFor(pools[0], /*isShared=*/true).width;
    for (int32_t k = 0; k < d.numKinds(); ++k) {
      const std::vector<int32_t> &pool = pools[1 + k];
      int64_t limit = d.kindLimit[k] == kUnlimited ? INT64_MAX : d.kindLimit[k];
      bool shared =
          d.kindShared[k] || static_cast<int64_t>(pool.size()) > limit;
      auto units = static_cast<int64_t>(findFor(pool, shared).width.size());
      if (units > limit)
        return Diagnostic{"Res",
                          "no unit for each operation was found within the " +
                              std::to_string(limit) + " of '" + d.kindName[k] +
                              "'",
                          -1,
                          0,
                          {}};
      b.unitCount.push_back(static_cast<int32_t>(units));
    }
    writeRows(b);
    return b;
  }

private:
  Places findFor(const std::vector<int32_t> &pool, bool isShared) {
    std::vector<Item> some = itemsOf(items, pool);
    Places found =
        isShared ? findPlaces(some, d.period, searchNodes) : ownPlaces(some);
    for (size_t k = 0; k < pool.size(); ++k)
      place[pool[k]] = found.of[k];
    return found;
  }

  void writeRows(Binding &b) const {
    for (int32_t v = 0; v < d.numValues(); ++v) {
      for (int32_t k = items.valueBegin[v]; k < items.valueBegin[v + 1]; ++k)
        b.registers.push_back(place[k]);
      b.registerBegin.push_back(static_cast<int32_t>(b.registers.size()));
    }
    for (int32_t i = 0; i < d.numNodes(); ++i) {
      bool holds = d.holdBegin[i] < d.holdBegin[i + 1];
      for (int32_t k = items.nodeBegin[i]; holds && k < items.nodeBegin[i + 1];
           ++k)
        b.unit.push_back(place[k]);
      b.unitBegin.push_back(static_cast<int32_t>(b.unit.size()));
    }
    b.swapped.assign(d.numNodes(), 0);
  }

  const Datapath &d;
  Items items;
  std::vector<int32_t> place; ///< by item
  int64_t searchNodes;
};

} // namespace

Outcome<Binding> gaus::bindDatapath(const Datapath &d,
                                    const BindingOptions &options) {
  Outcome<Binding> binding = FirstBinding(d, options).make();
  if (binding)
    exchange(d, options, *binding);
  return binding;
}

//===- MultiplexerBound.cpp - What sharing costs at least -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// n inputs that m different places feed have at least m wires, of which n are
/// free: at least m - n cost something. Places that are different in every
/// binding are wires, values that are read as they enter or are made, and
/// values that live at once, which are in different registers.
///
//===----------------------------------------------------------------------===//

#include "Places.h"

#include "gaus/Binding/Binding.h"

#include <algorithm>
#include <set>

using namespace gaus;

namespace {

/// Places of some operands or values, as far as they differ in every binding.
struct Sources {
  std::set<int32_t> wires, entering, makers;
  std::vector<int32_t> items; ///< of registers
};

class Bound {
public:
  Bound(const Datapath &datapath, const Binding &binding)
      : d(datapath), b(binding), items(d) {}

  int64_t ofUnits() const;
  int64_t ofRegisters() const;

private:
  using Operands = std::vector<const Operand *>;

  /// What executes: a kind of units, or behind all kinds the node itself.
  int32_t executorOf(int32_t node) const {
    int32_t hold = d.holdBegin[node];
    return hold < d.holdBegin[node + 1] ? d.holdKind[hold]
                                        : d.numKinds() + node;
  }
  int64_t unitsOf(int32_t executor) const {
    return executor < d.numKinds() ? b.unitCount[executor] : 1;
  }
  void addSource(const Operand &o, Sources &sources) const;
  int64_t count(Sources sources) const;
  int64_t leastFor(const Operands &operands, int64_t inputs) const;
  int64_t leastOf(const std::vector<Operands> &byInput, int64_t units) const;

  const Datapath &d;
  const Binding &b;
  Items items;
};

} // namespace

void Bound::addSource(const Operand &o, Sources &sources) const {
  if (o.value < 0) {
    sources.wires.insert(o.wire);
    return;
  }
  if (int64_t copy = copyRead(d, o); copy >= 0) {
    if (items.valueBegin[o.value] + copy < items.valueBegin[o.value + 1])
      sources.items.push_back(items.valueBegin[o.value] +
                              static_cast<int32_t>(copy));
  } else if (d.producer[o.value] < 0) {
    sources.entering.insert(o.value);
  } else {
    sources.makers.insert(executorOf(d.producer[o.value]));
  }
}

int64_t Bound::count(Sources sources) const {
  std::sort(sources.items.begin(), sources.items.end());
  sources.items.erase(std::unique(sources.items.begin(), sources.items.end()),
                      sources.items.end());
  std::vector<Item> held;
  held.reserve(sources.items.size());
  for (int32_t k : sources.items)
    held.push_back(items.item[k]);
  return static_cast<int64_t>(sources.wires.size() + sources.entering.size() +
                              sources.makers.size()) +
         peakOf(held, d.period, 0);
}

/// Over the widths: what is at least as wide costs as much a place.
int64_t Bound::leastFor(const Operands &operands, int64_t inputs) const {
  std::set<int64_t> widths;
  for (const Operand *o : operands)
    widths.insert(o->width);
  int64_t least = 0;
  for (int64_t width : widths) {
    Sources sources;
    for (const Operand *o : operands)
      if (o->width >= width)
        addSource(*o, sources);
    least = std::max(least, width * (count(std::move(sources)) - inputs));
  }
  return least;
}

/// Of one executor. What may be exchanged comes to one of two inputs.
int64_t Bound::leastOf(const std::vector<Operands> &byInput,
                       int64_t units) const {
  int64_t all = 0, fixed = 0;
  Operands first;
  for (size_t input = 0; input < byInput.size(); ++input) {
    if (input >= 2) {
      all += leastFor(byInput[input], units);
      continue;
    }
    Operands stay;
    for (const Operand *o : byInput[input])
      if (!d.commutes[o->node])
        stay.push_back(o);
    fixed += leastFor(stay, units);
    first.insert(first.end(), byInput[input].begin(), byInput[input].end());
  }
  return all + std::max(fixed, leastFor(first, 2 * units));
}

int64_t Bound::ofUnits() const {
  std::vector<std::vector<Operands>> byExecutor(d.numKinds() + d.numNodes());
  for (const Operand &o : d.operands) {
    if (o.input < 0)
      continue;
    std::vector<Operands> &inputs = byExecutor[executorOf(o.node)];
    inputs.resize(std::max<size_t>(inputs.size(), o.input + 1));
    inputs[o.input].push_back(&o);
  }
  int64_t sum = 0;
  for (size_t k = 0; k < byExecutor.size(); ++k)
    if (!byExecutor[k].empty())
      sum += leastOf(byExecutor[k], unitsOf(static_cast<int32_t>(k)));
  return sum;
}

/// Who writes registers at least as wide as a width.
int64_t Bound::ofRegisters() const {
  std::set<int64_t> widths(b.registerWidth.begin(), b.registerWidth.end());
  int64_t least = 0;
  for (int64_t width : widths) {
    Sources sources;
    for (int32_t v = 0; v < d.numValues(); ++v) {
      if (d.width[v] < width || b.registersOf(v).empty())
        continue;
      if (d.producer[v] < 0)
        sources.entering.insert(v);
      else
        sources.makers.insert(executorOf(d.producer[v]));
    }
    int64_t registers =
        std::count_if(b.registerWidth.begin(), b.registerWidth.end(),
                      [&](int64_t w) { return w >= width; });
    least = std::max(least, width * (count(std::move(sources)) - registers));
  }
  return least;
}

int64_t gaus::multiplexerBound(const Datapath &d, const Binding &binding) {
  Bound bound(d, binding);
  return bound.ofUnits() + bound.ofRegisters();
}

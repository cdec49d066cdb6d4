//===- Multiplexers.cpp - What inputs take their values from --------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Multiplexers.h"

#include "Items.h"

#include <algorithm>

using namespace gaus;

Multiplexers::Multiplexers(const Datapath &datapath, const Binding &binding)
    : d(datapath), b(binding),
      firstUnitRow(static_cast<int32_t>(b.registers.size())),
      firstNode(firstUnitRow + static_cast<int32_t>(b.unit.size())),
      firstUnit(1, 0) {
  for (int32_t units : b.unitCount)
    firstUnit.push_back(firstUnit.back() + units);
  for (const Operand &o : d.operands)
    inputs = std::max<int64_t>(inputs, std::max(o.input + 1, 2));
  for (int32_t v = 0; v < d.numValues(); ++v)
    valueOf.insert(valueOf.end(), b.registersOf(v).size(), v);
  feeds.resize(b.registerCount() +
               static_cast<size_t>(inputs * (firstUnit.back() + d.numNodes())));
  findCauses();
  for (size_t cause = 0; cause < wires.size(); ++cause) {
    findWires(static_cast<int32_t>(cause));
    for (const Wire &w : wires[cause])
      add(w);
  }
}

//===----------------------------------------------------------------------===//
// What follows from what
//===----------------------------------------------------------------------===//

/// The units of one executing hold take turns.
template <typename Use>
void Multiplexers::forExecutors(int32_t node, Use use) const {
  if (!holds(node)) {
    use(Place::Operation, node);
    return;
  }
  int32_t first = firstUnit[d.holdKind[d.holdBegin[node]]];
  for (int64_t k = 0; k < d.turnsOf(node); ++k)
    use(Place::Unit, first + b.unitsOf(node)[static_cast<size_t>(k)]);
}

int32_t Multiplexers::copyOf(const Operand &o) const {
  int64_t copy = copyRead(d, o);
  auto copies = static_cast<int64_t>(b.registersOf(o.value).size());
  return copy < copies ? static_cast<int32_t>(copy) : -2;
}

void Multiplexers::causesOfMaker(int32_t cause, int32_t producer,
                                 Pairs &all) const {
  if (producer < 0 || !holds(producer))
    return;
  for (int64_t k = 0; k < d.turnsOf(producer); ++k)
    all.emplace_back(ofUnit(b.unitBegin[producer] + static_cast<int32_t>(k)),
                     cause);
}

void Multiplexers::causesOfOperand(int32_t number, Pairs &all) const {
  const Operand &o = d.operands[number];
  if (o.input < 0)
    return;
  causesOfMaker(number, o.node, all);
  all.emplace_back(ofInputs(o.node), number);
  if (o.value < 0)
    return;
  int32_t copy = copyOf(o);
  if (copy >= 0)
    all.emplace_back(ofRegister(b.registerBegin[o.value] + copy), number);
  else if (copy == -1)
    causesOfMaker(number, d.producer[o.value], all);
}

void Multiplexers::causesOfRegister(int32_t value, int32_t copy,
                                    Pairs &all) const {
  int32_t row = b.registerBegin[value] + copy;
  auto cause = static_cast<int32_t>(d.operands.size()) + row;
  all.emplace_back(ofRegister(row), cause);
  if (copy > 0)
    all.emplace_back(ofRegister(row - 1), cause);
  else
    causesOfMaker(cause, d.producer[value], all);
}

void Multiplexers::findCauses() {
  Pairs all;
  auto operands = static_cast<int32_t>(d.operands.size());
  for (int32_t k = 0; k < operands; ++k)
    causesOfOperand(k, all);
  for (size_t row = 0; row < valueOf.size(); ++row)
    causesOfRegister(valueOf[row],
                     static_cast<int32_t>(row) - b.registerBegin[valueOf[row]],
                     all);
  std::sort(all.begin(), all.end());
  causeBegin.assign(firstNode + d.numNodes() + 1, 0);
  for (auto [change, cause] : all) {
    ++causeBegin[change + 1];
    causes.push_back(cause);
  }
  for (size_t k = 1; k < causeBegin.size(); ++k)
    causeBegin[k] += causeBegin[k - 1];
  wires.resize(d.operands.size() + valueOf.size());
}

//===----------------------------------------------------------------------===//
// Wires
//===----------------------------------------------------------------------===//

int32_t Multiplexers::inputOf(Place place, int64_t number,
                              int64_t input) const {
  if (place == Place::Operation)
    number += firstUnit.back();
  return static_cast<int32_t>(b.registerCount() + number * inputs + input);
}

void Multiplexers::findWires(int32_t cause) {
  wires[cause].clear();
  found.clear();
  auto operands = static_cast<int32_t>(d.operands.size());
  auto addMaker = [&](Place place, int64_t number) {
    found.push_back(name(place, number));
  };
  if (cause >= operands) {
    int32_t row = cause - operands, value = valueOf[row];
    if (row > b.registerBegin[value])
      addMaker(Place::Register, b.registers[row - 1]);
    else if (d.producer[value] < 0)
      addMaker(Place::Value, value);
    else
      forExecutors(d.producer[value], addMaker);
    int32_t target = b.registers[row];
    for (int64_t source : found)
      wires[cause].push_back({target, source, b.registerWidth[target]});
    return;
  }
  const Operand &o = d.operands[cause];
  if (o.input < 0)
    return;
  int32_t copy = o.value < 0 ? -2 : copyOf(o);
  if (o.value < 0)
    addMaker(Place::Wire, o.wire);
  else if (copy >= 0)
    addMaker(Place::Register, b.registersOf(o.value)[copy]);
  else if (copy == -1 && d.producer[o.value] < 0)
    addMaker(Place::Value, o.value);
  else if (copy == -1)
    forExecutors(d.producer[o.value], addMaker);
  int64_t input = b.swapped[o.node] && o.input < 2 ? 1 - o.input : o.input;
  forExecutors(o.node, [&](Place place, int64_t number) {
    for (int64_t source : found)
      wires[cause].push_back({inputOf(place, number, input), source, o.width});
  });
}

int64_t Multiplexers::costOf(const std::vector<Feed> &feeds) {
  int64_t sources = 0, width = 0, last = -1;
  for (const Feed &f : feeds) {
    sources += f.source != last;
    last = f.source;
    width = std::max(width, f.width);
  }
  return std::max<int64_t>(sources - 1, 0) * width;
}

/// Feeds are sorted by their sources.
static auto placeOf(auto &feeds, const auto &wire) {
  return std::find_if(feeds.begin(), feeds.end(), [&](const auto &f) {
    return std::pair(f.source, f.width) >= std::pair(wire.source, wire.width);
  });
}

void Multiplexers::add(const Wire &w) {
  std::vector<Feed> &in = feeds[w.input];
  auto at = placeOf(in, w);
  if (at != in.end() && at->source == w.source && at->width == w.width) {
    ++at->wires;
    return;
  }
  sum -= costOf(in);
  in.insert(at, {w.source, w.width, 1});
  sum += costOf(in);
}

void Multiplexers::remove(const Wire &w) {
  std::vector<Feed> &in = feeds[w.input];
  auto at = placeOf(in, w);
  if (--at->wires > 0)
    return;
  sum -= costOf(in);
  in.erase(at);
  sum += costOf(in);
}

void Multiplexers::update(std::span<const int32_t> changed) {
  touched.clear();
  for (int32_t change : changed)
    touched.insert(touched.end(), causes.begin() + causeBegin[change],
                   causes.begin() + causeBegin[change + 1]);
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (int32_t cause : touched)
    for (const Wire &w : wires[cause])
      remove(w);
  for (int32_t cause : touched) {
    findWires(cause);
    for (const Wire &w : wires[cause])
      add(w);
  }
}

int64_t gaus::countMultiplexerInputs(const Datapath &d,
                                     const Binding &binding) {
  return Multiplexers(d, binding).cost();
}

//===- Multiplexers.cpp - What inputs take their values from --------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Multiplexers.h"

#include <algorithm>

using namespace gaus;

Multiplexers::Multiplexers(const Datapath &datapath)
    : d(datapath), firstUnit(1, 0) {
  // More units than nodes hold there are of no kind.
  std::vector<int64_t> most(d.numKinds(), 0);
  for (int32_t i = 0; i < d.numNodes(); ++i)
    for (int32_t k = d.holdBegin[i]; k < d.holdBegin[i + 1]; ++k)
      most[d.holdKind[k]] += d.holdUnits[k] * d.turnsOf(i);
  for (int64_t units : most)
    firstUnit.push_back(firstUnit.back() + units);
}

void Multiplexers::executorsOf(const Binding &b, int32_t node,
                               std::vector<int64_t> &all) {
  all.clear();
  int32_t first = d.holdBegin[node];
  if (first == d.holdBegin[node + 1]) {
    all.push_back(name(Place::Operation, node));
    return;
  }
  // The units of one executing hold take turns.
  for (int64_t k = 0; k < d.turnsOf(node); ++k)
    all.push_back(
        name(Place::Unit, firstUnit[d.holdKind[first]] +
                              b.unitsOf(node)[static_cast<size_t>(k)]));
}

void Multiplexers::addOperand(const Binding &b, const Operand &o) {
  if (o.input < 0)
    return;
  int64_t input = o.input;
  if (b.swapped[o.node] && input < 2)
    input = 1 - input;
  executorsOf(b, o.node, executors);
  makers.clear();
  if (o.value < 0) {
    makers.push_back(name(Place::Wire, o.wire));
  } else {
    int64_t age =
        d.start[o.node] + d.period * o.distance - d.birthOf(o.value) - 1;
    int32_t producer = d.producer[o.value];
    if (age >= 0) {
      auto held = b.registersOf(o.value);
      int64_t copy = d.period > 0 ? age / d.period : 0;
      if (copy < static_cast<int64_t>(held.size()))
        makers.push_back(
            name(Place::Register, held[static_cast<size_t>(copy)]));
    } else if (producer >= 0) {
      executorsOf(b, producer, makers); // Chained.
    } else {
      makers.push_back(name(Place::Value, o.value));
    }
  }
  for (int64_t unit : executors)
    for (int64_t source : makers)
      wires.push_back({unit * Datapath::kMostInputs + input, source, o.width});
}

void Multiplexers::addRegisters(const Binding &b, int32_t value) {
  auto held = b.registersOf(value);
  int32_t producer = d.producer[value];
  for (size_t k = 0; k < held.size(); ++k) {
    int64_t input = name(Place::Register, held[k]) * Datapath::kMostInputs;
    int64_t width = b.registerWidth[held[k]];
    if (k > 0) {
      wires.push_back({input, name(Place::Register, held[k - 1]), width});
    } else if (producer < 0) {
      wires.push_back({input, name(Place::Value, value), width});
    } else {
      executorsOf(b, producer, makers);
      for (int64_t source : makers)
        wires.push_back({input, source, width});
    }
  }
}

int64_t Multiplexers::count(const Binding &b) {
  wires.clear();
  for (const Operand &o : d.operands)
    addOperand(b, o);
  for (int32_t v = 0; v < d.numValues(); ++v)
    addRegisters(b, v);
  std::sort(wires.begin(), wires.end());
  int64_t sum = 0;
  for (size_t k = 0; k < wires.size();) {
    int64_t sources = 0, width = 0, input = wires[k].input;
    for (int64_t last = -1; k < wires.size() && wires[k].input == input; ++k) {
      sources += wires[k].source != last;
      last = wires[k].source;
      width = std::max(width, wires[k].width);
    }
    sum += (sources - 1) * width;
  }
  return sum;
}

int64_t gaus::countMultiplexerInputs(const Datapath &d,
                                     const Binding &binding) {
  return Multiplexers(d).count(binding);
}

//===- Multiplexers.h - What inputs take their values from ------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The inputs of units and registers under a binding, and the places that feed
/// each, up to date while the binding changes.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_BINDING_MULTIPLEXERS_H
#define GAUS_LIB_BINDING_MULTIPLEXERS_H

#include "gaus/Binding/Binding.h"

namespace gaus {

/// Follows a binding whose units, registers and exchanged inputs change, but
/// not how many units and registers there are, nor how wide.
class Multiplexers {
public:
  Multiplexers(const Datapath &datapath, const Binding &binding);

  /// (sources - 1) times the width, over all inputs.
  int64_t cost() const { return sum; }

  /// What in a binding may change: the register in a row of
  /// `Binding::registers`, the unit in one of `Binding::unit`, whether a node's
  /// inputs are exchanged.
  int32_t ofRegister(int32_t row) const { return row; }
  int32_t ofUnit(int32_t row) const { return firstUnitRow + row; }
  int32_t ofInputs(int32_t node) const { return firstNode + node; }

  /// To be called after the binding has changed in these.
  void update(std::span<const int32_t> changed);

private:
  /// Of an input: a place that feeds it with so many bits, and how many wires
  /// do so.
  struct Feed {
    int64_t source, width;
    int32_t wires;
  };
  struct Wire {
    int32_t input;
    int64_t source, width;
  };
  enum class Place : int64_t { Register, Unit, Value, Wire, Operation };
  static int64_t name(Place place, int64_t number) {
    return static_cast<int64_t>(place) << 56 | number;
  }

  /// A cause of wires is an operand, or behind all operands a row of
  /// `Binding::registers`. Which changes concern it goes to `found`, as pairs.
  using Pairs = std::vector<std::pair<int32_t, int32_t>>;
  void findCauses();
  void causesOfOperand(int32_t number, Pairs &found) const;
  void causesOfRegister(int32_t value, int32_t copy, Pairs &found) const;
  void causesOfMaker(int32_t cause, int32_t producer, Pairs &found) const;

  void findWires(int32_t cause);
  /// The copy of its value that an operand reads, -1 = it is chained, -2 =
  /// none.
  int32_t copyOf(const Operand &o) const;
  bool holds(int32_t node) const {
    return d.holdBegin[node] < d.holdBegin[node + 1];
  }
  /// Calls `use(place, number)` for what executes a node: its units, or itself.
  template <typename Use> void forExecutors(int32_t node, Use use) const;
  int32_t inputOf(Place place, int64_t number, int64_t input) const;

  void add(const Wire &w);
  void remove(const Wire &w);
  static int64_t costOf(const std::vector<Feed> &feeds);

  const Datapath &d;
  const Binding &b;
  int32_t firstUnitRow, firstNode; ///< of changes
  std::vector<int32_t> firstUnit;  ///< by kind: its units' numbers begin there
  int64_t inputs = 1;              ///< of a unit, at most
  std::vector<int32_t> valueOf;    ///< by row of registers
  /// By change, in compressed rows.
  std::vector<int32_t> causeBegin, causes;
  std::vector<std::vector<Wire>> wires; ///< by cause
  std::vector<std::vector<Feed>> feeds; ///< by input
  std::vector<int64_t> found;           ///< sources
  std::vector<int32_t> touched;         ///< causes
  int64_t sum = 0;
};

} // namespace gaus

#endif // GAUS_LIB_BINDING_MULTIPLEXERS_H

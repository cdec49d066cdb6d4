//===- Multiplexers.h - What inputs take their values from ------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The inputs of units and registers under a binding, and the places that feed
/// each.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_BINDING_MULTIPLEXERS_H
#define GAUS_LIB_BINDING_MULTIPLEXERS_H

#include "gaus/Binding/Binding.h"

namespace gaus {

/// Counts again and again what changes little.
class Multiplexers {
public:
  explicit Multiplexers(const Datapath &datapath);

  /// (sources - 1) times the width, over all inputs.
  int64_t count(const Binding &b);

private:
  /// An input, and what feeds it.
  struct Wire {
    int64_t input, source, width;
    auto operator<=>(const Wire &) const = default;
  };
  enum class Place : int64_t { Register, Unit, Value, Wire, Operation };
  static int64_t name(Place place, int64_t number) {
    return static_cast<int64_t>(place) << 56 | number;
  }

  void addOperand(const Binding &b, const Operand &o);
  void addRegisters(const Binding &b, int32_t value);
  /// The units (of a node that holds none: itself) that execute it.
  void executorsOf(const Binding &b, int32_t node, std::vector<int64_t> &all);

  const Datapath &d;
  std::vector<int64_t> firstUnit; ///< by kind: its units' numbers begin there
  std::vector<int64_t> executors, makers;
  std::vector<Wire> wires;
};

} // namespace gaus

#endif // GAUS_LIB_BINDING_MULTIPLEXERS_H

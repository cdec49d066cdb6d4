//===- Binding.h - Units and registers --------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Binds nodes to units and values to registers: first as few of both as there
/// may be, then with as few multiplexer inputs as a search finds.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_BINDING_BINDING_H
#define GAUS_BINDING_BINDING_H

#include "gaus/Binding/Datapath.h"

namespace gaus {

/// What is held where, and what that costs.
struct Binding {
  /// In compressed rows: node i has the units `unit[k]`, numbers within their
  /// kinds, for k in [unitBegin[i], unitBegin[i+1]): its holds in order, of
  /// each its units, of each unit its turns.
  std::vector<int32_t> unitBegin{0}, unit;
  /// By kind, >= 0.
  std::vector<int32_t> unitCount;
  /// In compressed rows: the registers of value v, in the order in which they
  /// hold it.
  std::vector<int32_t> registerBegin{0}, registers;
  /// By register, bits.
  std::vector<int64_t> registerWidth;
  /// By node: 1 = inputs 0 and 1 are exchanged.
  std::vector<uint8_t> swapped;
  /// Over all inputs of units and registers: (sources - 1) times the width.
  int64_t multiplexerInputs = 0;

  int32_t registerCount() const {
    return static_cast<int32_t>(registerWidth.size());
  }
  int64_t registerBits() const;
  std::span<const int32_t> unitsOf(int32_t node) const {
    return {unit.data() + unitBegin[node],
            static_cast<size_t>(unitBegin[node + 1] - unitBegin[node])};
  }
  std::span<const int32_t> registersOf(int32_t value) const {
    return {
        registers.data() + registerBegin[value],
        static_cast<size_t>(registerBegin[value + 1] - registerBegin[value])};
  }
};

/// No binding of the same schedule has less.
struct BindingBounds {
  int64_t registerCount = 0, registerBits = 0;
};

struct BindingOptions {
  /// 0: left edges alone; 1: exchanges that gain; 2: and some that lose; 3: ten
  /// times as many.
  int32_t effort = 2;
  uint64_t seed = 0;
};

/// An error "Res" where the starts keep a limit, but no unit for each operation
/// was found: only with an interval and an occupancy above 1.
/// The same for any machine and number of threads.
Outcome<Binding> bindDatapath(const Datapath &d,
                              const BindingOptions &options = {});

/// Lower bounds on what all bindings take.
BindingBounds boundsOf(const Datapath &d);

/// No binding with as many units and registers, as wide, has fewer multiplexer
/// inputs.
int64_t multiplexerBound(const Datapath &d, const Binding &binding);

/// Multiplexer inputs of a binding, counted from the start.
int64_t countMultiplexerInputs(const Datapath &d, const Binding &binding);

/// What is wrong with a binding, in code that shares nothing with what makes
/// it: "Unit" and "Register", at a node.
std::vector<Diagnostic> checkBinding(const Datapath &d, const Binding &binding);

} // namespace gaus

#endif // GAUS_BINDING_BINDING_H

//===- Datapath.h - What is bound -------------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A schedule with its operands: what units and registers are bound to. Plain
/// arrays, one entry an item; docs/binding.md defines what they mean.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_BINDING_DATAPATH_H
#define GAUS_BINDING_DATAPATH_H

#include "gaus/Core/Schedule.h"

namespace gaus {

/// A stretch of cycles; with a period, of slots on a circle.
struct Arc {
  /// >= 0; below the period if there is one.
  int64_t first = 0;
  /// >= 1; at most the period if there is one.
  int64_t length = 1;
};

/// Whether two arcs have a cycle, or a slot, in common. O(1).
bool overlap(const Arc &a, const Arc &b, int64_t period);

/// What a node reads at an operand: a value that is made or enters, or a wire
/// that is always there (a constant, what is outside of a pipelined loop).
struct Operand {
  int32_t node = 0;
  /// The input of the unit, 0 .. kMostInputs - 1; -1 = at none: the value is
  /// needed, no more. Of several operands at one input one is chosen.
  int32_t input = -1;
  /// -1 = a wire
  int32_t value = -1;
  /// Equal numbers are the same wire; -1 = a value
  int32_t wire = -1;
  /// So many iterations before, >= 0.
  int32_t distance = 0;
  /// Bits that the input has to have.
  int64_t width = 0;
};

/// A schedule with its values. All arrays of one group have the same size.
struct Datapath {
  /// Inputs of a unit are below it.
  static constexpr int32_t kMostInputs = 64;

  /// Slots; 0 = a straight line of cycles.
  int64_t period = 0;
  /// [T]: values that leave are kept up to it.
  int64_t end = 0;

  //===--- Nodes ---------------------------------------------------------===//
  std::vector<int64_t> start;
  std::vector<int32_t> latency, occupancy;
  /// 1: its inputs 0 and 1 may be exchanged.
  std::vector<uint8_t> commutes;
  /// What it holds in compressed rows: node i holds `holdUnits[k]` units of the
  /// kind `holdKind[k]` for k in [holdBegin[i], holdBegin[i+1]). The first one
  /// executes it; the others have no inputs.
  std::vector<int32_t> holdBegin{0}, holdKind;
  std::vector<int64_t> holdUnits;

  //===--- Kinds of units ------------------------------------------------===//
  std::vector<std::string> kindName;
  /// >= 1, or kUnlimited.
  std::vector<int64_t> kindLimit;
  /// 1: as few as there may be; 0: as many as the limit allows, one for each
  /// node at most.
  std::vector<uint8_t> kindShared;

  //===--- Values --------------------------------------------------------===//
  /// The node that makes it; -1 = enters at cycle 0.
  std::vector<int32_t> producer;
  /// Which of the node's results, from 0.
  std::vector<int32_t> result;
  /// > 0
  std::vector<int64_t> width;
  /// 1: kept up to the end.
  std::vector<uint8_t> leaves;

  /// In any order.
  std::vector<Operand> operands;

  int32_t numNodes() const { return static_cast<int32_t>(start.size()); }
  int32_t numKinds() const { return static_cast<int32_t>(kindName.size()); }
  int32_t numValues() const { return static_cast<int32_t>(width.size()); }

  int32_t addKind(std::string_view name, int64_t limit, bool isShared);
  /// Appends a node that holds nothing.
  int32_t addNode(int64_t startCycle, int32_t latencyCycles,
                  int32_t occupancyCycles);
  /// Adds `units` >= 1 of a kind to the node appended last.
  void addHold(int32_t kind, int64_t units);
  int32_t addValue(int32_t madeBy, int32_t resultNumber, int64_t bits,
                   bool isKept);

  /// The cycle at the end of which a value is written into its register.
  int64_t birthOf(int32_t value) const;
  /// The units of one kind, one after the other, that take turns: of an
  /// occupancy above the period.
  int64_t turnsOf(int32_t node) const;
};

/// The last cycle in which each value is read, its birth if in none later.
std::vector<int64_t> lastReads(const Datapath &d);

/// The datapath of a problem whose schedule is legal: kinds are the limited
/// resources, and one unit for each node that uses none; a value for each node
/// with a width, its operands in the order of the edges that carry, an input
/// each; values that enter are at no input.
Datapath datapathOf(const Problem &p, std::span<const int32_t> starts);

} // namespace gaus

#endif // GAUS_BINDING_DATAPATH_H

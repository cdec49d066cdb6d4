//===- Instance.h - The problem, compiled for all that search -*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What all parts of the solver and the backends read: the problem with its
/// windows and its objective as flat arrays of int32, int64 and float32, in
/// rows by node, made once a solve. docs/method explains the quantities.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DEVICE_INSTANCE_H
#define GAUS_DEVICE_INSTANCE_H

#include <cstdint>
#include <vector>

namespace gaus {

/// Structure of arrays; n nodes, m edges, r resources.
struct Instance {
  int32_t numNodes = 0, numEdges = 0, numResources = 0;
  /// Initiation interval (0 = none): profiles fold onto slots 0 .. ii-1.
  int32_t ii = 0;
  /// Cycles of an unfolded profile: every start, birth, death and release lies
  /// in [0, numCycles).
  int32_t numCycles = 0;

  //===--- Nodes (size n) ------------------------------------------------===//
  std::vector<int32_t> asap, alap;
  /// max(latency, 1).
  std::vector<int32_t> duration;
  /// Cycles from the start to the first in which the value is live, >= 0.
  std::vector<int32_t> bornAfter;
  /// Occupancy in cycles.
  std::vector<int32_t> occupancy;
  /// Width of the value where it counts for memory, else 0. Exact.
  std::vector<int64_t> width;
  /// Widths as the profiles add them: width >> widthShift.
  std::vector<int64_t> profileWidth;
  /// alpha * (sum of weights in - sum of weights out) / lossScale: gradient of
  /// the communication.
  std::vector<float> commGradient;
  /// alpha * (sum of weights in - sum of weights out), exact.
  std::vector<int64_t> commSlope;
  /// Nodes so that every edge within the acyclic part goes forward.
  std::vector<int32_t> topological;

  //===--- Uses, in rows by node -----------------------------------------===//
  std::vector<int32_t> useBegin, useResource;
  std::vector<int64_t> useUnits, profileUnits;

  //===--- Edges, in rows by source (size m) -----------------------------===//
  /// Constraint: start[target] >= start[source] + gap, gap = l + a - II * k.
  std::vector<int32_t> outBegin, outTarget, outGap;
  /// From the target's start to the first cycle in which it no longer needs the
  /// value, >= 0, with the II * k of the distance; -1 for an edge that carries
  /// none.
  std::vector<int32_t> outShift;
  /// The same edges in rows by target: source, and position in the rows above.
  std::vector<int32_t> inBegin, inSource, inPosition;
  /// Weight of communication (in rows by source), for exact costs.
  std::vector<int64_t> outWeight;
  /// Sum of weight * II * k: the constant part of [Com].
  int64_t commConstant = 0;

  //===--- Resources (size r) --------------------------------------------===//
  /// -1 = unlimited.
  std::vector<int64_t> limit;
  std::vector<int64_t> price;
  /// Of live memory, -1 = unlimited. The descent does not see it; candidates
  /// are counted by it where they enter the pool.
  int64_t liveLimit = -1;
  /// Whether values are live from starts to ends: MemoryModel::Buffers.
  bool hasBuffers = false;
  /// Units as the profiles add them: units >> unitShift[r].
  std::vector<int32_t> unitShift;

  //===--- Objective -----------------------------------------------------===//
  /// What the parts of the exact cost weigh; see ExactCost.h.
  int64_t ratio = 0, alpha = 0, memoryWeight = 0, lengthWeight = 0;
  int32_t widthShift = 0;
  /// The loss that is descended is the cost divided by this.
  double lossScale = 1;
  /// True if the edges have cycles (recurrences, negative lags).
  bool cyclic = false;

  /// Entries of a profile: cycles, or the slots that they fold onto.
  int32_t slots() const { return ii > 0 ? ii : numCycles; }
  /// How often at most a profile's cycles meet in a slot.
  int64_t turns() const { return ii > 0 ? numCycles / ii + 1 : 1; }
};

} // namespace gaus

#endif // GAUS_DEVICE_INSTANCE_H

//===- Loops.h - Small loops and their schedules ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Whether a loop has a schedule at its II, by trying all slots.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_UNITTESTS_SOLVER_MODULO_LOOPS_H
#define GAUS_UNITTESTS_SOLVER_MODULO_LOOPS_H

#include "RandomProblem.h"
#include "Reference.h"

namespace gaus::test {

/// The least starts on these slots, by raising; false if they have no end.
inline bool startsOn(const Problem &p, const Starts &slots, Starts &s) {
  int32_t horizon = 400;
  s = slots;
  auto raise = [&](int32_t i, int32_t least) {
    bool raised = s[i] < least;
    while (s[i] < least)
      s[i] += p.ii;
    return raised;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (int32_t i = 0; i < p.numNodes(); ++i)
      changed |= raise(i, p.earliest[i]);
    for (int32_t e = 0; e < p.numEdges(); ++e) {
      int32_t i = p.source[e], j = p.target[e];
      changed |=
          raise(j, s[i] + p.latency[i] + p.lag[e] - p.ii * p.distance[e]);
      if (s[j] > horizon)
        return false;
    }
  }
  return true;
}

inline bool feasible(const Problem &p) {
  bool found = false;
  forAllStarts(p.numNodes(), p.ii, [&](const Starts &slots) {
    Starts s;
    found = found || (startsOn(p, slots, s) && violations(p, s).empty());
  });
  return found;
}

/// One unit of each resource, most nodes need it, several recurrences.
inline SmallShape tightShape() {
  SmallShape shape;
  shape.minNodes = 3;
  shape.maxNodes = 5;
  shape.pipelined = true;
  shape.limitPercent = 100;
  return shape;
}

} // namespace gaus::test

#endif // GAUS_UNITTESTS_SOLVER_MODULO_LOOPS_H

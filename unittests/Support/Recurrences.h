//===- Recurrences.h - Problems that go around ------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_UNITTESTS_SUPPORT_RECURRENCES_H
#define GAUS_UNITTESTS_SUPPORT_RECURRENCES_H

#include "gaus/Core/Problem.h"

namespace gaus::test {

/// Two ways around of 5 cycles, which share node 0, a multiplication of 3.
inline Problem twoWaysAround() {
  Problem p;
  int32_t mul = p.addNode("mul", 3);
  for (int k = 0; k < 2; ++k) {
    int32_t add = p.addNode("add", 2);
    p.addEdge(mul, add);
    p.addEdge(add, mul, 1);
  }
  return p;
}

} // namespace gaus::test

#endif // GAUS_UNITTESTS_SUPPORT_RECURRENCES_H

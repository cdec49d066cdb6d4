//===- NoDifferenceFlow.cpp - A build without a library for flows ---------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Construct/DifferenceFlow.h"

using namespace gaus;

bool gaus::hasDifferenceFlows() { return false; }

std::optional<FlowSchedule> gaus::differenceFlow(const Instance &, int64_t,
                                                 std::span<const FlowBend>,
                                                 const Stop *) {
  return std::nullopt;
}

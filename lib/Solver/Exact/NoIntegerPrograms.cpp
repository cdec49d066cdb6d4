//===- NoIntegerPrograms.cpp - A build without a library for them ---------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/IntegerProgram.h"

using namespace gaus;

bool gaus::hasIntegerPrograms() { return false; }

ProgramResult gaus::solveProgram(const IntegerProgram &, const ProgramLimits &,
                                 const std::vector<double> &) {
  return {};
}

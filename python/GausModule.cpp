//===- GausModule.cpp - Core and solver for Python ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The native half of the package: arrays in, arrays out, errors as values. The
/// Python half (gaus/*.py) checks arguments and raises gaus.Error.
///
//===----------------------------------------------------------------------===//

#include "Bind.h"

#include "gaus/Core/Problem.h"
#include "gaus/Core/Version.h"
#include "gaus/IO/Formats.h"

#include <nanobind/stl/string.h>

using namespace gaus;

NB_MODULE(_gaus, m) {
  m.attr("UNLIMITED") = kUnlimited;
  m.attr("MAX_CYCLE") = kMaxCycle;
  m.attr("VERSION") = kVersion;
  m.attr("READ_ENDINGS") = readEndings();
  python::bindProblem(m);
  python::bindSolve(m);
  python::bindFiles(m);
}

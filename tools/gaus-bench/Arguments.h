//===- Arguments.h - What gaus-bench is told --------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The command line of gaus-bench.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_TOOLS_BENCH_ARGUMENTS_H
#define GAUS_TOOLS_BENCH_ARGUMENTS_H

#include "Bench.h"
#include "Progress.h"

#include "gaus/Solver/Options.h"

#include <cstdio>
#include <string>
#include <vector>

namespace gaus::bench {

struct Arguments {
  SolverOptions solver;
  tools::ProgressKind progress = tools::ProgressKind::Auto;
  ReadMlir readMlir = nullptr;
  std::optional<int32_t> latency;
  std::optional<int32_t> descentSteps;
  int32_t replicas = 1;
  std::string csvDir, jsonFile, resources;
  std::vector<std::string> files;
};

/// Prints how it is called; returns the exit status.
int usage(std::FILE *out);
/// Prints the rows of docs/formats.md; returns the exit status.
int printFormats();
/// Prints an error; returns false.
bool fail(const std::string &message);
/// One argument; false after an error message.
bool parseArgument(std::string_view text, Arguments &args);

} // namespace gaus::bench

#endif // GAUS_TOOLS_BENCH_ARGUMENTS_H

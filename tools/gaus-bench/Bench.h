//===- Bench.h - gaus-bench as a function -----------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The tool, which is also `python -m gaus`: there, and in a build without
/// MLIR, nothing reads .mlir files.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_TOOLS_BENCH_BENCH_H
#define GAUS_TOOLS_BENCH_BENCH_H

#include "gaus/Core/Problem.h"

#include <string>
#include <vector>

namespace gaus::bench {

/// The problems of all scopes of an .mlir file, named after file and scope, at
/// a clock period in ns (0 = as the file says).
using ReadMlir = Outcome<std::vector<Problem>> (*)(const std::string &path,
                                                   double clock);

/// Runs with a program's arguments; takes over its signals and its want of
/// memory. Returns the exit status. `readMlir` may be null.
int run(int argc, char **argv, ReadMlir readMlir);

} // namespace gaus::bench

#endif // GAUS_TOOLS_BENCH_BENCH_H

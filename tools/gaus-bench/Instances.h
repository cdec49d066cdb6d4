//===- Instances.h - Instances of the benchmark -----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_TOOLS_BENCH_INSTANCES_H
#define GAUS_TOOLS_BENCH_INSTANCES_H

#include "gaus/Core/Problem.h"

namespace gaus::bench {

/// The problems of all scopes of an .mlir file, named after file and scope, at
/// a clock period in ns (0 = as the file says).
Outcome<std::vector<Problem>> readMlir(const std::string &path, double clock);

} // namespace gaus::bench

#endif // GAUS_TOOLS_BENCH_INSTANCES_H

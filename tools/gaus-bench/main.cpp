//===- main.cpp - The program gaus-bench ----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bench.h"
#ifdef GAUS_BENCH_READS_MLIR
#include "Instances.h"
#endif

int main(int argc, char **argv) {
#ifdef GAUS_BENCH_READS_MLIR
  return gaus::bench::run(argc, argv, &gaus::bench::readMlir);
#else
  return gaus::bench::run(argc, argv, nullptr);
#endif
}

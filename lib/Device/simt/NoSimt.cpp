//===- NoSimt.cpp - A build without the host's GPU threads ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Device/Backend.h"

using namespace gaus;

Outcome<std::unique_ptr<Backend>> gaus::createSimtBackend(uint64_t) {
  Diagnostic d;
  d.code = "backend";
  d.message = "a wheel has no simt backend, which tests the CUDA kernels: "
              "utils/quickstart.sh builds it";
  return d;
}

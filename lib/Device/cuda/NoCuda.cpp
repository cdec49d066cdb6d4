//===- NoCuda.cpp - A build without device code ---------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Device/Backend.h"

using namespace gaus;

Outcome<std::unique_ptr<Backend>> gaus::createCudaBackend() {
  Diagnostic d;
  d.code = "backend";
  d.message = "no CUDA device: this build has no device code, since nvcc was "
              "not found when it was configured";
  return d;
}

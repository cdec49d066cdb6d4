//===- Aiger.cpp - The reader of AIGER ------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Judge.h"

#include "gaus/IO/Readers.h"

#include <cstddef>
#include <cstdint>

using namespace gaus;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string_view text(reinterpret_cast<const char *>(data), size);
  fuzz::judgeRead(readAiger(text, 1));
  return 0;
}

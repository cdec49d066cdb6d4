//===- Json.cpp - The reader of JSON --------------------------------------===//
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
  Starts starts;
  Outcome<Problem> read = readJson(text, std::nullopt, &starts);
  fuzz::judgeRead(read);
  if (read)
    fuzz::require(starts.empty() || starts.size() == read->latency.size(),
                  "starts of another size than the nodes");
  return 0;
}

//===- Reader.cpp - The reader of one format ------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Made for each format that is all in one text: GAUS_FORMAT is its name in the
/// table.
///
//===----------------------------------------------------------------------===//

#include "Judge.h"

#include "gaus/IO/Formats.h"

#include <cstddef>
#include <cstdint>

using namespace gaus;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string_view text(reinterpret_cast<const char *>(data), size);
  const FormatInfo *format = findFormat(GAUS_FORMAT);
  fuzz::require(format && format->read, "a format that is not there");
  Reading reading;
  Outcome<Problem> read = format->read(text, reading);
  fuzz::judgeRead(read);
  if (read)
    fuzz::require(reading.starts.empty() ||
                      reading.starts.size() == read->latency.size(),
                  "starts of another size than the nodes");
  return 0;
}

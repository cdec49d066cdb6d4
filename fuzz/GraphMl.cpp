//===- GraphMl.cpp - The readers of GraphML and its resource model --------===//
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
  // The model, a zero byte, the graph.
  size_t middle = text.find('\0');
  Outcome<ResourceModel> model = readResourceModel(text.substr(0, middle));
  if (!model || middle == std::string_view::npos)
    return 0;
  fuzz::judgeRead(readGraphMl(text.substr(middle + 1), *model));
  return 0;
}

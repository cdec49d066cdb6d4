//===- Options.cpp - Options as text --------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Judge.h"

#include <cstddef>
#include <cstdint>

using namespace gaus;

/// Lines "name=value", set one after the other.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string_view text(reinterpret_cast<const char *>(data), size);
  SolverOptions options;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    size_t equals = std::min(line.find('='), line.size());
    std::string_view value =
        equals < line.size() ? line.substr(equals + 1) : std::string_view();
    if (auto error = setOption(options, line.substr(0, equals), value))
      fuzz::require(error->code == "option" && !error->message.empty(),
                    "an error of an option without its sentence");
  }
  fuzz::require(options.effort >= 0 && options.effort <= 5,
                "an effort outside its range");
  fuzz::require(options.threads >= 0, "a negative number of threads");
  fuzz::require(options.timeLimit >= 0, "a negative time limit");
  fuzz::require(options.clock >= 0, "a negative clock");
  fuzz::require(options.liveLimit >= kUnlimited, "a negative limit");
  return 0;
}

//===- Environment.h - Numbers that a longer run by hand sets ---*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_UNITTESTS_SUPPORT_ENVIRONMENT_H
#define GAUS_UNITTESTS_SUPPORT_ENVIRONMENT_H

#include <cstdint>
#include <cstdlib>

namespace gaus::test {

/// The decimal number in the environment's variable `name`; `otherwise` where
/// it is not set.
inline int64_t fromEnvironment(const char *name, int64_t otherwise) {
  const char *text = std::getenv(name);
  return text ? std::strtoll(text, nullptr, 10) : otherwise;
}

} // namespace gaus::test

#endif // GAUS_UNITTESTS_SUPPORT_ENVIRONMENT_H

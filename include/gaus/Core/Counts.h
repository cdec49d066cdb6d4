//===- Counts.h - How often a solve does what once is enough ----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Tests ask with it that no part of a solve repeats another one's work on an
/// unchanged problem. Nothing else reads it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_COUNTS_H
#define GAUS_CORE_COUNTS_H

#include <atomic>
#include <cstdint>

namespace gaus {

/// Since the process began.
struct Counts {
  std::atomic<int64_t> validations{0};    ///< Problem::validate
  std::atomic<int64_t> earliestStarts{0}; ///< longest paths to all nodes
  std::atomic<int64_t> latestStarts{0};   ///< the same from all nodes
};
inline Counts counts;

} // namespace gaus

#endif // GAUS_CORE_COUNTS_H

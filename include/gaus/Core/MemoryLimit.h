//===- MemoryLimit.h - How much memory may be used --------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the machine has, and what is said where that is too little. What a
/// problem needs is estimated in lib/Solver/Portfolio/Memory.h.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_MEMORYLIMIT_H
#define GAUS_CORE_MEMORYLIMIT_H

#include "gaus/Core/Diagnostic.h"

#include <limits>

namespace gaus {

/// Bytes; more than any machine has.
inline constexpr int64_t kNoMemoryLimit = std::numeric_limits<int64_t>::max();

/// Half of the machine's memory, or of what the control group of this process
/// (version 2 or 1) and those around it allow, if that is less; in bytes,
/// kNoMemoryLimit where neither is known. Read once.
int64_t defaultMemoryLimit();

/// "17 bytes", "1.5 KiB", "13.2 GiB".
std::string bytesText(int64_t bytes);

/// "`what` about 13.2 GiB, the memory limit is 11.7 GiB".
std::string beyondMemoryText(std::string_view what, int64_t bytes,
                             int64_t limit);

/// That as an error with the code "memory", and what would help.
Diagnostic beyondMemory(std::string_view what, int64_t bytes, int64_t limit);

} // namespace gaus

#endif // GAUS_CORE_MEMORYLIMIT_H

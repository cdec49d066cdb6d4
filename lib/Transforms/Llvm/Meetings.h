//===- Meetings.h - When two accesses meet ----------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Of two accesses that move by different steps, exactly how many iterations
/// apart they first meet.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LLVM_MEETINGS_H
#define GAUS_LIB_TRANSFORMS_LLVM_MEETINGS_H

#include "mlir/Support/LLVM.h"

#include <cstdint>
#include <optional>

namespace gaus::ir {

/// In one dimension the second access is, in iteration n + k, by
/// constant + stride k + slope n behind where the first one is in iteration n.
/// They overlap if this is above -`below` and below `above`.
struct Gap {
  int64_t constant = 0, stride = 0, slope = 0;
  int64_t below = 1, above = 1;
};

/// The least k >= `first` for which they overlap in all dimensions in some
/// iteration n >= 0 with n + k < trips (if that is known); none if there is no
/// such k. Where it is larger than what is searched, a smaller k that is not
/// less than all that were searched. False numbers: those beyond 2^40.
struct FirstMeeting {
  bool isKnown = false;
  std::optional<int64_t> distance;
};
FirstMeeting firstMeeting(llvm::ArrayRef<Gap> gaps, int64_t first,
                          std::optional<int64_t> trips);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LLVM_MEETINGS_H

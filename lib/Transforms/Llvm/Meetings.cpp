//===- Meetings.cpp - When two accesses meet ------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Llvm/Meetings.h"

#include "llvm/Support/MathExtras.h"

#include <algorithm>

using namespace gaus::ir;

/// Numbers up to here: sums and products with k stay within 64 bits.
static constexpr int64_t kLargest = int64_t(1) << 40;
/// Distances that are searched.
static constexpr int64_t kSearched = 256;

namespace {
/// Iterations n from `low` to `high`.
struct Range {
  int64_t low, high;

  bool empty() const { return low > high; }
  /// Those with -below < at + slope n < above.
  void cut(int64_t at, const Gap &gap) {
    int64_t least = 1 - gap.below - at, most = gap.above - 1 - at;
    if (gap.slope == 0) {
      if (least > 0 || most < 0)
        high = low - 1;
      return;
    }
    int64_t slope = gap.slope;
    if (slope < 0) {
      std::swap(least, most);
      least = -least;
      most = -most;
      slope = -slope;
    }
    low = std::max(low, llvm::divideCeilSigned(least, slope));
    high = std::min(high, llvm::divideFloorSigned(most, slope));
  }
};
} // namespace

static bool isLarge(int64_t number) {
  return number > kLargest || number < -kLargest;
}

FirstMeeting gaus::ir::firstMeeting(llvm::ArrayRef<Gap> gaps, int64_t first,
                                    std::optional<int64_t> trips) {
  for (const Gap &g : gaps)
    if (isLarge(g.constant) || isLarge(g.stride) || isLarge(g.slope) ||
        isLarge(g.below) || isLarge(g.above))
      return {};
  int64_t end = first + kSearched;
  if (trips)
    end = std::min(end, *trips);
  for (int64_t k = first; k < end; ++k) {
    Range n{0, trips ? *trips - 1 - k : INT64_MAX};
    for (const Gap &g : gaps)
      if (!n.empty())
        n.cut(g.constant + g.stride * k, g);
    if (!n.empty())
      return {true, k};
  }
  if (trips && end >= *trips)
    return {true, std::nullopt};
  return {true, end};
}

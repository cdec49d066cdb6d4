//===- Room.h - What must meet ----------------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Private to lib/Core: units that are held and values that live, of which only
/// the cycles and the amounts count, and how many of them must meet in so many
/// cycles or slots.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_CORE_ROOM_H
#define GAUS_LIB_CORE_ROOM_H

#include "gaus/Core/Checked.h"

#include <vector>

namespace gaus {

/// Of what a node holds, or keeps live: for how many cycles, and how much.
struct Share {
  int64_t cycles, amount;
};

/// The largest first.
void sortShares(std::vector<Share> &shares);

/// A lower bound on the peak of sorted shares that all fall into `cycles`, or
/// are folded onto so many slots; 0 where these are none.
Wide stackedPeak(const std::vector<Share> &shares, int64_t cycles);

} // namespace gaus

#endif // GAUS_LIB_CORE_ROOM_H

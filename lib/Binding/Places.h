//===- Places.h - As few places as there may be -----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Places for the items of one pool, as few as are found: left edges on a
/// straight line, which is exact for one width; circular arcs modulo a period,
/// cut where little is live, and a small exact search.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_BINDING_PLACES_H
#define GAUS_LIB_BINDING_PLACES_H

#include "Items.h"

namespace gaus {

struct Places {
  /// By item of the pool: 0 .. width.size() - 1.
  std::vector<int32_t> of;
  /// By place: that of the widest item in it.
  std::vector<int64_t> width;

  int64_t bits() const;
};

/// Places of the least sum of widths, then the least number, that are found.
/// `searchNodes` bounds the exact search.
Places findPlaces(const std::vector<Item> &items, int64_t period,
                  int64_t searchNodes);
/// A place for each, in order; from `most` places on the first one that is
/// free.
Places ownPlaces(const std::vector<Item> &items);

/// The most items of at least a width in one cycle or slot.
int64_t peakOf(const std::vector<Item> &items, int64_t period,
               int64_t leastWidth);
/// No places for items of these widths have less bits: for every width the
/// peak of the items that are at least as wide.
int64_t leastBits(const std::vector<Item> &items, int64_t period);

} // namespace gaus

#endif // GAUS_LIB_BINDING_PLACES_H

//===- Profile.h - Limited units over the cycles of a block -----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The use of limited units in each cycle of a schedule, and its peaks.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SCOPES_PROFILE_H
#define GAUS_LIB_TRANSFORMS_SCOPES_PROFILE_H

#include "Scopes/Insides.h"

#include "llvm/ADT/MapVector.h"

#include <map>

namespace gaus::ir {

/// The use of pools over cycles, or over the slots of an interval.
class Profile {
public:
  /// `ii` <= 0: no interval.
  explicit Profile(int64_t ii) : ii(ii) {}

  /// `held.units` from `start` on, for so many cycles.
  void add(const Held &held, int64_t start, int64_t cycles);
  /// The largest use of each pool, at most its limit.
  llvm::SmallVector<Held, 2> peaks() const;

private:
  struct Steps {
    Held held;
    std::map<int64_t, int64_t> changes;
    int64_t always;
  };
  int64_t ii;
  llvm::MapVector<std::pair<mlir::Operation *, const void *>, Steps> pools;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SCOPES_PROFILE_H

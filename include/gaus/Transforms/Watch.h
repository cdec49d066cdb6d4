//===- Watch.h - Who is told of searches ------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What gaus-schedule tells a tool while it works: which scope a search is of,
/// what it reaches, and how it ends. Nothing that is written depends on it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_TRANSFORMS_WATCH_H
#define GAUS_TRANSFORMS_WATCH_H

#include "gaus/Solver/Solver.h"

#include <string>

namespace gaus::ir {

/// The scope of a search.
struct WatchedScope {
  /// "function @f"
  std::string name;
  /// "file.c:9", or empty.
  std::string where;
};

/// All calls may come from any thread, those of one scope one after the other.
class SearchWatcher {
public:
  virtual ~SearchWatcher() = default;
  /// A search begins; what it returns is told what is reached, and may be null.
  virtual Observer begins(const WatchedScope &scope) = 0;
  /// It has ended, and nothing has been said of it yet. Null: no schedule.
  virtual void ends(const WatchedScope &scope, const Solution *solution,
                    Objective objective) = 0;
};

/// The watcher of all searches of this process, which must outlive them; null,
/// as at first: nobody. To be set before there are any.
void setSearchWatcher(SearchWatcher *watcher);
SearchWatcher *searchWatcher();

} // namespace gaus::ir

#endif // GAUS_TRANSFORMS_WATCH_H

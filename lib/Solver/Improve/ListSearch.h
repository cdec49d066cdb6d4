//===- ListSearch.h - Orders that are crossed -------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Shorter schedules under limits where the search that learns does not come to
/// its end: a genetic search over orders of operations, each made a schedule
/// one operation after the other and justified (after Valls, Ballestin,
/// Quintanilla, "A hybrid genetic algorithm for the RCPSP", EJOR 185, 2008).
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_IMPROVE_LISTSEARCH_H
#define GAUS_LIB_SOLVER_IMPROVE_LISTSEARCH_H

#include "Construct/SerialSchedule.h"
#include "Context/Budgets.h"
#include "Context/Context.h"

#include <memory>

namespace gaus {

/// What has been found is kept for more work.
class ListSearch {
public:
  explicit ListSearch(const Context &c) : c(c) {}
  ~ListSearch();

  /// For `latency`, of acyclic problems without II with limits, from a legal
  /// schedule on; else nothing happens.
  void run(const ListBudget &budget, int64_t work);

private:
  struct Member {
    std::vector<int32_t> order; ///< nodes by start
    int32_t length;
  };
  bool begin(const ListBudget &budget);
  void populate();
  bool offer(Starts starts);
  std::vector<int32_t> cross(const Member &a, const Member &b);
  void disturb(std::vector<int32_t> &order);
  void renew();
  void breed();
  uint32_t random(uint32_t below);

  Context c;
  std::unique_ptr<SerialSchedule> serial;
  std::vector<Member> members;
  std::vector<int32_t> keys;
  uint64_t drawn = 0;
  int32_t idle = 0;
  bool begun = false;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_IMPROVE_LISTSEARCH_H

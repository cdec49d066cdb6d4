//===- WeightedSums.h - Limits on sums of literals --------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// At most so much of literals that weigh: totalizers (Bailleux and Boufkhad,
/// CP 2003) over the sums that can occur, in two digits.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_EXACT_WEIGHTEDSUMS_H
#define GAUS_LIB_SOLVER_EXACT_WEIGHTEDSUMS_H

#include "Exact/Formula.h"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace gaus {

/// What is in use in a cycle or slot: for certain, and by literals.
struct WeightedSum {
  /// Sums that some choice of literals has, but 0: the literal beside one says
  /// "at least so much".
  using Sums = std::vector<std::pair<int64_t, int>>;

  /// What the true ones of some literals weigh, as upper * modulus + lower. The
  /// literals say at least what is the case.
  struct Count {
    Sums upper, lower;
  };
  /// A literal, and what it weighs.
  using Weighted = std::pair<int, int64_t>;

  int64_t certain = 0, all = 0; ///< units; all: of the literals
  std::vector<Weighted> literals;
  Count count;
  int64_t modulus = 0; ///< of the count; 0 = not counted yet

  void add(int literal, int64_t units) {
    literals.push_back({literal, units});
    all += units;
  }
};

class WeightedSums {
public:
  WeightedSums(Formula &formula, const Stop &stop)
      : formula(formula), stop(stop) {}

  /// At most `limit` units of a sum, which is counted once; later limits are
  /// no larger. Incomplete where `goesOn` is false.
  void limitTo(WeightedSum &total, int64_t limit);
  /// False if there are too many literals or the time is over.
  bool goesOn() const { return formula.fits() && !stop.requested(); }

private:
  using Weighted = WeightedSum::Weighted;
  using Sums = WeightedSum::Sums;
  using Count = WeightedSum::Count;
  Count merge(const Count &a, const Count &b);
  void makeSums(Sums &sums, std::vector<int64_t> values);
  Count countOf(std::span<const Weighted> of);
  void forbidMore(const WeightedSum &total, int64_t most);
  int64_t modulusFor(const WeightedSum &total, int64_t most) const;

  Formula &formula;
  const Stop &stop;
  /// Of the count that is being made; and its largest upper part that is told
  /// from more.
  int64_t modulus = 0, mostUpper = 0;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_EXACT_WEIGHTEDSUMS_H

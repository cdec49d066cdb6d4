//===- Sum.h - A weighted sum -----------------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A weighted sum of views is at most a constant.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_LEARNING_SUM_H
#define GAUS_LIB_SOLVER_LEARNING_SUM_H

#include "Learning/Engine.h"

namespace gaus {

class Sum : public Propagator {
public:
  explicit Sum(int64_t most) : most(most) {}
  /// `factor` > 0. All views are to be subscribed.
  void addTerm(View view, int64_t factor) { terms.push_back({view, factor}); }

  void touched(int32_t) override {}
  bool propagate(Engine &engine) override;

private:
  struct Term {
    View view;
    int64_t factor;
  };
  void collect(const Engine &e, const Term *without, int64_t surplus);

  int64_t most;
  std::vector<Term> terms;
  std::vector<Literal> because;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_LEARNING_SUM_H

//===- Formula.h - A formula that grows, and CaDiCaL ------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the encodings share: literals that may be constants, clauses with room
/// for so many literals, and the search with a bound on its conflicts. CaDiCaL
/// searches behind it, or nothing in a build without (GAUS_WITH_CADICAL).
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_EXACT_FORMULA_H
#define GAUS_LIB_SOLVER_EXACT_FORMULA_H

#include "gaus/Core/Stop.h"

#include <climits>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>

namespace gaus {

/// Whether this build has a library for formulas. Without it no formula fits,
/// and every one stays undecided.
bool hasFormulas();

/// Literals are CaDiCaL's: a variable from 1 on, or one with a minus sign; and
/// the two constants.
class Formula {
public:
  static constexpr int kTrue = INT_MAX, kFalse = 0;
  static int negated(int literal) {
    return literal == kTrue ? kFalse : literal == kFalse ? kTrue : -literal;
  }

  /// There is room for so many literals.
  explicit Formula(int64_t literals);
  ~Formula();

  int newVariable() { return next++; }
  /// So many in a row; returns the first one.
  int newVariables(int64_t count) {
    int first = next;
    next += static_cast<int>(count);
    return first;
  }

  /// kFalse is left out, kTrue satisfies the clause.
  void clause(std::initializer_list<int> literals) {
    clause(std::span(literals.begin(), literals.size()));
  }
  void clause(std::span<const int> literals);

  /// False when the formula has more literals than there is room for; then it
  /// is not complete.
  bool fits() const { return left > 0; }
  void giveUp() { left = 0; }
  int64_t room() const { return left; }
  int64_t size() const { return limit - left; }

  /// Where the search looks first.
  void prefer(int literal);
  /// True: there is a model; false: there is none; nothing after so many
  /// conflicts, or when `stop` becomes true.
  std::optional<bool> solve(int64_t conflicts, const Stop &stop);
  /// Of a variable, in the model.
  bool value(int variable);

private:
  struct Library;

  std::unique_ptr<Library> library;
  int64_t limit, left;
  int next = 1;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_EXACT_FORMULA_H

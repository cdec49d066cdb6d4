//===- SlotFormula.h - A slot problem as a formula --------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A slot problem in conjunctive normal form. Starts are variables "s >= t";
/// an edge is an implication a cycle of its source's window. A start implies
/// the slots that it holds, and a sequential counter a slot and resource bounds
/// the weighted sum of what is held.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_MODULO_SLOTFORMULA_H
#define GAUS_LIB_SOLVER_MODULO_SLOTFORMULA_H

#include "Modulo/SlotProblem.h"

#include "Modulo/ModuloExact.h"

namespace gaus {

class SlotFormula {
public:
  SlotFormula(const Problem &p, const SlotProblem &s);

  struct Answer {
    ModuloVerdict verdict = ModuloVerdict::Undecided;
    /// A start of every Window and Slot node, where feasible.
    std::vector<int64_t> chosen;
  };
  /// Undecided beyond that many conflicts, or literals of the formula.
  Answer solve(int64_t conflicts, int64_t literals, const Stop &stop);

private:
  class Encoder;
  const Problem &p;
  const SlotProblem &s;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_MODULO_SLOTFORMULA_H

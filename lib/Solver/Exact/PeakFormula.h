//===- PeakFormula.h - A peak of live memory as a formula -------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// "Is there a schedule with at most so many units of width live at a time?" in
/// conjunctive normal form; a unit is what all widths are multiples of. Starts
/// are variables "s >=
/// t", an edge is an implication a cycle of its source's window, and a value's
/// life a variable a cycle, which a start behind it and a last use before it
/// imply. How many of them are true in a cycle is counted by modulo totalizers
/// (Ogawa, Liu, Hasegawa, Koshimura, Fujita: "Modulo based CNF encoding of
/// cardinality constraints and its application to MaxSAT solvers", ICTAI 2013).
/// CaDiCaL decides. Its no is a proof, where prices leave a gap: a linear
/// program may start a half of an operation here and a half there.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_EXACT_PEAKFORMULA_H
#define GAUS_LIB_SOLVER_EXACT_PEAKFORMULA_H

#include "gaus/Core/Stop.h"
#include "gaus/Device/Instance.h"

#include <memory>
#include <span>
#include <vector>

namespace gaus {

class PeakFormula {
public:
  /// `literals`: of the largest formula that is built. A `stop` that becomes
  /// true ends everything undecided.
  PeakFormula(const Instance &instance, int64_t literals, const Stop &stop);
  ~PeakFormula();

  /// True for `memory` alone.
  static bool covers(const Instance &instance);
  /// The greatest common divisor of the widths.
  static int64_t unit(const Instance &instance);

  enum class Verdict {
    Feasible,
    Infeasible, ///< proven
    Undecided,  ///< the conflicts were spent, or the formula is too large
  };
  struct Answer {
    Verdict verdict = Verdict::Undecided;
    /// Where feasible: starts that satisfy [Dep], [Win], [Lat] and [Res].
    std::vector<int32_t> starts;
  };
  /// Asks for at most `peak` live units. `peak` must not rise from call to
  /// call: what the solver has learnt is kept. It looks near `hint`, a schedule
  /// within the windows, first, and gives up after `work`, in conflicts times
  /// literals of the formula: the time of one grows with it.
  Answer solve(int64_t peak, std::span<const int32_t> hint, int64_t work);

  /// False once a formula had more literals than there is room for.
  bool fits() const;

private:
  class Encoder;
  const Instance &instance;
  const Stop &stop;
  int64_t literals;
  std::unique_ptr<Encoder> encoder;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_EXACT_PEAKFORMULA_H

//===- Judge.h - What every fuzzed result must satisfy ----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

/// \file
/// The judges of the fuzzers: a result that breaks a promise ends the program,
/// so that the fuzzer keeps the input. They share no code with what they judge.

#ifndef GAUS_FUZZ_JUDGE_H
#define GAUS_FUZZ_JUDGE_H

#include "gaus/Solver/Solver.h"

namespace gaus::fuzz {

/// Ends the program with `sentence` unless `holds`.
void require(bool holds, const char *sentence);

/// A problem that a reader returned: valid, and the same after a trip through
/// JSON. A diagnostic has a code and a sentence.
void judgeRead(const Outcome<Problem> &read);

/// A solution of `p`: legal for the interval and length that it names, with the
/// cost it names, and no bound above the cost. `options` are those of the
/// solve.
void judgeSolution(const Problem &p, const SolverOptions &options,
                   const Outcome<Solution> &solved);

} // namespace gaus::fuzz

#endif // GAUS_FUZZ_JUDGE_H

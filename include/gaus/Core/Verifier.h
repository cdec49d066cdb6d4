//===- Verifier.h - Is a schedule legal? ------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The exact verifier. It shares no code with the solver, the windows or the
/// cost functions: straight from the definitions of docs/spec.md.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_VERIFIER_H
#define GAUS_CORE_VERIFIER_H

#include "gaus/Core/Problem.h"
#include "gaus/Core/Stop.h"

namespace gaus {

/// Every violation of [Dep], [Lat], [Win], [Res], [Live], [Chain] and of starts
/// >= 0 by `starts` (int64, so that what was read from a file is checked as it
/// stands), one diagnostic each: `code` is the constraint, `node` the node at
/// fault, a note points at the other end. Empty means legal. At most
/// `maxViolations` are reported (0 = all). [Chain] is checked only if p.clock >
/// 0. Combinational cycles may take long: where `stop` ends that, the last
/// diagnostic has the code "stop", so that what was not checked is not called
/// legal.
std::vector<Diagnostic> verify(const Problem &p,
                               std::span<const int64_t> starts,
                               size_t maxViolations = 0,
                               const Stop *stop = nullptr);
/// The same for int32 starts.
std::vector<Diagnostic> verify(const Problem &p,
                               std::span<const int32_t> starts,
                               size_t maxViolations = 0,
                               const Stop *stop = nullptr);
/// The same of a problem that Problem::validate has passed since it was changed
/// last: only the starts are checked.
std::vector<Diagnostic> verifyStarts(const Problem &valid,
                                     std::span<const int32_t> starts,
                                     size_t maxViolations = 0,
                                     const Stop *stop = nullptr);

} // namespace gaus

#endif // GAUS_CORE_VERIFIER_H

//===- Reference.h - The model, slow and plain ------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Legality and costs of docs/spec.md by counting cycle after cycle, and
/// optima by enumeration: what the library is compared with.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_UNITTESTS_SUPPORT_REFERENCE_H
#define GAUS_UNITTESTS_SUPPORT_REFERENCE_H

#include "gaus/Core/Schedule.h"

#include <functional>
#include <set>

namespace gaus::test {

/// The names of the constraints that `s` violates.
std::set<std::string> violations(const Problem &p, const Starts &s);

/// All costs of `s`.
Cost referenceCost(const Problem &p, const Starts &s);

/// Calls `body` with every vector of starts in [0, horizon) for `nodes` nodes.
void forAllStarts(int32_t nodes, int32_t horizon,
                  const std::function<void(const Starts &)> &body);

/// Calls `body` with every legal schedule within [0, horizon).
void forAllSchedules(const Problem &p, int32_t horizon,
                     const std::function<void(const Starts &)> &body);

/// The least cost over all legal schedules within [0, horizon); nothing if
/// there is none.
std::optional<int64_t> optimum(const Problem &p, int32_t horizon,
                               Objective objective, const CostWeights &weights);

} // namespace gaus::test

#endif // GAUS_UNITTESTS_SUPPORT_REFERENCE_H

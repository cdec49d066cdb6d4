//===- Chains.h - Chaining as difference constraints ------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// [Chain] says that operations which follow each other without a register fit
/// into one clock period. Along a path whose delays exceed the period at least
/// one edge must not be tight: the last node starts at least one cycle later
/// than the gaps of the path add up to. So [Chain] is a set of difference
/// constraints, exactly.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_CHAINS_H
#define GAUS_CORE_CHAINS_H

#include "gaus/Core/Problem.h"
#include "gaus/Core/Stop.h"

namespace gaus {

/// Adds to `p` (II settled, validated) one precedence edge for every pair of
/// nodes with a shortest path that is too long for the clock period, and sets
/// Problem::numChainEdges. Any schedule of `p` that satisfies [Dep] then also
/// satisfies [Chain], and the other way round. Those of an earlier call are
/// replaced. Does nothing without a clock, or where [Dep] alone has no
/// solution. Fails if one operation alone is slower than the clock, if a
/// combinational cycle has a delay, if there are more such pairs than memory
/// allows, or with "stop", after which `p` has none of them.
///
/// Time: for each node from which a path is too long, the edges of the paths
/// that fit into one period; a row of nodes without branches counts as one.
std::optional<Diagnostic> addChainEdges(Problem &p, const Stop *stop = nullptr);

} // namespace gaus

#endif // GAUS_CORE_CHAINS_H

//===- Ejection.h  Iterative scheduling with ejection ------------*- C++
//-*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Scheduling under limits where list scheduling does not apply: with an
/// initiation interval, or with cycles of edges. Nodes are placed in order of
/// priority; a node that finds no units ejects others, which are placed again
/// later (Rau, "Iterative modulo scheduling", MICRO 1994).
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_CONSTRUCT_EJECTION_H
#define GAUS_LIB_SOLVER_CONSTRUCT_EJECTION_H

#include "gaus/Core/Stop.h"
#include "gaus/Device/Instance.h"

#include <span>

namespace gaus {

/// Starts that satisfy every constraint, or empty if `budget` placements a node
/// did not suffice. Lower `priority` is placed first; `wanted` (may be empty)
/// are starts to prefer: the search for units begins there. `taken` (may be
/// empty): by resource, units of each slot that are not for these nodes, 0 ..
/// limit (none where the inner vector is empty). Empty, too, once `stop` is
/// true.
std::vector<int32_t>
ejectionSchedule(const Instance &instance, std::span<const float> priority,
                 std::span<const int32_t> wanted, int32_t budget,
                 std::span<const std::vector<int64_t>> taken = {},
                 const Stop *stop = nullptr);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_CONSTRUCT_EJECTION_H

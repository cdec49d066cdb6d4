//===- Interface.h - Values that enter and leave ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A problem whose values enter and leave, as one in which nodes stand for
/// them: docs/spec.md, "Values that enter and leave".
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_INTERFACE_H
#define GAUS_CORE_INTERFACE_H

#include "gaus/Core/Schedule.h"

namespace gaus {

/// `p` without an interface: behind its nodes one for each value that enters,
/// at cycle 0, and if any leaves a last one, which starts where all others have
/// ended. A length is a cycle more, for the last one. The same starts have the
/// same [R], [Com] and [Mem]. p.length < kMaxCycle.
Problem withInterfaceNodes(const Problem &p);

/// The starts of these nodes behind those of `p`; empty stays empty.
Starts withInterfaceStarts(const Problem &p, std::span<const int32_t> starts);

} // namespace gaus

#endif // GAUS_CORE_INTERFACE_H

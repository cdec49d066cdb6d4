//===- Interface.h - Values that enter and leave ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A problem whose values enter and leave, or whose buffers nobody reads, as
/// one with nodes for them: docs/spec.md, "Values that enter and leave".
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_INTERFACE_H
#define GAUS_CORE_INTERFACE_H

#include "gaus/Core/Schedule.h"

namespace gaus {

/// The nodes of positive width whose buffers nobody may need after they are
/// written, ascending: without a reader, or with none but such as lags allow to
/// come before. None of the model `values`, where these are never live.
std::vector<int32_t> unreadBuffers(const Problem &p);

/// `p` without an interface and unread buffers: behind its nodes one for each
/// value that enters, at cycle 0; one for each unread buffer, which reads it in
/// the last cycle in which it is written; and if any leaves a last one, which
/// starts where all others have ended, or, of buffers, in the last cycle of
/// all. A length is `extraCycles` more. The same starts have the same [R],
/// [Com] and [Mem]. p.length < kMaxCycle.
Problem withInterfaceNodes(const Problem &p);

/// By how much the nodes make a schedule longer.
inline int32_t extraCycles(const Problem &p) {
  return p.interface.hasLeaving() && !p.hasBuffers() ? 1 : 0;
}

/// The starts of these nodes behind those of `p`; empty stays empty.
Starts withInterfaceStarts(const Problem &p, std::span<const int32_t> starts);

} // namespace gaus

#endif // GAUS_CORE_INTERFACE_H

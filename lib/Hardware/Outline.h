//===- Outline.h - Regions become functions ---------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An operation with regions runs beside what is around it, from its start on,
/// as a function does that is called. So each becomes a call of a function of
/// its own, whose control flow is branches; the schedule stays what it was.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_HARDWARE_OUTLINE_H
#define GAUS_LIB_HARDWARE_OUTLINE_H

#include "ReadSchedule.h"

namespace gaus::ir {

/// On operations that control is made of: an expression of its operands that
/// takes no time and has no start.
inline constexpr char kWire[] = "gaus.wire";

/// Puts calls in the place of all operations with regions in `function`, whose
/// functions are added to the program. Emits an error at those of other kinds.
mlir::LogicalResult outlineRegions(mlir::Operation *function,
                                   Schedule &schedule);

} // namespace gaus::ir

#endif // GAUS_LIB_HARDWARE_OUTLINE_H

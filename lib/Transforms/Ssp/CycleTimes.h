//===- CycleTimes.h - Times within the cycle --------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// When within their cycles the operations of a chaining problem start.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SSP_CYCLETIMES_H
#define GAUS_LIB_TRANSFORMS_SSP_CYCLETIMES_H

#include "Ssp/SspInstance.h"

namespace gaus::ir {

/// Sets the times of an instance with its kind, edges, interval and starts:
/// those written, checked if they belong to a schedule, else the earliest.
mlir::LogicalResult findCycleTimes(SspInstance &instance);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SSP_CYCLETIMES_H

//===- ToSsp.h - Graphs as instances of SSP ---------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Instances of SSP before the graphs that they are made of.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SSP_TOSSP_H
#define GAUS_LIB_TRANSFORMS_SSP_TOSSP_H

#include "Ssp/SspSupport.h"

#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// Writes the instance of a graph that has been built before it; the graph
/// stays. The kind is `wanted`, or if that is null the one that the graph came
/// from or needs. What SSP cannot express is an error unless `lossy`.
mlir::LogicalResult convertGraph(Scope &scope, const SspKind *wanted,
                                 bool lossy);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SSP_TOSSP_H

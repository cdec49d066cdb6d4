//===- Peaks.h - Limited units of scopes and functions ----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The peaks that reports have: of a scope with its insides as they are
/// scheduled, and of a whole function.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SUMMARY_PEAKS_H
#define GAUS_LIB_TRANSFORMS_SUMMARY_PEAKS_H

#include "Scopes/WholeUse.h"

#include "gaus/IO/Writers.h"
#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// By resource, where the problem has more than is in use; empty = nowhere. The
/// problem counts what is inside of an operation as its peak for its whole
/// time; where it is scheduled in turns, there is less in use.
std::vector<int64_t> insidePeaks(const Scope &scope, const gaus::Starts &starts,
                                 WholeUse &whole);

/// Of each limited resource that the function uses.
std::vector<gaus::FunctionUse> functionUse(mlir::Operation *function,
                                           WholeUse &whole);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SUMMARY_PEAKS_H

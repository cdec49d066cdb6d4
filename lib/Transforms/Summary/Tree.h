//===- Tree.h - The summary of a program ------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The scopes of a program as the parts of a summary: functions and graphs with
/// the loops, branches, calls and blocks in them, and what is to be said of
/// them.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SUMMARY_TREE_H
#define GAUS_LIB_TRANSFORMS_SUMMARY_TREE_H

#include "Summary/Times.h"

#include "gaus/IO/Summary.h"

namespace gaus::ir {

/// Functions and graphs under `root` in the order of the program, each with its
/// scopes; those without operations are left out. `SummaryRow::scope` is the
/// scope's place in `scopes`.
std::vector<gaus::SummaryPart> summarize(mlir::Operation *root,
                                         std::vector<ScopeFacts> scopes);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SUMMARY_TREE_H

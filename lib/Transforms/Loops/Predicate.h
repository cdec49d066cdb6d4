//===- Predicate.h - Conditions taken apart ---------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A condition in a loop is moved as a whole when the loop is rewritten. Taken
/// apart each operation has a place of its own: what touches no memory runs
/// always, each other one has a condition of its own, results are selected.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LOOPS_PREDICATE_H
#define GAUS_LIB_TRANSFORMS_LOOPS_PREDICATE_H

#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// Takes apart the conditions (scf.if, affine.if) that are one with the body of
/// a scheduled loop, and builds the scope again, without units. What is added
/// has a start at which the schedule stays what it was, and is appended to
/// `added`. False where
/// one has no such form; the loop is half changed then.
bool takeApartConditions(Scope &scope, llvm::ArrayRef<int64_t> starts,
                         int64_t ii,
                         llvm::SmallVectorImpl<mlir::Operation *> &added);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LOOPS_PREDICATE_H

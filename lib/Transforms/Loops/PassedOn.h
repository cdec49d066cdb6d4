//===- PassedOn.h - Values that a loop passes on ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a scheduled scf.for or affine.for needs to be rewritten: when values
/// are there, and operations that only pass one on. Operations that are added
/// are placed, of latency 0, and hold nothing, until `forget` is called.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LOOPS_PASSEDON_H
#define GAUS_LIB_TRANSFORMS_LOOPS_PASSEDON_H

#include "gaus/Transforms/Scope.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

namespace gaus::ir {

/// Operations that only pass a value on to the next iteration.
using Copies = llvm::SmallVector<mlir::arith::SelectOp>;

/// When a value is there at the earliest, in cycles of the iteration that uses
/// it or passes it on; >= 0. `starts` are by node.
int64_t readyAt(const Scope &scope, mlir::Value v,
                llvm::ArrayRef<int64_t> starts, int64_t ii);

/// Writes a start, latency 0 and no units.
void placeAt(mlir::Operation *op, int64_t start);
/// Removes what `placeAt` wrote.
void forget(mlir::Operation *op);

/// The pipeliner knows distances of one iteration, and only values that an
/// operation of the loop makes. One that is passed on from argument to
/// argument, or comes from outside the loop, gets an operation that does
/// nothing, as early as the schedule allows.
Copies copyPassedOn(const Scope &scope, llvm::ArrayRef<int64_t> starts,
                    int64_t ii);

/// Puts the value in the place of its copy.
void dropCopy(mlir::arith::SelectOp copy);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LOOPS_PASSEDON_H

//===- Kinds.h - What operations are to the scopes --------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What control and calls make of operations: which are nodes, which are loops,
/// which have an inside and which function a call runs.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SCOPES_KINDS_H
#define GAUS_LIB_TRANSFORMS_SCOPES_KINDS_H

#include "mlir/IR/SymbolTable.h"

#include <optional>

namespace gaus::ir {

/// scf.for and affine.for.
bool isForLoop(mlir::Operation *op);
/// Whether such a loop has no other one in it.
bool isInnermost(mlir::Operation *loop);
/// How often such a loop, or one that runs its iterations in any order, runs
/// its body, where that is a constant.
std::optional<int64_t> constantTrips(mlir::Operation *loop);
/// What `gaus.trips` on the operation says: at most so often.
std::optional<int64_t> hintedTrips(mlir::Operation *op);
/// scf.parallel, scf.forall and affine.parallel.
bool isParallelLoop(mlir::Operation *op);
/// Why a loop that is no scf.for or affine.for never has an interval, and,
/// where that is known, what makes one of it that has.
std::string whyNeverPipelined(mlir::Operation *loop);
/// Whether the regions of the operation are scheduled: control passes from it
/// to them, as in loops and conditions.
bool hasScheduledRegions(mlir::Operation *op);
/// Whether control runs through one of the regions once, each of one block.
bool runsOneRegion(mlir::Operation *op);
/// Whether it is a node of its block's scope.
bool isScheduled(mlir::Operation &op);
/// Whether the operation moves any number of bytes: copies and fills.
bool movesMuch(mlir::Operation *op);
/// An integer division or remainder of arith or llvm.
bool isDivision(mlir::Operation *op);
bool isSignedDivision(mlir::Operation *op);
/// Whether an operation that is not to run may not run.
bool mayTrap(mlir::Operation *op);
/// Whether an operation has an inside: what it calls, or its regions.
bool mayHaveInside(mlir::Operation *op);
/// The function around an operation, or what is outermost.
mlir::Operation *functionAround(mlir::Operation *op);
/// What a location calls a value or an operation; empty if it does not.
std::string nameIn(mlir::Location location);
/// The function that a call runs, if it is in what `root` holds and has a body.
/// Otherwise null and why.
mlir::Operation *calleeOf(mlir::Operation *call, mlir::Operation *root,
                          mlir::SymbolTableCollection &symbols,
                          llvm::StringRef &reason);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SCOPES_KINDS_H

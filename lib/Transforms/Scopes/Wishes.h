//===- Wishes.h - What the program asks for -------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Wishes for the schedule of a scope that stand in the program:
/// `gaus.request`, and what clang makes of pragmas.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SCOPES_WISHES_H
#define GAUS_LIB_TRANSFORMS_SCOPES_WISHES_H

#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

struct Request {
  mlir::DictionaryAttr wishes; ///< null = none
  /// Where they stand, or would.
  mlir::Operation *at = nullptr;
  /// Whether they are the scope's own, not those of the function around or of
  /// a call.
  bool isOwn = false;
};
/// A block's wishes are its function's, where it has none, and these are those
/// of the calls.
Request requestOf(const Scope &scope);

/// By function with a body in what `root` holds: the first call of it that has
/// wishes.
llvm::DenseMap<mlir::Operation *, mlir::Operation *>
callsWithWishes(mlir::Operation *root);

/// Emits an error at each call in `root` whose wishes cannot be met: what it
/// runs is not there, or is asked for something else by another call or by
/// itself. A function is scheduled once.
mlir::LogicalResult checkCallWishes(mlir::Operation *root);

/// Of a loop of branches, `#pragma clang loop pipeline(disable)` and
/// `pipeline_initiation_interval(n)`: on a branch back to its header.
struct Pragma {
  bool isOff = false;
  std::optional<int64_t> ii;
};
Pragma pragmaOf(const Scope &scope);

/// The operations of a loop of branches of which iterations do not meet in
/// memory, as `#pragma clang loop vectorize(assume_safety)` says: those of its
/// `parallelAccesses`.
llvm::DenseSet<mlir::Operation *> parallelAccesses(const Scope &scope);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SCOPES_WISHES_H

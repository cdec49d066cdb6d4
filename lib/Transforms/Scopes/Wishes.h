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
  /// Whether it is the scope's own, not that of the function around.
  bool isOwn = false;
};
/// A block's wishes are its function's, where it has none.
Request requestOf(const Scope &scope);

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

//===- Places.h - Files and lines of operations -----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Files and lines of operations, however deep debug information, inlining or
/// passes have wrapped them.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LLVM_PLACES_H
#define GAUS_LIB_TRANSFORMS_LLVM_PLACES_H

#include "mlir/IR/Location.h"
#include "mlir/IR/Operation.h"

#include <string>

namespace gaus::ir {

struct Place {
  std::string file; ///< without folders; empty if nothing is known
  int64_t line = 0;

  bool known() const { return !file.empty(); }
  /// "file.c:12", or empty.
  std::string text() const;
  /// "line 12" within `file`, else "other.c:12".
  std::string textIn(llvm::StringRef file) const;
};

/// Of several places that were merged, the first one; of inlined operations
/// that in the function they come from.
Place placeOf(mlir::Location location);
/// The function, loop, or other operation; a loop of the llvm dialect as its
/// annotation has it.
Place placeOf(mlir::Operation *op);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LLVM_PLACES_H

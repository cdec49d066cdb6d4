//===- Places.h - Where operations are, for people --------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Files and lines of operations, however deep debug information, inlining or
/// passes have wrapped them, and the names of loops' variables.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SUMMARY_PLACES_H
#define GAUS_LIB_TRANSFORMS_SUMMARY_PLACES_H

#include "mlir/IR/Block.h"
#include "mlir/IR/Location.h"

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
/// The first of a block's operations that has one.
Place placeOf(mlir::Block &block);

/// What the program calls a loop's variable, if anything says so: a location
/// that names the argument or the loop, or a debug value.
std::string variableOf(mlir::Operation *loop);
/// The same of a loop of blocks that starts with `header`: `inLoop` are those
/// that jump back.
std::string variableOf(mlir::Block &header,
                       llvm::function_ref<bool(mlir::Block *)> inLoop);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SUMMARY_PLACES_H

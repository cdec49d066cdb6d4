//===- Names.h - Where blocks are, and what loops are called ----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Places of blocks, and the names of loops' variables, for people.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SUMMARY_NAMES_H
#define GAUS_LIB_TRANSFORMS_SUMMARY_NAMES_H

#include "gaus/Transforms/Scope.h"
#include "Llvm/Places.h"

#include "mlir/IR/Block.h"

namespace gaus::ir {

/// The first of a block's operations that has one.
Place placeOf(mlir::Block &block);
/// Of a loop of blocks that starts with `header`: `inLoop` are those that jump
/// back, of which the first says where the loop is.
Place placeOfLoop(mlir::Block &header,
                  llvm::function_ref<bool(mlir::Block *)> inLoop);
/// Where the summary says that the scope is.
Place placeOf(const Scope &scope);

/// What the program calls a loop's variable, if anything says so: a location
/// that names the argument or the loop, or a debug value.
std::string variableOf(mlir::Operation *loop);
/// The same of a loop of blocks that starts with `header`: `inLoop` are those
/// that jump back.
std::string variableOf(mlir::Block &header,
                       llvm::function_ref<bool(mlir::Block *)> inLoop);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SUMMARY_NAMES_H

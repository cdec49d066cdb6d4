//===- OperationNames.h - Are these names of operations? --------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What is wrong with the name of an operation in a library.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DIALECT_OPERATIONNAMES_H
#define GAUS_LIB_DIALECT_OPERATIONNAMES_H

#include "mlir/IR/MLIRContext.h"

#include <string>

namespace gaus::ir {

/// Why `name` is no operation ("arith.mul") or function ("@sqrt"), with what
/// may have been meant; empty if it is one, or of a dialect that is not loaded.
std::string wrongOperationName(mlir::MLIRContext *context,
                               llvm::StringRef name);

/// What cannot be checked of `name`, and why: its dialect is unknown to the
/// context. `likely` is set if the dialect is nearly one that is known.
std::string unknownDialectOf(mlir::MLIRContext *context, llvm::StringRef name,
                             bool &likely);

} // namespace gaus::ir

#endif // GAUS_LIB_DIALECT_OPERATIONNAMES_H

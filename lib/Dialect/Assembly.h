//===- Assembly.h - Pieces of assembly --------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What several operations have in their text.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DIALECT_ASSEMBLY_H
#define GAUS_LIB_DIALECT_ASSEMBLY_H

#include "mlir/IR/OpImplementation.h"

namespace gaus::ir {

/// `@mul, @bus: 2`; units are left out if all are 1.
mlir::ParseResult parseUses(mlir::OpAsmParser &parser, mlir::ArrayAttr &uses,
                            mlir::DenseI64ArrayAttr &units);
void printUses(mlir::OpAsmPrinter &printer, mlir::Operation *,
               mlir::ArrayAttr uses, mlir::DenseI64ArrayAttr units);
/// One number for both, or two.
mlir::ParseResult parseDelay(mlir::OpAsmParser &parser, mlir::FloatAttr &in,
                             mlir::FloatAttr &out);
void printDelay(mlir::OpAsmPrinter &printer, mlir::Operation *,
                mlir::FloatAttr in, mlir::FloatAttr out);
/// `("arith.muli", "llvm.mul")`
mlir::ParseResult parseOpNames(mlir::OpAsmParser &parser,
                               mlir::ArrayAttr &names);
void printOpNames(mlir::OpAsmPrinter &printer, mlir::Operation *,
                  mlir::ArrayAttr names);

} // namespace gaus::ir

#endif // GAUS_LIB_DIALECT_ASSEMBLY_H

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
/// `lut: 90, dsp: 1`
mlir::ParseResult parseArea(mlir::OpAsmParser &parser,
                            mlir::DictionaryAttr &area);
void printArea(mlir::OpAsmPrinter &printer, mlir::Operation *,
               mlir::DictionaryAttr area);
/// `latency(0) delay(8.5), latency(3) occupancy(2) delay(2.5, 0.5) area(ff:
/// 64)`
mlir::ParseResult parseTimings(mlir::OpAsmParser &parser,
                               mlir::ArrayAttr &timings);
void printTimings(mlir::OpAsmPrinter &printer, mlir::Operation *,
                  mlir::ArrayAttr timings);
/// What may follow the name of a selector, as `: i8..i18 x4 constant`. Without
/// any of it the selector is a string.
mlir::FailureOr<mlir::Attribute> parseSelector(mlir::AsmParser &parser,
                                               llvm::StringRef name);
void printSelector(llvm::raw_ostream &os, mlir::Attribute selector);
/// `("arith.muli": i8..i18, "llvm.mul")`. Loads the dialects that are named, to
/// check the names.
mlir::ParseResult parseOpNames(mlir::OpAsmParser &parser,
                               mlir::ArrayAttr &names);
void printOpNames(mlir::OpAsmPrinter &printer, mlir::Operation *,
                  mlir::ArrayAttr names);

} // namespace gaus::ir

#endif // GAUS_LIB_DIALECT_ASSEMBLY_H

//===- SspText.h - Property arrays as text ----------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DIALECT_SSPTEXT_H
#define GAUS_LIB_DIALECT_SSPTEXT_H

#include "gaus/Dialect/Ssp.h"

namespace gaus::ssp {

/// `[latency<3>, #other.property<1>]`, if there is one: appends to
/// `properties`. Our own stand without `#ssp.`. nullopt: there is no `[`.
mlir::OptionalParseResult
parsePropertyArray(mlir::AsmParser &parser,
                   llvm::SmallVectorImpl<mlir::Attribute> &properties);

/// The same; nothing for an empty list.
void printPropertyArray(mlir::AsmPrinter &printer,
                        llvm::ArrayRef<mlir::Attribute> properties);

} // namespace gaus::ssp

#endif // GAUS_LIB_DIALECT_SSPTEXT_H

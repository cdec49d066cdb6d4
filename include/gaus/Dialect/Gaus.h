//===- Gaus.h - The gaus dialect in C++ -------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The dialect, its attributes, types and operations (namespace gaus::ir), as
/// generated from the .td files beside this one.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DIALECT_GAUS_H
#define GAUS_DIALECT_GAUS_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"

#include "gaus/Dialect/GausDialect.h.inc"
#include "gaus/Dialect/GausInterfaces.h.inc"

#define GET_ATTRDEF_CLASSES
#include "gaus/Dialect/GausAttrs.h.inc"
#define GET_TYPEDEF_CLASSES
#include "gaus/Dialect/GausTypes.h.inc"
#define GET_OP_CLASSES
#include "gaus/Dialect/GausOps.h.inc"

#endif // GAUS_DIALECT_GAUS_H

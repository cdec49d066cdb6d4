//===- Ssp.h - CIRCT's dialect of scheduling problems in C++ ----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The dialect `ssp`, its attributes and operations (namespace gaus::ssp), as
/// generated from SspOps.td.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DIALECT_SSP_H
#define GAUS_DIALECT_SSP_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"

#include "gaus/Dialect/SspDialect.h.inc"

#define GET_ATTRDEF_CLASSES
#include "gaus/Dialect/SspAttrs.h.inc"
#define GET_OP_CLASSES
#include "gaus/Dialect/SspOps.h.inc"

namespace gaus::ssp {

/// The operator type that `ref` on an operation of `instance` names: in the
/// instance's library, in the instance, or around it; null if there is none.
OperatorTypeOp lookupOperatorType(mlir::SymbolTableCollection &symbols,
                                  InstanceOp instance, mlir::SymbolRefAttr ref);
/// The same for a resource type.
ResourceTypeOp lookupResourceType(mlir::SymbolTableCollection &symbols,
                                  InstanceOp instance, mlir::SymbolRefAttr ref);

} // namespace gaus::ssp

#endif // GAUS_DIALECT_SSP_H

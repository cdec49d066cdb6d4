//===- Aliasing.h - What operations say of their memory ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Accesses that are apart whatever their addresses are: by types (TBAA), by
/// alias scopes, by memory that is constant, and by the objects that their
/// bases are.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LLVM_ALIASING_H
#define GAUS_LIB_TRANSFORMS_LLVM_ALIASING_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace gaus::ir {

/// What an operation says of its memory beside the address. Null says nothing.
struct Tags {
  mlir::ArrayAttr scopes, notScopes, types;

  explicit Tags(mlir::Operation *op);
};

/// Accesses of types of which neither is the other's kind, in one tree.
bool apartByType(const Tags &a, const Tags &b);
/// Within one iteration, if the scopes are declared in it.
bool apartByScope(const Tags &a, const Tags &b);
/// Memory that a load calls constant is not written.
bool readsConstant(mlir::Operation *op);

/// What a base points into.
enum class ObjectKind { Alloca, Global, OwnArgument, Argument, Other };
ObjectKind kindOf(mlir::Value base);
/// True if the two values point to objects that surely differ.
bool apartByObject(mlir::Value a, mlir::Value b);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LLVM_ALIASING_H

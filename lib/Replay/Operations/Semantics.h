//===- Semantics.h - What operations do when they are replayed --*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What each dialect's operations do. The selections fill in the semantics of
/// an operation and what these need; a reason says which form has none.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_REPLAY_OPERATIONS_SEMANTICS_H
#define GAUS_LIB_REPLAY_OPERATIONS_SEMANTICS_H

#include "Program/Code.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace gaus::ir::replaying {

using Reason = std::optional<std::string>;

Reason selectArith(mlir::Operation *op, OpCode &code);
Reason selectAffine(mlir::Operation *op, OpCode &code, Runtime &runtime);
Reason selectMemref(mlir::Operation *op, OpCode &code, Runtime &runtime);
Reason selectVector(mlir::Operation *op, OpCode &code);
Reason selectLlvm(mlir::Operation *op, OpCode &code);

/// An operation that computes `scalar` in each lane.
Reason selectScalar(mlir::Operation *op, OpCode &code, Scalar scalar);
/// Loads and stores of memrefs, of elements or of vectors.
Reason selectAccess(OpCode &code, mlir::Value memref, mlir::Type moved,
                    bool writes);
/// The same where lanes outside of the memref are padding, or not written.
Reason selectTransfer(OpCode &code, mlir::Value memref, mlir::VectorType vector,
                      mlir::AffineMap map, bool masked, bool writes);
/// Accesses under a mask, and transfers in two steps.
Reason selectMasked(mlir::Operation *op, OpCode &code);
Reason selectTransferred(mlir::Operation *op, OpCode &code);
Reason selectView(mlir::Operation *op, OpCode &code);
Reason selectGlobal(mlir::memref::GetGlobalOp op, OpCode &code,
                    Runtime &runtime);

/// The first operand as it is.
void doSame(Runtime &runtime, const OpCode &code, const Payload *const *in,
            Payload *out);

/// None for types that are no floating point, or too wide.
FloatKind floatKind(mlir::Type type);

/// The payload of a memref: see View.
Payload memrefPayload(uint64_t base, int64_t offset,
                      llvm::ArrayRef<int64_t> sizes,
                      llvm::ArrayRef<int64_t> strides);

/// The static number, or the next operand.
inline int64_t mixed(int64_t number, const Payload *const *in, size_t &next) {
  return mlir::ShapedType::isDynamic(number)
             ? static_cast<int64_t>(in[next++]->bits)
             : number;
}

} // namespace gaus::ir::replaying

#endif // GAUS_LIB_REPLAY_OPERATIONS_SEMANTICS_H

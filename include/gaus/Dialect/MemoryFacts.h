//===- MemoryFacts.h - Ports and banks of memories --------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What `gaus.ports`, `gaus.banks` and `gaus.fifo` say of a memory. They stand
/// on the operation that makes it, on a global, or on an argument of a
/// function.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DIALECT_MEMORYFACTS_H
#define GAUS_DIALECT_MEMORYFACTS_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Operation.h"

#include <optional>

namespace gaus::ir {

/// How the elements of a memory are spread over its banks: by their subscript
/// in a dimension, modulo `count` or in blocks. Complete: all are registers.
struct Banks {
  enum class Kind { Cyclic, Block, Complete } kind;
  int64_t count = 0;
  unsigned dimension = 0;
  /// Of the memory; behind a pointer the first one may be dynamic.
  llvm::SmallVector<int64_t, 2> shape;
  int64_t bytes = 0; ///< of an element behind a pointer, else 0

  /// Subscripts of each bank, of blocks.
  int64_t block() const { return (shape[dimension] + count - 1) / count; }
  /// Elements from one subscript in the dimension to the next.
  int64_t inner() const;
  /// Of an element by its place in the memory, row by row; < 0 before it.
  int64_t bankOfElement(int64_t element) const;
  /// Of a subscript >= 0 in the dimension.
  int64_t bankOf(int64_t subscript) const {
    return kind == Kind::Cyclic ? subscript % count : subscript / block();
  }
  bool operator==(const Banks &) const = default;
};

struct MemoryFacts {
  std::optional<int64_t> ports; ///< of each bank
  std::optional<Banks> banks;
  bool isFifo = false;
};

MemoryFacts factsOf(mlir::Operation *memory);
MemoryFacts factsOf(mlir::BlockArgument memory);

/// Emits an error where what is written is none of that. `type` is that of the
/// memory: a memref, what a pointer's memory holds, a pointer, of which it is
/// written, or null where elements have no subscripts.
using EmitError = llvm::function_ref<mlir::InFlightDiagnostic()>;
mlir::LogicalResult checkPorts(mlir::Attribute value, EmitError emitError);
mlir::LogicalResult checkBanks(mlir::Attribute value, mlir::Type type,
                               EmitError emitError);
/// The type of what an operation makes or declares, as `checkBanks` takes it.
mlir::Type memoryTypeOf(mlir::Operation *memory);
/// The same of an argument of this type.
mlir::Type memoryTypeOf(mlir::Type argument);

} // namespace gaus::ir

#endif // GAUS_DIALECT_MEMORYFACTS_H

//===- Subscripts.h - Which element of a memref -----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The subscripts of loads and stores of one element as sums, compared within
/// an iteration: there a value is one number.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_MEMORY_SUBSCRIPTS_H
#define GAUS_LIB_TRANSFORMS_MEMORY_SUBSCRIPTS_H

#include "Memory/MemoryOrder.h"
#include "Llvm/LinearForm.h"

namespace gaus::ir {

/// An element of the memref `base`: a sorted sum a dimension.
struct Subscripts {
  mlir::Value base;
  llvm::SmallVector<LinearForm, 2> sums;

  /// All but the constants, and these alone.
  GroupKey form() const;
  std::vector<uint64_t> constants() const;
};

class SubscriptForms {
public:
  /// Null for what is no access of one element at `a.address`.
  const Subscripts *of(const MemoryAccess &a);
  /// Whether two of one memref are different elements.
  bool apart(const MemoryAccess &a, const MemoryAccess &b);

private:
  std::optional<Subscripts> make(const MemoryAccess &a);

  LinearForms forms;
  llvm::DenseMap<mlir::Operation *, std::unique_ptr<Subscripts>> known;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_MEMORY_SUBSCRIPTS_H

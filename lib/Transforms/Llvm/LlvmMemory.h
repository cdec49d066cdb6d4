//===- LlvmMemory.h - Where accesses of the llvm dialect go -----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Addresses of loads and stores as sums: a base, multiples of values, a stride
/// per iteration and a constant, all in bytes and modulo 2^64. Two accesses of
/// one base are compared exactly, with their sizes; those of different bases
/// by what is known of the objects, and by types and scopes.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LLVM_LLVMMEMORY_H
#define GAUS_LIB_TRANSFORMS_LLVM_LLVMMEMORY_H

#include "Llvm/LlvmLoop.h"

namespace gaus::ir {

/// Nodes of scopes that touch no memory though nothing says so: assumptions,
/// declarations of alias scopes.
bool isMarker(mlir::Operation *op);

/// What a chain of views starts from.
mlir::Value viewSource(mlir::Value address);

/// One access: the operation (null if it stands for several) and the pointer.
struct MemoryAccess {
  mlir::Operation *op;
  mlir::Value address;
};

/// The accesses of one scope, in its block or the blocks of its loop.
class LlvmMemory {
public:
  explicit LlvmMemory(llvm::ArrayRef<mlir::Block *> blocks);
  LlvmMemory(const LlvmMemory &) = delete;
  LlvmMemory &operator=(const LlvmMemory &) = delete;

  /// True if the two surely touch different bytes, both in one iteration.
  bool apart(const MemoryAccess &a, const MemoryAccess &b);

  /// The least k >= 1 for which `b` in an iteration touches what `a` touched k
  /// iterations before; 0 if there is none, nullopt if it is not known.
  std::optional<int64_t> distance(const MemoryAccess &a, const MemoryAccess &b);

  /// True if the two touch different bytes wherever they go, in any iterations.
  bool apartByTags(const MemoryAccess &a, const MemoryAccess &b) const;

  /// Whether accesses of different strides are compared iteration by iteration.
  void compareStrides(bool exactly) { exactStrides = exactly; }

  /// A load or store of `size` bytes at base + form. Neither the base nor a
  /// term changes from one iteration to the next, but within one (`now`) they
  /// may.
  struct Place {
    mlir::Value base;
    LinearForm form;
    int64_t size;
  };
  std::optional<Place> place(const MemoryAccess &a, bool now = false);

  /// What an address points into.
  struct Object {
    mlir::Value value; ///< null: not known
    /// No other object that isOwn is it; if it isHidden, no argument either.
    bool isOwn = false, isHidden = false;
  };
  Object object(mlir::Value address);

  /// See LlvmLoop.
  LinearForm resolve(const LinearForm &form) { return loop.resolve(form); }
  std::optional<int64_t> trips() { return loop.trips(); }
  bool countsAll() { return loop.countsAll(); }
  bool isCounted(mlir::Value v) { return loop.isCounted(v); }
  bool isVariable(mlir::Value v) { return loop.isVariable(v); }

private:
  std::optional<int64_t> accessSize(const MemoryAccess &access);

  LoopBlocks blocks;
  bool exactStrides = true;
  /// Whether what is said of alias scopes is said of several iterations.
  bool scopesHoldAround;
  LinearForms forms;
  Addresses addresses;
  LlvmLoop loop;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LLVM_LLVMMEMORY_H

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

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"

#include <optional>

namespace gaus::ir {

/// What a block that jumps back to itself hands to its next iteration: one
/// value for each block argument. None for a block that is no such loop, or
/// whose back edges differ.
std::optional<llvm::SmallVector<mlir::Value>>
backEdgeValues(mlir::Block *block);

/// Operations that touch no memory though nothing says so: debug values,
/// assumptions, declarations of scopes.
bool isMarker(mlir::Operation *op);

/// A sum of values times factors, of a stride times the number of the
/// iteration (from 0), and of a constant; modulo 2^64.
struct LinearForm {
  struct Term {
    mlir::Value value;
    bool isUnsigned; ///< how a narrow value is extended to 64 bits
    uint64_t factor;
  };
  llvm::SmallVector<Term, 2> terms; ///< no two of one value and extension
  uint64_t stride = 0, constant = 0;

  /// this += factor * other
  void add(const LinearForm &other, uint64_t factor = 1);
  void addTerm(mlir::Value value, bool isUnsigned, uint64_t factor);
};

/// One access: the operation (null if it stands for several) and the pointer.
struct MemoryAccess {
  mlir::Operation *op;
  mlir::Value address;
};

/// The accesses of one block.
class LlvmMemory {
public:
  explicit LlvmMemory(mlir::Block *block);

  /// True if the two surely touch different bytes, both in one iteration.
  bool apart(const MemoryAccess &a, const MemoryAccess &b);

  /// The least k >= 1 for which `b` in an iteration touches what `a` touched k
  /// iterations before; 0 if there is none, nullopt if it is not known.
  std::optional<int64_t> distance(const MemoryAccess &a, const MemoryAccess &b);

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

  /// The number of iterations, where it is a constant that is found.
  std::optional<int64_t> trips();

  /// The values that decide whether the block is run again.
  mlir::ValueRange conditions() const;

  /// True if the number of iterations is known before the first: the loop's
  /// condition depends on nothing but values that step by constants.
  bool isCounted();

private:
  struct Address {
    mlir::Value base; ///< null: not known
    LinearForm offset;
  };
  std::optional<LinearForm> linear(mlir::Value v, bool isUnsigned,
                                   unsigned depth);
  std::optional<LinearForm> expand(mlir::Operation *op, bool isUnsigned,
                                   bool wide, unsigned depth);
  bool addIndices(mlir::LLVM::GEPOp gep, LinearForm &offset);
  std::optional<uint64_t> allocSize(mlir::Type type);
  std::optional<uint64_t> fieldOffset(mlir::LLVM::LLVMStructType type,
                                      uint64_t field);
  const Address &addressOf(mlir::Value pointer);
  Address chase(mlir::Value pointer);
  mlir::Value globalOnce(mlir::Value pointer);
  mlir::Value initial(mlir::BlockArgument arg);
  bool isOwn(mlir::Value v) const;
  std::optional<uint64_t> step(const LinearForm::Term &term);
  LinearForm resolve(const LinearForm &form);
  bool resolveBase(Address &address);
  std::optional<int64_t> accessSize(const MemoryAccess &access);
  bool isStepped(mlir::BlockArgument arg);
  bool scopesHoldAround() const;

  mlir::Block *block;
  mlir::DataLayout layout;
  std::optional<llvm::SmallVector<mlir::Value>> passed;
  std::optional<std::optional<int64_t>> tripCount;
  llvm::DenseMap<std::pair<mlir::Value, unsigned>, std::optional<LinearForm>>
      forms;
  llvm::DenseMap<mlir::Value, Address> addresses;
  llvm::DenseMap<mlir::Attribute, mlir::Value> globals;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LLVM_LLVMMEMORY_H

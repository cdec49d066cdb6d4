//===- Addresses.h - Pointers of a block as a base and a sum ----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Pointers of the llvm dialect as a base and an offset in bytes, through the
/// steps of getelementptr and the layout of types.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LLVM_ADDRESSES_H
#define GAUS_LIB_TRANSFORMS_LLVM_ADDRESSES_H

#include "Llvm/LinearForm.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"

namespace gaus::ir {

/// Types beyond this size, in bytes, are not looked into.
inline constexpr uint64_t kMaxBytes = uint64_t(1) << 40;

/// Where a pointer points to.
struct Address {
  mlir::Value base; ///< null: not known
  LinearForm offset;
};

class Addresses {
public:
  Addresses(mlir::Block *block, LinearForms &forms)
      : layout(mlir::DataLayout::closest(block->getParentOp())), forms(forms) {}

  /// Valid until the next call. The base may be an argument of the block.
  const Address &of(mlir::Value pointer);

  /// The bytes from one element of the type to the next.
  std::optional<uint64_t> allocSize(mlir::Type type);

private:
  std::optional<uint64_t> fieldOffset(mlir::LLVM::LLVMStructType type,
                                      uint64_t field);
  bool addIndices(mlir::LLVM::GEPOp gep, LinearForm &offset);
  mlir::Value globalOnce(mlir::Value pointer);
  Address chase(mlir::Value pointer);

  mlir::DataLayout layout;
  LinearForms &forms;
  llvm::DenseMap<mlir::Value, Address> addresses;
  llvm::DenseMap<mlir::Attribute, mlir::Value> globals;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LLVM_ADDRESSES_H

//===- BankFinder.h - The bank that an access is in -------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_MEMORY_BANKFINDER_H
#define GAUS_LIB_TRANSFORMS_MEMORY_BANKFINDER_H

#include "Loops/BranchLoops.h"
#include "Memory/Memories.h"
#include "Memory/Subscripts.h"

namespace gaus::ir {

/// Of accesses of one element, by subscripts of memrefs and by addresses behind
/// pointers.
class BankFinder {
public:
  /// The bank of an access of a memory; none where it is not known, or not the
  /// same in all iterations.
  std::optional<int64_t> of(const Banks &banks, const MemoryId &memory,
                            const MemoryAccess &access);

private:
  std::optional<int64_t> ofMemref(const Banks &banks,
                                  const MemoryAccess &access);
  std::optional<int64_t> ofPointer(const Banks &banks, const MemoryId &memory,
                                   const MemoryAccess &access);
  LlvmMemory &around(mlir::Operation *op);

  SubscriptForms subscripts;
  BranchLoopTable loops;
  llvm::DenseMap<mlir::Block *, std::unique_ptr<LlvmMemory>> memories;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_MEMORY_BANKFINDER_H

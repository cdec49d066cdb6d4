//===- Ports.h - The ports that accesses hold -------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Units of resources `per(memory)`: each memory, and each of its banks, has
/// its own. docs/spec.md, "Ports of memories", defines it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_MEMORY_PORTS_H
#define GAUS_LIB_TRANSFORMS_MEMORY_PORTS_H

#include "Memory/BankFinder.h"

#include "gaus/Dialect/Library.h"
#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// Units of a port, or of no port, that an operation uses.
struct PortUse {
  Port port;
  int64_t units;
};

/// The units of `port` that the accesses among `uses` take whose memory is not
/// known: each takes as many of every memory. 0 for what is no port of one.
int64_t takenAnywhere(llvm::ArrayRef<PortUse> uses, const Port &port);

class Ports : public PortFinder {
public:
  explicit Ports(mlir::Operation *root) : memories(root) {}
  Memories &all() { return memories; }

  mlir::LogicalResult find(mlir::Operation *op, const ResourceInfo &resource,
                           llvm::SmallVectorImpl<ResourceInfo> &ports) override;

  /// What a port that the body of `callee` uses is to the caller: that of what
  /// is passed for an argument; nothing for a memory that nobody else sees.
  void findInCaller(mlir::Operation *call, const ResourceInfo &used,
                    llvm::SmallVectorImpl<ResourceInfo> &ports);

  /// Appends the order of accesses of a FIFO: each starts after the one before,
  /// and in a loop the first after the last of the iteration before.
  void addFifoEdges(Scope &scope);

private:
  /// The ports of an access: of its bank, if that is known.
  void add(mlir::Operation *op, mlir::Value address,
           const ResourceInfo &resource,
           llvm::SmallVectorImpl<ResourceInfo> &ports);
  void addBank(mlir::Operation *user, const MemoryId &memory,
               std::optional<int64_t> bank, const ResourceInfo &resource,
               llvm::SmallVectorImpl<ResourceInfo> &ports);

  Memories memories;
  BankFinder banksOf;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_MEMORY_PORTS_H

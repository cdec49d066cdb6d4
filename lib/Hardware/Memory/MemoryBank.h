//===- MemoryBank.h - The memories of a module ------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Memories of the module's arguments, which are outside of it, globals and
/// local arrays; their ports. Each memory has words as wide as its widest
/// access. Accesses that never fall into one cycle share a port. Arguments with
/// gaus.fifo are streams.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_HARDWARE_MEMORYBANK_H
#define GAUS_LIB_HARDWARE_MEMORYBANK_H

#include "Parts.h"

#include "llvm/Support/JSON.h"

namespace gaus::ir {

class Design;

class MemoryBank {
public:
  explicit MemoryBank(Design &design);

  /// All memories of the module's functions.
  mlir::LogicalResult plan();
  /// Those that an address may point into: all where that is not known.
  llvm::SmallVector<MemoryPlan *> of(mlir::Value address);
  /// The one that a value or a global's name is; null if it is none.
  MemoryPlan *find(const void *key) const { return memoryOf.lookup(key); }
  /// A port that is free in a cycle (a slot) of a scope, or taken by others of
  /// the same `alternative` (null: none), which exclude each other.
  MemoryPlan::Port &portFor(std::vector<MemoryPlan::Port> &ports,
                            const ScopePlan &scope, int64_t cycle,
                            mlir::Attribute alternative);
  /// What keeps the module as it is: its input, and streams that wait.
  Expr declareStall();
  /// Emits an error at what accesses a stream in another order than that of its
  /// elements, or not known to be in that.
  mlir::LogicalResult planStreams();
  void finish();
  llvm::json::Array describe() const;
  llvm::json::Array describeStreams() const;

private:
  mlir::LogicalResult planMemory(const MemoryId &id, mlir::Operation *user);
  mlir::LogicalResult planGlobal(MemoryPlan &m, mlir::Operation *user);
  mlir::LogicalResult planMemrefGlobal(MemoryPlan &m, mlir::Operation *user);
  mlir::LogicalResult planAlloca(MemoryPlan &m);
  mlir::LogicalResult planAllocated(MemoryPlan &m);
  void collect(mlir::Value address,
               llvm::SmallSetVector<MemoryPlan *, 4> &found);
  void finishExternal(MemoryPlan &m);
  void finishInternal(MemoryPlan &m);
  void finishStream(MemoryPlan &m);
  Expr portEnable(const MemoryPlan::Port &port);
  Expr portMux(const MemoryPlan::Port &port, Expr MemoryPlan::Access::*what);

  Design &design;
  Netlist &n;
  Memories memories;
  std::vector<std::unique_ptr<MemoryPlan>> plans;
  llvm::DenseMap<const void *, MemoryPlan *> memoryOf;
  Expr stalled = kNoExpr; ///< the module's input
};

} // namespace gaus::ir

#endif // GAUS_LIB_HARDWARE_MEMORYBANK_H

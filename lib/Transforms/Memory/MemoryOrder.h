//===- MemoryOrder.h - What the nodes of a scope access ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The accesses that memory order is about: within an iteration and from one to
/// the next.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_MEMORY_MEMORYORDER_H
#define GAUS_LIB_TRANSFORMS_MEMORY_MEMORYORDER_H

#include "Llvm/LlvmMemory.h"

#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// What a node does at one address, or anywhere if that is null.
struct NodeAccess : MemoryAccess {
  int32_t node;
  bool writes;
};

/// Every access of every node, in the order of the program.
std::vector<NodeAccess> collectAccesses(const Scope &scope);

/// Whether an operation makes it as memory; whether a function gets it.
bool isAllocated(mlir::Value v);
bool isArgument(mlir::Value v);

/// Of a load or store of the llvm dialect: it is neither volatile nor atomic.
template <class Access> bool isOrdinary(Access access) {
  return !access.getVolatile_() &&
         access.getOrdering() == mlir::LLVM::AtomicOrdering::not_atomic;
}

/// Whether an operation reads memory in the cycle of its start and does nothing
/// else there: what overwrites it may start in the same cycle.
bool readsAtStart(mlir::Operation *op);
/// The lag of an edge of memory order from a node: 0, or what takes its latency
/// away.
int32_t orderLag(const Scope &scope, int32_t from);

/// What the accesses of a group have in common: values, attributes and numbers
/// in an order that all of them keep.
struct GroupKey : std::vector<uintptr_t> {
  void add(const void *opaque) {
    push_back(reinterpret_cast<uintptr_t>(opaque));
  }
  void add(int64_t number) { push_back(static_cast<uintptr_t>(number)); }
  void add(const LinearForm::Term &t) {
    add(t.value.getAsOpaquePointer());
    add(int64_t(t.isUnsigned));
    add(static_cast<int64_t>(t.factor));
  }
};

/// Places of one key differ by constants in every iteration.
GroupKey keyOf(const LlvmMemory::Place &place);

class AccessPairs;
/// Whether a pass has been at the scope of `op` before: what was said of it
/// then is not said again by each that builds the scope.
bool isSaid(mlir::Operation *op);
/// Says what it took where there are many accesses.
void remarkWork(const Scope &scope, llvm::StringRef name,
                const AccessPairs &pairs);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_MEMORY_MEMORYORDER_H

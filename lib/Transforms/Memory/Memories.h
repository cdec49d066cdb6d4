//===- Memories.h - Which memories a program has ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Memories as hardware has them: what an operation allocates, a global, an
/// argument of a function. An address points into one of those that it may come
/// from, through views, selections, loops and branches.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_MEMORY_MEMORIES_H
#define GAUS_LIB_TRANSFORMS_MEMORY_MEMORIES_H

#include "gaus/Dialect/MemoryFacts.h"

#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

#include <optional>
#include <string>

namespace gaus::ir {

/// What is allocated or an argument: a value; a global: its name; neither: it
/// is not known.
struct MemoryId {
  mlir::Value value;
  mlir::StringAttr global;

  bool isKnown() const { return value || global; }
  bool operator==(const MemoryId &) const = default;
  const void *key() const {
    return global ? global.getAsOpaquePointer() : value.getAsOpaquePointer();
  }
};

class Memories {
public:
  /// `root` has all that may be looked at.
  explicit Memories(mlir::Operation *root) : root(root) {}

  /// What an address may point into, each memory once; one that is not known
  /// stands for all.
  llvm::ArrayRef<MemoryId> of(mlir::Value address);
  /// Whether two addresses never point into one memory, in any iterations.
  bool apart(mlir::Value a, mlir::Value b);
  /// "x" by what the program or its debug information calls it, else "arg1",
  /// "alloc2"; of a global "@h". Those of one function have different names.
  std::string nameOf(const MemoryId &memory);
  /// `user` is any operation that sees the memory.
  const MemoryFacts &factsOf(const MemoryId &memory, mlir::Operation *user);

  /// The least that is written on a memory that the function around `user` may
  /// know of.
  std::optional<int64_t> leastPorts(mlir::Operation *user);

private:
  void nameAll(mlir::Operation *function);
  bool isGlobal(mlir::StringAttr name, mlir::Operation *user);
  bool apart(const MemoryId &a, const MemoryId &b);
  /// Whether every address in it comes from it in ways that `of` follows.
  bool isHidden(const MemoryId &memory);
  /// All addresses of a global that nobody outside of the root knows; none
  /// where there may be others.
  llvm::ArrayRef<mlir::Value> addressesOf(mlir::StringAttr global);

  mlir::Operation *root;
  llvm::DenseMap<const void *, bool> hidden;
  llvm::DenseMap<mlir::StringAttr, bool> areGlobals;
  llvm::DenseMap<mlir::StringAttr, llvm::SmallVector<mlir::Value>> globals;
  bool globalsKnown = false;
  llvm::DenseMap<mlir::Value, llvm::SmallVector<MemoryId, 1>> known;
  llvm::DenseMap<mlir::Value, std::string> names;
  llvm::DenseSet<mlir::Operation *> named;
  llvm::DenseMap<const void *, MemoryFacts> facts;
  llvm::DenseMap<mlir::Operation *, std::optional<int64_t>> least;
};

/// Says that each memory that a function gets is no other argument's; false if
/// that was said of all of them.
bool declareNoAlias(mlir::FunctionOpInterface function);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_MEMORY_MEMORIES_H

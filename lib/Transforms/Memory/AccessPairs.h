//===- AccessPairs.h - Which accesses have to be compared -------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Of many accesses most pairs need no comparison: they are apart by the
/// objects that they touch, or ordered by edges that are there. Sets of
/// accesses are bits, so that what remains is found a word at a time.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_MEMORY_ACCESSPAIRS_H
#define GAUS_LIB_TRANSFORMS_MEMORY_ACCESSPAIRS_H

#include "Memory/MemoryOrder.h"

#include "mlir/Analysis/AliasAnalysis.h"
#include "llvm/ADT/BitVector.h"

#include <map>

namespace gaus::ir {

/// Scopes in which all pairs are compared, and all edges kept: up to so many
/// comparisons.
inline constexpr size_t kFewComparisons = size_t(1) << 17;

/// The accesses of a scope, in the order of the program.
class AccessPairs {
public:
  AccessPairs(const gaus::Problem &problem, std::vector<NodeAccess> accesses,
              LlvmMemory &memory, mlir::AliasAnalysis &aliases);

  /// Whether there is room for the sets.
  static bool fits(const gaus::Problem &problem, size_t accesses) {
    return accesses * static_cast<size_t>(problem.numNodes()) <
           size_t(1) << 31; // bits
  }

  /// Those that share a group are not compared,
  void addToGroup(size_t access, int64_t group);
  /// but for these two.
  void compareStill(size_t a, size_t b);

  /// Calls `meets(a, b)` for accesses `a` of a node before that of `b`, one of
  /// which writes, unless it is known that they are apart or that edges of
  /// distance 0 lead from the one to the other. Where `meets`, there is an edge
  /// from then on.
  void within(
      llvm::function_ref<bool(const NodeAccess &, const NodeAccess &)> meets);

  /// The same of `a` of an iteration and `b` of the next one, in any order, and
  /// of edges of distance 0 and 1.
  void around(
      llvm::function_ref<bool(const NodeAccess &, const NodeAccess &)> meets);

  const std::vector<NodeAccess> &accesses() const { return all; }
  /// Calls of `meets` so far.
  int64_t comparisons = 0;

private:
  using Bits = llvm::BitVector;
  /// Few members are a list, many are bits as well.
  struct Group {
    std::vector<size_t> members;
    Bits bits;
  };
  struct Range {
    unsigned first = 0, last = 0; ///< [first, last)
  };
  void classify(LlvmMemory &memory, mlir::AliasAnalysis &aliases);
  Bits mayTouch(size_t access) const;
  void addNode(Bits &bits, int32_t node) const;
  std::vector<Bits> before() const;
  using Meets =
      llvm::function_ref<bool(const NodeAccess &, const NodeAccess &)>;
  void search(int32_t node, bool earlier, Bits &known,
              const std::vector<Bits> &within, Meets meets);

  const gaus::Problem &problem;
  std::vector<NodeAccess> all;
  std::vector<Range> ofNode;
  Bits writes;
  /// Objects of their own, and the sets of accesses that may touch them beside
  /// their own.
  std::vector<std::vector<size_t>> objects;
  std::vector<int32_t> objectOf; ///< -1 = an argument, -2 = anything
  std::vector<bool> meetsArguments;
  Bits anything, arguments, shared;
  std::map<int64_t, Group> groups;
  std::vector<llvm::SmallVector<int64_t, 2>> groupsOf;
  std::vector<llvm::SmallVector<size_t, 2>> still;
  std::vector<std::vector<int32_t>> sources, sourcesAround;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_MEMORY_ACCESSPAIRS_H

//===- Streams.h - Accesses that move with the iterations -------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An access of a loop whose address grows by a constant meets one element
/// after the other: a stream. Those of one memory with the same step are
/// compared by sorting, each with few others.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_MEMORY_STREAMS_H
#define GAUS_LIB_TRANSFORMS_MEMORY_STREAMS_H

#include "Memory/MemoryOrder.h"
#include "Memory/Subscripts.h"
#include "Llvm/Meetings.h"

#include <map>

namespace gaus::ir {

/// Whether a value is the same in all iterations, as it follows from values of
/// outside: subscripts of a view that each iteration makes another way say
/// nothing about those of the next one.
bool isInvariant(const Scope &scope, mlir::Value v);

/// Conflicts of two nodes: the least number of iterations between them.
class CarriedConflicts {
public:
  /// Whether there was none between the two.
  bool add(int32_t from, int32_t to, int64_t distance);
  /// Appends them as edges that order.
  void addTo(const Scope &scope, gaus::Problem &problem) const;

private:
  std::map<std::pair<int32_t, int32_t>, int64_t> carried;
};

/// The elements that an access meets, one an iteration.
struct Stream {
  /// What is accessed, by which steps: the same for accesses that are compared.
  GroupKey group;
  /// Two of a group meet the same elements if this is equal, and one is
  /// `ahead` by more iterations than the other, or they stay in one place.
  llvm::SmallVector<int64_t, 4> element;
  int64_t ahead = 0;
  bool stays = true;
  /// Of elements of memrefs: the memref and the values beside the variable, and
  /// what a subscript is beside these, factor * variable + constant.
  GroupKey symbols;
  struct Move {
    int64_t factor, constant;
  };
  llvm::SmallVector<Move, 2> moves;

  /// A subscript `factor * variable + constant` of a variable that grows by
  /// `step`; false if the numbers are too large.
  bool addSubscript(int64_t factor, int64_t step, int64_t constant);
};

struct Streamed {
  const NodeAccess *access;
  Stream stream;
};

/// An access by the place where it begins; `number` is the caller's.
struct Placed {
  size_t number;
  const NodeAccess *access;
  LlvmMemory::Place place;
};

class Streams {
public:
  Streams(const Scope &scope, LlvmMemory &memory);

  /// Whether streams of different steps are compared iteration by iteration.
  void compareSteps(bool exactly) {
    exactSteps = exactly;
    memory.compareStrides(exactly);
  }

  /// Where an access of an element of a memref goes, if its subscripts are
  /// sums, in a loop of affine or scf with a constant step; null if they are
  /// not.
  const Stream *ofElement(const MemoryAccess &a);
  /// That, or the same of the llvm dialect.
  std::optional<Stream> of(const NodeAccess &a);
  /// The least k >= 1 for which `b` in an iteration meets the element that `a`
  /// met k iterations before; 0 if there is none, nullopt if it is not known.
  std::optional<int64_t> distance(const MemoryAccess &a, const MemoryAccess &b);
  /// Whether the two are different elements in every iteration.
  bool apartNow(const MemoryAccess &a, const MemoryAccess &b);
  SubscriptForms &subscripts() { return elements; }

  /// Adds the conflicts of streams of one group, which are sorted by it.
  void connect(std::vector<Streamed> &streamed, CarriedConflicts &carried);
  /// Those of accesses of any sizes that move by the same stride: each is the
  /// stream of every unit of which it has several. `groupOf` gets `number` for
  /// each access that was not too long for it. Two that are apart by what they
  /// say of their memory have no conflict, unless they say much of many kinds.
  void connectPlaces(const std::vector<Placed> &group, int64_t number,
                     std::vector<std::pair<size_t, int64_t>> &groupOf,
                     CarriedConflicts &carried);

private:
  std::optional<Stream> make(const MemoryAccess &a);
  /// Whether it is the same in all iterations.
  bool isFixed(mlir::Value v);
  void connectTagged(std::vector<std::vector<Streamed>> &kinds,
                     CarriedConflicts &carried);
  std::optional<llvm::SmallVector<Gap, 2>> gaps(const MemoryAccess &a,
                                                const MemoryAccess &b);
  std::optional<Stream> ofLlvm(const NodeAccess &a);
  /// Of the loop at most; nullopt if that is not known.
  std::optional<int64_t> iterations();
  bool isWithin(int64_t distance);
  void addSequence(llvm::ArrayRef<const Streamed *> met, bool stays,
                   CarriedConflicts &carried);

  const Scope &scope;
  LlvmMemory &memory;
  mlir::Value variable; ///< of the loop; else no stream is known, but
  /// of loops of branches, by the number of the iteration.
  bool byNumber = false;
  int64_t step = 0; ///< by which it grows
  bool exactSteps = true;
  std::optional<int64_t> begin; ///< its first value
  /// Iterations at most; what was not asked for, and what is not known.
  std::optional<std::optional<int64_t>> trips;
  SubscriptForms elements;
  llvm::DenseMap<mlir::Value, bool> fixed;
  llvm::DenseMap<mlir::Operation *, std::unique_ptr<Stream>> known;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_MEMORY_STREAMS_H

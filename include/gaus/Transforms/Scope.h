//===- Scope.h - What is scheduled as one problem ---------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The front end: from a scope of a program to a problem of the core, and the
/// way back from the core's diagnostics to locations in the program.
///
/// A scope is a block of a function (func.func, llvm.func), of a loop
/// (scf.for, affine.for) or of another operation that hands control to its
/// regions, or a gaus.graph. The blocks of an innermost loop that branches of
/// cf or llvm make are one scope; so are the body of an innermost loop and the
/// regions of conditions in it. Its nodes are the operations of its blocks
/// but their terminators and constants; an operation with regions, and a call,
/// is one node that holds what its inside does. Edges are SSA values, also
/// those used inside regions, and the order of memory accesses that may alias.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_TRANSFORMS_SCOPE_H
#define GAUS_TRANSFORMS_SCOPE_H

#include "gaus/Core/Schedule.h"
#include "gaus/Dialect/Gaus.h"

#include <memory>
#include <string>

namespace gaus::ir {

class Insides;
class WholeUse;

/// What an operation's operator takes of a device.
struct OperatorArea {
  /// Of the operator; null where there is none.
  mlir::StringAttr name;
  /// Numbers (i64) by kind; null where they are not known.
  mlir::DictionaryAttr area;
};

/// A scope and its problem.
struct Scope {
  /// The operation that carries the scope's attributes: the function, loop or
  /// graph; of other blocks the terminator.
  mlir::Operation *carrier = nullptr;
  mlir::Block *block = nullptr;
  /// `block` first; of a loop that branches make all of its blocks, each after
  /// those that lead to it in an iteration; of a loop's body also the regions
  /// of conditions that are one with it.
  llvm::SmallVector<mlir::Block *, 4> blocks;
  /// "function @f", "scf.for in @f", "graph @g".
  std::string name;
  /// Only what is pipelined by default is a loop here: an innermost one.
  bool isLoop = false, isGraph = false;
  /// A block in an operation that is no innermost loop, say of a condition or
  /// of a loop around others: no interval is asked for, whatever the options.
  bool isNeverPipelined = false;
  /// Why a block that control comes back to is no loop; empty for others.
  llvm::StringRef notPipelined;
  /// A call of the scope's function with wishes (gaus.request); null = none.
  mlir::Operation *askedBy = nullptr;
  /// What was collected, and the insides found so far.
  mlir::Operation *root = nullptr;
  std::shared_ptr<Insides> insides;
  /// The use of insides by cycle, found so far: of those that are scheduled.
  std::shared_ptr<WholeUse> whole;

  /// Filled in by `build`. nodes[i] is the problem's node i.
  std::vector<mlir::Operation *> nodes;
  gaus::Problem problem;
  /// By node: whether its uses are what its inside was found to hold.
  std::vector<bool> holdsInside;
  /// By node: whether its time is not known, and its latency is the least.
  std::vector<bool> waits;
  /// By node.
  std::vector<OperatorArea> areas;
  /// By resource: the memory whose port it is, "h" or "h, bank 1"; empty for
  /// what is no port of one memory.
  std::vector<std::string> memoryOf;
  /// By value that enters the problem.
  std::vector<mlir::Value> entering;
  /// Of a loop: nodes of which nothing tells whether the second touches in the
  /// next iteration what the first does. There is an edge, or a way.
  std::vector<std::pair<int32_t, int32_t>> mayMeet;

  /// Whether `blocks` has regions of conditions in the body.
  bool hasConditions() const;
  /// Whether `op` is where the ways through such regions join: a node without
  /// an inside.
  bool isJoin(mlir::Operation *op) const;
  /// Collects nodes, edges, latencies, widths and resources. Emits errors at
  /// the operations at fault.
  mlir::LogicalResult build();

  /// The problem without what insides hold.
  gaus::Problem withoutInsides() const;

  /// Emits `d` as an error at the node (or the scope) with its notes.
  void emit(const gaus::Diagnostic &d) const;
};

/// The scopes in and under `root`, innermost first, in the order of the
/// program, but functions before those that call them.
std::vector<Scope> collectScopes(mlir::Operation *root);

/// Appends the edges of memory order: of two operations of which one writes
/// and both may touch the same memory, the second starts after the first's
/// latency.
void addMemoryEdges(Scope &scope);

/// Appends what the iterations of a loop owe to each other: values that it
/// hands on (distance 1, more through a chain of arguments), and conflicts of
/// memory: by affine dependence analysis or by addresses of the llvm dialect
/// the exact distance, by equal subscripts with the loop's variable none, else
/// distance 1 with a remark that names both ends. `gaus.independent` on an
/// operation leaves its conflicts out, on the loop those of all. Where the end
/// of the loop depends on what it computes, memory is not touched before the
/// iteration is known to take place.
void addLoopEdges(Scope &scope);

} // namespace gaus::ir

#endif // GAUS_TRANSFORMS_SCOPE_H

//===- Loops.h - Loops of blocks that branch --------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which blocks of a function are scheduled as the iteration of one loop, and
/// what the branches within decide. It shares no code with what makes scopes of
/// them.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_REPLAY_PROGRAM_LOOPS_H
#define GAUS_LIB_REPLAY_PROGRAM_LOOPS_H

#include "Program/Code.h"

namespace gaus::ir::replaying {

/// Fills in the loops of a function whose blocks are translated.
void findLoops(FunctionCode &code);

/// The blocks of the loop that a block heads, itself first and each after those
/// that lead to it in an iteration; none if its schedule is of one block alone.
llvm::SmallVector<mlir::Block *, 4> iterationOf(mlir::Block *header);

/// What branches decide within an iteration, by looking for ways through it.
class LoopWays {
public:
  LoopWays(const FunctionCode &code, const LoopCode &loop)
      : code(code), loop(loop) {}

  /// Whether after `from` the iteration may come by `block`, or not.
  bool decidesRun(int32_t from, int32_t block);
  /// Whether after `from` there may be a next iteration, or not.
  bool decidesEnd(int32_t from);
  /// Whether there are two ways from `from` to `block` that share no block in
  /// between; to the header: to the end of the iteration.
  bool decidesEdge(int32_t from, int32_t block) const;

private:
  /// Whether an iteration may end after `from` without coming by `block`.
  bool ends(int32_t from, int32_t block, std::set<int32_t> &seen) const;
  bool reaches(int32_t from, int32_t block, std::set<int32_t> &seen) const;
  bool isOpen(int32_t block) const;
  bool isOut(int32_t block) const { return !loop.contains(block); }

  const FunctionCode &code;
  const LoopCode &loop;
  std::map<std::pair<int32_t, int32_t>, bool> runs;
  std::map<int32_t, bool> endings;
};

} // namespace gaus::ir::replaying

#endif // GAUS_LIB_REPLAY_PROGRAM_LOOPS_H

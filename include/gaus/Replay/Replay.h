//===- Replay.h - Scheduled programs, executed by cycle ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Executes a scheduled program as hardware would and compares it with the
/// program run in order. Trusts nothing that was extracted from the program but
/// latency, occupancy and units of its operations. Loads read when they start,
/// stores write at their start plus latency; what is due in a cycle is seen by
/// what starts in it. Because the run in order gives every executed operation
/// its cycle, it is enough to compare who wrote what is read: where all
/// operands are there in time and each read sees the same write, all values are
/// the same.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_REPLAY_REPLAY_H
#define GAUS_REPLAY_REPLAY_H

#include "mlir/IR/Operation.h"

#include <optional>
#include <string>
#include <vector>

namespace gaus::ir {

struct ReplayOptions {
  /// Of the arguments and of what their memory holds.
  uint64_t seed = 1;
  /// One for each argument of the function: a number, or "@k" for the memory of
  /// argument k, "@k+n" for what begins n elements (of an address: bytes)
  /// behind it, "<FILE" for memory with the bytes of a file (of an address or a
  /// memref); empty or missing: from the seed.
  std::vector<std::string> arguments;
  /// Operations that are executed at most, each time that one runs.
  int64_t maxOperations = 4'000'000;
  /// Only run in order; `output` has what the program prints.
  bool inOrderOnly = false;
  /// Period within which values chain, in ns; 0 = none.
  double clock = 0;
  /// Fill in `loops`.
  bool dependences = false;
  /// Findings that are kept.
  size_t maxFindings = 10;
};

/// Something that a schedule gets wrong.
struct ReplayFinding {
  /// "operand", "memory", "limit", "chain", "control", "missing".
  std::string kind;
  mlir::Location where;
  std::string message;
  std::vector<std::pair<mlir::Location, std::string>> notes;
};

/// A pipelined loop and what the run in order says of its memory.
struct ReplayLoop {
  mlir::Operation *carrier;
  int64_t ii;
  int64_t iterations = 0; ///< of the longest run
  /// Number of the operation on which the next iteration depends, where its end
  /// is not known ahead; -1. Numbers count the operations of the body, without
  /// constants, from 0, as nodes of the exported problem do.
  int64_t decider = -1;
  struct Meeting {
    int64_t from, to; ///< numbers of operations
    int64_t distance; ///< least number of iterations between them
    /// 'r' = written then read, 'a' = read then written, 'w' = written twice.
    char kind;
  };
  std::vector<Meeting> meetings;
};

enum class ReplayStatus {
  Same,        ///< what the program does in order
  Differs,     ///< findings say where
  Unsupported, ///< something that is not executed here
  Undefined,   ///< the program itself does what has no meaning
};

/// The most units of a limited resource that were in use in one cycle.
struct ReplayUse {
  std::string resource;
  int64_t limit, peak;
};

struct ReplayResult {
  ReplayStatus status = ReplayStatus::Same;
  /// Why, and where, if the status is Unsupported or Undefined.
  std::string reason;
  std::optional<mlir::Location> where;
  std::vector<ReplayFinding> findings;
  int64_t operations = 0; ///< executed
  int64_t cycles = 0;     ///< from the first start to the last end
  /// Blocks without starts, run one operation after the other.
  std::vector<mlir::Location> inOrder;
  std::vector<ReplayLoop> loops;
  std::vector<ReplayUse> uses; ///< of resources that were used
  /// Accesses of each FIFO, by the argument that it is.
  std::vector<std::pair<int64_t, int64_t>> fifos;
  std::string output;
};

/// Runs `function`, which has a body, with arguments as the options say.
ReplayResult replay(mlir::Operation *function, const ReplayOptions &options);

} // namespace gaus::ir

#endif // GAUS_REPLAY_REPLAY_H

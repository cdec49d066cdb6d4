//===- ReadSchedule.h - What the hardware has to obey -----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The written schedule of functions, read before their control flow becomes
/// branches: of each operation and scope what hardware needs to know of it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_HARDWARE_READSCHEDULE_H
#define GAUS_LIB_HARDWARE_READSCHEDULE_H

#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

struct ScheduledOp {
  int64_t start = 0, latency = 0;
  int64_t occupancy = 1;
  int64_t busy = 0;       ///< its units are free from this cycle on; 0 = none
  bool isLimited = false; ///< uses a resource with a limit
  bool waits = false;     ///< its time is not known
  /// What its operator says of its hardware; null if nothing.
  mlir::DictionaryAttr hardware;
};

struct ScheduledScope {
  /// The block that control enters it by first, and each after those that lead
  /// to it in an iteration.
  llvm::SmallVector<mlir::Block *, 4> blocks;
  mlir::Operation *carrier = nullptr;
  std::vector<mlir::Operation *> nodes;
  int64_t length = 0;        ///< as written; 0 = nothing is written
  std::optional<int64_t> ii; ///< as written
  /// The body of scf.for or affine.for: the last iteration waits for no unit.
  bool isCounted = false;
};

struct Schedule {
  llvm::DenseMap<mlir::Operation *, ScheduledOp> operations;
  std::vector<ScheduledScope> scopes;
  /// Conditions that are one with the loop around them.
  llvm::DenseSet<mlir::Operation *> joins;
};

/// Reads the scopes of `program` that are in one of the functions. Emits an
/// error where an operation has no start.
mlir::LogicalResult readSchedule(mlir::Operation *program,
                                 llvm::ArrayRef<mlir::Operation *> functions,
                                 Schedule &schedule);

} // namespace gaus::ir

#endif // GAUS_LIB_HARDWARE_READSCHEDULE_H

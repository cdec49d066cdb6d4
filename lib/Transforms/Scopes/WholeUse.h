//===- WholeUse.h - Limited units over a whole function ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The units of each limited resource that a function uses, cycle by cycle,
/// with everything inside: from the start cycles, intervals and lengths as they
/// are written. It shares no code with what the scopes' problems hold for their
/// insides (Insides). docs/spec.md, "The whole function", defines it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SCOPES_WHOLEUSE_H
#define GAUS_LIB_TRANSFORMS_SCOPES_WHOLEUSE_H

#include "Scopes/WholeParts.h"

namespace gaus::ir {

/// Units of one resource in a function.
struct FunctionPeak {
  Held what; ///< its `units` are the peak
  /// Whether so many are in use in some cycle; else they are an upper bound.
  bool exact = true;
};

class WholeUse {
public:
  explicit WholeUse(mlir::Operation *root) : root(root), parts(root) {}

  /// Emits an error for each limited resource whose limit is exceeded, or may
  /// be, in a part of the function that runs as a whole; a warning for calls of
  /// which nothing is known.
  mlir::LogicalResult check(mlir::Operation *function);
  /// Of each limited resource that is used at all, in the order of use.
  llvm::SmallVector<FunctionPeak> peaks(mlir::Operation *function);
  /// The same of one block whose times are all known; nothing of others.
  llvm::SmallVector<FunctionPeak> peaksOf(mlir::Block &block,
                                          mlir::Operation *carrier);
  /// Limited units of an operation's inside by cycle from its start, which are
  /// known to be all; empty if they are not.
  llvm::SmallVector<std::pair<Held, const UseProfile *>>
  insideOf(mlir::Operation *op);
  /// The most cycles that a function runs for; nothing where they are not
  /// known.
  std::optional<int64_t> timeOf(mlir::Operation *function) {
    const WholePart &part = parts.ofRegion(function->getRegion(0), function);
    return part.placed && part.timed
               ? std::optional(std::max<int64_t>(part.latency, 1))
               : std::nullopt;
  }
  /// True where nobody knows when the operation ends: what begins after it
  /// comes later than its cycle says, while other insides go on.
  bool waits(mlir::Operation *op, OperatorLibrary &library) {
    return WholeParts::waits(op, parts.inside(op, library));
  }
  OperatorLibrary *libraryOf(mlir::Operation *carrier) {
    return parts.libraryOf(carrier);
  }

private:
  /// A block whose cycles follow from the schedule alone.
  struct Whole {
    const WholePart *once;
    mlir::Operation *carrier;
  };
  /// Each block of the function, and those in operations of unknown duration.
  std::vector<Whole> wholes(mlir::Operation *function);
  void addWholes(mlir::Block &block, mlir::Operation *carrier,
                 std::vector<Whole> &all);
  void addPeaks(mlir::Operation *function,
                llvm::MapVector<WholeKey, FunctionPeak> &peaks,
                llvm::DenseSet<mlir::Operation *> &seen);
  mlir::LogicalResult report(const WholeResource &resource,
                             const gaus::UsePeak &peak);

  mlir::Operation *root;
  WholeParts parts;
  mlir::SymbolTableCollection symbols;
};

/// What a limited resource is called in a scope whose library is `named`.
std::string labelOf(const Held &held, mlir::Operation *named);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SCOPES_WHOLEUSE_H

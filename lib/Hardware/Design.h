//===- Design.h - The functions of one module -------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A module is a function and those that it calls, one of each. They share
/// memories. While a function waits for one whose time is not known, all of it
/// stays as it is.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_HARDWARE_DESIGN_H
#define GAUS_LIB_HARDWARE_DESIGN_H

#include "Memory/MemoryBank.h"

#include "ReadSchedule.h"

namespace gaus::ir {

class Design {
public:
  Design(mlir::Operation *top, Netlist &n);
  ~Design();
  mlir::LogicalResult build();

  /// Of a function of the module; null for others.
  FunctionHardware *of(mlir::Operation *function) const;
  /// What a call runs; null where that is not in the program.
  mlir::Operation *calleeOf(mlir::Operation *call,
                            llvm::StringRef &reason) const;
  /// Whether a function was made of a region.
  bool isOutlined(mlir::Operation *function) const {
    return !llvm::is_contained(written, function);
  }
  /// Whether a cycle (a slot) of one scope and one of another may be the same.
  bool mayMeet(const ScopePlan &a, int64_t from, const ScopePlan &b,
               int64_t to) const;

  mlir::Operation *top;
  Netlist &n;
  MemoryBank memories;
  /// Those that are called before those that call them.
  std::vector<std::unique_ptr<FunctionHardware>> functions;
  Schedule schedule;
  /// The unit for what a function has on one of its own. One that may be shared
  /// by functions is, where they do not need it in the same cycles.
  SharedUnit &unitFor(FunctionHardware &user, llvm::StringRef unit,
                      const std::string &kind, const Slots &slots,
                      bool isShared);

private:
  /// Cycles [begin, end) of a scope.
  struct Stretch {
    const ScopePlan *scope;
    int64_t begin, end;
  };
  bool mayMeet(const Stretch &a, const Stretch &b) const;
  using Operations = llvm::SmallVector<mlir::Operation *>;
  mlir::LogicalResult collect(mlir::Operation *function, Operations &within,
                              Operations &found) const;
  mlir::LogicalResult prepare();
  void findDepths();
  Operations written; ///< functions of the program
  std::vector<std::unique_ptr<SharedUnit>> units;
  void describe();
};

/// An error at an operation that cannot become hardware.
mlir::InFlightDiagnostic refuseAt(mlir::Operation *op);

} // namespace gaus::ir

#endif // GAUS_LIB_HARDWARE_DESIGN_H

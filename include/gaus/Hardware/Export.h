//===- Export.h - Scheduled functions as hardware ---------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// From a scheduled function to a module: docs/hardware-export.md says how.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_HARDWARE_EXPORT_H
#define GAUS_HARDWARE_EXPORT_H

#include "gaus/Hardware/Netlist.h"

#include "mlir/IR/Operation.h"

namespace gaus::ir {

/// The module of a function (func.func, llvm.func) whose operations have
/// starts. Emits an error where something cannot become hardware or has no
/// start.
mlir::FailureOr<gaus::hardware::Netlist>
buildHardware(mlir::Operation *function);

/// All functions with a body, in the order of the program.
llvm::SmallVector<mlir::Operation *> functionsOf(mlir::Operation *root);

} // namespace gaus::ir

#endif // GAUS_HARDWARE_EXPORT_H

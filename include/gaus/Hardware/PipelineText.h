//===- PipelineText.h - Straight lines as pipelines for CIRCT ---*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Prints a scheduled function without control flow as a pipeline.scheduled of
/// CIRCT, which starts in every cycle: a stage a cycle, each operation in the
/// stage of its start. CIRCT makes the registers between stages
/// (docs/hardware-export.md says by which passes).
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_HARDWARE_PIPELINETEXT_H
#define GAUS_HARDWARE_PIPELINETEXT_H

#include "mlir/IR/Operation.h"

#include "llvm/Support/raw_ostream.h"

namespace gaus::ir {

/// Prints the hw.module of a function (func.func, llvm.func). Emits an error
/// where something has no start or cannot be part of a pipeline: control flow,
/// memory, calls, floating point, limits that keep it from starting in every
/// cycle.
mlir::LogicalResult printPipeline(mlir::Operation *function,
                                  llvm::raw_ostream &out);

} // namespace gaus::ir

#endif // GAUS_HARDWARE_PIPELINETEXT_H

//===- Silence.h - Nothing is said ------------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Where something is tried that may not be taken, its messages are not for the
/// reader.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SCOPES_SILENCE_H
#define GAUS_LIB_TRANSFORMS_SCOPES_SILENCE_H

#include "mlir/IR/Diagnostics.h"

#include <thread>

namespace gaus::ir {

/// Drops the diagnostics of its own thread; those of others go on.
class Silence : public mlir::ScopedDiagnosticHandler {
public:
  explicit Silence(mlir::MLIRContext *context)
      : ScopedDiagnosticHandler(
            context, [mine = std::this_thread::get_id()](mlir::Diagnostic &) {
              return mlir::success(std::this_thread::get_id() == mine);
            }) {}
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SCOPES_SILENCE_H

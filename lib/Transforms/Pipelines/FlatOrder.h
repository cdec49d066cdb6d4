//===- FlatOrder.h - When a flat loop's operations run ----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The order of a kernel's operations, of which none stands beside another: as
/// a schedule whose interval is the number of its places. What was added to the
/// loop runs as soon as it can.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_PIPELINES_FLATORDER_H
#define GAUS_LIB_TRANSFORMS_PIPELINES_FLATORDER_H

#include "Pipelines/Flat.h"
#include "Pipelines/KernelOrder.h"

namespace gaus::ir {

struct FlatOrder {
  /// Operations of the flat loop's body, each with its stage.
  KernelOrder kernel;
  llvm::DenseMap<mlir::Operation *, unsigned> stage;
  unsigned last = 0; ///< of the stages
  /// The stage at whose end it is known whether the iteration is the last one.
  /// Later iterations have run nothing strict then.
  unsigned decided = 0;
  /// Where there is no order for that: operations of the body that may trap and
  /// run before it is known whether they take place.
  llvm::SmallVector<mlir::Operation *> early;
};

/// `order` is that of the loop's own operations. Why there is none, else empty;
/// `tooLate`, if the end is known too late for a loop that is counted.
llvm::StringRef orderFlat(const FlatLoop &flat, const KernelOrder &order,
                          FlatOrder &out, bool &tooLate);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_PIPELINES_FLATORDER_H

//===- SspLosses.h - What SSP cannot express --------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Diagnostics of what a written instance leaves out.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SSP_SSPLOSSES_H
#define GAUS_LIB_TRANSFORMS_SSP_SSPLOSSES_H

#include "mlir/IR/Operation.h"

#include <string>

namespace gaus::ir {

/// What SSP cannot express, one diagnostic a matter.
class SspLosses {
public:
  /// `refuse`: an error unless losses are allowed.
  void add(mlir::Operation *op, const llvm::Twine &what, bool refuse);

  mlir::LogicalResult report(bool allowed) const;

private:
  struct Loss {
    std::string what;
    mlir::Operation *first;
    int64_t count;
    bool refuse;
  };
  llvm::SmallVector<Loss, 4> all;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SSP_SSPLOSSES_H

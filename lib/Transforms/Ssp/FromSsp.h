//===- FromSsp.h - Instances of SSP as graphs -------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Instances of SSP as a gaus.library and a gaus.graph before them.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SSP_FROMSSP_H
#define GAUS_LIB_TRANSFORMS_SSP_FROMSSP_H

#include "Ssp/FreshNames.h"
#include "Ssp/SspSupport.h"

#include "mlir/IR/SymbolTable.h"

namespace gaus::ir {

/// What the references of all operations name. Looked up before anything is
/// converted, as what is new has the names of what it replaces.
struct SspReferences {
  llvm::DenseMap<mlir::Operation *, gaus::ssp::OperatorTypeOp> type;
  llvm::DenseMap<mlir::Operation *,
                 mlir::SmallVector<gaus::ssp::ResourceTypeOp, 1>>
      resources;
  llvm::DenseMap<mlir::Operation *, mlir::SmallVector<mlir::Operation *, 1>>
      sources;

  void add(gaus::ssp::InstanceOp instance);

private:
  mlir::SymbolTableCollection symbols;
};

/// Puts the library and the graph of an instance before it, with names out of
/// `names`. `clockPeriod` is that of problems with chaining, in ns; 0 = none.
/// The instance stays: `references` go through it.
mlir::LogicalResult convertInstance(gaus::ssp::InstanceOp instance,
                                    double clockPeriod, FreshNames &names,
                                    const SspReferences &references);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SSP_FROMSSP_H

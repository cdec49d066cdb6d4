//===- BranchPipeline.h - Loops of branches as pipelines --------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_PIPELINES_BRANCHPIPELINE_H
#define GAUS_LIB_TRANSFORMS_PIPELINES_BRANCHPIPELINE_H

#include "Pipelines/KernelOrder.h"

namespace gaus::ir {

/// Makes prologue, kernel and epilogue of a scheduled loop of branches, as
/// blocks of its dialect. `order` is that of all operations of its blocks. A
/// counted loop whose trip count is not constant is kept for short trips;
/// another one that is left by what it computes has an epilogue for each step
/// of the prologue. Why that cannot be, with the loop as it was; else empty.
llvm::StringRef pipelineBranches(const Scope &scope, const KernelOrder &order);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_PIPELINES_BRANCHPIPELINE_H

//===- AsLoops.cpp - What is scheduled as loops ---------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Transforms/AsLoops.h"

#include "AsLoops/Kinds.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace gaus::ir;

void gaus::ir::writeLoops(Operation *root) {
  Insides insides(root);
  linalgToLoops(root, insides);
  parallelToLoops(root, insides);
  countedToLoops(root, insides);
}

void gaus::ir::loadLoopDialects(MLIRContext &context) {
  context.loadDialect<affine::AffineDialect, arith::ArithDialect,
                      memref::MemRefDialect, scf::SCFDialect>();
}

//===- Semantics.cpp - What operations do when they are replayed --------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Operations/Semantics.h"

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

std::optional<std::string>
gaus::ir::replaying::selectSemantics(Operation *op, OpCode &code,
                                     Runtime &runtime) {
  llvm::StringRef dialect = op->getName().getDialectNamespace();
  if (dialect == "arith" || dialect == "math" || dialect == "index")
    return selectArith(op, code);
  if (dialect == "memref")
    return selectMemref(op, code, runtime);
  if (dialect == "affine")
    return selectAffine(op, code, runtime);
  if (dialect == "vector")
    return selectVector(op, code);
  if (dialect == "llvm") {
    if (auto scalar = scalarNamed(op->getName().getStringRef()))
      return selectScalar(op, code, *scalar);
    return selectLlvm(op, code);
  }
  return "this operation";
}

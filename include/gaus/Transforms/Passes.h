//===- Passes.h - Passes of gaus --------------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_TRANSFORMS_PASSES_H
#define GAUS_TRANSFORMS_PASSES_H

#include "gaus/Dialect/Gaus.h"
#include "gaus/Dialect/Ssp.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace gaus::ir {

#define GEN_PASS_DECL
#include "gaus/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "gaus/Transforms/Passes.h.inc"

} // namespace gaus::ir

#endif // GAUS_TRANSFORMS_PASSES_H

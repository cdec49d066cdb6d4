//===- Mlir.cpp - Dialect and passes for MLIR's C interface ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus-c/Mlir.h"

#include "gaus/Transforms/Passes.h"

#include "mlir/CAPI/Registration.h"

MLIR_DEFINE_CAPI_DIALECT_REGISTRATION(Gaus, gaus, gaus::ir::GausDialect)
MLIR_DEFINE_CAPI_DIALECT_REGISTRATION(Ssp, ssp, gaus::ssp::SspDialect)

void mlirRegisterGausPasses(void) {
  // MLIR refuses a pass that is registered twice.
  static bool done = (gaus::ir::registerGausPasses(), true);
  (void)done;
}

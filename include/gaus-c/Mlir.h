/*===- gaus-c/Mlir.h - Dialect and passes for MLIR's C interface --*- C -*-===*\
|*                                                                            *|
|* Part of GauS, under the Apache License v2.0 with LLVM Exceptions.          *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* mlirGetDialectHandle__gaus__() and mlirGetDialectHandle__ssp__() are       *|
|* handles of the dialects, to be loaded as those of MLIR are; the passes are *|
|* known by their names, to pass pipelines too, once                          *|
|* mlirRegisterGausPasses() has been called (a second call does nothing).     *|
|* Schedules are attributes: mlirOperationGetAttributeByName(operation,       *|
|* "gaus.start").                                                             *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef GAUS_C_MLIR_H
#define GAUS_C_MLIR_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"

#ifdef __cplusplus
extern "C" {
#endif

MLIR_DECLARE_CAPI_DIALECT_REGISTRATION(Gaus, gaus);
MLIR_DECLARE_CAPI_DIALECT_REGISTRATION(Ssp, ssp);

MLIR_CAPI_EXPORTED void mlirRegisterGausPasses(void);

#ifdef __cplusplus
}
#endif

#endif /* GAUS_C_MLIR_H */

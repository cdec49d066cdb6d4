//===- gaus-lsp-server.cpp - Language server with gaus --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../ToolSupport.h"

#include "gaus/Dialect/Gaus.h"
#include "gaus/Dialect/Ssp.h"

#include "mlir/InitAllDialects.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"

int main(int argc, char **argv) {
  gaus::tools::setVersion();
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  registry.insert<gaus::ir::GausDialect, gaus::ssp::SspDialect>();
  return mlir::failed(mlir::MlirLspServerMain(argc, argv, registry));
}

//===- gaus-opt.cpp - mlir-opt with gaus ----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../ToolSupport.h"

#include "gaus/Transforms/Passes.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registry.insert<gaus::ir::GausDialect, gaus::ssp::SspDialect>();
  mlir::registerAllPasses();
  gaus::ir::registerGausPasses();
  return gaus::tools::runTool(argc, argv, [&](int count, char **arguments) {
    return mlir::asMainReturnCode(mlir::MlirOptMain(
        count, arguments, "GauS optimizer driver\n", registry));
  });
}

//===- gaus-reduce.cpp - Test case reducer with gaus ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../ToolSupport.h"

#include "gaus/Transforms/Passes.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-reduce/MlirReduceMain.h"

int main(int argc, char **argv) {
  mlir::registerAllPasses();
  gaus::ir::registerGausPasses();
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  registry.insert<gaus::ir::GausDialect, gaus::ssp::SspDialect>();
  mlir::MLIRContext context(registry);
  return gaus::tools::runTool(argc, argv, [&](int count, char **arguments) {
    return int(mlir::failed(mlir::mlirReduceMain(count, arguments, context)));
  });
}

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

static constexpr gaus::tools::HelpLine kOptions[] = {
    {"-o FILE", "where the smaller program goes"},
    {"--reduction-tree=OPTIONS",
     "\"traversal-mode=0 test=SCRIPT\": remove operations while SCRIPT FILE "
     "ends with 1"},
    {"--opt-reduction-pass=OPTIONS",
     "\"opt-pass=PASS test=SCRIPT\": run a pass while it does"},
};
static constexpr gaus::tools::Help kHelp = {
    "a smaller program that still does what a script looks for",
    "gaus-reduce FILE --reduction-tree=\"traversal-mode=0 test=SCRIPT\"",
    kOptions};

int main(int argc, char **argv) {
  if (gaus::tools::answerHelp(argc, argv, kHelp))
    return 0;
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

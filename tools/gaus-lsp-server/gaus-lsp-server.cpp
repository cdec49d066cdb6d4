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

static constexpr gaus::tools::HelpLine kOptions[] = {
    {"--log=LEVEL", "what it says of its work: error, info, verbose"},
    {"--pretty", "JSON over several lines"},
    {"--lit-test", "input with delimiters, as tests have it"},
};
static constexpr gaus::tools::Help kHelp = {
    "the language server of MLIR with the dialects of GauS",
    "gaus-lsp-server, by an editor", kOptions};

int main(int argc, char **argv) {
  if (gaus::tools::answerHelp(argc, argv, kHelp))
    return 0;
  gaus::tools::setVersion();
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  registry.insert<gaus::ir::GausDialect, gaus::ssp::SspDialect>();
  return mlir::failed(mlir::MlirLspServerMain(argc, argv, registry));
}

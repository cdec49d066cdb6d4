//===- gaus-opt.cpp - mlir-opt with gaus ----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../ToolSupport.h"

#include "gaus/Solver/Options.h"
#include "gaus/Transforms/Passes.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

/// In the order of --help; a test finds those that are missing.
static constexpr llvm::StringLiteral kPasses[] = {
    "gaus-use-library",   "gaus-schedule",       "gaus-verify",
    "gaus-report",        "gaus-bind",           "gaus-annotate",
    "gaus-relax",         "gaus-commit",         "gaus-strip",
    "gaus-flatten-loops", "gaus-pipeline-loops", "convert-ssp-to-gaus",
    "convert-gaus-to-ssp"};

/// The passes of the project and their options, before those of MLIR.
static std::string overview() {
  std::string text = "GauS: operator scheduling in mlir-opt\n\n"
                     "Passes of GauS:\n";
  for (llvm::StringRef pass : kPasses)
    if (const mlir::PassInfo *info = mlir::PassInfo::lookup(pass))
      text += "  --" + pass.str() +
              std::string(24 - std::min<size_t>(pass.size(), 23), ' ') +
              info->getPassDescription().str() + "\n";
  text += "\nOptions of those that schedule, as in "
          "--gaus-schedule=\"objective=memory ii=2\":\n";
  for (const gaus::OptionInfo &o : gaus::optionTable())
    text += "  " + std::string(o.name) +
            std::string(16 - std::min<size_t>(o.name.size(), 15), ' ') +
            std::string(o.values) +
            " (default: " + std::string(o.defaultValue) + ")\n";
  return text;
}

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registry.insert<gaus::ir::GausDialect, gaus::ssp::SspDialect>();
  mlir::registerAllPasses();
  gaus::ir::registerGausPasses();
  return gaus::tools::runTool(argc, argv, [&](int count, char **arguments) {
    return mlir::asMainReturnCode(
        mlir::MlirOptMain(count, arguments, overview(), registry));
  });
}

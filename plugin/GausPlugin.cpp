//===- GausPlugin.cpp - gaus in stock mlir-opt ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Version.h"
#include "gaus/IO/Signals.h"
#include "gaus/Transforms/Passes.h"

#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

/// mlir-opt knows no exit status of a run that a signal cut short.
static void exitWithSignalStatus() {
  int status = gaus::signalStatus();
  if (status == 0)
    return;
  llvm::outs().flush();
  std::fflush(nullptr);
  ::_exit(status);
}

/// Both flags of mlir-opt may load this library, in any order: register once.
static void registerPassesOnce() {
  static bool done =
      (gaus::ir::registerGausPasses(), std::atexit(exitWithSignalStatus), true);
  (void)done;
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::PassPluginLibraryInfo
mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "GauS", gaus::kVersion, registerPassesOnce};
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::DialectPluginLibraryInfo
mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "GauS", gaus::kVersion,
          [](mlir::DialectRegistry *registry) {
            registry->insert<gaus::ir::GausDialect, gaus::ssp::SspDialect>();
            registerPassesOnce();
          }};
}

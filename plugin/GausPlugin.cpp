//===- GausPlugin.cpp - gaus in stock mlir-opt ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Transforms/Passes.h"

#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"

/// Both flags of mlir-opt may load this library, in any order: register once.
static void registerPassesOnce() {
  static bool done = (gaus::ir::registerGausPasses(), true);
  (void)done;
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::PassPluginLibraryInfo
mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "GauS", "0.1.0", registerPassesOnce};
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::DialectPluginLibraryInfo
mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "GauS", "0.1.0",
          [](mlir::DialectRegistry *registry) {
            registry->insert<gaus::ir::GausDialect, gaus::ssp::SspDialect>();
            registerPassesOnce();
          }};
}

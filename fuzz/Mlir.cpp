//===- Mlir.cpp - Text of the gaus and ssp dialects through the passes ----===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Transforms/Passes.h"

#include "gaus/Dialect/Gaus.h"
#include "gaus/Dialect/Ssp.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace mlir;

/// libMLIR is not instrumented: see test/lit.cfg.py.
extern "C" const char *__asan_default_options() {
  return "allow_user_poisoning=0:detect_odr_violation=0";
}

static MLIRContext &context() {
  static MLIRContext *made = [] {
    gaus::ir::registerGausPasses();
    DialectRegistry registry;
    registry
        .insert<gaus::ir::GausDialect, gaus::ssp::SspDialect,
                affine::AffineDialect, arith::ArithDialect, func::FuncDialect,
                LLVM::LLVMDialect, memref::MemRefDialect, scf::SCFDialect>();
    auto *c = new MLIRContext(registry, MLIRContext::Threading::DISABLED);
    c->loadAllAvailableDialects();
    // Remarks and errors are what is wanted; nobody reads them here.
    c->getDiagEngine().registerHandler([](Diagnostic &) { return success(); });
    return c;
  }();
  return *made;
}

static bool run(ModuleOp module, StringRef pipeline) {
  PassManager passes(&context());
  passes.enableVerifier(true);
  if (failed(parsePassPipeline(pipeline, passes, llvm::nulls())))
    std::abort();
  return succeeded(passes.run(module));
}

/// What parses is scheduled; what is scheduled passes the verifier pass and can
/// be printed and read again.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  StringRef text(reinterpret_cast<const char *>(data), size);
  if (text.contains('\0'))
    return 0;
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context());
  if (!module || !run(*module, "convert-ssp-to-gaus"))
    return 0;
  if (!run(*module, "gaus-schedule{effort=0 threads=1}"))
    return 0;
  if (!run(*module, "gaus-verify")) {
    std::fprintf(stderr, "judge: gaus-verify refuses what was scheduled\n");
    std::abort();
  }
  std::string printed;
  llvm::raw_string_ostream stream(printed);
  module->print(stream);
  if (!parseSourceString<ModuleOp>(printed, &context())) {
    std::fprintf(stderr, "judge: what was printed cannot be read\n");
    std::abort();
  }
  run(*module, "convert-gaus-to-ssp");
  return 0;
}

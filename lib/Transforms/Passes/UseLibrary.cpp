//===- UseLibrary.cpp - gaus-use-library ----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Dialect/GausNames.h"
#include "gaus/Dialect/Library.h"
#include "gaus/Transforms/Passes.h"

#include "mlir/IR/Builders.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/Pass.h"

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSUSELIBRARY
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

struct UseLibraryPass : gaus::ir::impl::GausUseLibraryBase<UseLibraryPass> {
  using GausUseLibraryBase::GausUseLibraryBase;

  /// Read here, once, where dialects may still be loaded.
  LogicalResult initialize(MLIRContext *context) override {
    Location loc = UnknownLoc::get(context);
    if (library.empty())
      return emitError(loc) << "option 'library' names no library";
    llvm::StringRef text = namedLibraryText(library);
    OwningOpRef<ModuleOp> read =
        text.empty() ? parseSourceFile<ModuleOp>(library, context)
                     : parseSourceString<ModuleOp>(text, context, library);
    // The parser has said why.
    if (!read)
      return emitError(loc) << "library '" << library << "' cannot be read";
    auto found = read->getOps<LibraryOp>();
    if (found.empty())
      return emitError(loc)
             << "there is no gaus.library in '" << library << "'";
    parsed = std::make_shared<OwningOpRef<ModuleOp>>(std::move(read));
    return success();
  }

  void runOnOperation() override {
    ModuleOp module = getOperation();
    LibraryOp from = *(*parsed)->getOps<LibraryOp>().begin();
    if (Operation *other =
            SymbolTable::lookupSymbolIn(module, from.getSymName())) {
      InFlightDiagnostic error = mlir::emitError(other->getLoc())
                                 << "has the name of the library @"
                                 << from.getSymName();
      return signalPassFailure();
    }
    OpBuilder b = OpBuilder::atBlockBegin(module.getBody());
    b.clone(*from);
    module->setAttr(kLibrary, FlatSymbolRefAttr::get(from.getSymNameAttr()));
  }

  /// Copies of the pass share it.
  std::shared_ptr<OwningOpRef<ModuleOp>> parsed;
};

} // namespace

//===- ConvertGausToSsp.cpp - convert-gaus-to-ssp -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ssp/SspTypes.h"
#include "Ssp/ToSsp.h"

#include "gaus/Transforms/Passes.h"

namespace gaus::ir {
#define GEN_PASS_DEF_CONVERTGAUSTOSSP
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

struct ConvertGausToSspPass
    : gaus::ir::impl::ConvertGausToSspBase<ConvertGausToSspPass> {
  using ConvertGausToSspBase::ConvertGausToSspBase;

  LogicalResult initialize(MLIRContext *context) override {
    if (problem == "auto" || findSspKind(problem))
      return success();
    return emitError(UnknownLoc::get(context))
           << "invalid value '" << problem
           << "' for option 'problem'; expected auto, " << sspKindNames();
  }

  void runOnOperation() override {
    bool good = true;
    SmallVector<Operation *> done;
    for (Scope &scope : collectScopes(getOperation())) {
      if (!scope.isGraph)
        continue;
      good &= succeeded(scope.build()) &&
              succeeded(convertGraph(scope, findSspKind(problem), lossy));
      done.push_back(scope.carrier);
    }
    if (!good)
      return signalPassFailure();
    for (Operation *op : done)
      op->erase();
    SmallVector<LibraryOp> libraries;
    getOperation()->walk([&](LibraryOp op) { libraries.push_back(op); });
    for (LibraryOp op : libraries) {
      if (op->getAttrOfType<StringAttr>(kSspStandalone))
        restoreLibrary(op);
      else if (SymbolTable::symbolKnownUseEmpty(op, getOperation()))
        op.erase();
    }
  }
};

} // namespace

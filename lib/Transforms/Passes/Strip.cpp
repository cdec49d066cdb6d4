//===- Strip.cpp - gaus-strip ---------------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Dialect/GausNames.h"
#include "gaus/Transforms/Passes.h"

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSSTRIP
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

struct StripPass : gaus::ir::impl::GausStripBase<StripPass> {
  using GausStripBase::GausStripBase;

  void runOnOperation() override {
    llvm::SmallVector<Operation *> gone;
    getOperation()->walk([&](Operation *op) {
      // The library they name goes, too.
      for (llvm::StringRef name :
           {kDist, kLibrary, kOperator, kAlternative, kUnit, kSwapped,
            kRegisters, kUnits, kRegisterWidths, kEnteringRegisters,
            kRegisterCount, kRegisterBits, kMultiplexerInputs})
        op->removeAttr(name);
      if (isa<LibraryOp, GraphOp>(op) && op != getOperation())
        gone.push_back(op);
    });
    for (Operation *op : gone)
      op->erase();
  }
};

} // namespace

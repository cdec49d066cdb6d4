//===- FunctionTimes.cpp - How long functions of several blocks run -------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes/PassSupport.h"

#include "Scopes/Insides.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

static void remarkTime(Operation *function, llvm::StringRef reason) {
  using namespace mlir::remark;
  missed(function->getLoc(), RemarkOpts::name("UnknownTime").category("gaus"))
      << metric("Operation",
                "function @" + SymbolTable::getSymbolName(function).str())
      << "runs for a time that is not known:" << reason.str();
}

void gaus::ir::writeFunctionTimes(Operation *root) {
  Insides insides(root);
  root->walk([&](FunctionOpInterface function) {
    if (function.isExternal() || function->getNumRegions() != 1 ||
        function->getRegion(0).hasOneBlock())
      return;
    Use use = insides.ofFunction(function);
    function->removeAttr(kLength);
    if (use.timed)
      function->setAttr(
          kLength, Builder(function->getContext())
                       .getI64IntegerAttr(std::max<int64_t>(use.latency, 1)));
    else
      remarkTime(function, use.reason);
  });
}

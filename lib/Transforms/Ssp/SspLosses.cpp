//===- SspLosses.cpp - What SSP cannot express ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ssp/SspLosses.h"

#include "mlir/IR/Diagnostics.h"

using namespace mlir;
using namespace gaus::ir;

void SspLosses::add(Operation *op, const Twine &what, bool refuse) {
  std::string text = what.str();
  auto *known =
      llvm::find_if(all, [&](const Loss &loss) { return loss.what == text; });
  if (known == all.end()) {
    all.push_back({text, op, 0, false});
    known = &all.back();
  }
  ++known->count;
  known->refuse |= refuse;
}

LogicalResult SspLosses::report(bool allowed) const {
  bool good = true;
  for (const Loss &loss : all) {
    bool error = loss.refuse && !allowed;
    InFlightDiagnostic d = error ? mlir::emitError(loss.first->getLoc())
                                 : mlir::emitWarning(loss.first->getLoc());
    d << "SSP cannot express " << loss.what;
    if (loss.count > 1)
      d << " (here and in " << loss.count - 1 << " more)";
    d << (error ? "; with lossy=true it is left out" : "; left out");
    good &= !error;
  }
  return success(good);
}

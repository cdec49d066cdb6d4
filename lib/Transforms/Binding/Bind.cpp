//===- Bind.cpp - gaus-bind -----------------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Binding/ScopeDatapath.h"
#include "Passes/PassSupport.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Dialect/GausNames.h"
#include "gaus/Transforms/WrittenSchedule.h"

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSBIND
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

struct BindPass : gaus::ir::impl::GausBindBase<BindPass> {
  using GausBindBase::GausBindBase;

  LogicalResult initialize(MLIRContext *context) override {
    Location loc = UnknownLoc::get(context);
    if (effort < 0 || effort > 3)
      return emitError(loc)
             << "option 'effort' must be in [0, 3], got " << effort.getValue();
    if (share == "none")
      sharing = UnitSharing::None;
    else if (share == "all")
      sharing = UnitSharing::All;
    else if (share != "limited")
      return emitError(loc) << "invalid value '" << share
                            << "' for option 'share'; expected limited, all "
                               "or none";
    return success();
  }

  void runOnOperation() override {
    if (!forScopes(getOperation(), [&](Scope &scope) { return bind(scope); }))
      signalPassFailure();
  }

private:
  LogicalResult bind(Scope &scope) {
    WrittenSchedule written = readWritten(scope);
    if (scope.nodes.empty())
      return success();
    if (!written.complete())
      return mlir::emitError(scope.carrier->getLoc())
             << "gaus.start is missing on " << written.missing << " of "
             << scope.nodes.size() << " operations of " << scope.name
             << "; run gaus-schedule first";
    if (failed(settleWritten(scope, written)))
      return failure();
    std::vector<gaus::Diagnostic> broken =
        gaus::verify(scope.withoutInsides(), written.starts);
    for (const gaus::Diagnostic &d : broken)
      scope.emit(d);
    if (!broken.empty())
      return failure();
    gaus::Starts starts = written.complete32();
    gaus::Datapath d = datapathOf(scope, starts, sharing);
    gaus::BindingOptions options{effort, seed};
    gaus::Outcome<gaus::Binding> binding = gaus::bindDatapath(d, options);
    if (!binding) {
      scope.emit(binding.error());
      return failure();
    }
    for (const gaus::Diagnostic &wrong : gaus::checkBinding(d, *binding)) {
      scope.emit(wrong);
      return failure();
    }
    writeBinding(scope, d, *binding);
    say(scope, d, *binding);
    return success();
  }

  void say(const Scope &scope, const gaus::Datapath &d,
           const gaus::Binding &b) {
    gaus::BindingBounds bounds = gaus::boundsOf(d);
    InFlightDiagnostic remark = mlir::emitRemark(scope.carrier->getLoc());
    remark << scope.name << ": " << b.registerCount() << " registers (bound "
           << bounds.registerCount << ") of " << b.registerBits()
           << " bits (bound " << bounds.registerBits << "), "
           << b.multiplexerInputs << " multiplexer inputs (bound "
           << gaus::multiplexerBound(d, b) << ")";
  }

  UnitSharing sharing = UnitSharing::Limited;
};

} // namespace

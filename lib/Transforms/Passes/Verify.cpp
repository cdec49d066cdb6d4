//===- Verify.cpp - gaus-verify -------------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Binding/ScopeDatapath.h"
#include "Passes/PassSupport.h"
#include "Passes/ScopeOptions.h"
#include "Scopes/Tables.h"
#include "Scopes/WholeUse.h"
#include "Ssp/SspInstance.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Dialect/GausNames.h"
#include "gaus/Transforms/WrittenSchedule.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSVERIFY
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

struct VerifyPass
    : SolverPass<VerifyPass, gaus::ir::impl::GausVerifyBase<VerifyPass>> {
  using SolverPass::SolverPass;
  static constexpr bool kSearches = false;

  void runOnOperation() override {
    if (!runOnScopes() || !checkFunctions())
      signalPassFailure();
  }

  LogicalResult runOnScope(Scope &scope) {
    WrittenSchedule written = readWritten(scope);
    if (!written.complete() && leftBySignal(scope))
      return success();
    if (!written.complete())
      return reportMissing(scope, written.missing);
    if (failed(settleWritten(scope, written, options)))
      return failure();
    // What insides use is checked cycle by cycle, for whole functions.
    std::vector<gaus::Diagnostic> violations =
        gaus::verify(scope.withoutInsides(), written.starts);
    for (const gaus::Diagnostic &d : violations)
      scope.emit(d);
    if (!violations.empty())
      return failure();
    if (failed(checkTimesInCycle(scope)) ||
        failed(checkWrittenBinding(scope, written.complete32())))
      return failure();
    gaus::SolverOptions wished = options;
    if (failed(readRequest(scope, wished)))
      return failure();
    return textOf("objective").empty() ? success()
                                       : checkCost(scope, written, wished);
  }

private:
  bool checkFunctions() {
    bool good = true;
    WholeUse whole(getOperation());
    getOperation()->walk([&](FunctionOpInterface function) {
      if (function.isExternal() || function->getNumRegions() != 1)
        return;
      good &= succeeded(whole.check(function));
      good &= succeeded(checkTime(whole, function));
    });
    return good;
  }

  /// Of a function of several blocks the length is how long it runs at most.
  static LogicalResult checkTime(WholeUse &whole, Operation *function) {
    auto length = function->getAttrOfType<IntegerAttr>(kLength);
    if (!length || function->getRegion(0).hasOneBlock())
      return success();
    std::optional<int64_t> time = whole.timeOf(function);
    if (!time)
      return mlir::emitError(function->getLoc())
             << "has a " << kLength << ", but how long it runs is not known";
    if (*time != length.getInt())
      return mlir::emitError(function->getLoc())
             << "runs for at most " << *time << " cycles, its " << kLength
             << " is " << length.getInt();
    return success();
  }

  /// What a solution of SSP says of the times within its cycles.
  static LogicalResult checkTimesInCycle(Scope &scope) {
    if (!scope.isGraph || llvm::none_of(scope.nodes, [](Operation *op) {
          return op->hasAttr(kSspTime);
        }))
      return success();
    return readSspInstance(scope, nullptr);
  }

  static LogicalResult reportMissing(const Scope &scope, size_t missing) {
    InFlightDiagnostic error = mlir::emitError(scope.carrier->getLoc())
                               << "gaus.start is missing on " << missing
                               << " of " << scope.nodes.size()
                               << " operations of " << scope.name;
    for (Operation *op : scope.nodes)
      if (!op->hasAttr(kStart)) {
        error.attachNote(op->getLoc()) << "the first of them";
        break;
      }
    return error;
  }

  static LogicalResult checkCost(const Scope &scope,
                                 const WrittenSchedule &written,
                                 const gaus::SolverOptions &wished) {
    int64_t exact = costOf(scope, written.complete32())
                        .value(wished.objective, wished.weights);
    if (written.cost && *written.cost != exact)
      return mlir::emitError(scope.carrier->getLoc())
             << "gaus.cost is " << *written.cost << ", the schedule costs "
             << exact;
    if (written.bound && *written.bound > exact)
      return mlir::emitError(scope.carrier->getLoc())
             << "gaus.bound is " << *written.bound << ", over the cost of "
             << exact;
    return success();
  }
};

} // namespace

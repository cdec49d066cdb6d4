//===- Report.cpp - gaus-report -----------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes/PassSupport.h"
#include "Scopes/WholeUse.h"

#include "gaus/Dialect/GausNames.h"
#include "gaus/IO/Formats.h"
#include "gaus/Transforms/WrittenSchedule.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

#include "llvm/Support/raw_ostream.h"

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSREPORT
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

struct ReportPass : gaus::ir::impl::GausReportBase<ReportPass> {
  using GausReportBase::GausReportBase;

  LogicalResult initialize(MLIRContext *context) override {
    report = gaus::findReport({format.data(), format.size()});
    if (report)
      return success();
    return emitError(UnknownLoc::get(context))
           << "invalid value '" << format << "' for option 'format'; expected "
           << gaus::reportNames();
  }

  void runOnOperation() override {
    std::string text;
    WholeUse whole(getOperation());
    bool good = forScopes(getOperation(), [&](Scope &scope) {
      return append(scope, whole, text);
    });
    if (!good)
      return signalPassFailure();
    markAllAnalysesPreserved();
    llvm::outs().flush();
    if (auto wrong = gaus::writeFile(output, text)) {
      getOperation()->emitError() << wrong->message;
      signalPassFailure();
    }
  }

private:
  LogicalResult append(Scope &scope, WholeUse &whole, std::string &text) {
    if (scope.nodes.empty())
      return success();
    WrittenSchedule written = readWritten(scope);
    if (!written.complete() && leftBySignal(scope))
      return success();
    if (!written.complete())
      return scope.carrier->emitError()
             << scope.name
             << " has no complete schedule to report: " << written.missing
             << " of " << written.starts.size()
             << " operations have no gaus.start";
    if (failed(settleWritten(scope, written)))
      return failure();
    gaus::Starts starts = written.complete32();
    const gaus::Problem &p = scope.problem;
    gaus::ReportFacts facts;
    facts.scope = scope.name;
    facts.length = written.length;
    facts.ii = written.ii;
    facts.iiProof = written.iiProof;
    facts.cost = written.cost;
    facts.bound = written.bound;
    if (report->hasFunctionUse)
      facts.functionUse = functionUse(scope, whole);
    facts.peaks = peaks(scope, starts, whole);
    text += report->write(p, starts, facts);
    return success();
  }

  /// The problem counts what is inside of an operation as its peak for its
  /// whole time; where it is scheduled in turns, there is less in use.
  static std::vector<int64_t>
  peaks(const Scope &scope, const gaus::Starts &starts, WholeUse &whole) {
    const gaus::Problem &p = scope.problem;
    if (p.ii > 0 || !llvm::is_contained(scope.holdsInside, true))
      return {};
    std::vector<int64_t> all = gaus::evaluate(p, starts).peak;
    OperatorLibrary *library = whole.libraryOf(scope.carrier);
    for (const FunctionPeak &peak :
         whole.peaksOf(*scope.block, scope.carrier)) {
      std::string name =
          labelOf(peak.what, library ? library->getNamed() : nullptr);
      for (int32_t r = 0; r < p.numResources(); ++r)
        if (p.limit[r] != gaus::kUnlimited && p.resourceLabel(r) == name)
          all[r] = std::min(all[r], peak.what.units);
    }
    return all;
  }

  /// Of a block of a function; nothing of others.
  static std::optional<std::vector<gaus::FunctionUse>>
  functionUse(const Scope &scope, WholeUse &whole) {
    Operation *function = scope.block->getParentOp();
    if (!isa<FunctionOpInterface>(function))
      return std::nullopt;
    std::vector<gaus::FunctionUse> uses;
    OperatorLibrary *library = whole.libraryOf(scope.carrier);
    for (const FunctionPeak &peak : whole.peaks(function))
      uses.push_back(
          {labelOf(peak.what, library ? library->getNamed() : nullptr),
           peak.what.limit, peak.what.units, peak.exact});
    return uses;
  }

  const gaus::ReportInfo *report = nullptr;
};

} // namespace

//===- ReportStrip.cpp - gaus-report and gaus-strip -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PassSupport.h"

#include "gaus/Dialect/GausNames.h"
#include "gaus/IO/Writers.h"
#include "gaus/Transforms/WrittenSchedule.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/raw_ostream.h"

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSREPORT
#define GEN_PASS_DEF_GAUSSTRIP
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

struct ReportPass : gaus::ir::impl::GausReportBase<ReportPass> {
  using GausReportBase::GausReportBase;

  LogicalResult initialize(MLIRContext *context) override {
    known = llvm::StringSwitch<bool>(format)
                .Cases({"text", "json", "csv", "html", "dot", "perfetto"}, true)
                .Default(false);
    if (known)
      return success();
    return emitError(UnknownLoc::get(context))
           << "invalid value '" << format
           << "' for option 'format'; expected text, json, csv, html, dot or "
              "perfetto";
  }

  void runOnOperation() override {
    std::string text;
    bool good = forScopes(getOperation(),
                          [&](Scope &scope) { return append(scope, text); });
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
  LogicalResult append(Scope &scope, std::string &text) {
    if (scope.nodes.empty())
      return success();
    WrittenSchedule written = readWritten(scope);
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
    text += format == "json"       ? gaus::reportJson(p, starts, facts)
            : format == "csv"      ? gaus::reportCsv(p, starts)
            : format == "html"     ? gaus::reportHtml(p, starts, facts)
            : format == "dot"      ? gaus::toDot(p, starts)
            : format == "perfetto" ? gaus::reportPerfetto(p, starts)
                                   : gaus::reportText(p, starts, facts);
    return success();
  }

  bool known = false;
};

struct StripPass : gaus::ir::impl::GausStripBase<StripPass> {
  using GausStripBase::GausStripBase;

  void runOnOperation() override {
    llvm::SmallVector<Operation *> gone;
    getOperation()->walk([&](Operation *op) {
      // The library they name goes, too.
      for (llvm::StringRef name : {kDist, kLibrary, kOperator})
        op->removeAttr(name);
      if (isa<LibraryOp, GraphOp>(op) && op != getOperation())
        gone.push_back(op);
    });
    for (Operation *op : gone)
      op->erase();
  }
};

} // namespace

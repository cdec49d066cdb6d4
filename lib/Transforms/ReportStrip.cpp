//===- ReportStrip.cpp - gaus-report and gaus-strip -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PassSupport.h"

#include "gaus/Dialect/GausNames.h"
#include "gaus/IO/Writers.h"

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
    size_t missing = 0;
    std::vector<int64_t> read = scope.readStarts(missing);
    if (scope.nodes.empty())
      return success();
    for (int64_t start : read)
      if (start < 0 || start > gaus::kMaxCycle)
        return scope.carrier->emitError()
               << scope.name
               << " has no complete schedule to report: " << missing << " of "
               << read.size() << " operations have no gaus.start";
    gaus::Starts starts(read.begin(), read.end());
    if (scope.runsApart())
      scope.dropCarriedEdges();
    gaus::Problem &p = scope.problem;
    p.ii = static_cast<int32_t>(scopeNumber(scope, kII).value_or(p.ii));
    gaus::ReportFacts facts;
    facts.scope = scope.name;
    facts.length = scopeNumber(scope, kLength);
    facts.ii = scopeNumber(scope, kII);
    if (auto proof = scope.carrier->getAttrOfType<StringAttr>(kIIProof))
      facts.iiProof = proof.str();
    facts.cost = scopeNumber(scope, kCost);
    facts.bound = scopeNumber(scope, kBound);
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

//===- Report.cpp - gaus-report -----------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes/PassSupport.h"
#include "Summary/Areas.h"
#include "Summary/Peaks.h"
#include "Summary/Tree.h"

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
    if (!(report->ofProgram ? writeProgram(text) : writeScopes(text)))
      return signalPassFailure();
    markAllAnalysesPreserved();
    llvm::outs().flush();
    if (auto wrong = gaus::writeFile(output, text)) {
      mlir::emitError(getOperation()->getLoc()) << wrong->message;
      signalPassFailure();
    }
  }

private:
  bool writeScopes(std::string &text) {
    WholeUse whole(getOperation());
    std::vector<gaus::ReportedScope> reported;
    std::vector<Block *> blocks;
    Places places;
    bool good = forScopes(getOperation(), [&](Scope &scope) {
      size_t before = reported.size();
      LogicalResult done = append(scope, whole, reported);
      for (auto [i, op] : llvm::enumerate(scope.nodes))
        if (reported.size() > before)
          places[op] = {before, static_cast<int64_t>(i)};
      if (reported.size() > before)
        blocks.push_back(scope.block);
      return done;
    });
    for (auto [scope, block] : llvm::zip(reported, blocks))
      setParent(scope.facts, block, places);
    text = report->write(reported);
    return good;
  }

  /// By operation: the scope of the report that it is a node of, and the node.
  using Places = llvm::DenseMap<Operation *, std::pair<size_t, int64_t>>;

  static void setParent(gaus::ReportFacts &facts, Block *block,
                        const Places &places) {
    for (Operation *op = block->getParentOp(); op; op = op->getParentOp())
      if (auto found = places.find(op); found != places.end()) {
        facts.parent = static_cast<int64_t>(found->second.first);
        facts.parentNode = found->second.second;
        return;
      }
  }

  bool writeProgram(std::string &text) {
    std::vector<ScopeFacts> scopes;
    bool good = forScopes(getOperation(), [&](Scope &scope) {
      FailureOr<ScopeFacts> facts = readFacts(std::move(scope));
      if (succeeded(facts))
        scopes.push_back(std::move(*facts));
      return success(succeeded(facts));
    });
    if (good)
      text = gaus::writeSummary(summarize(getOperation(), std::move(scopes)));
    return good;
  }

  LogicalResult append(Scope &scope, WholeUse &whole,
                       std::vector<gaus::ReportedScope> &reported) {
    if (scope.nodes.empty())
      return success();
    WrittenSchedule written = readWritten(scope);
    if (!written.complete() && leftBySignal(scope))
      return success();
    if (!written.complete())
      return mlir::emitError(scope.carrier->getLoc())
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
    Operation *function = scope.block->getParentOp();
    if (report->hasFunctionUse && isa<FunctionOpInterface>(function))
      facts.functionUse = functionUse(function, whole);
    facts.peaks = insidePeaks(scope, starts, whole);
    addAreas(scope, starts, facts);
    reported.push_back({p, std::move(starts), std::move(facts)});
    return success();
  }

  const gaus::ReportInfo *report = nullptr;
};

} // namespace

//===- Report.cpp - gaus-report -----------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes/PassSupport.h"
#include "Scopes/Tables.h"
#include "Summary/Areas.h"
#include "Summary/Peaks.h"
#include "Summary/Sources.h"
#include "Summary/Tree.h"
#include "Llvm/Places.h"

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
    if (!write(text))
      return signalPassFailure();
    markAllAnalysesPreserved();
    llvm::outs().flush();
    if (auto wrong = gaus::writeFile(output, text)) {
      mlir::emitError(getOperation()->getLoc()) << wrong->message;
      signalPassFailure();
    }
  }

private:
  bool write(std::string &text) {
    std::vector<ScopeFacts> scopes;
    bool good = forScopes(getOperation(),
                          [&](Scope &scope) { return read(scope, scopes); });
    if (!good)
      return false;
    gaus::ReportedProgram program;
    llvm::SmallVector<std::optional<int64_t>> numbers(scopes.size());
    if (report->needsStarts)
      addScopes(scopes, program.scopes, numbers);
    if (!report->writeProgram) {
      text = report->write(program.scopes);
      return true;
    }
    program.parts = summarize(getOperation(), std::move(scopes));
    for (gaus::SummaryPart &part : program.parts)
      for (gaus::SummaryRow &row : part.rows)
        if (row.scope)
          row.scope = numbers[*row.scope];
    if (report->hasSources)
      program.sources = readSources(getOperation());
    text = report->writeProgram(program);
    return true;
  }

  /// Fails, after an error, where a schedule is missing that the report needs.
  LogicalResult read(Scope &scope, std::vector<ScopeFacts> &scopes) {
    FailureOr<ScopeFacts> facts = readFacts(std::move(scope));
    if (failed(facts))
      return failure();
    const Scope &of = facts->scope;
    if (report->needsStarts && !facts->written.complete() && !leftBySignal(of))
      return mlir::emitError(of.carrier->getLoc())
             << of.name << " has no complete schedule to report: "
             << facts->written.missing << " of " << facts->written.starts.size()
             << " operations have no gaus.start";
    scopes.push_back(std::move(*facts));
    return success();
  }

  //===--- Scopes with their starts ---------------------------------------===//

  /// By operation: the scope of the report that it is a node of, and the node.
  using Nodes = llvm::DenseMap<Operation *, std::pair<size_t, int64_t>>;

  /// `numbers` are the places in `reported` of those that have a schedule.
  void addScopes(llvm::ArrayRef<ScopeFacts> scopes,
                 std::vector<gaus::ReportedScope> &reported,
                 llvm::MutableArrayRef<std::optional<int64_t>> numbers) {
    WholeUse whole(getOperation());
    Nodes nodes;
    std::vector<Block *> blocks;
    for (auto [facts, number] : llvm::zip(scopes, numbers)) {
      if (!facts.scheduled())
        continue;
      number = std::ssize(reported);
      for (auto [i, op] : llvm::enumerate(facts.scope.nodes))
        nodes[op] = {reported.size(), static_cast<int64_t>(i)};
      blocks.push_back(facts.scope.block);
      reported.push_back(reportedOf(facts, whole));
    }
    for (auto [scope, block] : llvm::zip(reported, blocks))
      setParent(scope.facts, block, nodes);
  }

  static void setParent(gaus::ReportFacts &facts, Block *block,
                        const Nodes &nodes) {
    for (Operation *op = block->getParentOp(); op; op = op->getParentOp())
      if (auto found = nodes.find(op); found != nodes.end()) {
        facts.parent = static_cast<int64_t>(found->second.first);
        facts.parentNode = found->second.second;
        return;
      }
  }

  gaus::ReportedScope reportedOf(const ScopeFacts &of, WholeUse &whole) const {
    const Scope &scope = of.scope;
    gaus::ReportFacts facts;
    facts.scope = scope.name;
    facts.length = of.written.length;
    facts.ii = of.written.ii;
    facts.iiProof = of.written.iiProof;
    facts.cost = of.written.cost;
    facts.bound = of.written.bound;
    Operation *function = scope.block->getParentOp();
    if (report->hasFunctionUse && isa<FunctionOpInterface>(function))
      facts.functionUse = functionUse(function, whole);
    facts.peaks = insidePeaks(scope, of.starts, whole);
    if (!facts.peaks.empty())
      facts.resources = costOf(scope, of.starts).resources;
    addAreas(scope, of.starts, facts);
    for (Operation *op : scope.nodes) {
      Place place = placeOf(op);
      facts.places.push_back({std::move(place.file), place.line});
      facts.units.push_back(unitsOf(op));
    }
    return {scope.problem, of.starts, std::move(facts)};
  }

  /// What gaus-bind has written.
  static std::vector<std::string> unitsOf(Operation *op) {
    std::vector<std::string> units;
    if (auto name = op->getAttrOfType<StringAttr>(kUnit))
      units.push_back(name.str());
    else if (auto list = op->getAttrOfType<ArrayAttr>(kUnit))
      for (auto name : list.getAsRange<StringAttr>())
        units.push_back(name.str());
    return units;
  }

  const gaus::ReportInfo *report = nullptr;
};

} // namespace

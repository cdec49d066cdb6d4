//===- PassSupport.cpp - What the passes share ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes/PassSupport.h"

#include "gaus/Transforms/Watch.h"

#include "mlir/IR/Remarks.h"

#include <map>

using namespace mlir;
using namespace gaus::ir;

llvm::StringRef gaus::ir::optionHelp(const gaus::OptionInfo &info) {
  static const std::map<std::string_view, std::string> texts = [] {
    std::map<std::string_view, std::string> all;
    for (const gaus::OptionInfo &o : gaus::optionTable())
      all[o.name] = std::string(o.description) + " (" + std::string(o.values) +
                    "; default: " + std::string(o.defaultValue) + ")";
    return all;
  }();
  return texts.at(info.name);
}

LogicalResult gaus::ir::setTextOption(gaus::SolverOptions &options,
                                      llvm::StringRef name,
                                      llvm::StringRef value,
                                      MLIRContext *context) {
  if (value.empty())
    return success();
  auto wrong =
      gaus::setOption(options, std::string_view(name.data(), name.size()),
                      std::string_view(value.data(), value.size()));
  if (!wrong)
    return success();
  return emitError(UnknownLoc::get(context)) << wrong->message;
}

static SearchWatcher *watcher = nullptr;
void gaus::ir::setSearchWatcher(SearchWatcher *next) { watcher = next; }
SearchWatcher *gaus::ir::searchWatcher() { return watcher; }

void gaus::ir::remarkSolution(const Scope &scope,
                              const gaus::Solution &solution,
                              const gaus::SolverOptions &options) {
  using namespace mlir::remark;
  auto remark = analysis(scope.carrier->getLoc(),
                         RemarkOpts::name("Schedule").category("gaus"));
  std::string_view objective = gaus::toString(options.objective);
  remark << metric("Scope", scope.name)
         << metric("Length", solution.cost.length)
         << metric("Objective", std::string(objective))
         << metric("Cost", solution.value) << metric("Bound", solution.bound)
         << metric("GapPercent", static_cast<float>(100 * solution.gap()))
         << metric("Method", llvm::StringRef(toString(solution.method)))
         << metric("Steps", solution.work.descentSteps)
         << metric("Legalizations", solution.work.legalizations)
         << metric("Proposals", solution.work.polishProposals)
         << metric("Windows", solution.work.windows)
         << metric("Backend", solution.backend);
  if (solution.iiProof != gaus::IIProof::None)
    remark << metric("II", solution.ii)
           << metric("IIProof", std::string(gaus::toString(solution.iiProof)));
  if (solution.undecidedII > 0)
    remark << metric("IIUndecided", solution.undecidedII);
  if (!solution.backendReason.empty())
    remark << metric("BackendReason", solution.backendReason);
  if (!solution.memoryReason.empty()) {
    remark << metric("MemoryReason", solution.memoryReason);
    emitRemark(scope.carrier->getLoc())
        << "the schedule of " << scope.name
        << " is the heuristics' best: " << solution.memoryReason;
  }
  if (solution.cut == gaus::Cut::None)
    return;
  remark << metric("Cut", std::string(gaus::toString(solution.cut)));
  emitRemark(scope.carrier->getLoc())
      << (solution.cut == gaus::Cut::TimeLimit ? "the time limit" : "a signal")
      << " ended the search: the schedule of " << scope.name
      << " is the best one so far";
}

bool gaus::ir::leftBySignal(const Scope &scope) {
  if (!gaus::signalStop().requested())
    return false;
  emitRemark(scope.carrier->getLoc())
      << scope.name << " stays as it is: a signal came before it was done";
  return true;
}

LogicalResult gaus::ir::reportFailure(const Scope &scope,
                                      const gaus::Diagnostic &why) {
  if (why.code == "stop" && leftBySignal(scope))
    return success();
  scope.emit(why);
  return failure();
}

bool gaus::ir::forScopes(Operation *root,
                         llvm::function_ref<LogicalResult(Scope &)> body,
                         bool searches, bool begins) {
  bool good = true;
  for (Scope &scope : collectScopes(root)) {
    if (searches && leftBySignal(scope))
      continue;
    if (failed(scope.build())) {
      good = false;
      continue;
    }
    if (scope.nodes.empty() && begins)
      mlir::emitWarning(scope.carrier->getLoc())
          << "nothing to schedule: " << scope.name << " has no operations";
    good = succeeded(body(scope)) && good;
  }
  return good;
}

//===- Schedule.cpp - gaus-schedule ---------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/Alternatives.h"
#include "Memory/Memories.h"
#include "Passes/PassSupport.h"
#include "Passes/ScopeOptions.h"
#include "Scopes/Kinds.h"
#include "Scopes/Tables.h"
#include "Summary/Names.h"

#include "gaus/Dialect/GausNames.h"
#include "gaus/Transforms/Watch.h"
#include "gaus/Transforms/WrittenSchedule.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/LoopLikeInterface.h"

#include <algorithm>
#include <chrono>

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSSCHEDULE
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

struct SchedulePass
    : SolverPass<SchedulePass, gaus::ir::impl::GausScheduleBase<SchedulePass>> {
  using SolverPass::SolverPass;

  static constexpr bool kWritesStarts = true;
  static constexpr bool kBegins = true;

  LogicalResult initialize(MLIRContext *context) override {
    if (unknownCalls != "wait" && unknownCalls != "error")
      return emitError(UnknownLoc::get(context))
             << "invalid value '" << unknownCalls
             << "' for option 'unknown-calls'; expected wait, error";
    if (!interface.empty() && interface != "registered" && interface != "none")
      return emitError(UnknownLoc::get(context))
             << "invalid value '"
             << interface << "' for option 'interface'; expected registered, none";
    return SolverPass::initialize(context);
  }

  void runOnOperation() override {
    if (!interface.empty())
      getOperation()->setAttr(kInterface,
                              StringAttr::get(&getContext(), interface));
    if (noaliasArguments)
      getOperation()->walk(
          [](FunctionOpInterface function) { declareNoAlias(function); });
    if (flattenNests)
      flattenLoops(getOperation(), /*unrollTrips=*/0, /*anyTrips=*/false);
    // Of a schedule before.
    getOperation()->walk([](Operation *op) { op->removeAttr(kAlternative); });
    SolverPass::runOnOperation();
  }

  LogicalResult runOnScope(Scope &scope) {
    if (unknownCalls == "error" && failed(refuseUnknownCalls(scope)))
      return failure();
    if (!scope.notPipelined.empty())
      emitRemark(scope.carrier->getLoc())
          << "loop in " << scope.name
          << " is not pipelined: " << scope.notPipelined;
    remarkNeverPipelined(scope);
    remarkTerminator(scope);
    FailureOr<Asked> asked = askedOf(scope, options);
    if (failed(asked))
      return failure();
    gaus::Outcome<gaus::Solution> solution = watched(scope, *asked);
    if (!solution)
      return reportFailure(scope, solution.error());
    writeSolution(scope, *solution);
    remarkSolution(scope, *solution, asked->options);
    return success();
  }

private:
  /// What a terminator does in regions of its own is no node of any scope.
  static void remarkTerminator(const Scope &scope) {
    Operation *end = scope.block->empty() ? nullptr : &scope.block->back();
    if (!end || !end->hasTrait<OpTrait::IsTerminator>())
      return;
    for (Region &region : end->getRegions())
      for (Operation &op : region.getOps())
        if (!op.hasTrait<OpTrait::IsTerminator>()) {
          emitRemark(op.getLoc()) << "what " << end->getName()
                                  << " does has no start, and its time is "
                                     "not counted";
          return;
        }
  }

  /// Once a loop that can have no interval and has no other loop inside.
  static void remarkNeverPipelined(const Scope &scope) {
    Region *region = scope.block->getParent();
    Operation *loop = region->getParentOp();
    if (!isa<LoopLikeOpInterface>(loop) || isForLoop(loop) ||
        region->getRegionNumber() > 0 || scope.block != &region->front())
      return;
    bool isInnermost = true;
    for (Region &inside : loop->getRegions())
      inside.walk([&](LoopLikeOpInterface) { isInnermost = false; });
    if (isInnermost)
      emitRemark(loop->getLoc())
          << "the loop is not pipelined: " << whyNeverPipelined(loop);
  }

  /// Searches, with who wants to know of it.
  gaus::Outcome<gaus::Solution> watched(Scope &scope, Asked &asked) {
    SearchWatcher *watcher = searchWatcher();
    if (!watcher)
      return search(scope, asked);
    WatchedScope name{scope.name, placeOf(scope).text()};
    asked.options.observer = watcher->begins(name);
    gaus::Outcome<gaus::Solution> solution = search(scope, asked);
    asked.options.observer = nullptr;
    watcher->ends(name, solution ? &*solution : nullptr,
                  asked.options.objective);
    return solution;
  }

  static gaus::Outcome<gaus::Solution> search(Scope &scope,
                                              const Asked &asked) {
    const auto &[local, existing] = asked;
    auto begin = std::chrono::steady_clock::now();
    gaus::Outcome<gaus::Solution> solution =
        gaus::solve(scope.problem, local, existing);
    gaus::SolverOptions rest = local;
    std::chrono::duration<double> took =
        std::chrono::steady_clock::now() - begin;
    if (rest.timeLimit > 0)
      rest.timeLimit = std::max(1e-3, rest.timeLimit - took.count());
    solution = improveByTables(scope, rest, std::move(solution), existing);
    // What is written is not remarked upon again.
    if (solution)
      writeSolution(scope, *solution);
    improveByAlternatives(scope, rest, solution);
    return solution;
  }

  /// Its remark has said why.
  static LogicalResult refuseUnknownCalls(const Scope &scope) {
    for (auto [op, waits] : llvm::zip(scope.nodes, scope.waits))
      if (waits && isa<CallOpInterface>(op))
        return mlir::emitError(op->getLoc())
               << "nothing is known of how long this call takes, and "
                  "unknown-calls=error allows no such call";
    return success();
  }
};

} // namespace

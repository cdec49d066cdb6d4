//===- WrittenSchedule.cpp - A schedule as attributes ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Transforms/WrittenSchedule.h"

#include "Binding/ScopeDatapath.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace gaus::ir;

gaus::Starts WrittenSchedule::complete32() const {
  if (!complete())
    return {};
  return gaus::Starts(starts.begin(), starts.end());
}

/// The attribute's number within [least, most]; the dialect's checks hold only
/// for a module that was verified.
static std::optional<int64_t> numberOn(Operation *op, llvm::StringRef name,
                                       int64_t least, int64_t most) {
  auto attr = op->getAttrOfType<IntegerAttr>(name);
  if (!attr || attr.getValue().getSignificantBits() > 64)
    return std::nullopt;
  int64_t number = attr.getValue().getSExtValue();
  if (number < least || number > most)
    return std::nullopt;
  return number;
}

WrittenSchedule gaus::ir::readWritten(const Scope &scope) {
  constexpr int64_t anything = std::numeric_limits<int64_t>::max();
  WrittenSchedule written;
  for (Operation *op : scope.nodes) {
    std::optional<int64_t> start = numberOn(op, kStart, 0, gaus::kMaxCycle);
    written.missing += !start;
    written.starts.push_back(start.value_or(-1));
  }
  Operation *carrier = scope.carrier;
  written.length = numberOn(carrier, kLength, 1, 2 * int64_t(gaus::kMaxCycle));
  written.ii = numberOn(carrier, kII, 1, gaus::kMaxCycle);
  written.cost = numberOn(carrier, kCost, 0, anything);
  written.bound = numberOn(carrier, kBound, 0, anything);
  if (auto proof = carrier->getAttrOfType<StringAttr>(kIIProof))
    written.iiProof = proof.str();
  // What gaus-annotate leaves may be neither bounded nor pipelined.
  bool annotated = llvm::any_of(
      scope.nodes, [](Operation *op) { return op->hasAttr(kDist); });
  written.results = annotated || written.length || written.ii || written.cost ||
                    (scope.isLoop && written.missing < scope.nodes.size());
  return written;
}

void gaus::ir::adoptWritten(Scope &scope, const WrittenSchedule &written,
                            gaus::SolverOptions &options) {
  if (!written.results)
    return;
  // Under limits a factor is of the least length that was found: of which the
  // written length is what came.
  bool found = options.length.kind == gaus::LengthChoice::Factor &&
               written.length && scope.problem.usesLimits();
  if (found || options.length.kind == gaus::LengthChoice::Default) {
    // No option asks for no length: the problem has none.
    scope.problem.length = 0;
    if (written.length) {
      options.length.kind = gaus::LengthChoice::Cycles;
      options.length.cycles = *written.length;
    }
  }
  if (options.ii.kind == gaus::IIChoice::Default) {
    options.ii.kind =
        written.ii ? gaus::IIChoice::Cycles : gaus::IIChoice::None;
    options.ii.cycles = written.ii.value_or(0);
  }
}

/// A length that no problem can have as its bound, but that the last operation
/// of a schedule without one may reach.
static LogicalResult checkLongLength(const Scope &scope,
                                     const WrittenSchedule &written) {
  for (auto [i, start] : llvm::enumerate(written.starts)) {
    int64_t end =
        start + gaus::durationOf(scope.problem, static_cast<int32_t>(i));
    if (start >= 0 && end > *written.length)
      return mlir::emitError(scope.nodes[i]->getLoc())
             << "[Lat] ends at cycle " << end << ", beyond the length "
             << *written.length;
  }
  return success();
}

LogicalResult gaus::ir::settleWritten(Scope &scope,
                                      const WrittenSchedule &written,
                                      const gaus::SolverOptions &options) {
  gaus::Problem &p = scope.problem;
  if (scope.isNeverPipelined && written.ii)
    return mlir::emitError(scope.carrier->getLoc())
           << kII << " on " << scope.name << ", which is never pipelined";
  gaus::SolverOptions chosen = options;
  if (scope.isNeverPipelined)
    chosen.ii.kind = gaus::IIChoice::None;
  if (chosen.ii.kind == gaus::IIChoice::Auto)
    chosen.ii.kind = gaus::IIChoice::Default;
  adoptWritten(scope, written, chosen);
  if (chosen.ii.kind != gaus::IIChoice::Default)
    p.ii = chosen.ii.kind == gaus::IIChoice::None ? 0 : chosen.ii.cycles;
  if (scope.isLoop && p.ii == 0 && chosen.ii.kind == gaus::IIChoice::None)
    scope.problem.dropCarriedEdges();
  gaus::adoptOptions(p, chosen);
  if (chosen.length.kind == gaus::LengthChoice::Cycles)
    p.length = chosen.length.cycles;
  if (p.length > gaus::kMaxCycle) {
    p.length = 0;
    return checkLongLength(scope, written);
  }
  if (chosen.length.kind != gaus::LengthChoice::Factor)
    return success();
  // Which interval is settled: no search.
  chosen.ii.kind = p.ii > 0 ? gaus::IIChoice::Cycles : gaus::IIChoice::None;
  chosen.ii.cycles = p.ii;
  gaus::Outcome<gaus::Problem> resolved = gaus::resolve(p, chosen);
  if (!resolved) {
    scope.emit(resolved.error());
    return failure();
  }
  p.length = resolved->length;
  return success();
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

/// What some operations print cannot hold results, or not be read again.
static void warnOfForm(Operation *op) {
  bool unreadable = isa<memref::DmaStartOp>(op);
  if (!unreadable &&
      !isa<affine::AffineDmaStartOp, affine::AffineDmaWaitOp>(op))
    return;
  emitWarning(op->getLoc())
      << "'" << op->getName() << "' is printed "
      << (unreadable ? "in a form that cannot be read again with attributes"
                     : "without its attributes")
      << ": use the generic form or bytecode to keep its start";
}

/// What regions had as scopes of their own is no more.
static void dropOfRegions(const Scope &scope) {
  if (!scope.hasConditions())
    return;
  for (Block *block : llvm::drop_begin(scope.blocks))
    for (llvm::StringRef name : {kLength, kII, kIIProof, kCost, kBound})
      block->getTerminator()->removeAttr(name);
}

void gaus::ir::writeMemory(const Scope &scope, const gaus::Problem &p) {
  Builder b(scope.carrier->getContext());
  if (p.limitsLive())
    scope.carrier->setAttr(kLiveLimit, b.getI64IntegerAttr(p.liveLimit));
  if (p.hasBuffers())
    scope.carrier->setAttr(kMemoryModel,
                           b.getStringAttr(gaus::toString(p.memoryModel)));
  else
    scope.carrier->removeAttr(kMemoryModel);
}

void gaus::ir::writeSolution(Scope &scope, const gaus::Solution &solution) {
  dropOfRegions(scope);
  dropBinding(scope); // Of another schedule.
  Builder b(scope.carrier->getContext());
  for (size_t i = 0; i < scope.nodes.size(); ++i) {
    Operation *op = scope.nodes[i];
    op->setAttr(kStart, b.getI64IntegerAttr(solution.starts[i]));
    if (scope.waits[i])
      op->setAttr(kLatencyMin, b.getI64IntegerAttr(scope.problem.latency[i]));
    else
      op->removeAttr(kLatencyMin);
    op->removeAttr(kSspTime);
    warnOfForm(op);
  }
  Operation *carrier = scope.carrier;
  carrier->setAttr(kLength, b.getI64IntegerAttr(solution.lengthBound > 0
                                                    ? solution.lengthBound
                                                    : solution.cost.length));
  if (solution.ii > 0)
    carrier->setAttr(kII, b.getI64IntegerAttr(solution.ii));
  else
    carrier->removeAttr(kII);
  if (solution.iiProof != gaus::IIProof::None)
    carrier->setAttr(kIIProof,
                     b.getStringAttr(gaus::toString(solution.iiProof)));
  else
    carrier->removeAttr(kIIProof);
  writeMemory(scope, scope.problem);
  carrier->setAttr(kCost, b.getI64IntegerAttr(solution.value));
  carrier->setAttr(kBound, b.getI64IntegerAttr(solution.bound));
}

//===----------------------------------------------------------------------===//
// Distributions
//===----------------------------------------------------------------------===//

void gaus::ir::writeDistributions(Scope &scope,
                                  const gaus::Distributions &state) {
  for (auto [index, op] : llvm::enumerate(scope.nodes))
    op->setAttr(kDist,
                NormalAttr::get(op->getContext(), double(state.mean[index]),
                                double(state.stddev[index])));
}

FailureOr<gaus::Distributions> gaus::ir::readDistributions(const Scope &scope) {
  gaus::Distributions state;
  for (Operation *op : scope.nodes) {
    auto dist = op->getAttrOfType<NormalAttr>(kDist);
    if (!dist)
      return mlir::emitError(op->getLoc())
             << "has no gaus.dist; run gaus-annotate before this pass";
    state.mean.push_back(static_cast<float>(dist.getMean().convertToDouble()));
    state.stddev.push_back(
        static_cast<float>(dist.getStddev().convertToDouble()));
  }
  return state;
}

//===- ReadSchedule.cpp - What the hardware has to obey -------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReadSchedule.h"
#include "Scopes/Kinds.h"

#include "gaus/Dialect/GausNames.h"
#include "gaus/Dialect/HardwareNames.h"
#include "gaus/Transforms/WrittenSchedule.h"

using namespace mlir;
using namespace gaus::ir;

/// The operator's entry, by the name that its scope found.
static DictionaryAttr hardwareOf(const Scope &scope, size_t node) {
  StringAttr name = scope.areas[node].name;
  Operation *found = nullptr;
  if (auto ref = scope.nodes[node]->getAttrOfType<SymbolRefAttr>(kOperator);
      ref && !ref.getNestedReferences().empty())
    found = SymbolTable::lookupNearestSymbolFrom(scope.carrier, ref);
  for (Operation *at = scope.carrier; name && at && !found;
       at = at->getParentOp())
    if (auto ref = at->getAttrOfType<SymbolRefAttr>(kLibrary)) {
      auto library =
          SymbolTable::lookupNearestSymbolFrom<LibraryOp>(scope.carrier, ref);
      found = library ? SymbolTable::lookupSymbolIn(library, name) : nullptr;
      break;
    }
  return found ? found->getAttrOfType<DictionaryAttr>(kHardware)
               : DictionaryAttr();
}

static ScheduledOp describe(const Scope &scope, size_t node, int64_t start) {
  const gaus::Problem &problem = scope.problem;
  ScheduledOp op;
  op.start = start;
  op.latency = problem.latency[node];
  op.waits = scope.waits[node] || scope.nodes[node]->hasAttr(kLatencyMin);
  int32_t begin = problem.useBegin[node], end = problem.useBegin[node + 1];
  for (int32_t u = begin; u < end; ++u)
    op.isLimited |= problem.limit[problem.useResource[u]] != gaus::kUnlimited;
  op.occupancy = problem.occupancy[node];
  if (op.isLimited)
    op.busy = start + op.occupancy;
  op.hardware = hardwareOf(scope, node);
  return op;
}

/// How often what is inside runs: a condition's once; nothing if that is not
/// known.
static std::optional<int64_t> turnsOf(Operation *op) {
  if (isForLoop(op))
    return constantTrips(op);
  return runsOneRegion(op) ? std::optional<int64_t>(1) : std::nullopt;
}

/// Of a condition without results the terminators, which have the lengths, are
/// not printed: it takes as long as what is inside, and so does a loop around.
static void measure(Operation *op, ScheduledOp &described,
                    const Schedule &schedule) {
  if (op->getNumRegions() == 0 || op->hasAttr(kLatencyMin) || !described.waits)
    return;
  std::optional<int64_t> turns = turnsOf(op);
  if (!turns)
    return;
  described.waits = false;
  if (*turns == 0) {
    described.latency = 0;
    return;
  }
  for (const ScheduledScope &scope : schedule.scopes) {
    if (scope.blocks[0]->getParentOp() != op)
      continue;
    int64_t length = scope.length, busy = 0;
    for (Operation *inner : scope.nodes) {
      const ScheduledOp &i = schedule.operations.at(inner);
      described.waits |= i.waits;
      length = std::max(length, i.start + std::max<int64_t>(i.latency, 1));
      busy = std::max(busy, i.busy);
    }
    int64_t each =
        scope.ii.value_or(0) > 0 ? *scope.ii : std::max(length, busy);
    int64_t others = (*turns - 1) * each;
    described.latency = std::max(described.latency, length + others);
    if (busy > 0)
      described.busy =
          std::max(described.busy, described.start + busy + others);
  }
}

static LogicalResult readScope(Scope &scope, Schedule &schedule) {
  if (failed(scope.build()))
    return failure();
  WrittenSchedule written = readWritten(scope);
  ScheduledScope own;
  own.blocks.assign(scope.blocks.begin(), scope.blocks.end());
  own.carrier = scope.carrier;
  own.length = written.length.value_or(0);
  own.ii = written.ii;
  for (auto [k, op] : llvm::enumerate(scope.nodes)) {
    if (written.starts[k] < 0)
      return emitError(op->getLoc())
             << "no gaus.start on '" << op->getName().getStringRef()
             << "'; run gaus-schedule first";
    if (scope.isJoin(op)) {
      schedule.joins.insert(op);
      continue;
    }
    own.nodes.push_back(op);
    ScheduledOp described = describe(scope, k, written.starts[k]);
    measure(op, described, schedule);
    schedule.operations[op] = described;
  }
  schedule.scopes.push_back(std::move(own));
  return success();
}

LogicalResult gaus::ir::readSchedule(Operation *program,
                                     llvm::ArrayRef<Operation *> functions,
                                     Schedule &schedule) {
  for (Scope &scope : collectScopes(program))
    if (llvm::is_contained(functions,
                           functionAround(scope.block->getParentOp())) &&
        failed(readScope(scope, schedule)))
      return failure();
  return success();
}

//===- ControlFlow.cpp - Conditions and loops that run ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Machine/Machine.h"

#include <utility>

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

static bool holds(IntegerSet set, ArrayRef<int64_t> operands) {
  for (unsigned k = 0; k < set.getNumConstraints(); ++k) {
    int64_t value =
        evaluate(set.getConstraint(k), operands.take_front(set.getNumDims()),
                 operands.drop_front(set.getNumDims()));
    if (set.isEq(k) ? value != 0 : value < 0)
      return false;
  }
  return true;
}

/// The default comes first, then the cases in order.
static size_t regionFor(llvm::ArrayRef<int64_t> cases, int64_t value) {
  const auto *found = llvm::find(cases, value);
  return found == cases.end() ? 0 : 1 + (found - cases.begin());
}

const BlockCode *Machine::takenRegion(const OpCode &c, const Frame &f) const {
  bool taken = true;
  size_t region = 0;
  if (c.control == Control::If) {
    taken = values[f[c.operands[0]]].payload.bits & 1;
  } else if (c.control == Control::Switch) {
    region = regionFor(
        c.numbers, static_cast<int64_t>(values[f[c.operands[0]]].payload.bits));
  } else if (c.control == Control::AffineIf) {
    llvm::SmallVector<int64_t, 4> operands;
    for (int32_t slot : c.operands)
      operands.push_back(static_cast<int64_t>(values[f[slot]].payload.bits));
    taken = holds(c.set, operands);
  }
  if (!taken)
    region = 1;
  return region < c.regions.size() && c.regions[region].block
             ? &c.regions[region]
             : nullptr;
}

int64_t Machine::runIf(const OpCode &c, Frame &f, int64_t start) {
  int32_t outside = std::exchange(inside, record(c, f, start));
  int64_t ended = start;
  if (const BlockCode *b = takenRegion(c, f)) {
    ended = runBlock(*b, f, start);
    for (size_t k = 0; k < c.results.size() && !stopped(); ++k)
      f[c.results[k]] = f[b->passed[k]];
  }
  inside = outside;
  return ended;
}

/// A condition that is one with the loop around it: what its region does is
/// done as the loop's own operations, and known to be done when it is known
/// what decides. A result is there when it is, and it is known which it is.
void Machine::runInLoop(const OpCode &c, Frame &f, int64_t base,
                        std::vector<Piece> &pieces) {
  int32_t outerGuard = guard, decides = -1;
  for (int32_t slot : c.operands)
    decides = latestOf(decides, f[slot]);
  guard = latestOf(guard, decides);
  const BlockCode *b = takenRegion(c, f);
  if (b)
    runPieces(*b, f, base, pieces);
  guard = outerGuard;
  if (stopped())
    return;
  Piece join{&c,
             base + c.start,
             base + c.start,
             static_cast<int32_t>(instances.size()),
             0,
             static_cast<int32_t>(values.size()),
             0};
  record(c, f, join.start);
  for (size_t k = 0; k < c.results.size(); ++k)
    f[c.results[k]] = decidedBy(f[b->passed[k]], decides);
  join.lastInstance = static_cast<int32_t>(instances.size());
  join.lastValue = static_cast<int32_t>(values.size());
  pieces.push_back(join);
}

/// False if it has no meaning, or too many iterations.
bool Machine::bounds(const OpCode &c, const Frame &f, int64_t &first,
                     int64_t &step, uint64_t &trips) {
  int64_t last;
  bool isUnsigned = false;
  if (c.control == Control::For) {
    unsigned width = c.shape.width;
    auto value = [&](size_t k) {
      return extended(values[f[c.operands[k]]].payload.bits, width);
    };
    first = value(0), last = value(1), step = value(2);
    isUnsigned = c.numbers[0] != 0;
    if (isUnsigned) {
      first = static_cast<int64_t>(masked(static_cast<uint64_t>(first), width));
      last = static_cast<int64_t>(masked(static_cast<uint64_t>(last), width));
      step = static_cast<int64_t>(masked(static_cast<uint64_t>(step), width));
    }
  } else {
    std::vector<const Payload *> operands;
    for (int32_t slot : c.operands)
      operands.push_back(&values[f[slot]].payload);
    first = evaluate(c.map, 0, operands.data());
    for (unsigned k = 1; k < c.map.getNumResults(); ++k)
      first = std::max(first, evaluate(c.map, k, operands.data()));
    const Payload *const *upper = operands.data() + c.map.getNumInputs();
    last = evaluate(c.upperMap, 0, upper);
    for (unsigned k = 1; k < c.upperMap.getNumResults(); ++k)
      last = std::min(last, evaluate(c.upperMap, k, upper));
    step = c.numbers[0];
  }
  if (step <= 0 && !(isUnsigned && step != 0)) {
    stop(c.op, "the loop's step is not positive", /*isUndefined=*/true);
    return false;
  }
  bool none = isUnsigned
                  ? static_cast<uint64_t>(first) >= static_cast<uint64_t>(last)
                  : first >= last;
  uint64_t span = static_cast<uint64_t>(last) - static_cast<uint64_t>(first);
  trips = none ? 0 : (span - 1) / static_cast<uint64_t>(step) + 1;
  return true;
}

int64_t Machine::runFor(const OpCode &c, Frame &f, int64_t start) {
  int32_t around = std::exchange(inside, record(c, f, start));
  int64_t first = 0, step = 1;
  uint64_t trips = 0;
  if (!bounds(c, f, first, step, trips))
    return start;
  const BlockCode &b = c.regions[0];
  size_t numInits = c.results.size();
  llvm::SmallVector<int32_t, 4> carried;
  for (size_t k = c.operands.size() - numInits; k < c.operands.size(); ++k)
    carried.push_back(f[c.operands[k]]);
  int64_t base = start, ended = start;
  int32_t outside = iteration, outerGuard = guard;
  auto firstIteration = static_cast<int32_t>(iterations.size());
  std::vector<Piece> pieces;
  for (uint64_t n = 0; n < trips && !stopped(); ++n) {
    enterIteration(outside, static_cast<int64_t>(n), firstIteration);
    uint64_t variable =
        static_cast<uint64_t>(first) + n * static_cast<uint64_t>(step);
    Payload p;
    p.bits =
        c.control == Control::For ? masked(variable, c.shape.width) : variable;
    f[b.arguments[0]] = newValue(std::move(p), INT64_MIN, -1);
    for (size_t k = 0; k < numInits; ++k)
      f[b.arguments[1 + k]] = carried[k];
    if (b.scheduled && b.ii > 0) {
      runPieces(b, f, base, pieces);
      ended = endOf(b, base);
      base += b.ii;
    } else {
      base = runApart(b, f, base, ended);
    }
    for (size_t k = 0; k < numInits && !stopped(); ++k)
      carried[k] = f[b.passed[k]];
  }
  ended = stretch(pieces).shifted(ended);
  iteration = outside;
  inside = around;
  guard = outerGuard;
  for (size_t k = 0; k < numInits; ++k)
    f[c.results[k]] = carried[k];
  return ended;
}

int64_t Machine::runWhile(const OpCode &c, Frame &f, int64_t start) {
  int32_t around = std::exchange(inside, record(c, f, start));
  const BlockCode &before = c.regions[0], &after = c.regions[1];
  llvm::SmallVector<int32_t, 4> carried;
  for (int32_t slot : c.operands)
    carried.push_back(f[slot]);
  int64_t base = start;
  int32_t outside = iteration;
  auto runPart = [&](const BlockCode &b) {
    for (size_t k = 0; k < b.arguments.size(); ++k)
      f[b.arguments[k]] = carried[k];
    int64_t ended = base;
    base = runApart(b, f, base, ended);
  };
  for (int64_t n = 0; !stopped(); ++n) {
    enterIteration(outside, n, -1);
    runPart(before);
    if (stopped() || n > options.maxOperations) {
      stop(c.op, "more operations than are executed", /*isUndefined=*/false);
      break;
    }
    const DynamicValue &goesOn = values[f[before.passed[0]]];
    base = std::max(base, goesOn.ready);
    bool more = goesOn.payload.bits & 1;
    carried.clear();
    for (size_t k = 1; k < before.passed.size(); ++k)
      carried.push_back(f[before.passed[k]]);
    if (!more)
      break;
    checkTrips(c.op, n, c.mostTrips);
    runPart(after);
    carried.clear();
    for (int32_t slot : after.passed)
      carried.push_back(stopped() ? 0 : f[slot]);
  }
  iteration = outside;
  inside = around;
  for (size_t k = 0; k < c.results.size() && !stopped(); ++k)
    f[c.results[k]] = carried[k];
  return base;
}

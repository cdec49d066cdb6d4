//===- Machine.cpp - Runs a program and says what is when -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Machine/Machine.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"

#include <utility>

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

//===----------------------------------------------------------------------===//
// Instances and values
//===----------------------------------------------------------------------===//

void Machine::stop(Operation *op, const std::string &why, bool isUndefined) {
  if (stopped())
    return;
  reason = why;
  where = op->getLoc();
  undefined = isUndefined;
}

int32_t Machine::newValue(Payload payload, int64_t ready, int32_t producer) {
  values.push_back({std::move(payload), ready, producer});
  return static_cast<int32_t>(values.size() - 1);
}

std::string Machine::iterationText(int32_t number) const {
  std::string text;
  for (int32_t k = number; k >= 0; k = iterations[k].around)
    text.insert(0, std::to_string(iterations[k].number) +
                       (text.empty() ? "" : ", "));
  return text.empty() ? "" : " of iteration " + text;
}

std::string Machine::describe(int32_t instance) const {
  const Instance &i = instances[instance];
  return i.code->op->getName().getStringRef().str() +
         iterationText(i.iteration) + ", started in cycle " +
         std::to_string(i.start);
}

void Machine::enterIteration(int32_t around, int64_t number, int32_t first) {
  iterations.push_back({around, number, first});
  iteration = static_cast<int32_t>(iterations.size() - 1);
}

int32_t Machine::record(const OpCode &c, const Frame &f, int64_t start) {
  auto number = static_cast<int32_t>(instances.size());
  if (static_cast<int64_t>(instances.size()) >= options.maxOperations)
    stop(c.op, "more operations than are executed", /*isUndefined=*/false);
  instances.push_back({&c, start, iteration, inside,
                       static_cast<int32_t>(operandValues.size()), guard,
                       start});
  for (int32_t slot : c.operands)
    operandValues.push_back(f[slot]);
  return number;
}

void Machine::noteInOrder(const BlockCode &b) {
  Location loc = b.block->getParentOp()->getLoc();
  if (!llvm::is_contained(inOrder, loc))
    inOrder.push_back(loc);
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

void Machine::runPieces(const BlockCode &b, Frame &f, int64_t base,
                        std::vector<Piece> &pieces) {
  for (const OpCode &c : b.ops) {
    if (stopped())
      return;
    if (c.isOneWithLoop) {
      runInLoop(c, f, base, pieces);
      continue;
    }
    Piece p{&c, base + c.start,
            0,  static_cast<int32_t>(instances.size()),
            0,  static_cast<int32_t>(values.size()),
            0};
    p.end = runOp(c, f, p.start);
    if (c.isWait) // What it holds is waited for, too.
      p.end = unitsFree(p.firstInstance, p.end);
    p.lastInstance = static_cast<int32_t>(instances.size());
    p.lastValue = static_cast<int32_t>(values.size());
    pieces.push_back(p);
  }
}

void Shifts::wait(int64_t planned, int64_t at) {
  int64_t more = std::max(shifted(planned), at) - planned;
  from[planned] = more;
  for (auto later = from.upper_bound(planned); later != from.end(); ++later)
    later->second = std::max(later->second, more);
}

/// All that starts after the cycles that the schedule has for what waits starts
/// so much later.
Shifts Machine::stretch(std::vector<Piece> &pieces) {
  Shifts shifts;
  if (llvm::none_of(pieces, [](const Piece &p) { return p.code->isWait; }))
    return shifts;
  std::vector<Piece *> byStart;
  byStart.reserve(pieces.size());
  for (Piece &p : pieces)
    byStart.push_back(&p);
  llvm::stable_sort(byStart, [](const Piece *a, const Piece *b) {
    return a->start < b->start;
  });
  for (Piece *p : byStart) {
    int64_t shift = shifts.shifted(p->start) - p->start;
    for (int32_t k = p->firstInstance; shift && k < p->lastInstance; ++k) {
      instances[k].start += shift;
      instances[k].end += shift;
    }
    for (int32_t k = p->firstValue; shift && k < p->lastValue; ++k)
      if (values[k].ready != INT64_MIN)
        values[k].ready += shift;
    if (p->code->isWait)
      shifts.wait(p->start + std::max<int64_t>(p->code->latency, 1),
                  p->end + shift);
  }
  return shifts;
}

/// When what ran since an instance holds limited units no longer.
int64_t Machine::unitsFree(size_t firstInstance, int64_t from) const {
  for (size_t k = firstInstance; k < instances.size(); ++k)
    if (!instances[k].code->uses.empty())
      from = std::max(from, instances[k].start + instances[k].code->occupancy);
  return from;
}

int64_t gaus::ir::replaying::endOf(const BlockCode &b, int64_t base) {
  int64_t end = base;
  for (const OpCode &c : b.ops) {
    end = std::max(end, base + c.start + std::max<int64_t>(c.latency, 1));
    if (c.isOneWithLoop)
      for (const BlockCode &region : c.regions)
        end = std::max(end, endOf(region, base));
  }
  return b.length >= 0 ? base + b.length : end;
}

int64_t Machine::runBlock(const BlockCode &b, Frame &f, int64_t base,
                          Shifts &shifts) {
  if (b.scheduled) {
    std::vector<Piece> pieces;
    runPieces(b, f, base, pieces);
    shifts = stretch(pieces);
    return shifts.shifted(endOf(b, base));
  }
  noteInOrder(b);
  for (const OpCode &c : b.ops)
    if (!stopped())
      base = runOp(c, f, base);
  return base;
}

int64_t Machine::busyOf(const BlockCode &b) {
  auto [found, fresh] = busyBlocks.try_emplace(&b, 0);
  if (fresh)
    found->second = busyUntil(b);
  return found->second;
}

int64_t Machine::runApart(const BlockCode &b, Frame &f, int64_t base,
                          int64_t &ended) {
  size_t firstInstance = instances.size();
  Shifts shifts;
  ended = runBlock(b, f, base, shifts);
  int64_t busy = b.scheduled ? busyOf(b) : 0;
  return std::max(shifts.shifted(base + busy), unitsFree(firstInstance, ended));
}

int64_t Machine::runOp(const OpCode &c, Frame &f, int64_t start) {
  switch (c.control) {
  case Control::None:
    return runPlain(c, f, start);
  case Control::If:
  case Control::AffineIf:
  case Control::Execute:
  case Control::Switch:
    return runIf(c, f, start);
  case Control::For:
  case Control::AffineFor:
    return runFor(c, f, start);
  case Control::While:
    return runWhile(c, f, start);
  case Control::Call:
    return runCall(c, f, start);
  }
  return start;
}

int64_t Machine::runPlain(const OpCode &c, Frame &f, int64_t start) {
  int32_t instance = record(c, f, start);
  in.clear();
  for (int32_t slot : c.operands)
    in.push_back(&values[f[slot]].payload);
  out.assign(c.results.size(), Payload());
  runtime.instance = instance;
  c.semantics(runtime, c, in.data(), out.data());
  if (!runtime.faultText.empty())
    stop(c.op, runtime.faultText, /*isUndefined=*/true);
  for (size_t k = 0; k < c.results.size(); ++k)
    f[c.results[k]] = newValue(std::move(out[k]), start + c.latency, instance);
  return start + std::max<int64_t>(c.latency, 1);
}

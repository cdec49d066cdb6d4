//===- Machine.cpp - Runs a program and says what is when -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Machine.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"

#include <map>
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
    stop(c.op, "more operations than are executed", false);
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

/// Where an operation takes as long as it needs, the scope waits: all that
/// starts after the cycles that the schedule has for it starts so much later.
/// Returns what `end` becomes.
int64_t Machine::stretch(std::vector<Piece> &pieces, int64_t end) {
  if (llvm::none_of(pieces, [](const Piece &p) { return p.code->isWait; }))
    return end;
  std::vector<Piece *> byStart;
  byStart.reserve(pieces.size());
  for (Piece &p : pieces)
    byStart.push_back(&p);
  llvm::stable_sort(byStart, [](const Piece *a, const Piece *b) {
    return a->start < b->start;
  });
  // (end in the schedule, shift of what starts then or later)
  std::map<int64_t, int64_t> shifts = {{INT64_MIN, 0}};
  auto shiftAt = [&](int64_t cycle) {
    return std::prev(shifts.upper_bound(cycle))->second;
  };
  for (Piece *p : byStart) {
    int64_t shift = shiftAt(p->start);
    for (int32_t k = p->firstInstance; shift && k < p->lastInstance; ++k) {
      instances[k].start += shift;
      instances[k].end += shift;
    }
    for (int32_t k = p->firstValue; shift && k < p->lastValue; ++k)
      if (values[k].ready != INT64_MIN)
        values[k].ready += shift;
    if (!p->code->isWait)
      continue;
    int64_t planned = p->start + std::max<int64_t>(p->code->latency, 1);
    int64_t more = std::max(shiftAt(planned), p->end + shift - planned);
    shifts[planned] = more;
    for (auto later = shifts.upper_bound(planned); later != shifts.end();
         ++later)
      later->second = std::max(later->second, more);
  }
  return end + shiftAt(end);
}

/// When what ran since an instance holds limited units no longer.
int64_t Machine::unitsFree(size_t firstInstance, int64_t from) const {
  for (size_t k = firstInstance; k < instances.size(); ++k)
    if (!instances[k].code->uses.empty())
      from = std::max(from, instances[k].start + instances[k].code->occupancy);
  return from;
}

static int64_t endOf(const BlockCode &b, int64_t base) {
  int64_t end = base;
  for (const OpCode &c : b.ops)
    end = std::max(end, base + c.start + std::max<int64_t>(c.latency, 1));
  return b.length >= 0 ? base + b.length : end;
}

int64_t Machine::runBlock(const BlockCode &b, Frame &f, int64_t base) {
  if (b.scheduled) {
    std::vector<Piece> pieces;
    runPieces(b, f, base, pieces);
    return stretch(pieces, endOf(b, base));
  }
  noteInOrder(b);
  for (const OpCode &c : b.ops)
    if (!stopped())
      base = runOp(c, f, base);
  return base;
}

int64_t Machine::runOp(const OpCode &c, Frame &f, int64_t start) {
  switch (c.control) {
  case Control::None:
    return runPlain(c, f, start);
  case Control::If:
  case Control::AffineIf:
  case Control::Execute:
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
    stop(c.op, runtime.faultText, true);
  for (size_t k = 0; k < c.results.size(); ++k)
    f[c.results[k]] = newValue(std::move(out[k]), start + c.latency, instance);
  return start + std::max<int64_t>(c.latency, 1);
}

//===----------------------------------------------------------------------===//
// Structured control flow
//===----------------------------------------------------------------------===//

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

int64_t Machine::runIf(const OpCode &c, Frame &f, int64_t start) {
  int32_t outside = std::exchange(inside, record(c, f, start));
  bool taken = true;
  if (c.control == Control::If) {
    taken = values[f[c.operands[0]]].payload.bits & 1;
  } else if (c.control == Control::AffineIf) {
    llvm::SmallVector<int64_t, 4> operands;
    for (int32_t slot : c.operands)
      operands.push_back(static_cast<int64_t>(values[f[slot]].payload.bits));
    taken = holds(c.set, operands);
  }
  size_t region = taken ? 0 : 1;
  int64_t ended = start;
  if (region < c.regions.size() && c.regions[region].block) {
    const BlockCode &b = c.regions[region];
    ended = runBlock(b, f, start);
    for (size_t k = 0; k < c.results.size() && !stopped(); ++k)
      f[c.results[k]] = f[b.passed[k]];
  }
  inside = outside;
  return ended;
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
    stop(c.op, "the loop's step is not positive", true);
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
  // Those that run apart do so for as long as the longest branch needs.
  int64_t apart = b.scheduled && b.ii <= 0 && !c.isWait ? busyUntil(b) : 0;
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
      size_t firstInstance = instances.size();
      ended = runBlock(b, f, base);
      base = std::max(base + apart, unitsFree(firstInstance, ended));
    }
    for (size_t k = 0; k < numInits && !stopped(); ++k)
      carried[k] = f[b.passed[k]];
  }
  ended = stretch(pieces, ended);
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
    size_t firstInstance = instances.size();
    base = unitsFree(firstInstance, runBlock(b, f, base));
  };
  for (int64_t n = 0; !stopped(); ++n) {
    enterIteration(outside, n, -1);
    runPart(before);
    if (stopped() || n > options.maxOperations) {
      stop(c.op, "more operations than are executed", false);
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

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

int64_t Machine::runCall(const OpCode &c, Frame &f, int64_t start) {
  int32_t number = record(c, f, start);
  int32_t around = std::exchange(inside, number);
  if (++depth > 64)
    stop(c.op, "calls within calls within calls", false);
  llvm::SmallVector<int32_t, 4> arguments, returned;
  for (int32_t slot : c.operands)
    arguments.push_back(f[slot]);
  int64_t ended = runFunction(*c.callee, arguments, start, returned);
  --depth;
  inside = around;
  instances[number].end = ended;
  for (size_t k = 0; k < c.results.size() && !stopped(); ++k)
    f[c.results[k]] = returned[k];
  return ended;
}

int64_t Machine::runFunction(const FunctionCode &code,
                             ArrayRef<int32_t> arguments, int64_t start,
                             llvm::SmallVectorImpl<int32_t> &returned) {
  Frame f(code.numSlots, 0);
  for (const auto &[slot, payload] : code.constants)
    f[slot] = newValue(payload, INT64_MIN, -1);
  for (size_t k = 0; k < arguments.size(); ++k)
    f[code.blocks[0].arguments[k]] = arguments[k];
  if (code.blocks.size() > 1)
    return runBlocks(code, f, start, returned);
  const BlockCode &b = code.blocks[0];
  int64_t ended = runBlock(b, f, start);
  for (int32_t slot : b.passed)
    returned.push_back(f[slot]);
  return ended;
}

/// The successor; what decides has to be there when the next block starts.
const Successor *Machine::takeBranch(const BlockCode &b, const Frame &f,
                                     int64_t next, bool pipelined) {
  if (b.successors.size() == 1)
    return &b.successors[0];
  const DynamicValue &decides = values[f[b.passed[0]]];
  if (!pipelined && decides.ready > next) {
    ReplayFinding finding{"control", b.terminator->getLoc(), "", {}};
    finding.message = "the block ends in cycle " + std::to_string(next) +
                      ", what decides on the next one is there in cycle " +
                      std::to_string(decides.ready);
    if (decides.producer >= 0)
      finding.notes.push_back({instances[decides.producer].code->op->getLoc(),
                               "by " + describe(decides.producer)});
    find(std::move(finding));
  }
  auto value = static_cast<int64_t>(decides.payload.bits);
  if (b.terminator->getName().stripDialect() != "switch")
    return &b.successors[value & 1 ? 0 : 1];
  for (size_t k = 0; k < b.cases.size(); ++k)
    if (b.cases[k] == value)
      return &b.successors[k + 1];
  return &b.successors[0];
}

int64_t Machine::runBlocks(const FunctionCode &code, Frame &f, int64_t start,
                           llvm::SmallVectorImpl<int32_t> &returned) {
  int64_t base = start;
  int32_t at = 0, outside = iteration, outerGuard = guard, firstIteration = 0;
  int64_t number = 0;
  std::vector<Piece> pieces; // of a pipelined block that repeats
  size_t firstInstance = instances.size();
  while (!stopped()) {
    const BlockCode &b = code.blocks[at];
    if (number == 0)
      firstIteration = static_cast<int32_t>(iterations.size());
    enterIteration(outside, number, firstIteration);
    if (iterations.size() > static_cast<size_t>(options.maxOperations))
      stop(b.terminator, "more operations than are executed", false);
    bool pipelined = b.scheduled && b.ii > 0;
    int64_t next = endOf(b, base);
    if (pipelined)
      runPieces(b, f, base, pieces);
    else
      next = runBlock(b, f, base);
    if (stopped() || b.successors.empty()) {
      for (size_t k = 0; k < b.passed.size() && !stopped(); ++k)
        returned.push_back(f[b.passed[k]]);
      base = next;
      break;
    }
    const Successor *s = takeBranch(b, f, next, pipelined);
    bool again = pipelined && s->block == at;
    guard = again && !b.endKnownAhead ? f[b.passed[0]] : outerGuard;
    if (!again && pipelined) {
      next = stretch(pieces, next);
      pieces.clear();
    }
    if (!again) { // The next block finds all units free.
      next = unitsFree(firstInstance, next);
      firstInstance = instances.size();
    }
    llvm::SmallVector<int32_t, 4> passed;
    for (int32_t slot : s->operands)
      passed.push_back(f[slot]);
    const BlockCode &to = code.blocks[s->block];
    for (size_t k = 0; k < passed.size(); ++k)
      f[to.arguments[k]] = passed[k];
    base = again ? base + b.ii : next;
    number = s->block == at ? number + 1 : 0;
    at = s->block;
  }
  iteration = outside;
  guard = outerGuard;
  return base;
}

void Machine::run(FunctionCode &function, ArrayRef<Payload> arguments) {
  llvm::SmallVector<int32_t, 8> passed;
  for (const Payload &p : arguments)
    passed.push_back(newValue(p, INT64_MIN, -1));
  llvm::SmallVector<int32_t, 4> returned;
  end = runFunction(function, passed, 0, returned);
  for (const Instance &i : instances)
    end = std::max(end, i.start + std::max<int64_t>(i.code->latency, 1));
  results.assign(returned.begin(), returned.end());
}

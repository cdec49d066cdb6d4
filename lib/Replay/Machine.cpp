//===- Machine.cpp - Runs a program and says what is when -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Machine.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"

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
    text = std::to_string(iterations[k].number) +
           (text.empty() ? "" : ", " + text);
  return text.empty() ? "" : " of iteration " + text;
}

std::string Machine::describe(int32_t instance) const {
  const Instance &i = instances[instance];
  return i.code->op->getName().getStringRef().str() +
         iterationText(i.iteration) + ", started in cycle " +
         std::to_string(i.start);
}

int32_t Machine::record(const OpCode &c, const Frame &f, int64_t start) {
  auto number = static_cast<int32_t>(instances.size());
  if (static_cast<int64_t>(instances.size()) >= options.maxOperations)
    stop(c.op, "more operations than are executed", false);
  instances.push_back({&c, start, iteration,
                       static_cast<int32_t>(operandValues.size()),
                       static_cast<int32_t>(values.size())});
  end = std::max(end, start + std::max<int64_t>(c.latency, 1));
  for (int32_t slot : c.operands) {
    operandValues.push_back(f[slot]);
    if (values[f[slot]].ready > start)
      checkOperand(number, f[slot]);
  }
  if (c.touchesMemory && guard.ready > start)
    checkGuard(number);
  return number;
}

void Machine::checkOperand(int32_t instance, int32_t value) {
  const Instance &i = instances[instance];
  const DynamicValue &v = values[value];
  ReplayFinding finding{"operand", i.code->op->getLoc(), "", {}};
  finding.message = describe(instance) +
                    ", uses a value that is there in cycle " +
                    std::to_string(v.ready);
  if (v.producer >= 0)
    finding.notes.push_back(
        {instances[v.producer].code->op->getLoc(),
         "from " + describe(v.producer) + ", latency " +
             std::to_string(instances[v.producer].code->latency)});
  find(std::move(finding));
}

void Machine::checkGuard(int32_t instance) {
  ReplayFinding finding{
      "control", instances[instance].code->op->getLoc(), "", {}};
  finding.message = describe(instance) +
                    ", touches memory before it is known that the iteration "
                    "takes place, in cycle " +
                    std::to_string(guard.ready);
  if (guard.producer >= 0)
    finding.notes.push_back({instances[guard.producer].code->op->getLoc(),
                             "decided by " + describe(guard.producer)});
  find(std::move(finding));
}

void Machine::noteInOrder(const BlockCode &b) {
  Location loc = b.block->getParentOp()->getLoc();
  if (!llvm::is_contained(inOrder, loc))
    inOrder.push_back(loc);
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

int64_t Machine::startOf(const BlockCode &b, const OpCode &c, const Frame &f,
                         int64_t base, int64_t ended, int64_t memoryEnd,
                         int32_t firstInstance, Mode mode) const {
  if (mode == Mode::Scheduled)
    return base + c.start;
  if (mode == Mode::Sequential)
    return ended;
  // What the region itself made is waited for; the rest has to be there.
  int64_t start = c.touchesMemory ? memoryEnd : base;
  for (int32_t slot : c.operands)
    if (values[f[slot]].producer >= firstInstance)
      start = std::max(start, values[f[slot]].ready);
  return start;
}

/// Operation `k` took longer than the schedule says, or less: by how much what
/// follows starts later. It was a wait: nothing else runs beside it.
int64_t Machine::waitFor(const BlockCode &b, size_t k, int64_t start,
                         int64_t ended, int64_t before) {
  const OpCode &c = b.ops[k];
  int64_t next = b.length >= 0 ? b.length : INT64_MAX;
  const OpCode *follower = nullptr;
  for (size_t j = k + 1; j < b.ops.size(); ++j)
    if (b.ops[j].start < next) {
      next = b.ops[j].start;
      follower = &b.ops[j];
    }
  if (next == INT64_MAX)
    return 0;
  // A body without starts says nothing of its duration.
  bool open = c.isOpen || c.control == Control::Call;
  if (!open && (before > start || (follower && next < c.start))) {
    ReplayFinding finding{"wait", c.op->getLoc(), "", {}};
    finding.message = c.op->getName().getStringRef().str() +
                      iterationText(iteration) + ", started in cycle " +
                      std::to_string(start) +
                      ", lasts for as long as it needs, but ";
    if (before > start)
      finding.message +=
          "what comes before it ends in cycle " + std::to_string(before);
    else
      finding.message += "what comes after it starts before";
    if (before <= start)
      finding.notes.push_back({follower->op->getLoc(), "this operation"});
    find(std::move(finding));
  }
  return std::max<int64_t>(0, ended - (start + (next - c.start)));
}

Machine::Ended Machine::runBlock(const BlockCode &b, Frame &f, int64_t base,
                                 Mode mode) {
  int64_t ended = base, memoryEnd = base, shift = 0;
  auto firstInstance = static_cast<int32_t>(instances.size());
  if (mode != Mode::Scheduled)
    noteInOrder(b);
  for (size_t k = 0; k < b.ops.size() && !stopped(); ++k) {
    const OpCode &c = b.ops[k];
    int64_t start =
        startOf(b, c, f, base + shift, ended, memoryEnd, firstInstance, mode);
    int64_t last = runOp(c, f, start);
    if (mode == Mode::Scheduled && c.isWait)
      shift += waitFor(b, k, start, last, ended);
    ended = std::max(ended, last);
    if (c.touchesMemory)
      memoryEnd = std::max(memoryEnd, last);
  }
  if (mode == Mode::Scheduled && b.length >= 0)
    ended = std::max(ended, base + b.length + shift);
  return {ended, shift};
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
  return start + c.latency;
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
  record(c, f, start);
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
  if (region >= c.regions.size() || !c.regions[region].block)
    return start;
  const BlockCode &b = c.regions[region];
  int64_t ended =
      runBlock(b, f, start,
               b.scheduled ? Mode::Scheduled : Mode::AsSoonAsPossible)
          .end;
  for (size_t k = 0; k < c.results.size() && !stopped(); ++k)
    f[c.results[k]] = f[b.passed[k]];
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
  record(c, f, start);
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
  int32_t outside = iteration;
  Guard outer = guard;
  bool known = true;
  for (uint64_t n = 0; n < trips && !stopped(); ++n) {
    iterations.push_back({outside, static_cast<int64_t>(n)});
    iteration = static_cast<int32_t>(iterations.size() - 1);
    uint64_t variable =
        static_cast<uint64_t>(first) + n * static_cast<uint64_t>(step);
    Payload p;
    p.bits =
        c.control == Control::For ? masked(variable, c.shape.width) : variable;
    f[b.arguments[0]] = newValue(std::move(p), base, -1);
    for (size_t k = 0; k < numInits; ++k)
      f[b.arguments[1 + k]] = carried[k];
    Ended e =
        runBlock(b, f, base, b.scheduled ? Mode::Scheduled : Mode::Sequential);
    if (b.ii > 0 && e.shift > 0 && known) {
      known = false;
      find({"wait",
            c.op->getLoc(),
            "an operation of unknown duration in a pipelined loop",
            {}});
    }
    ended = std::max(ended, e.end);
    if (!b.scheduled)
      base = e.end;
    else if (b.ii > 0)
      base += b.ii;
    else
      base = b.length >= 0 ? base + b.length + e.shift : e.end;
    for (size_t k = 0; k < numInits && !stopped(); ++k)
      carried[k] = f[b.passed[k]];
  }
  iteration = outside;
  guard = outer;
  for (size_t k = 0; k < numInits; ++k)
    f[c.results[k]] = carried[k];
  return ended;
}

int64_t Machine::runWhile(const OpCode &c, Frame &f, int64_t start) {
  record(c, f, start);
  const BlockCode &before = c.regions[0], &after = c.regions[1];
  llvm::SmallVector<int32_t, 4> carried;
  for (int32_t slot : c.operands)
    carried.push_back(f[slot]);
  int64_t base = start;
  int32_t outside = iteration;
  auto runPart = [&](const BlockCode &b) {
    for (size_t k = 0; k < b.arguments.size(); ++k)
      f[b.arguments[k]] = carried[k];
    base =
        runBlock(b, f, base, b.scheduled ? Mode::Scheduled : Mode::Sequential)
            .end;
  };
  for (int64_t n = 0; !stopped(); ++n) {
    iterations.push_back({outside, n});
    iteration = static_cast<int32_t>(iterations.size() - 1);
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
  for (size_t k = 0; k < c.results.size() && !stopped(); ++k)
    f[c.results[k]] = carried[k];
  return base;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

int64_t Machine::runCall(const OpCode &c, Frame &f, int64_t start) {
  record(c, f, start);
  if (++depth > 64)
    stop(c.op, "calls within calls within calls", false);
  llvm::SmallVector<int32_t, 4> arguments, returned;
  for (int32_t slot : c.operands)
    arguments.push_back(f[slot]);
  int64_t ended = runFunction(*c.callee, arguments, start, returned);
  --depth;
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
  int64_t ended =
      runBlock(b, f, start, b.scheduled ? Mode::Scheduled : Mode::Sequential)
          .end;
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
  int64_t base = start, ended = start;
  int32_t at = 0, outside = iteration;
  Guard outer = guard;
  int64_t number = 0;
  std::vector<int64_t> visits(code.blocks.size(), 0);
  while (!stopped()) {
    const BlockCode &b = code.blocks[at];
    iterations.push_back({outside, number});
    iteration = static_cast<int32_t>(iterations.size() - 1);
    if (iterations.size() > static_cast<size_t>(options.maxOperations))
      stop(b.terminator, "more operations than are executed", false);
    Ended e =
        runBlock(b, f, base, b.scheduled ? Mode::Scheduled : Mode::Sequential);
    if (stopped())
      break;
    ended = std::max(ended, e.end);
    if (b.ii > 0 && e.shift > 0)
      find({"wait",
            b.terminator->getLoc(),
            "an operation of unknown duration in a pipelined loop",
            {}});
    int64_t next =
        !b.scheduled || b.length < 0 ? e.end : base + b.length + e.shift;
    if (b.successors.empty()) {
      for (int32_t slot : b.passed)
        returned.push_back(f[slot]);
      break;
    }
    const Successor *s = takeBranch(b, f, next, b.ii > 0);
    bool again = b.ii > 0 && s->block == at;
    if (again && !b.endKnownAhead) {
      const DynamicValue &decides = values[f[b.passed[0]]];
      guard = {decides.ready, decides.producer};
    } else {
      guard = outer;
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
  guard = outer;
  return ended;
}

void Machine::run(FunctionCode &function, ArrayRef<Payload> arguments) {
  llvm::SmallVector<int32_t, 8> passed;
  for (const Payload &p : arguments)
    passed.push_back(newValue(p, INT64_MIN, -1));
  llvm::SmallVector<int32_t, 4> returned;
  end = std::max(end, runFunction(function, passed, 0, returned));
  results.assign(returned.begin(), returned.end());
}

//===- Functions.cpp - Calls and blocks that branch ---------------------===//
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

int64_t Machine::runCall(const OpCode &c, Frame &f, int64_t start) {
  int32_t number = record(c, f, start);
  int32_t around = std::exchange(inside, number);
  if (++depth > 64)
    stop(c.op, "calls within calls within calls", /*isUndefined=*/false);
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
  if (code.blocks.size() > 1) {
    int64_t ended = runBlocks(code, f, start, returned);
    if (code.length >= 0 && ended > start + code.length)
      find({"length",
            code.op->getLoc(),
            "@" + code.name + " runs for " + std::to_string(ended - start) +
                " cycles, its length is " + std::to_string(code.length),
            {}});
    return ended;
  }
  const BlockCode &b = code.blocks[0];
  int64_t ended = runBlock(b, f, start);
  for (int32_t slot : b.passed)
    returned.push_back(f[slot]);
  return ended;
}

const Successor *Machine::takeBranch(const BlockCode &b, const Frame &f) {
  if (b.successors.size() == 1)
    return &b.successors[0];
  auto value = static_cast<int64_t>(values[f[b.passed[0]]].payload.bits);
  if (b.terminator->getName().stripDialect() != "switch")
    return &b.successors[value & 1 ? 0 : 1];
  for (size_t k = 0; k < b.cases.size(); ++k)
    if (b.cases[k] == value)
      return &b.successors[k + 1];
  return &b.successors[0];
}

/// What decides on the next block has to be there when it starts.
void Machine::checkDecided(const BlockCode &b, const Frame &f, int64_t next) {
  if (b.successors.size() == 1)
    return;
  const DynamicValue &decides = values[f[b.passed[0]]];
  if (decides.ready <= next)
    return;
  ReplayFinding finding{"control", b.terminator->getLoc(), "", {}};
  finding.message = "the block ends in cycle " + std::to_string(next) +
                    ", what decides on the next one is there in cycle " +
                    std::to_string(decides.ready);
  if (decides.producer >= 0)
    finding.notes.push_back({instances[decides.producer].code->op->getLoc(),
                             "by " + describe(decides.producer)});
  find(std::move(finding));
}

void Machine::passTo(const FunctionCode &code, const Successor &s, Frame &f) {
  llvm::SmallVector<int32_t, 4> passed;
  for (int32_t slot : s.operands)
    passed.push_back(f[slot]);
  for (size_t k = 0; k < passed.size(); ++k)
    f[code.blocks[s.block].arguments[k]] = passed[k];
}

int64_t Machine::runBlocks(const FunctionCode &code, Frame &f, int64_t start,
                           llvm::SmallVectorImpl<int32_t> &returned) {
  int64_t base = start;
  int32_t at = 0, outside = iteration;
  while (!stopped()) {
    const BlockCode &b = code.blocks[at];
    size_t firstInstance = instances.size();
    const Successor *s = nullptr;
    int64_t next = 0; // The next block finds all units free.
    if (int32_t loop = code.loopOf[at]; loop >= 0) {
      s = runLoop(code, code.loops[loop], f, base);
      next = unitsFree(firstInstance, base);
    } else {
      enterIteration(outside, 0, static_cast<int32_t>(iterations.size()));
      if (iterations.size() > static_cast<size_t>(options.maxOperations))
        stop(b.terminator, "more operations than are executed",
             /*isUndefined=*/false);
      next = runApart(b, f, base, base);
      if (!stopped() && !b.successors.empty()) {
        checkDecided(b, f, base);
        s = takeBranch(b, f);
      }
    }
    iteration = outside;
    if (!s) {
      for (size_t k = 0; k < b.passed.size() && !stopped(); ++k)
        returned.push_back(f[b.passed[k]]);
      break;
    }
    base = next;
    passTo(code, *s, f);
    at = s->block;
  }
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

//===- BranchLoop.cpp - Iterations of several blocks that run -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Machine/Machine.h"
#include "Program/Loops.h"

#include <utility>

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

/// Of two values that decide, the one that is there later; -1 is none.
int32_t Machine::latestOf(int32_t a, int32_t b) {
  if (a < 0 || b < 0)
    return std::max(a, b);
  return values[a].ready < values[b].ready ? b : a;
}

int32_t Machine::decidedBy(int32_t value, int32_t decides) {
  if (decides < 0 || values[decides].ready <= values[value].ready)
    return value;
  Payload payload = values[value].payload;
  return newValue(std::move(payload), values[decides].ready,
                  values[decides].producer);
}

namespace gaus::ir::replaying {

/// One run of a loop: the blocks of an iteration start together, those that
/// control comes by are executed.
class LoopRun {
public:
  LoopRun(Machine &m, const FunctionCode &code, const LoopCode &loop,
          Machine::Frame &f)
      : m(m), code(code), loop(loop), f(f), ways(code, loop),
        header(code.blocks[loop.blocks[0]]) {
    for (int32_t k : loop.blocks)
      busy = std::max(busy, m.busyOf(code.blocks[k]));
  }

  const Successor *run(int64_t &base) {
    int32_t outside = m.iteration, outerGuard = m.guard;
    auto firstIteration = static_cast<int32_t>(m.iterations.size());
    goesOn = outerGuard;
    const Successor *out = nullptr;
    for (int64_t n = 0; !out && !m.stopped(); ++n) {
      m.enterIteration(outside, n, firstIteration);
      if (n > m.options.maxOperations)
        m.stop(header.terminator, "more operations than are executed",
               /*isUndefined=*/false);
      m.checkTrips(header.terminator, n, header.mostTrips);
      size_t firstInstance = m.instances.size();
      out = iterate(base);
      int64_t end = endOf(header, base);
      if (!out && header.ii > 0) {
        base += header.ii;
        continue;
      }
      // As if control had come by all blocks.
      Shifts shifts = m.stretch(pieces);
      base = std::max(m.unitsFree(firstInstance, shifts.shifted(end)),
                      shifts.shifted(base + busy));
      pieces.clear();
    }
    m.iteration = outside;
    m.guard = outerGuard;
    return m.stopped() ? nullptr : out;
  }

private:
  /// Null where another iteration follows.
  const Successor *iterate(int64_t base) {
    path.clear();
    int32_t at = loop.blocks[0];
    while (!m.stopped()) {
      const BlockCode &b = code.blocks[at];
      m.guard = goesOn;
      for (auto [block, value] : path)
        if (ways.decidesRun(block, at))
          m.guard = m.latestOf(m.guard, value);
      m.runPieces(b, f, base, pieces);
      if (m.stopped())
        break;
      if (b.successors.size() > 1)
        path.push_back({at, f[b.passed[0]]});
      const Successor *s = m.takeBranch(b, f);
      if (!loop.contains(s->block))
        return s;
      m.passTo(code, *s, f);
      join(s->block);
      if (s->block == loop.blocks[0])
        break;
      at = s->block;
    }
    for (auto [block, value] : path)
      if (ways.decidesEnd(block))
        goesOn = m.latestOf(goesOn, value);
    return nullptr;
  }

  /// What an argument is, is known when it is known by which branch control
  /// has come.
  void join(int32_t to) {
    int32_t decides = -1;
    for (auto [block, value] : path)
      if (ways.decidesEdge(block, to))
        decides = m.latestOf(decides, value);
    if (decides < 0)
      return;
    const BlockCode &b = code.blocks[to];
    for (auto [k, slot] : llvm::enumerate(b.arguments)) {
      std::set<int32_t> incoming;
      for (int32_t from : loop.blocks)
        for (const Successor &s : code.blocks[from].successors)
          if (s.block == to)
            incoming.insert(s.operands[k]);
      if (incoming.size() > 1)
        f[slot] = m.decidedBy(f[slot], decides);
    }
  }

  Machine &m;
  const FunctionCode &code;
  const LoopCode &loop;
  Machine::Frame &f;
  LoopWays ways;
  const BlockCode &header;
  /// From when on an iteration uses no limited units.
  int64_t busy = 0;
  std::vector<Machine::Piece> pieces;
  /// Branches of this iteration, and by what they decided.
  std::vector<std::pair<int32_t, int32_t>> path;
  int32_t goesOn = -1; ///< that this iteration takes place
};

} // namespace gaus::ir::replaying

const Successor *Machine::runLoop(const FunctionCode &code,
                                  const LoopCode &loop, Frame &f,
                                  int64_t &base) {
  return LoopRun(*this, code, loop, f).run(base);
}

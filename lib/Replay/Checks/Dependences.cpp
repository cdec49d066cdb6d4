//===- Dependences.cpp - Iterations that meet in memory -------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Of every pipelined loop, from the addresses of the run in order: the least
/// distances at which two operations of the body touch the same byte.
///
//===----------------------------------------------------------------------===//

#include "Machine/Machine.h"
#include "Program/EndOfLoop.h"
#include "Program/Loops.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

namespace {

/// One run of a loop.
struct Run {
  struct Touch {
    uint64_t byte;
    int64_t order, iteration;
    int32_t operation;
    bool writes;
  };
  std::vector<Touch> touches;
};

struct Body {
  const BlockCode *code;
  llvm::DenseMap<Operation *, int32_t> numbers;
  std::map<int32_t, Run> runs; ///< by their first iteration
  int64_t iterations = 0;
  /// (from, to, kind) -> least distance
  std::map<std::tuple<int32_t, int32_t, char>, int64_t> least;
};

class Dependences {
public:
  explicit Dependences(Machine &m) : m(m) {
    m.program.forBlocks([&](const BlockCode &b) {
      if (b.ii <= 0)
        return;
      bodies[b.block].code = &b;
    });
    for (auto &[block, body] : bodies)
      number(block, body);
  }

  void run() {
    for (size_t k = 0; k < m.runtime.accesses.size(); ++k)
      collect(static_cast<int64_t>(k), m.runtime.accesses[k]);
    for (auto &[block, body] : bodies)
      for (auto &[first, run] : body.runs)
        meet(run, body);
  }

  /// In the order of the scopes: what is in an operation comes before its
  /// blocks.
  void list(Operation *function, std::vector<ReplayLoop> &loops) {
    function->walk<WalkOrder::PostOrder>([&](Operation *op) {
      for (Region &region : op->getRegions())
        for (Block &block : region)
          if (auto found = bodies.find(&block); found != bodies.end())
            loops.push_back(loopOf(found->second,
                                   op == function ? block.getTerminator() : op,
                                   block));
    });
  }

private:
  static ReplayLoop loopOf(const Body &body, Operation *carrier, Block &block) {
    ReplayLoop loop{carrier, body.code->ii, body.iterations, -1, {}};
    if (!body.code->endKnownAhead && isCycle(&block))
      if (Operation *op = block.getTerminator()->getOperand(0).getDefiningOp())
        if (auto at = body.numbers.find(op); at != body.numbers.end())
          loop.decider = at->second;
    for (auto [key, distance] : body.least)
      loop.meetings.push_back(
          {std::get<0>(key), std::get<1>(key), distance, std::get<2>(key)});
    return loop;
  }

  /// In the order of the scope: of a loop of branches, block after block; of a
  /// condition that is one with the loop, what is inside before itself.
  static void number(Block *block, Body &body) {
    llvm::SmallVector<Block *, 4> blocks = iterationOf(block);
    if (blocks.empty())
      blocks.push_back(block);
    if (blocks.size() > 1) {
      for (Block *one : blocks)
        for (Operation &op : *one)
          if (!op.hasTrait<OpTrait::IsTerminator>() && !isConstant(&op) &&
              !isDebug(&op))
            addNumber(&op, body);
    } else {
      numberIn(*body.code, body);
    }
  }

  static void addNumber(Operation *op, Body &body) {
    body.numbers.try_emplace(op, static_cast<int32_t>(body.numbers.size()));
  }

  static void numberIn(const BlockCode &b, Body &body) {
    for (const OpCode &c : b.ops) {
      if (c.isOneWithLoop)
        for (const BlockCode &region : c.regions)
          numberIn(region, body);
      addNumber(c.op, body);
    }
  }

  /// An access belongs to each loop that it is in.
  void collect(int64_t order, const Access &a) {
    for (int32_t k = a.instance; k >= 0; k = m.instances[k].inside) {
      const Instance &i = m.instances[k];
      auto found = bodies.find(i.code->scope->block);
      if (found == bodies.end() || i.iteration < 0)
        continue;
      const Iteration &iteration = m.iterations[i.iteration];
      Body &body = found->second;
      body.iterations = std::max(body.iterations, iteration.number + 1);
      Run &run = body.runs[iteration.first];
      for (uint32_t byte = 0; byte < a.size; ++byte)
        run.touches.push_back({a.address + byte, order, iteration.number,
                               body.numbers[i.code->op], a.writes});
    }
  }

  /// Whether a block of a function decides itself whether it runs again.
  static bool isCycle(Block *block) {
    return llvm::is_contained(block->getSuccessors(), block);
  }

  void meet(Run &run, Body &body) {
    llvm::sort(run.touches, [](const Run::Touch &a, const Run::Touch &b) {
      return std::tie(a.byte, a.order) < std::tie(b.byte, b.order);
    });
    // (operation, writes) -> last iteration
    std::map<std::pair<int32_t, bool>, int64_t> last;
    for (size_t k = 0; k < run.touches.size(); ++k) {
      const Run::Touch &t = run.touches[k];
      if (k == 0 || run.touches[k - 1].byte != t.byte)
        last.clear();
      for (auto [who, iteration] : last) {
        if ((!who.second && !t.writes) ||
            (who.first == t.operation && iteration == t.iteration))
          continue;
        char kind = !t.writes ? 'r' : who.second ? 'w' : 'a';
        auto [entry, fresh] = body.least.try_emplace(
            {who.first, t.operation, kind}, t.iteration - iteration);
        if (!fresh)
          entry->second = std::min(entry->second, t.iteration - iteration);
      }
      last[{t.operation, t.writes}] = t.iteration;
    }
  }

  Machine &m;
  std::map<Block *, Body> bodies;
};

} // namespace

void gaus::ir::replaying::findDependences(Machine &machine, Operation *function,
                                          std::vector<ReplayLoop> &loops) {
  Dependences all(machine);
  all.run();
  all.list(function, loops);
  for (Operation &other : *function->getBlock())
    if (&other != function && isa<FunctionOpInterface>(other))
      all.list(&other, loops);
}

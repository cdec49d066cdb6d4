//===- NestTrips.cpp - How often loops of branches run in nests -----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Llvm/NestTrips.h"

#include "Llvm/LlvmLoop.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;
using namespace gaus::ir;

namespace {

/// So many iterations of loops around are gone through.
constexpr int64_t kMostPoints = 1 << 18;

/// A constant, and a factor for the number of the iteration of each loop, the
/// outermost one first; modulo 2^64.
struct Sum {
  llvm::SmallVector<uint64_t, 4> factors;
  uint64_t constant = 0;
};

struct Test {
  Sum left, right;
  arith::CmpIPredicate predicate;
  unsigned width;
};

class Nest {
public:
  Nest(CFGLoop &loop, const BranchLoops &all)
      : nest(all), header(*loop.getHeader()), addresses(&header, forms) {
    for (CFGLoop *around = &loop; around; around = around->getParentLoop())
      loops.insert(loops.begin(), around);
    for (CFGLoop *around : loops)
      steps.push_back(
          std::make_unique<LlvmLoop>(around->getBlocks(), forms, addresses));
    last = static_cast<unsigned>(loops.size()) - 1;
    ends.resize(loops.size());
    turn.resize(loops.size(), 0);
    used.resize(loops.size());
  }

  TripRange run() {
    bool understood = findEnds();
    findGuards();
    if (!never && (!understood || !visit(0)))
      return {};
    if (never || !range.most)
      return {0, 0};
    if (!endsInOnePlace(*loops.back()) || !endsAreAll)
      range.least = std::min<int64_t>(range.least, 1);
    return range;
  }

private:
  /// The level of what is in no loop.
  static constexpr unsigned kOutside = ~0u;

  /// The sum, of values in the loop of a level; nullopt if something in it does
  /// not step by constants.
  std::optional<Sum> sumOf(LinearForm form, unsigned level) {
    Sum sum;
    sum.factors.resize(loops.size(), 0);
    for (unsigned k = level + 1; k-- > 0;) {
      form = steps[k]->resolve(form);
      sum.factors[k] = form.stride;
      form.stride = 0;
    }
    sum.constant = form.constant;
    return form.terms.empty() ? std::optional(std::move(sum)) : std::nullopt;
  }

  std::optional<Test> testOf(const Comparison &of, unsigned level) {
    std::optional<Sum> left = sumOf(of.left, level),
                       right = sumOf(of.right, level);
    if (!left || !right)
      return std::nullopt;
    return Test{*left, *right, of.predicate, of.width};
  }

  static bool mentions(const Test &test, unsigned level) {
    return test.left.factors[level] != 0 || test.right.factors[level] != 0;
  }

  /// Where the loop ends, and those around that this depends on.
  bool findEnds() {
    used.set(last);
    for (unsigned level = last + 1; level-- > 0;) {
      if (!used.test(level))
        continue;
      for (const Comparison &end : steps[level]->tests().all)
        if (std::optional<Test> test = testOf(end, level))
          ends[level].push_back(std::move(*test));
      if (ends[level].empty())
        return false;
      for (unsigned k = 0; k < level; ++k)
        if (llvm::any_of(ends[level],
                         [&](const Test &end) { return mentions(end, k); }))
          used.set(k);
    }
    const LlvmLoop::Tests &asked = steps[last]->tests();
    endsAreAll = asked.complete && asked.all.size() == ends[last].size();
    return true;
  }

  /// What holds where control comes to the loop: of the branches that it comes
  /// by in the same iteration of a loop around.
  void findGuards() {
    for (Block *to = &header, *from = nest.dominatorOf(*to); from;
         to = from, from = nest.dominatorOf(*to)) {
      Operation *branch = from->getTerminator();
      CFGLoop *own = nest.nests().getLoopFor(from);
      auto around = llvm::find(loops, own);
      if ((own && around == loops.end()) || own == loops.back() ||
          !nest.comesOnlyFrom(*to, *from) ||
          !isa<LLVM::CondBrOp, cf::CondBranchOp>(branch))
        continue;
      auto level =
          own ? static_cast<unsigned>(around - loops.begin()) : kOutside;
      std::optional<Comparison> holds = comparisonOf(
          branch->getOperand(0), branch->getSuccessor(0) == to, forms);
      std::optional<Test> test =
          holds ? testOf(*holds, level) : std::optional<Test>();
      if (test)
        addGuard(std::move(*test));
    }
  }

  /// It is asked where all that it mentions is known.
  void addGuard(Test test) {
    std::optional<unsigned> innermost;
    for (unsigned k = 0; k < last; ++k)
      if (mentions(test, k)) {
        if (!used.test(k))
          return;
        innermost = k;
      }
    if (innermost)
      guards.push_back({*innermost, std::move(test)});
    else
      never |= !holds(test, 0);
  }

  /// In the iterations that are gone through now, of loops around a level.
  uint64_t valueOf(const Sum &sum, unsigned levels) const {
    uint64_t value = sum.constant;
    for (unsigned k = 0; k < levels; ++k)
      value += sum.factors[k] * static_cast<uint64_t>(turn[k]);
    return value;
  }

  /// The first end that is met; nullopt if none is understood.
  std::optional<int64_t> tripsNow(unsigned level) {
    std::optional<int64_t> first;
    for (const Test &end : ends[level]) {
      Comparison now{{}, {}, end.predicate, end.width};
      now.left.constant = valueOf(end.left, level);
      now.left.stride = end.left.factors[level];
      now.right.constant = valueOf(end.right, level);
      now.right.stride = end.right.factors[level];
      std::optional<int64_t> times = timesUntilFalse(now, forms);
      endsAreAll &= level < last || times;
      if (times)
        first = std::min(first.value_or(*times), *times);
    }
    return first;
  }

  bool holds(const Test &test, unsigned levels) const {
    auto cut = [&](const Sum &sum) {
      return APInt(64, valueOf(sum, levels)).trunc(test.width);
    };
    return arith::applyCmpPredicate(test.predicate, cut(test.left),
                                    cut(test.right));
  }

  bool holdNow(unsigned level) const {
    return llvm::all_of(guards, [&](const auto &guard) {
      return guard.first != level || holds(guard.second, level + 1);
    });
  }

  /// All iterations from a level on; false if one is not understood.
  bool visit(unsigned level) {
    if (level < last && !used.test(level))
      return visit(level + 1);
    std::optional<int64_t> trips = tripsNow(level);
    if (!trips)
      return false;
    if (level == last) {
      range.least = range.most ? std::min(range.least, *trips) : *trips;
      range.most = std::max(range.most.value_or(0), *trips);
      return true;
    }
    for (turn[level] = 0; turn[level] < *trips; ++turn[level])
      if (++points > kMostPoints || (holdNow(level) && !visit(level + 1)))
        return false;
    return true;
  }

  const BranchLoops &nest;
  Block &header;
  LinearForms forms;
  Addresses addresses;
  llvm::SmallVector<CFGLoop *, 4> loops; ///< the outermost one first
  std::vector<std::unique_ptr<LlvmLoop>> steps;
  unsigned last;
  std::vector<llvm::SmallVector<Test, 2>> ends; ///< of each loop
  bool endsAreAll = true; ///< of the innermost one, all are understood
  llvm::SmallVector<std::pair<unsigned, Test>> guards;
  llvm::SmallBitVector used;
  llvm::SmallVector<int64_t, 4> turn;
  int64_t points = 0;
  bool never = false; ///< control comes to it
  TripRange range;
};

} // namespace

bool gaus::ir::endsInOnePlace(CFGLoop &loop) {
  llvm::SmallVector<CFGLoop::Edge> out;
  loop.getExitEdges(out);
  Block *latch = loop.getLoopLatch();
  return out.size() == 1 && latch &&
         (out[0].first == latch || out[0].first == loop.getHeader());
}

TripRange gaus::ir::tripsInNest(CFGLoop &loop, const BranchLoops &loops) {
  return Nest(loop, loops).run();
}

//===- BranchPipeline.cpp - Loops of branches as pipelines ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pipelines/BranchPipeline.h"

#include "Pipelines/Divisions.h"
#include "Pipelines/Steps.h"
#include "Llvm/LlvmMemory.h"

using namespace mlir;
using namespace gaus::ir;

namespace {

/// More operations are not made of one loop.
constexpr uint64_t kMostMade = 1 << 16;

/// The blocks of one pipeline. Step t runs stage s of iteration t - s.
class Pipeline {
public:
  Pipeline(const Scope &s, const Dialects &dialects, FlatLoop &loop,
           const FlatOrder &o, bool keep)
      : make(dialects), flat(loop), order(o), keepsLoop(keep), header(s.block),
        blocks(s.blocks), region(*s.block->getParent()),
        loc(s.carrier->getLoc()), steps(loop, o, dialects, region) {}

  void run() {
    enter();
    makeJoin();
    if (keepsLoop)
      guard();
    prologue();
    kernel();
    leave();
    replaceLoop();
  }

private:
  int64_t last() const { return order.last; }
  int64_t decided() const { return order.decided; }

  Block *addBlock() { return steps.addBlock(); }

  /// Where the iteration is the last one, to `drain`.
  void branchAtEnd(Value leaves, Block *drain, ValueRange forDrain, Block *on,
                   ValueRange forOn) {
    if (flat.leavesUnless)
      make.branch(steps.builder(), leaves, on, forOn, drain, forDrain);
    else
      make.branch(steps.builder(), leaves, drain, forDrain, on, forOn);
  }

  /// One block before the loop, by which all come that come from outside.
  void enter() {
    entry = new Block();
    region.getBlocks().insert(header->getIterator(), entry);
    for (BlockArgument arg : header->getArguments())
      entry->addArgument(arg.getType(), arg.getLoc());
    llvm::SmallVector<std::pair<Operation *, unsigned>> edges;
    for (auto it = header->pred_begin(), e = header->pred_end(); it != e; ++it)
      if (*it != entry && !llvm::is_contained(blocks, *it))
        edges.push_back({(*it)->getTerminator(), it.getSuccessorIndex()});
    for (auto [branch, successor] : edges)
      branch->setSuccessor(entry, successor);
    for (Block *from : blocks)
      hoistConstants(*from);
    hoistConstants(*flat.body);
    steps.begin(header, entry);
  }

  void hoistConstants(Block &from) {
    for (Operation &op : llvm::make_early_inc_range(from))
      if (op.hasTrait<OpTrait::ConstantLike>())
        op.moveBefore(entry, entry->end());
  }

  /// What is behind the loop: which exit it is, their operands, and values of
  /// the loop.
  void makeJoin() {
    join = addBlock();
    for (const FlatLoop::Exit &exit : llvm::drop_end(flat.exits))
      handed.push_back(exit.taken);
    for (const FlatLoop::Exit &exit : flat.exits)
      llvm::append_range(handed, exit.operands);
    for (auto &[was, is] : flat.outside)
      handed.push_back(is);
    for (Value v : handed)
      join->addArgument(v.getType(), loc);
  }

  /// To the loop as it was if it has too few iterations.
  void guard() {
    Values first;
    for (int64_t i = 0; i < last(); ++i) {
      for (auto [op, stage] : steps.ending())
        steps.emit(
            op, [&](Value v) { return steps.in(first, v, i); },
            [&](Value v, Value made) { first[{v, i}] = made; });
      Block *next = addBlock();
      branchAtEnd(steps.in(first, flat.leaves, i), header,
                  entry->getArguments(), next, {});
      steps.builder().setInsertionPointToEnd(next);
    }
  }

  void prologue() {
    for (int64_t t = 0; t < last(); ++t) {
      for (auto [op, stage] : order.kernel)
        emitOf(op, t - stage, filled);
      if (keepsLoop || flat.isCounted || t < decided())
        continue;
      Block *next = addBlock(), *drain = addBlock();
      branchAtEnd(steps.in(filled, flat.leaves, t - decided()), drain, {}, next,
                  {});
      steps.builder().setInsertionPointToEnd(drain);
      drainAfter(t);
      steps.builder().setInsertionPointToEnd(next);
    }
  }

  /// An operation of iteration i, if there is one.
  void emitOf(Operation *op, int64_t i, Values &values) {
    if (i >= 0)
      steps.emit(
          op, [&](Value v) { return steps.in(values, v, i); },
          [&](Value v, Value made) { values[{v, i}] = made; });
  }

  /// What is left where step t of the prologue was the last one.
  void drainAfter(int64_t t) {
    int64_t end = t - decided();
    Values values = filled;
    for (int64_t x = t + 1; x <= end + last(); ++x)
      for (auto [op, stage] : order.kernel)
        if (int64_t i = x - stage; i < end || (i == end && steps.isInLast(op)))
          emitOf(op, i, values);
    goOn([&](Value v) { return steps.in(values, v, end); });
  }

  void goOn(llvm::function_ref<Value(Value)> of) {
    llvm::SmallVector<Value> operands;
    for (Value v : handed)
      operands.push_back(of(v));
    make.branch(steps.builder(), join, operands);
  }

  //===--- Kernel
  //-----------------------------------------------------------===//

  /// What the value of `ago` iterations before the one that step begins is, in
  /// the kernel: made in this step, or handed on.
  Value now(Value v, int64_t ago) {
    if (flat.isInvariant(v))
      return v;
    if (Value made = current.lookup({v, ago}))
      return made;
    // Only the first iteration has what the loop began with.
    if (isa<BlockArgument>(v) && ago < last())
      return now(flat.back[cast<BlockArgument>(v).getArgNumber()], ago + 1);
    auto [found, fresh] = places.try_emplace({v, ago}, carried.size());
    if (fresh) {
      carried.push_back({v, ago});
      top->addArgument(v.getType(), loc);
    }
    return top->getArgument(static_cast<unsigned>(found->second));
  }

  void kernel() {
    Block *before = steps.builder().getInsertionBlock();
    top = addBlock();
    steps.builder().setInsertionPointToEnd(top);
    for (auto [op, stage] : order.kernel)
      steps.emit(
          op, [&, ago = stage](Value v) { return now(v, ago); },
          [&, ago = stage](Value v, Value made) { current[{v, ago}] = made; });
    Value leaves = now(flat.leaves, decided());
    Block *bottom = steps.builder().getInsertionBlock(), *drain = addBlock();
    steps.builder().setInsertionPointToEnd(drain);
    drainKernel();
    llvm::SmallVector<Value> first, next;
    for (size_t k = 0; k < carried.size(); ++k) {
      auto [v, ago] = carried[k];
      next.push_back(now(v, ago - 1)); // appends to them
      first.push_back(steps.in(filled, v, last() - ago));
    }
    steps.builder().setInsertionPointToEnd(before);
    make.branch(steps.builder(), top, first);
    steps.builder().setInsertionPointToEnd(bottom);
    branchAtEnd(leaves, drain, {}, top, next);
  }

  /// Values of the epilogue are those of the kernel but for what it makes.
  Value after(const Values &values, Value v, int64_t ago) {
    if (flat.isInvariant(v))
      return v;
    if (Value made = values.lookup({v, ago}))
      return made;
    if (isa<BlockArgument>(v) && ago < last())
      return after(values, flat.back[cast<BlockArgument>(v).getArgNumber()],
                   ago + 1);
    return now(v, ago);
  }

  void drainKernel() {
    Values values;
    for (int64_t x = 1; x <= last() - decided(); ++x)
      for (auto [op, stage] : order.kernel) {
        int64_t ago = stage - x;
        if (ago < decided() || (ago == decided() && !steps.isInLast(op)))
          continue;
        steps.emit(
            op, [&](Value v) { return after(values, v, ago); },
            [&](Value v, Value made) { values[{v, ago}] = made; });
      }
    goOn([&](Value v) { return after(values, v, decided()); });
  }

  //===--- Behind it
  //--------------------------------------------------------===//

  void leave() {
    OpBuilder &b = steps.builder();
    b.setInsertionPointToEnd(join);
    auto flags = flat.exits.size() - 1;
    unsigned at = static_cast<unsigned>(flags);
    for (auto [k, exit] : llvm::enumerate(flat.exits)) {
      Block *to = targetOf(exit);
      auto count = static_cast<unsigned>(exit.operands.size());
      ValueRange operands = join->getArguments().slice(at, count);
      at += count;
      if (k == flags) {
        make.branch(b, to, operands);
        break;
      }
      Block *next = addBlock();
      make.branch(b, join->getArgument(static_cast<unsigned>(k)), to, operands,
                  next, {});
      b.setInsertionPointToEnd(next);
    }
  }

  Block *targetOf(const FlatLoop::Exit &exit) const {
    return blocks[exit.block]->getTerminator()->getSuccessor(exit.successor);
  }

  void replaceLoop() {
    auto values = join->getArguments().take_back(flat.outside.size());
    for (auto [pair, now] : llvm::zip_equal(flat.outside, values))
      pair.first.replaceUsesWithIf(now, [&](OpOperand &use) {
        return !llvm::is_contained(blocks, region.findAncestorBlockInRegion(
                                               *use.getOwner()->getBlock()));
      });
    if (keepsLoop) {
      const FlatLoop::Exit &exit = flat.exits.front();
      Operation *branch = blocks[exit.block]->getTerminator();
      llvm::SmallVector<Value> more;
      for (auto &[was, is] : flat.outside)
        more.push_back(was);
      cast<BranchOpInterface>(branch)
          .getSuccessorOperands(exit.successor)
          .append(more);
      branch->setSuccessor(join, exit.successor);
      return;
    }
    for (Block *block : blocks)
      block->dropAllReferences();
    for (Block *block : blocks)
      block->erase();
  }

  const Dialects &make;
  FlatLoop &flat;
  const FlatOrder &order;
  bool keepsLoop;
  Block *header, *entry = nullptr, *join = nullptr, *top = nullptr;
  llvm::ArrayRef<Block *> blocks;
  Region &region;
  Location loc;
  Steps steps;
  llvm::SmallVector<Value> handed;
  Values filled;  ///< of the prologue, by iteration
  Values current; ///< of a step of the kernel, by iterations ago
  llvm::DenseMap<std::pair<Value, int64_t>, size_t> places;
  std::vector<std::pair<Value, int64_t>> carried;
};

} // namespace

static unsigned lastStage(const KernelOrder &order) {
  unsigned last = 0;
  for (auto [op, stage] : order)
    last = std::max(last, stage);
  return last;
}

/// Adds what `early` operations of the body were to those that are made safe.
/// Whether all can be.
static bool addSafe(const FlatLoop &flat, llvm::ArrayRef<Operation *> early,
                    llvm::DenseSet<Operation *> &safe) {
  for (auto [was, is] : flat.became) {
    if (!llvm::is_contained(early, is))
      continue;
    llvm::DenseSet<Operation *> needs;
    flat.need(llvm::SmallVector<Value>(is->getOperands()), /*around=*/true,
              needs);
    if (!canBeSafe(is, needs))
      return false;
    safe.insert(was);
  }
  return !early.empty();
}

/// Builds the flat loop with its order; of a counted one whose end the schedule
/// computes too late for a kernel with a copy of what the end needs, and with
/// divisions that do not wait until they are known to take place made safe.
static llvm::StringRef prepare(const Scope &scope, const KernelOrder &order,
                               const Dialects &make,
                               std::unique_ptr<FlatLoop> &flat,
                               FlatOrder &out) {
  bool copiesEnd = false;
  llvm::DenseSet<Operation *> safe;
  for (;;) {
    flat = std::make_unique<FlatLoop>();
    if (llvm::StringRef why = flatten(scope, make, copiesEnd, safe, *flat);
        !why.empty())
      return why;
    bool tooLate = false;
    out = FlatOrder();
    llvm::StringRef why = orderFlat(*flat, order, out, tooLate);
    if (tooLate && !copiesEnd)
      copiesEnd = true;
    else if (!addSafe(*flat, out.early, safe))
      return why;
  }
}

static bool isTooLarge(const FlatLoop &flat, const FlatOrder &order) {
  uint64_t steps = 2 * uint64_t(order.last) + 2;
  if (!flat.isCounted)
    steps += uint64_t(order.last - order.decided) * (order.last + 1);
  return steps * order.kernel.size() > kMostMade;
}

llvm::StringRef gaus::ir::pipelineBranches(const Scope &scope,
                                           const KernelOrder &order) {
  if (lastStage(order) == 0)
    return "an iteration ends before the next one begins";
  Dialects make(scope.carrier);
  std::unique_ptr<FlatLoop> flat;
  FlatOrder all;
  if (llvm::StringRef why = prepare(scope, order, make, flat, all);
      !why.empty())
    return why;
  if (flat->exits.empty())
    return "it never ends";
  if (isTooLarge(*flat, all))
    return "it would become more than 65536 operations";
  bool keeps = flat->isCounted;
  if (flat->isCounted) {
    LlvmMemory memory(scope.blocks);
    if (std::optional<int64_t> trips = memory.trips()) {
      if (*trips <= all.last)
        return "it has no more iterations than stages before the last";
      keeps = !memory.countsAll();
    }
  }
  Pipeline(scope, make, *flat, all, keeps).run();
  return "";
}

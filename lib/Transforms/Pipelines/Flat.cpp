//===- Flat.cpp - A loop of branches as one list --------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pipelines/Flat.h"

#include "Loops/BranchEdges.h"
#include "Loops/BranchLoops.h"
#include "Pipelines/Divisions.h"
#include "Scopes/Kinds.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

namespace {

/// More blocks would take long: each asks all others.
constexpr size_t kMostBlocks = 256;

class Flattening {
public:
  Flattening(const Scope &s, const Dialects &dialects,
             const llvm::DenseSet<Operation *> &early, FlatLoop &out)
      : scope(s), make(dialects), safe(early), flat(out), memory(s.blocks),
        ends(static_cast<unsigned>(s.blocks.size())),
        flow(flowOf(s.blocks, memory, ends)), b(s.block->getParentOp()) {}

  llvm::StringRef run(bool copiesEnd) {
    if (llvm::StringRef why = obstacle(); !why.empty())
      return why;
    flat.body = std::make_unique<Block>();
    b.setInsertionPointToEnd(flat.body.get());
    for (BlockArgument arg : scope.block->getArguments())
      same.map(arg, addArgument(arg));
    yes = make.truth(b, /*value=*/true);
    no = make.truth(b, /*value=*/false);
    findEnd();
    if (copiesEnd || !flat.isCounted)
      for (unsigned k : ends.set_bits())
        if (!copyEnd(k))
          return "what its end depends on is not only computed from constant "
                 "steps";
    for (auto [k, block] : llvm::enumerate(scope.blocks))
      if (llvm::StringRef why = addBlock(static_cast<unsigned>(k), *block);
          !why.empty())
        return why;
    addBranches();
    addExits();
    addOutside();
    removeUnused();
    return "";
  }

private:
  using Way = std::optional<Value>;
  enum class Edge { Inside, Back, Exit };

  /// Why no loop with this form can be built.
  llvm::StringRef obstacle() const {
    if (scope.blocks.size() > kMostBlocks)
      return "it has more than 256 blocks";
    for (Block *block : scope.blocks)
      for (Operation &op : block->without_terminator())
        if (isa<LLVM::NoAliasScopeDeclOp>(op))
          return "what its accesses do not meet holds within one iteration";
    return "";
  }

  BlockArgument addArgument(BlockArgument of) {
    flat.headerArgument.push_back(of.getArgNumber());
    flat.back.push_back(Value());
    return flat.body->addArgument(of.getType(), of.getLoc());
  }

  Edge kindOf(unsigned block, unsigned successor) const {
    Block *to = scope.blocks[block]->getTerminator()->getSuccessor(successor);
    return to == scope.block     ? Edge::Back
           : !flow->numberOf(to) ? Edge::Exit
                                 : Edge::Inside;
  }
  bool goesTo(unsigned block, unsigned successor, unsigned to) const {
    return scope.blocks[block]->getTerminator()->getSuccessor(successor) ==
           scope.blocks[to];
  }
  Value operandOf(unsigned block, unsigned successor, unsigned number) const {
    auto branch = cast<BranchOpInterface>(scope.blocks[block]->getTerminator());
    return same.lookupOrDefault(branch.getSuccessorOperands(successor)[number]);
  }

  /// What the edge that an iteration takes stands for: `of` an edge, null where
  /// that does not matter, nothing where the way goes on.
  Value decide(llvm::function_ref<Way(unsigned, unsigned)> of) {
    llvm::SmallVector<Value> ways(scope.blocks.size());
    for (auto k = static_cast<unsigned>(ways.size()); k-- > 0;) {
      Operation *end = scope.blocks[k]->getTerminator();
      for (unsigned s : successorsInTurn(end)) {
        Way known = of(k, s);
        Value way =
            known ? *known : ways[*flow->numberOf(end->getSuccessor(s))];
        if (!ways[k] || !way || way == ways[k])
          ways[k] = way ? way : ways[k];
        else
          ways[k] = select(conditionOf(k, s), way, ways[k]);
      }
    }
    return ways[0];
  }

  Value select(Value condition, Value left, Value right) {
    if (left == yes && right == no)
      return condition;
    return make.select(b, condition, left, right);
  }

  /// Whether a successor is taken that is not the first in turn.
  Value conditionOf(unsigned block, unsigned successor) {
    Operation *end = scope.blocks[block]->getTerminator();
    auto found = copiedEnds.find(block);
    Value decides = found != copiedEnds.end()
                        ? found->second
                        : same.lookupOrDefault(end->getOperand(0));
    llvm::SmallVector<APInt> numbers = casesOf(end);
    if (numbers.empty())
      return decides;
    Value &isCase = cases[{block, successor}];
    if (!isCase)
      isCase = make.equals(b, decides, numbers[successor - 1]);
    return isCase;
  }

  //===--- Ends that are known ahead --------------------------------------===//

  void findEnd() {
    unsigned all = 0, block = 0;
    for (unsigned k = 0; k < scope.blocks.size(); ++k)
      for (unsigned s = 0;
           s < scope.blocks[k]->getTerminator()->getNumSuccessors(); ++s)
        if (kindOf(k, s) == Edge::Exit) {
          ++all;
          block = k;
        }
    flat.isCounted = all == 1 && ends.test(block);
    onlyEnd = block;
    for (unsigned k = 0; k < scope.blocks.size(); ++k)
      if (k != block && flow->mayFollow(block, k) &&
          llvm::any_of(*scope.blocks[k], isScheduled))
        flat.endsWithin = flat.isCounted;
  }

  /// A counted end from arguments of its own, which wait for nothing else.
  bool copyEnd(unsigned block) {
    Value made = copy(scope.blocks[block]->getTerminator()->getOperand(0));
    copiedEnds[block] = made;
    return made != nullptr;
  }

  Value copy(Value v) {
    Operation *def = v.getDefiningOp();
    if (!isOwn(v) || (def && def->hasTrait<OpTrait::ConstantLike>()))
      return v;
    if (Value known = copies.lookupOrNull(v))
      return known;
    if (auto arg = dyn_cast<BlockArgument>(v))
      return copyArgument(arg);
    bool traps = mayTrap(def);
    if (def->getNumRegions() > 0 || !isMemoryEffectFree(def) ||
        (traps && !canAlwaysBeSafe(def)))
      return Value();
    for (Value operand : def->getOperands())
      if (!copy(operand))
        return Value();
    // What an argument gets next may need it, too.
    if (!copies.contains(v)) {
      Operation *mine = b.clone(*def, copies);
      if (traps)
        makeSafe(mine, make, b);
    }
    return copies.lookup(v);
  }

  Value copyArgument(BlockArgument arg) {
    auto passed = backEdgeValues(scope.blocks);
    if (arg.getOwner() != scope.block || !passed ||
        !(*passed)[arg.getArgNumber()])
      return Value();
    BlockArgument mine = addArgument(arg);
    copies.map(arg, mine);
    Value next = copy((*passed)[arg.getArgNumber()]);
    flat.back[mine.getArgNumber()] = next;
    return next ? mine : Value();
  }

  //===--- Blocks
  //-----------------------------------------------------------===//

  bool isOwn(Value v) const {
    return flow->numberOf(v.getParentBlock()).has_value();
  }

  llvm::StringRef addBlock(unsigned k, Block &block) {
    if (k > 0)
      for (BlockArgument arg : block.getArguments())
        same.map(arg, joined(k, arg.getArgNumber()));
    Value taken;
    for (Operation &op : block.without_terminator()) {
      if (!isScheduled(op) || isa<LLVM::AssumeOp>(op))
        continue;
      bool isSafe = safe.contains(&op);
      bool strict = !isSafe && (runsOnlyWhereTaken(&op) || mayTrap(&op));
      if (strict && !taken)
        taken = k == 0 ? yes : reached(k);
      Operation *mine = b.clone(op, same);
      flat.became[&op] = mine;
      if (isSafe)
        makeSafe(mine, make, b);
      if (!strict)
        continue;
      flat.strict.insert(mine);
      if (flat.endsWithin && !flow->mayFollow(k, onlyEnd))
        flat.behindExit.insert(mine);
      if (taken == yes)
        continue;
      flat.guard[mine] = taken;
      if (!llvm::all_of(op.getResultTypes(), [&](Type type) {
            Value any = make.anything(b, type);
            if (any)
              any.getDefiningOp()->erase();
            return any != nullptr;
          }))
        return "what an operation makes that does not always run has no "
               "value otherwise";
    }
    return "";
  }

  Value joined(unsigned block, unsigned number) {
    Value v = decide([&](unsigned k, unsigned s) -> Way {
      if (goesTo(k, s, block))
        return operandOf(k, s, number);
      return kindOf(k, s) == Edge::Inside ? Way() : Way(Value());
    });
    return v;
  }

  /// Whether control comes by; of a counted loop: in all iterations but the
  /// last.
  Value reached(unsigned block) {
    return decide([&](unsigned k, unsigned s) -> Way {
      if (goesTo(k, s, block))
        return yes;
      if (kindOf(k, s) == Edge::Inside)
        return Way();
      bool isKnown = flat.isCounted && kindOf(k, s) == Edge::Exit;
      return isKnown ? Value() : no;
    });
  }

  void addBranches() {
    for (unsigned i = 0; i < scope.block->getNumArguments(); ++i)
      flat.back[i] = decide([&](unsigned k, unsigned s) -> Way {
        switch (kindOf(k, s)) {
        case Edge::Back:
          return operandOf(k, s, i);
        case Edge::Exit:
          return Value();
        case Edge::Inside:
          return Way();
        }
        llvm_unreachable("no other edges");
      });
    flat.leaves = decide([&](unsigned k, unsigned s) -> Way {
      Edge kind = kindOf(k, s);
      return kind == Edge::Inside ? Way() : kind == Edge::Exit ? yes : no;
    });
    Operation *def = flat.leaves.getDefiningOp();
    flat.leavesUnless = def && def->getNumOperands() == 3 &&
                        def->getOperand(1) == no && def->getOperand(2) == yes;
    if (flat.leavesUnless)
      flat.leaves = def->getOperand(0);
  }

  void addExits() {
    for (unsigned k = 0; k < scope.blocks.size(); ++k) {
      Operation *end = scope.blocks[k]->getTerminator();
      for (unsigned s = 0; s < end->getNumSuccessors(); ++s) {
        if (kindOf(k, s) != Edge::Exit)
          continue;
        FlatLoop::Exit exit{k, s, Value(), {}};
        for (unsigned i = 0; i < end->getSuccessor(s)->getNumArguments(); ++i)
          exit.operands.push_back(operandOf(k, s, i));
        exit.taken = decide([&](unsigned block, unsigned successor) -> Way {
          Edge kind = kindOf(block, successor);
          return kind == Edge::Inside           ? Way()
                 : kind == Edge::Back           ? Value()
                 : block == k && successor == s ? yes
                                                : no;
        });
        flat.exits.push_back(std::move(exit));
      }
    }
  }

  void addOutside() {
    auto add = [&](Value v) {
      bool isUsed = llvm::any_of(v.getUsers(), [&](Operation *user) {
        Region *region = scope.block->getParent();
        return !flow->numberOf(
            region->findAncestorBlockInRegion(*user->getBlock()));
      });
      if (isUsed)
        flat.outside.push_back({v, same.lookupOrDefault(v)});
    };
    for (Block *block : scope.blocks) {
      llvm::for_each(block->getArguments(), add);
      for (Operation &op : block->without_terminator())
        if (!op.hasTrait<OpTrait::ConstantLike>())
          llvm::for_each(op.getResults(), add);
    }
  }

  /// Selections that nobody asked for in the end.
  void removeUnused() {
    llvm::DenseSet<Value> kept(flat.back.begin(), flat.back.end());
    kept.insert(flat.leaves);
    for (auto &[op, condition] : flat.guard)
      kept.insert(condition);
    for (const FlatLoop::Exit &exit : flat.exits) {
      kept.insert(exit.taken);
      kept.insert(exit.operands.begin(), exit.operands.end());
    }
    for (auto &[was, is] : flat.outside)
      kept.insert(is);
    llvm::DenseSet<Operation *> made;
    for (auto &[was, is] : flat.became)
      made.insert(is);
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(*flat.body)))
      if (!made.contains(&op) && op.use_empty() &&
          llvm::none_of(op.getResults(),
                        [&](Value v) { return kept.contains(v); }))
        op.erase();
  }

  const Scope &scope;
  const Dialects &make;
  const llvm::DenseSet<Operation *> &safe;
  FlatLoop &flat;
  LlvmMemory memory;
  llvm::BitVector ends; ///< blocks whose exit is known ahead
  std::unique_ptr<BranchFlow> flow;
  OpBuilder b;
  IRMapping same, copies;
  Value yes, no;
  unsigned onlyEnd = 0;
  llvm::DenseMap<unsigned, Value> copiedEnds;
  /// Of switches, by block and successor.
  llvm::DenseMap<std::pair<unsigned, unsigned>, Value> cases;
};

} // namespace

llvm::StringRef gaus::ir::flatten(const Scope &scope, const Dialects &make,
                                  bool copiesEnd,
                                  const llvm::DenseSet<Operation *> &safe,
                                  FlatLoop &flat) {
  return Flattening(scope, make, safe, flat).run(copiesEnd);
}

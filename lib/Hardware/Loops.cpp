//===- Loops.cpp - Iterations that run in stages --------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// An iteration starts every interval, until one is known to be the last:
/// ahead, as it starts, or later, when what decides is computed; those that
/// have been started behind it are then dropped.
///
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"

#include "Loops/BranchLoops.h"

#include "mlir/Interfaces/ControlFlowInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

void FunctionHardware::declareLoop(ScopePlan &s) {
  s.wraps = n.wire("wraps_" + s.name, inCycle(s, s.ii - 1));
  for (int64_t k = 0; k < s.stages(); ++k)
    s.valid.push_back(n.signal("valid_" + s.name + "_" + std::to_string(k), 1));
}

//===----------------------------------------------------------------------===//
// What goes along with an iteration
//===----------------------------------------------------------------------===//

/// Bits that go from stage to stage: that of the iteration whose cycle it is.
Expr FunctionHardware::atStage(ScopePlan &s, std::vector<Expr> &bits,
                               llvm::StringRef name, Moment at) {
  auto stage = static_cast<size_t>(at.cycle / s.ii);
  while (bits.size() <= stage) {
    auto &r = n.addRegister(name.str() + "_" + std::to_string(bits.size()), 1);
    // None of another run of the loop is left over.
    r.next = n.both(bits.back(), n.invert(s.enter));
    r.enable = n.either(s.wraps, s.enter);
    bits.push_back(r.signal);
  }
  bool moves = at.isAhead && at.cycle % s.ii == 0 && stage > 0;
  return bits[moves ? stage - 1 : stage];
}

Expr FunctionHardware::firstAt(ScopePlan &s, Moment at) {
  if (s.first.empty()) {
    auto &r = n.addRegister("first_" + s.name + "_0", 1);
    r.next = s.enter;
    r.enable = n.either(s.wraps, s.enter);
    s.first.push_back(r.signal);
  }
  return atStage(s, s.first, "first_" + s.name, at);
}

Expr FunctionHardware::aheadAt(ScopePlan &s, unsigned block, Moment at) {
  std::vector<Expr> &bits = s.ahead[block];
  if (bits.empty()) {
    Operation *last = s.blocks[block]->getTerminator();
    Expr decides = sliceOf(last->getOperand(0), s);
    if (decides == kNoExpr) {
      refuse(last) << "what ends the loop has to be known as an iteration "
                      "starts, and takes a unit to compute";
      failed_ = true;
      return decides;
    }
    bits.push_back(n.wire("ahead_" + s.name, decides));
  }
  return atStage(s, bits, "ahead_" + s.name, at);
}

/// What a value of the iteration in stage 0 will be: computed at once.
Expr FunctionHardware::sliceOf(Value v, ScopePlan &s) {
  if (auto known = constantOf(v))
    return *known;
  if (!isIn(v, s))
    return readOutside(v);
  if (auto known = slices.find(v); known != slices.end())
    return known->second;
  if (auto arg = dyn_cast<BlockArgument>(v)) {
    Expr now = n.signal("next_" + nameOf(v), hardwareWidth(v.getType()));
    slices[v] = now;
    aheadValues[v].first = now;
    Expr next = sliceOf(passedBack(arg, s), s);
    aheadValues[v].second.all.push_back({s.wraps, next});
    return now;
  }
  llvm::SmallVector<Expr> in;
  for (Value operand : v.getDefiningOp()->getOperands())
    in.push_back(sliceOf(operand, s));
  return slices[v] = compute(v.getDefiningOp(), in);
}

/// Whether the iteration that is in a cycle of its own takes place, as far as
/// it is known by then: those before it may be found to be the last now.
Expr FunctionHardware::takesPlace(ScopePlan &s, int64_t cycle) {
  return n.both(inCycle(s, cycle), inStage(s, cycle / s.ii));
}

/// Whether an iteration is in a stage and not behind one that is found to be
/// the last in this cycle.
Expr FunctionHardware::inStage(ScopePlan &s, int64_t stage) {
  Expr is = s.valid[static_cast<size_t>(stage)];
  for (auto [at, when] : s.ends)
    if (at > stage)
      is = n.both(is, n.invert(when));
  return is;
}

//===----------------------------------------------------------------------===//
// Blocks of an iteration
//===----------------------------------------------------------------------===//

/// Whether the branch of a block takes a way out of several.
Expr FunctionHardware::edgeCondition(ScopePlan &s, unsigned block,
                                     unsigned successor, Moment at) {
  Operation *last = s.blocks[block]->getTerminator();
  if (last->getNumSuccessors() == 1)
    return n.bit(true);
  Expr decides = s.endsAhead.test(block) ? aheadAt(s, block, at)
                                         : read(last->getOperand(0), s, at);
  if (decides == kNoExpr)
    return n.bit(false);
  if (last->getName().stripDialect() != "switch")
    return successor == 0 ? decides : n.invert(decides);
  llvm::SmallVector<llvm::APInt> cases = casesOf(last);
  Expr others = n.bit(true);
  for (const llvm::APInt &value : cases)
    others = n.both(
        others, n.invert(n.binary(ExprKind::Eq, decides, n.constant(value))));
  return successor == 0 ? others
                        : n.binary(ExprKind::Eq, decides,
                                   n.constant(cases[successor - 1]));
}

/// Of each block up to `to` (the number of blocks: the next iteration) whether
/// control comes by. Where a branch that is not decisive goes is all the same:
/// to the first way that leads there.
std::vector<Expr>
FunctionHardware::takenBlocks(ScopePlan &s, unsigned to,
                              llvm::ArrayRef<unsigned> decisive, Moment at) {
  std::vector<Expr> taken(s.blocks.size(), n.bit(false));
  taken[0] = n.bit(true);
  for (unsigned k = 1; k <= to && k < s.blocks.size(); ++k)
    for (unsigned p = 0; p < k; ++p)
      for (unsigned e = 0; e < s.blocks[p]->getNumSuccessors(); ++e)
        if (s.blocks[p]->getSuccessor(e) == s.blocks[k])
          taken[k] =
              n.either(taken[k], edgeTaken(s, taken, p, e, to, decisive, at));
  return taken;
}

Expr FunctionHardware::edgeTaken(ScopePlan &s, const std::vector<Expr> &taken,
                                 unsigned block, unsigned successor,
                                 unsigned to, llvm::ArrayRef<unsigned> decisive,
                                 Moment at) {
  if (n.isConstant(taken[block], 0))
    return taken[block];
  if (llvm::is_contained(decisive, block))
    return n.both(taken[block], edgeCondition(s, block, successor, at));
  auto leads = [&](Block *next) {
    if (next == s.blocks[0])
      return to == s.blocks.size();
    std::optional<unsigned> number = s.flow->numberOf(next);
    return number && (to == s.blocks.size() ? s.flow->mayContinue(*number)
                                            : s.flow->mayFollow(*number, to));
  };
  for (unsigned e = 0; e < s.blocks[block]->getNumSuccessors(); ++e)
    if (leads(s.blocks[block]->getSuccessor(e)))
      return e == successor ? taken[block] : n.bit(false);
  return n.bit(false);
}

/// What decides whether a block runs in an iteration.
llvm::SmallVector<unsigned> FunctionHardware::guardsOf(ScopePlan &s,
                                                       unsigned block) {
  llvm::SmallVector<unsigned> all = s.flow->guards(block);
  for (unsigned k : s.endsAhead.set_bits())
    if (k < block)
      all.push_back(k);
  return all;
}

Expr FunctionHardware::guard(ScopePlan &s, Block *block, int64_t cycle) {
  unsigned number = *s.flow->numberOf(block);
  std::vector<Expr> taken =
      takenBlocks(s, number, guardsOf(s, number), {cycle});
  return taken[number];
}

/// An argument of a block is what the branch that control comes by hands on.
Expr FunctionHardware::readArgument(BlockArgument arg, ScopePlan &s,
                                    Moment at) {
  unsigned number = *s.flow->numberOf(arg.getOwner());
  Moment then = number == 0 ? at.later(s.ii) : at;
  unsigned to = number == 0 ? static_cast<unsigned>(s.blocks.size()) : number;
  llvm::SmallVector<Edge> edges = edgesTo(arg.getOwner(), s);
  bool same = llvm::all_of(edges, [&](const Edge &edge) {
    return passedBy(edge, arg, s) == passedBy(edges[0], arg, s);
  });
  Expr value = read(passedBy(edges[0], arg, s), s, then);
  if (!same && value != kNoExpr) {
    llvm::SmallVector<unsigned> decisive = s.flow->pickers(number);
    std::vector<Expr> taken = takenBlocks(s, to, decisive, then);
    for (const Edge &edge : llvm::drop_begin(edges)) {
      Expr other = read(passedBy(edge, arg, s), s, then);
      if (other == kNoExpr)
        return kNoExpr;
      value = n.mux(
          edgeTaken(s, taken, edge.block, edge.successor, to, decisive, then),
          other, value);
    }
  }
  if (number == 0 && value != kNoExpr)
    value = n.mux(firstAt(s, at), held(arg), value);
  return value;
}

//===----------------------------------------------------------------------===//
// Starts and ends
//===----------------------------------------------------------------------===//

/// Whether no iteration touches memory before it is known that the one before
/// is not the last.
LogicalResult FunctionHardware::waitForEnd(ScopePlan &s, int64_t known) {
  for (auto &[op, p] : operations)
    if (p.scope == &s && p.start + s.ii < known && !isMemoryEffectFree(op) &&
        !isNothing(op) && !isMemory(op))
      return refuse(op) << "it touches memory before it is known that its "
                           "iteration takes place";
  return success();
}

/// When what ends the loop is known only in the course of an iteration: in the
/// first cycle in which all that decides can be read.
LogicalResult FunctionHardware::buildLoopEnds(ScopePlan &s) {
  for (unsigned k : s.flow->exits()) {
    llvm::SmallVector<unsigned> decisive = s.flow->guards(k);
    int64_t known = 0;
    decisive.push_back(k);
    for (unsigned g : decisive)
      if (s.blocks[g]->getNumSuccessors() > 1)
        known = std::max(
            known, readyAt(s.blocks[g]->getTerminator()->getOperand(0), s));
    if (!s.endsAhead.test(k) && failed(waitForEnd(s, known)))
      return failure();
    // The iteration itself ends by then: that decides.
    if (known >= s.length)
      continue;
    std::vector<Expr> taken = takenBlocks(s, k, decisive, {known});
    Expr out = n.bit(false);
    for (unsigned e = 0; e < s.blocks[k]->getNumSuccessors(); ++e)
      if (!s.flow->numberOf(s.blocks[k]->getSuccessor(e)))
        out = n.either(out, n.both(taken[k], edgeCondition(s, k, e, {known})));
    int64_t stage = known / s.ii;
    Expr when = n.both(
        n.both(inCycle(s, known), s.valid[static_cast<size_t>(stage)]), out);
    s.ends.push_back({stage, n.wire("ends_" + s.name, when)});
  }
  return failure(failed_);
}

/// Whether an iteration of this run was found to be the last one, now or
/// before: while it goes on, no other one starts.
Expr FunctionHardware::endFound(ScopePlan &s) {
  Expr now = n.bit(false);
  for (auto [at, when] : s.ends)
    now = n.either(now, when);
  if (s.ends.empty())
    return now;
  auto &r = n.addRegister("ended_" + s.name, 1);
  Expr before = r.signal;
  r.next = n.both(n.either(before, now), n.invert(s.enter));
  r.enable = n.bit(true);
  return n.either(before, now);
}

/// The valid bits: a new iteration starts unless the one before is the last.
void FunctionHardware::buildStages(ScopePlan &s) {
  Expr last = n.bit(false);
  for (unsigned k : s.endsAhead.set_bits())
    for (unsigned e = 0; e < 2; ++e)
      if (!s.flow->numberOf(s.blocks[k]->getSuccessor(e)))
        last = n.either(last, edgeCondition(s, k, e, {0}));
  Expr stops = n.either(last, endFound(s));
  for (int64_t k = 0; k < s.stages(); ++k) {
    Expr moved =
        k > 0 ? inStage(s, k - 1) : n.both(inStage(s, 0), n.invert(stops));
    n.keep(s.valid[static_cast<size_t>(k)],
           n.mux(s.enter, n.bit(k == 0), n.mux(s.wraps, moved, inStage(s, k))),
           n.bit(true), llvm::APInt(1, 0));
  }
}

/// The last iteration has ended: control goes on where it left the loop.
LogicalResult FunctionHardware::buildLoop(ScopePlan &s) {
  if (failed(buildLoopEnds(s)))
    return failure();
  buildStages(s);
  Moment end{s.length, true};
  s.leave = n.bit(false);
  Expr there = takesPlace(s, s.length - 1);
  for (unsigned k = 0; k < s.blocks.size(); ++k) {
    Operation *last = s.blocks[k]->getTerminator();
    auto branch = dyn_cast<BranchOpInterface>(last);
    llvm::SmallVector<unsigned> decisive = guardsOf(s, k);
    for (unsigned e = 0; e < last->getNumSuccessors(); ++e) {
      if (s.flow->numberOf(last->getSuccessor(e)))
        continue;
      std::vector<Expr> taken = takenBlocks(s, k, decisive, end);
      Expr when = n.both(there, n.both(taken[k], edgeCondition(s, k, e, end)));
      when = n.wire("leave_" + s.name, when);
      s.leave = n.either(s.leave, when);
      if (failed(go(when, last->getSuccessor(e), &s,
                    branch.getSuccessorOperands(e).getForwardedOperands(),
                    Passed())))
        return failure();
    }
  }
  return failure(failed_);
}

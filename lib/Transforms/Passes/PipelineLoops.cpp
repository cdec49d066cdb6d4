//===- PipelineLoops.cpp - gaus-pipeline-loops ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/PassedOn.h"
#include "Loops/Predicate.h"
#include "Loops/ToScf.h"
#include "Passes/PassSupport.h"
#include "Pipelines/BranchPipeline.h"
#include "Pipelines/KernelOrder.h"
#include "Scopes/Kinds.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Dialect/GausNames.h"
#include "gaus/Transforms/WrittenSchedule.h"

#include "mlir/Dialect/Affine/Analysis/LoopAnalysis.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/Transforms.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Remarks.h"

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSPIPELINELOOPS
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

/// A loop that is being changed, and what it was.
class Backup {
public:
  /// With the loop's copies, which are in it.
  Backup(Operation *loop, const Copies &copies) {
    OpBuilder b(loop);
    IRMapping same;
    was = b.clone(*loop, same);
    for (arith::SelectOp copy : copies)
      copiesThen.push_back(
          same.lookup(copy.getResult()).getDefiningOp<arith::SelectOp>());
  }

  void restore(Operation *loop, Copies &copies) {
    loop->replaceAllUsesWith(was->getResults());
    loop->erase();
    copies = copiesThen;
  }
  void drop() { was->erase(); }

private:
  Operation *was;
  Copies copiesThen;
};

struct PipelineLoopsPass
    : gaus::ir::impl::GausPipelineLoopsBase<PipelineLoopsPass> {
  using GausPipelineLoopsBase::GausPipelineLoopsBase;

  void runOnOperation() override {
    for (Scope &scope : collectScopes(getOperation())) {
      if (!scope.carrier->hasAttr(kII) ||
          (!isForLoop(scope.carrier) && !scope.isLoop))
        continue;
      if (llvm::any_of(scope.blocks,
                       [&](Block *b) { return changed.contains(b); })) {
        leave(scope.carrier->getLoc(), "a loop in it is rewritten");
        continue;
      }
      // Loops before it have changed.
      scope.insides = nullptr;
      if (failed(scope.build()) ||
          failed(isForLoop(scope.carrier) ? pipeline(scope)
                                          : pipelineOfBranches(scope)))
        return signalPassFailure();
    }
  }

private:
  /// What is wrong with the starts.
  static FailureOr<std::vector<gaus::Diagnostic>>
  check(Scope &scope, const WrittenSchedule &written) {
    if (failed(settleWritten(scope, written)))
      return failure();
    // The operations that pass values on may end behind the others.
    scope.problem.length = 0;
    return gaus::verify(scope.problem, written.starts);
  }

  static bool holds(Scope &scope, const WrittenSchedule &written) {
    FailureOr<std::vector<gaus::Diagnostic>> wrong = check(scope, written);
    return succeeded(wrong) && wrong->empty();
  }

  /// The starts, checked: a pipeline of a wrong schedule would be a wrong
  /// program.
  static FailureOr<WrittenSchedule> legalSchedule(Scope &scope) {
    WrittenSchedule written = readWritten(scope);
    if (!written.complete())
      return mlir::emitError(scope.carrier->getLoc())
             << written.missing << " of " << written.starts.size()
             << " operations have no gaus.start: schedule the loop first";
    FailureOr<std::vector<gaus::Diagnostic>> wrong = check(scope, written);
    if (failed(wrong))
      return failure();
    for (const gaus::Diagnostic &d : *wrong)
      scope.emit(d);
    if (!wrong->empty())
      return failure();
    return written;
  }

  /// Whether an operation takes memory that the end of an iteration gives back:
  /// the stages of an iteration are in several.
  static bool takesStack(Operation *loop) {
    return loop
        ->walk([&](MemoryEffectOpInterface op) {
          llvm::SmallVector<MemoryEffects::EffectInstance> effects;
          op.getEffects<MemoryEffects::Allocate>(effects);
          bool stack = llvm::any_of(effects, [](const auto &effect) {
            return isa<SideEffects::AutomaticAllocationScopeResource>(
                effect.getResource());
          });
          return stack && op->getParentWithTrait<
                              OpTrait::AutomaticAllocationScope>() == loop
                     ? WalkResult::interrupt()
                     : WalkResult::advance();
        })
        .wasInterrupted();
  }

  static constexpr llvm::StringLiteral kShort =
      "it has no more iterations than stages before the last";

  static void leave(Location loc, llvm::StringRef reason) {
    emitRemark(loc) << "the loop is not rewritten: " << reason;
  }

  /// Why a loop cannot be rewritten, whatever its schedule is; empty if it may.
  static llvm::StringRef obstacle(Operation *loop) {
    if (auto plain = dyn_cast<scf::ForOp>(loop);
        plain && plain.getUnsignedCmp())
      return "its bounds are compared as unsigned numbers";
    if (takesStack(loop))
      return "it takes memory that lives for one iteration";
    if (auto affineLoop = dyn_cast<affine::AffineForOp>(loop);
        affineLoop && !hasScfForm(affineLoop))
      return "an operation of the affine dialect in it is not lowered here";
    return "";
  }

  /// Why nothing is gained by a pipeline of so many stages, or there is none.
  static llvm::StringRef obstacle(Operation *loop, const KernelOrder &order) {
    unsigned last = lastStage(order);
    if (last == 0)
      return "an iteration ends before the next one begins";
    std::optional<uint64_t> trips;
    if (auto affineLoop = dyn_cast<affine::AffineForOp>(loop)) {
      trips = affine::getConstantTripCount(affineLoop);
      return trips && *trips <= last ? llvm::StringRef(kShort)
                                     : llvm::StringRef();
    }
    auto plain = cast<scf::ForOp>(loop);
    if (std::optional<APInt> count = plain.getStaticTripCount())
      return count->ule(last) ? llvm::StringRef(kShort) : llvm::StringRef();
    Type type = plain.getUpperBound().getType();
    unsigned bits = type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
    return llvm::isUIntN(bits, last)
               ? ""
               : "the type of its bounds cannot count the stages";
  }

  static unsigned lastStage(const KernelOrder &order) {
    unsigned last = 0;
    for (auto [op, stage] : order)
      last = std::max(last, stage);
    return last;
  }

  /// The order of the kernel; if conditions are in two places at once, with
  /// these taken apart.
  static std::optional<KernelOrder>
  orderOf(Scope &scope, WrittenSchedule &written,
          llvm::SmallVectorImpl<Operation *> &added) {
    int64_t ii = *written.ii;
    std::optional<KernelOrder> order = kernelOrder(scope, written.starts, ii);
    if (order || !scope.hasConditions() ||
        !takeApartConditions(scope, written.starts, ii, added))
      return order;
    written = readWritten(scope);
    return written.complete() && holds(scope, written)
               ? kernelOrder(scope, written.starts, ii)
               : std::nullopt;
  }

  LogicalResult pipeline(Scope &scope) {
    Location loc = scope.carrier->getLoc();
    if (llvm::StringRef why = obstacle(scope.carrier); !why.empty()) {
      leave(loc, why);
      return success();
    }
    FailureOr<WrittenSchedule> written = legalSchedule(scope);
    if (failed(written))
      return failure();
    Copies copies = copyPassedOn(scope, written->starts, *written->ii);
    if (!copies.empty()) {
      if (failed(scope.build()))
        return failure();
      written = readWritten(scope);
      if (!holds(scope, *written)) {
        llvm::for_each(copies, dropCopy);
        leave(loc, "what it hands on to the next iteration, copied, "
                   "hides which memory it touches");
        return success();
      }
    }
    Backup backup(scope.carrier, copies);
    llvm::SmallVector<Operation *> added;
    std::optional<KernelOrder> order = orderOf(scope, *written, added);
    llvm::StringRef why = order ? obstacle(scope.carrier, *order)
                                : "its schedule moves a part of a condition "
                                  "past what is not in it";
    if (!why.empty()) {
      backup.restore(scope.carrier, copies);
      llvm::for_each(copies, dropCopy);
      leave(loc, why);
      return success();
    }
    backup.drop();
    llvm::for_each(added, forget);
    llvm::for_each(copies, forget);
    return rewrite(scope.carrier, *order, copies);
  }

  /// The schedules of what is around it say nothing any more.
  void noteChange(Operation *around) {
    for (; around && around->getBlock(); around = around->getParentOp())
      changed.insert(around->getBlock());
  }

  LogicalResult pipelineOfBranches(Scope &scope) {
    Location loc = scope.carrier->getLoc();
    Operation *around = scope.carrier->getParentOp();
    FailureOr<WrittenSchedule> written = legalSchedule(scope);
    if (failed(written))
      return failure();
    std::optional<KernelOrder> order =
        kernelOrder(scope, written->starts, *written->ii);
    llvm::StringRef why =
        order ? pipelineBranches(scope, *order)
              : "operations that start together wait for each other";
    if (why.empty())
      noteChange(around);
    else
      leave(loc, why);
    return success();
  }

  LogicalResult rewrite(Operation *carrier, KernelOrder &order,
                        const Copies &copies) {
    noteChange(carrier);
    auto loop = dyn_cast<scf::ForOp>(carrier);
    if (!loop)
      loop = lower(cast<affine::AffineForOp>(carrier), order);
    for (Operation &op : llvm::make_early_inc_range(*loop.getBody()))
      if (op.hasTrait<OpTrait::ConstantLike>())
        op.moveBefore(loop);
    return loop.getStaticTripCount()
               ? transform(loop, order)
               : guarded(loop, order, lastStage(order), copies);
  }

  /// What an operation becomes is in its place in the order.
  static scf::ForOp lower(affine::AffineForOp loop, KernelOrder &order) {
    llvm::DenseMap<Operation *, llvm::SmallVector<Operation *>> parts;
    scf::ForOp made =
        toScf(loop, [&](Operation *op, llvm::ArrayRef<Operation *> all) {
          parts[op].assign(all.begin(), all.end());
        });
    KernelOrder all;
    for (auto [op, stage] : order) {
      auto found = parts.find(op);
      if (found == parts.end())
        all.push_back({op, stage});
      else
        for (Operation *part : found->second)
          all.push_back({part, stage});
    }
    order = std::move(all);
    return made;
  }

  /// Whether the loop has more iterations than `last`, and the arithmetic of
  /// its pipeline, span + step - 1, stays within signed numbers.
  static Value hasEnoughTrips(OpBuilder &b, scf::ForOp loop,
                              const APInt &last) {
    Location loc = loop.getLoc();
    Value from = loop.getLowerBound(), to = loop.getUpperBound(),
          step = loop.getStep();
    auto number = [&](const APInt &value) -> Value {
      return arith::ConstantOp::create(b, loc,
                                       b.getIntegerAttr(to.getType(), value));
    };
    auto compare = [&](arith::CmpIPredicate how, Value left, Value right) {
      return arith::CmpIOp::create(b, loc, how, left, right).getResult();
    };
    Value some = compare(arith::CmpIPredicate::slt, from, to);
    Value span = arith::SubIOp::create(b, loc, to, from);
    // An overflow is negative, and so, as an unsigned number, above all others.
    Value most = arith::SubIOp::create(
        b, loc, number(APInt::getSignedMaxValue(last.getBitWidth())), step);
    Value fits = compare(arith::CmpIPredicate::ule, span, most);
    Value trips = arith::CeilDivUIOp::create(b, loc, span, step);
    Value enough = compare(arith::CmpIPredicate::ugt, trips, number(last));
    some = arith::AndIOp::create(b, loc, some, fits);
    return arith::AndIOp::create(b, loc, some, enough);
  }

  /// `if (trips > last stage) { pipelined loop } else { loop }`
  LogicalResult guarded(scf::ForOp loop, const KernelOrder &order,
                        unsigned last, llvm::ArrayRef<arith::SelectOp> copies) {
    OpBuilder b(loop);
    Location loc = loop.getLoc();
    Type type = loop.getUpperBound().getType();
    unsigned bits = type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
    Value enough = hasEnoughTrips(b, loop, APInt(bits, last));
    auto guard = scf::IfOp::create(b, loc, loop.getResultTypes(), enough,
                                   /*withElseRegion=*/true);
    auto finish = [&](Block *block, scf::ForOp inner) {
      if (loop.getNumResults() == 0)
        return;
      OpBuilder end = OpBuilder::atBlockEnd(block);
      scf::YieldOp::create(end, loc, inner.getResults());
    };
    b.setInsertionPointToStart(guard.elseBlock());
    IRMapping same;
    auto plain = cast<scf::ForOp>(b.clone(*loop, same));
    for (arith::SelectOp copy : copies)
      dropCopy(same.lookup(copy.getResult()).getDefiningOp<arith::SelectOp>());
    finish(guard.elseBlock(), plain);
    loop->replaceAllUsesWith(guard.getResults());
    loop->moveBefore(guard.thenBlock(), guard.thenBlock()->begin());
    finish(guard.thenBlock(), loop);
    return transform(loop, order);
  }

  LogicalResult transform(scf::ForOp loop, const KernelOrder &order) {
    scf::PipeliningOption options;
    options.getScheduleFn = [&](scf::ForOp, KernelOrder &out) { out = order; };
    // The guard has counted the iterations: nothing needs a predicate.
    options.supportDynamicLoops = true;
    options.predicateFn = [](RewriterBase &, Operation *op, Value) {
      return op;
    };
    options.annotateFn = [](Operation *op, scf::PipeliningOption::PipelinerPart,
                            unsigned) {
      op->walk([](Operation *inner) {
        inner->removeAttr(kStart);
        inner->removeAttr(kAlternative);
      });
    };
    Location loc = loop.getLoc();
    IRRewriter rewriter(loop);
    FailureOr<scf::ForOp> made = scf::pipelineForLoop(rewriter, loop, options);
    if (failed(made)) {
      leave(loc, "its operations cannot be moved between iterations");
      return success();
    }
    for (llvm::StringRef name : {kII, kIIProof, kLength, kLiveLimit,
                                 kMemoryModel, kCost, kBound, kStart})
      (*made)->removeAttr(name);
    return success();
  }

  llvm::DenseSet<Block *> changed;
};

} // namespace

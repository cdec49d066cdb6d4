//===- PipelineLoops.cpp - gaus-pipeline-loops ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes/KernelOrder.h"
#include "Passes/PassSupport.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Dialect/GausNames.h"
#include "gaus/Transforms/WrittenSchedule.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
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

/// Operations that only pass a value on to the next iteration.
using Copies = llvm::SmallVector<arith::SelectOp>;

struct PipelineLoopsPass
    : gaus::ir::impl::GausPipelineLoopsBase<PipelineLoopsPass> {
  using GausPipelineLoopsBase::GausPipelineLoopsBase;

  void runOnOperation() override {
    for (Scope &scope : collectScopes(getOperation())) {
      auto loop = dyn_cast<scf::ForOp>(scope.carrier);
      if (!scope.carrier->hasAttr(kII) || (!loop && !scope.isLoop))
        continue;
      if (!loop) {
        leave(scope.carrier->getLoc(),
              isa<affine::AffineForOp>(scope.carrier)
                  ? "only scf.for is rewritten: --lower-affine makes one of an "
                    "affine.for, before it is scheduled"
                  : "only scf.for is rewritten, no loop of branches");
        continue;
      }
      // Loops before it have changed.
      scope.insides = nullptr;
      if (failed(scope.build()) || failed(pipeline(scope, loop)))
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

  /// When the value of an argument is there at the earliest: seen from the
  /// iteration that passes it on.
  static int64_t readyAt(const Scope &scope, scf::ForOp loop, Value v,
                         llvm::ArrayRef<int64_t> starts, int64_t ii) {
    int64_t turns = 0;
    // A ring of arguments has what it began with.
    for (unsigned i = 0; i <= loop.getNumRegionIterArgs(); ++i) {
      auto arg = dyn_cast<BlockArgument>(v);
      if (!arg || arg.getOwner() != loop.getBody() || arg.getArgNumber() == 0)
        break;
      v = loop.getYieldedValues()[arg.getArgNumber() - 1];
      ++turns;
    }
    auto at = llvm::find(scope.nodes, v.getDefiningOp());
    if (at == scope.nodes.end())
      return 0;
    size_t node = at - scope.nodes.begin();
    int64_t ready = starts[node] + scope.problem.latency[node] - turns * ii;
    return std::max<int64_t>(0, ready);
  }

  /// The pipeliner knows distances of one iteration, and only values that an
  /// operation of the loop makes. One that is passed on from argument to
  /// argument, or comes from outside the loop, gets an operation that does
  /// nothing, as early as the schedule allows.
  static Copies copyPassedOn(const Scope &scope, scf::ForOp loop,
                             llvm::ArrayRef<int64_t> starts, int64_t ii) {
    auto yield = cast<scf::YieldOp>(loop.getBody()->getTerminator());
    OpBuilder b(yield);
    llvm::SmallVector<std::pair<unsigned, int64_t>> passed;
    for (auto [i, v] : llvm::enumerate(yield.getOperands())) {
      // Arguments, and what is made outside the loop or moved there.
      Operation *def = v.getDefiningOp();
      if (!def || def->getBlock() != loop.getBody() ||
          def->hasTrait<OpTrait::ConstantLike>())
        passed.push_back({i, readyAt(scope, loop, v, starts, ii)});
    }
    Copies copies;
    if (passed.empty())
      return copies;
    Location loc = loop.getLoc();
    Value truth = arith::ConstantOp::create(b, loc, b.getBoolAttr(true));
    truth.getDefiningOp()->moveBefore(loop);
    for (auto [i, start] : passed) {
      Value v = yield.getOperand(i);
      auto copy = arith::SelectOp::create(b, loc, truth, v, v);
      copy->setAttr(kLatency, b.getI64IntegerAttr(0));
      copy->setAttr(kUses, b.getDictionaryAttr({}));
      copy->setAttr(kStart, b.getI64IntegerAttr(start));
      yield.setOperand(i, copy);
      copies.push_back(copy);
    }
    return copies;
  }

  static void drop(arith::SelectOp copy) {
    Operation *truth = copy.getCondition().getDefiningOp();
    copy.replaceAllUsesWith(copy.getTrueValue());
    copy.erase();
    if (truth->use_empty())
      truth->erase();
  }

  /// Whether an operation takes memory that the end of an iteration gives back:
  /// the stages of an iteration are in several.
  static bool takesStack(scf::ForOp loop) {
    return loop
        .walk([&](MemoryEffectOpInterface op) {
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

  static void leave(Location loc, llvm::StringRef reason) {
    emitRemark(loc) << "the loop is not rewritten: " << reason;
  }

  LogicalResult pipeline(Scope &scope, scf::ForOp loop) {
    if (loop.getUnsignedCmp()) {
      leave(loop.getLoc(), "its bounds are compared as unsigned numbers");
      return success();
    }
    if (takesStack(loop)) {
      leave(loop.getLoc(), "it takes memory that lives for one iteration");
      return success();
    }
    FailureOr<WrittenSchedule> written = legalSchedule(scope);
    if (failed(written))
      return failure();
    int64_t ii = *written->ii;
    Copies copies = copyPassedOn(scope, loop, written->starts, ii);
    if (!copies.empty()) {
      if (failed(scope.build()))
        return failure();
      written = readWritten(scope);
      if (!holds(scope, *written)) {
        llvm::for_each(copies, drop);
        leave(loop.getLoc(), "what it hands on to the next iteration, copied, "
                             "hides which memory it touches");
        return success();
      }
      for (arith::SelectOp copy : copies)
        for (llvm::StringRef name : {kLatency, kUses, kStart})
          copy->removeAttr(name);
    }
    std::optional<KernelOrder> found = kernelOrder(scope, written->starts, ii);
    if (!found) {
      llvm::for_each(copies, drop);
      leave(loop.getLoc(), "its schedule moves a part of a condition past "
                           "what is not in it");
      return success();
    }
    const KernelOrder &order = *found;
    unsigned last = 0;
    for (auto [op, stage] : order)
      last = std::max(last, stage);
    std::optional<APInt> trips = loop.getStaticTripCount();
    bool isShort = trips && trips->ule(last);
    if (order.empty() || last == 0 || isShort) {
      llvm::for_each(copies, drop);
      leave(loop.getLoc(),
            isShort && last > 0
                ? "it has no more iterations than stages before "
                  "the last"
                : "an iteration ends before the next one begins");
      return success();
    }
    for (Operation &op : llvm::make_early_inc_range(*loop.getBody()))
      if (op.hasTrait<OpTrait::ConstantLike>())
        op.moveBefore(loop);
    return trips ? transform(loop, order) : guarded(loop, order, last, copies);
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
    if (!llvm::isUIntN(bits, last)) {
      llvm::for_each(copies, drop);
      leave(loc, "the type of its bounds cannot count the stages");
      return success();
    }
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
      drop(same.lookup(copy.getResult()).getDefiningOp<arith::SelectOp>());
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
      op->walk([](Operation *inner) { inner->removeAttr(kStart); });
    };
    Location loc = loop.getLoc();
    IRRewriter rewriter(loop);
    FailureOr<scf::ForOp> made = scf::pipelineForLoop(rewriter, loop, options);
    if (failed(made)) {
      leave(loc, "its operations cannot be moved between iterations");
      return success();
    }
    for (llvm::StringRef name :
         {kII, kIIProof, kLength, kLiveLimit, kCost, kBound, kStart})
      (*made)->removeAttr(name);
    return success();
  }
};

} // namespace

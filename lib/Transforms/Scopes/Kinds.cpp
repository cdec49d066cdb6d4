//===- Kinds.cpp - What operations are to the scopes ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scopes/Kinds.h"

#include "AsLoops/Obstacle.h"

#include "gaus/Core/Problem.h"
#include "gaus/Dialect/Gaus.h"
#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/Affine/Analysis/LoopAnalysis.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

bool gaus::ir::isForLoop(Operation *op) {
  return isa<scf::ForOp, affine::AffineForOp>(op);
}

bool gaus::ir::isInnermost(Operation *loop) {
  return !loop->getRegion(0)
              .walk([](Operation *inner) {
                return isForLoop(inner) ? WalkResult::interrupt()
                                        : WalkResult::advance();
              })
              .wasInterrupted();
}

bool gaus::ir::isSignedDivision(Operation *op) {
  return isa<LLVM::SDivOp, LLVM::SRemOp, arith::DivSIOp, arith::RemSIOp,
             arith::CeilDivSIOp, arith::FloorDivSIOp>(op);
}

bool gaus::ir::isDivision(Operation *op) {
  return isSignedDivision(op) || isa<LLVM::UDivOp, LLVM::URemOp, arith::DivUIOp,
                                     arith::RemUIOp, arith::CeilDivUIOp>(op);
}

bool gaus::ir::mayTrap(Operation *op) {
  // Of remainders arith says that they may run anywhere.
  if (!isDivision(op))
    return !isSpeculatable(op);
  APInt divisor;
  return !matchPattern(op->getOperand(1), m_ConstantInt(&divisor)) ||
         divisor.isZero() || (divisor.isAllOnes() && isSignedDivision(op));
}

bool gaus::ir::isParallelLoop(Operation *op) {
  return isa<scf::ParallelOp, scf::ForallOp, affine::AffineParallelOp>(op);
}

/// The passes of MLIR after which it is a loop that may have an interval.
static llvm::StringRef passesFor(Operation *loop) {
  if (isa<scf::WhileOp>(loop))
    return "--convert-scf-to-cf makes a loop of branches of it";
  if (auto forall = dyn_cast<scf::ForallOp>(loop))
    return forall.getNumResults() > 0
               ? "it works on tensors, of which --one-shot-bufferize makes "
                 "buffers"
               : "--scf-forall-to-for makes scf.for of it";
  return "";
}

std::string gaus::ir::whyNeverPipelined(Operation *loop) {
  llvm::StringRef passes = passesFor(loop);
  return "'" + loop->getName().getStringRef().str() + "' never is" +
         (passes.empty() ? "" : "; " + passes.str());
}

/// The product of the iterations along each dimension.
static std::optional<int64_t> parallelTrips(Operation *op) {
  int64_t product = 1;
  auto along = [&](std::optional<int64_t> count) {
    if (!count || *count < 0 || *count >= int64_t(1) << 31)
      return false;
    product *= *count;
    return product < int64_t(1) << 31;
  };
  if (auto loop = dyn_cast<affine::AffineParallelOp>(op)) {
    auto ranges = loop.getConstantRanges();
    if (!ranges)
      return std::nullopt;
    for (auto [range, step] : llvm::zip(*ranges, loop.getSteps()))
      if (!along(llvm::divideCeilSigned(std::max<int64_t>(range, 0), step)))
        return std::nullopt;
    return product;
  }
  auto loop = cast<LoopLikeOpInterface>(op);
  auto lower = loop.getLoopLowerBounds(), upper = loop.getLoopUpperBounds(),
       steps = loop.getLoopSteps();
  if (!lower || !upper || !steps)
    return std::nullopt;
  for (auto [from, to, step] : llvm::zip(*lower, *upper, *steps)) {
    auto a = getConstantIntValue(from), b = getConstantIntValue(to),
         by = getConstantIntValue(step);
    if (!a || !b || !by || *by <= 0 ||
        !along(llvm::divideCeilSigned(std::max<int64_t>(*b - *a, 0), *by)))
      return std::nullopt;
  }
  return product;
}

std::optional<int64_t> gaus::ir::hintedTrips(Operation *op) {
  auto hint = op->getAttrOfType<DenseI64ArrayAttr>(kTrips);
  if (!hint || hint.size() != 2 || hint[1] < 0 || hint[1] > gaus::kMaxCycle)
    return std::nullopt;
  return hint[1];
}

std::optional<int64_t> gaus::ir::constantTrips(Operation *op) {
  if (isParallelLoop(op))
    return parallelTrips(op);
  if (auto loop = dyn_cast<scf::ForOp>(op)) {
    if (std::optional<APInt> count = loop.getStaticTripCount();
        count && count->getActiveBits() < 31)
      return static_cast<int64_t>(count->getZExtValue());
  } else if (auto loop = dyn_cast<affine::AffineForOp>(op)) {
    if (std::optional<uint64_t> count = affine::getConstantTripCount(loop);
        count && *count < (uint64_t(1) << 31))
      return static_cast<int64_t>(*count);
  }
  return std::nullopt;
}

bool gaus::ir::hasScheduledRegions(Operation *op) {
  return isa<RegionBranchOpInterface, affine::AffineParallelOp>(op);
}

Operation *gaus::ir::calleeOf(Operation *op, Operation *root,
                              SymbolTableCollection &symbols,
                              llvm::StringRef &reason) {
  CallInterfaceCallable callable =
      cast<CallOpInterface>(op).getCallableForCallee();
  auto name = dyn_cast<SymbolRefAttr>(callable);
  if (!name) {
    reason = "which function it calls is not known";
    return nullptr;
  }
  // Other functions may be changed by other threads meanwhile.
  Operation *table = SymbolTable::getNearestSymbolTable(op);
  if (!table || !root->isAncestor(table)) {
    reason = "the function that it calls is not among what the pass runs on";
    return nullptr;
  }
  Operation *callee = symbols.lookupNearestSymbolFrom(op, name);
  auto function = dyn_cast_or_null<FunctionOpInterface>(callee);
  if (!function || function.isExternal() || callee->getNumRegions() != 1) {
    reason = "the function that it calls has no body";
    return nullptr;
  }
  return callee;
}

Operation *gaus::ir::functionAround(Operation *op) {
  while (!isa<FunctionOpInterface>(op) && op->getParentOp())
    op = op->getParentOp();
  return op;
}

std::string gaus::ir::nameIn(Location location) {
  if (auto named = dyn_cast<NameLoc>(location))
    return named.getName().str();
  if (auto fused = dyn_cast<FusedLoc>(location))
    for (Location part : fused.getLocations())
      if (std::string name = nameIn(part); !name.empty())
        return name;
  return "";
}

bool gaus::ir::runsOneRegion(Operation *op) {
  return isa<scf::IfOp, affine::AffineIfOp, scf::IndexSwitchOp,
             scf::ExecuteRegionOp, memref::AllocaScopeOp>(op) &&
         llvm::all_of(op->getRegions(), [](Region &region) {
           return region.empty() || region.hasOneBlock();
         });
}

bool gaus::ir::isScheduled(Operation &op) {
  return !op.hasTrait<OpTrait::IsTerminator>() &&
         !op.hasTrait<OpTrait::ConstantLike>() &&
         !isa<LLVM::DbgValueOp, LLVM::DbgDeclareOp, LLVM::DbgLabelOp>(op);
}

bool gaus::ir::movesMuch(Operation *op) {
  if (isLinalg(op))
    return op->getNumRegions() == 0;
  return isa<memref::CopyOp, LLVM::MemcpyOp, LLVM::MemcpyInlineOp,
             LLVM::MemmoveOp, LLVM::MemsetOp, LLVM::MemsetInlineOp>(op);
}

bool gaus::ir::mayHaveInside(Operation *op) {
  return isa<CallOpInterface>(op) ||
         (op->getNumRegions() > 0 && !isa<NodeOp>(op));
}

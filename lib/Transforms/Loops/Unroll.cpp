//===- Unroll.cpp - Loops that are to be unrolled -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/Unroll.h"

#include "Scopes/Kinds.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Affine/LoopUtils.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Utils/Utils.h"

using namespace mlir;
using namespace gaus::ir;

static Attribute wishOf(Operation *op) {
  auto request = op->getAttrOfType<DictionaryAttr>(kRequest);
  return request ? request.get("unroll") : Attribute();
}

llvm::StringRef gaus::ir::unrollObstacle(Operation *loop) {
  Block &body = loop->getRegion(0).front();
  // Upstream takes the argument of the first iteration for that of the last.
  for (auto [k, v] : llvm::enumerate(body.getTerminator()->getOperands()))
    if (auto arg = dyn_cast<BlockArgument>(v);
        arg && arg.getOwner() == &body && arg.getArgNumber() != k + 1)
      return "it hands on what it got as another value";
  auto counted = dyn_cast<scf::ForOp>(loop);
  if (!counted)
    return "";
  auto from = getConstantIntValue(counted.getLowerBound()),
       to = getConstantIntValue(counted.getUpperBound());
  // Upstream's arithmetic is that of unsigned numbers.
  if (!from || !to || !counted.getConstantStep() || *from < 0 || *to < 0)
    return "its bounds are no constants from 0 on";
  return "";
}

static LogicalResult unrollBy(Operation *loop, uint64_t factor) {
  if (auto counted = dyn_cast<scf::ForOp>(loop))
    return loopUnrollByFactor(counted, factor);
  return affine::loopUnrollByFactor(cast<affine::AffineForOp>(loop), factor);
}

/// `loop` may be gone afterwards: of few iterations nothing may be left to
/// loop.
static LogicalResult unrollOne(Operation *loop, Attribute wish) {
  Location loc = loop->getLoc();
  auto refuse = [&] { return mlir::emitError(loc) << kRequest << ": unroll "; };
  auto factor = dyn_cast<IntegerAttr>(wish);
  if (!factor || factor.getValue().getSignificantBits() > 31 ||
      factor.getInt() < 1)
    return refuse() << "must be a number of iterations from 1 on, got " << wish;
  auto leave = [&](llvm::StringRef reason) {
    emitRemark(loc) << "the loop is not unrolled: " << reason;
    return success();
  };
  if (loop->hasTrait<OpTrait::IsTerminator>())
    return leave("only scf.for and affine.for are; of loops of branches clang "
                 "does it by #pragma unroll");
  if (!isForLoop(loop))
    return refuse() << "belongs on a loop";
  if (auto done = loop->getAttrOfType<IntegerAttr>(kUnrolled)) {
    if (done.getInt() == factor.getInt())
      return success();
    return leave("it was before, by " + std::to_string(done.getInt()));
  }
  if (factor.getInt() == 1)
    return success();
  if (llvm::StringRef reason = unrollObstacle(loop); !reason.empty())
    return leave(reason);
  // What is left of it has this, too.
  loop->setAttr(kUnrolled,
                Builder(loop->getContext()).getI64IntegerAttr(factor.getInt()));
  if (succeeded(unrollBy(loop, static_cast<uint64_t>(factor.getInt()))))
    return success();
  loop->removeAttr(kUnrolled);
  return leave("its bounds or what it hands on do not allow it");
}

LogicalResult gaus::ir::unrollLoops(Operation *root) {
  llvm::SmallVector<Operation *> wanted;
  root->walk<WalkOrder::PostOrder>([&](Operation *op) {
    if (wishOf(op))
      wanted.push_back(op);
  });
  bool good = true;
  for (Operation *op : wanted)
    good &= succeeded(unrollOne(op, wishOf(op)));
  return success(good);
}

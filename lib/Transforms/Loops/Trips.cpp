//===- Trips.cpp - How often loops run ------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/Trips.h"

#include "Scopes/Kinds.h"

#include "gaus/Core/Problem.h"
#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gaus::ir;

std::string TripRange::text() const {
  if (!most)
    return least > 0 ? ">=" + std::to_string(least) : "?";
  return least == *most ? std::to_string(least)
                        : std::to_string(least) + ".." + std::to_string(*most);
}

namespace {

/// Values from `low` to `high`, far from overflow.
struct Interval {
  int64_t low, high;
};
using MaybeInterval = std::optional<Interval>;

constexpr int64_t kFar = int64_t(1) << 40;

MaybeInterval checked(int64_t low, int64_t high) {
  if (low < -kFar || high > kFar)
    return std::nullopt;
  return Interval{low, high};
}

MaybeInterval ofLoopVariable(affine::AffineForOp loop, unsigned depth);
MaybeInterval ofLoopVariable(scf::ForOp loop, unsigned depth);
MaybeInterval ofArithmetic(Operation *op, unsigned depth);

/// Loops around each other, and operations, are followed so far.
constexpr unsigned kDepth = 16;

/// Nothing if the type may not have all of them.
MaybeInterval within(Type type, MaybeInterval i) {
  unsigned width = type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
  if (i && width < 41 &&
      (!llvm::isIntN(width, i->low) || !llvm::isIntN(width, i->high)))
    return std::nullopt;
  return i;
}

/// What an integer may be, read as one with a sign.
MaybeInterval ofOperand(Value value, unsigned depth) {
  IntegerAttr constant;
  if (matchPattern(value, m_Constant(&constant)) &&
      constant.getValue().getSignificantBits() <= 40)
    return Interval{constant.getInt(), constant.getInt()};
  if (depth >= kDepth || !value.getType().isIntOrIndex())
    return std::nullopt;
  if (Operation *op = value.getDefiningOp())
    return within(value.getType(), ofArithmetic(op, depth + 1));
  if (auto loop = affine::getForInductionVarOwner(value))
    return ofLoopVariable(loop, depth + 1);
  auto loop = scf::getForInductionVarOwner(value);
  return loop ? ofLoopVariable(loop, depth + 1) : std::nullopt;
}

/// What an expression may be; operands are taken as if they were apart.
class Ranges {
public:
  Ranges(ValueRange operands, unsigned numDims, unsigned depth)
      : operands(operands), numDims(numDims), depth(depth) {}

  MaybeInterval of(AffineExpr expr) const {
    if (auto constant = dyn_cast<AffineConstantExpr>(expr))
      return checked(constant.getValue(), constant.getValue());
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      return ofOperand(operands[dim.getPosition()], depth);
    if (auto symbol = dyn_cast<AffineSymbolExpr>(expr))
      return ofOperand(operands[numDims + symbol.getPosition()], depth);
    auto binary = cast<AffineBinaryOpExpr>(expr);
    MaybeInterval a = of(binary.getLHS()), b = of(binary.getRHS());
    if (!a || !b)
      return std::nullopt;
    if (expr.getKind() == AffineExprKind::Add)
      return checked(a->low + b->low, a->high + b->high);
    return byConstant(expr.getKind(), *a, *b);
  }

  static MaybeInterval byConstant(AffineExprKind kind, Interval a, Interval b) {
    int64_t by = b.low;
    if (by != b.high)
      return std::nullopt;
    if (kind == AffineExprKind::Mul) {
      if (std::abs(by) > (int64_t(1) << 20))
        return std::nullopt;
      return by >= 0 ? checked(a.low * by, a.high * by)
                     : checked(a.high * by, a.low * by);
    }
    if (by <= 0)
      return std::nullopt;
    if (kind == AffineExprKind::FloorDiv)
      return checked(llvm::divideFloorSigned(a.low, by),
                     llvm::divideFloorSigned(a.high, by));
    if (kind == AffineExprKind::CeilDiv)
      return checked(llvm::divideCeilSigned(a.low, by),
                     llvm::divideCeilSigned(a.high, by));
    return Interval{0, by - 1};
  }

private:
  ValueRange operands;
  unsigned numDims, depth;
};

/// The largest (lower bounds) or smallest (upper bounds) of a map's results.
MaybeInterval ofBound(AffineMap map, ValueRange operands, bool isLower,
                      unsigned depth) {
  Ranges ranges(operands, map.getNumDims(), depth);
  MaybeInterval all;
  for (AffineExpr expr : map.getResults()) {
    MaybeInterval one = ranges.of(expr);
    if (!one)
      return std::nullopt;
    if (!all)
      all = one;
    else if (isLower)
      all = {std::max(all->low, one->low), std::max(all->high, one->high)};
    else
      all = {std::min(all->low, one->low), std::min(all->high, one->high)};
  }
  return all;
}

/// From a bound below and one above.
MaybeInterval between(MaybeInterval low, MaybeInterval high) {
  // In a body that never runs it is nothing.
  if (!low || !high || high->high <= low->low)
    return std::nullopt;
  return Interval{low->low, high->high - 1};
}

MaybeInterval ofLoopVariable(affine::AffineForOp loop, unsigned depth) {
  MaybeInterval low =
      ofBound(loop.getLowerBoundMap(), loop.getLowerBoundOperands(),
              /*isLower=*/true, depth);
  MaybeInterval high =
      ofBound(loop.getUpperBoundMap(), loop.getUpperBoundOperands(),
              /*isLower=*/false, depth);
  return between(low, high);
}

MaybeInterval ofLoopVariable(scf::ForOp loop, unsigned depth) {
  // A comparison without a sign would read the bounds otherwise.
  if (loop.getUnsignedCmp())
    return std::nullopt;
  return between(ofOperand(loop.getLowerBound(), depth),
                 ofOperand(loop.getUpperBound(), depth));
}

/// Sums, products and the like, with a sign.
MaybeInterval ofArithmetic(Operation *op, unsigned depth) {
  if (auto apply = dyn_cast<affine::AffineApplyOp>(op))
    return Ranges(apply.getOperands(), apply.getAffineMap().getNumDims(), depth)
        .of(apply.getAffineMap().getResult(0));
  if (auto most = dyn_cast<affine::AffineMinOp>(op))
    return ofBound(most.getMap(), most.getOperands(), /*isLower=*/false, depth);
  if (auto least = dyn_cast<affine::AffineMaxOp>(op))
    return ofBound(least.getMap(), least.getOperands(), /*isLower=*/true,
                   depth);
  if (isa<arith::IndexCastOp, arith::ExtSIOp>(op))
    return ofOperand(op->getOperand(0), depth);
  if (!isa<arith::AddIOp, arith::SubIOp, arith::MulIOp, arith::MinSIOp,
           arith::MaxSIOp>(op))
    return std::nullopt;
  MaybeInterval a = ofOperand(op->getOperand(0), depth),
                b = ofOperand(op->getOperand(1), depth);
  if (!a || !b)
    return std::nullopt;
  if (isa<arith::AddIOp>(op))
    return checked(a->low + b->low, a->high + b->high);
  if (isa<arith::SubIOp>(op))
    return checked(a->low - b->high, a->high - b->low);
  if (isa<arith::MulIOp>(op)) {
    if (b->low != b->high)
      std::swap(a, b);
    return Ranges::byConstant(AffineExprKind::Mul, *a, *b);
  }
  if (isa<arith::MinSIOp>(op))
    return Interval{std::min(a->low, b->low), std::min(a->high, b->high)};
  return Interval{std::max(a->low, b->low), std::max(a->high, b->high)};
}

} // namespace

/// So many steps from what `low` may be to what `high` may be.
static TripRange steps(MaybeInterval low, MaybeInterval high, int64_t step) {
  if (!low || !high || step <= 0)
    return {};
  auto count = [&](int64_t first, int64_t end) {
    return std::max<int64_t>(0, llvm::divideCeilSigned(end - first, step));
  };
  int64_t most = count(low->low, high->high);
  if (most > gaus::kMaxCycle)
    return {count(low->high, high->low), std::nullopt};
  return {count(low->high, high->low), most};
}

/// From the bounds of a loop.
static TripRange ofBounds(Operation *op) {
  if (auto loop = dyn_cast<affine::AffineForOp>(op))
    return steps(ofBound(loop.getLowerBoundMap(), loop.getLowerBoundOperands(),
                         /*isLower=*/true, 0),
                 ofBound(loop.getUpperBoundMap(), loop.getUpperBoundOperands(),
                         /*isLower=*/false, 0),
                 loop.getStepAsInt());
  auto loop = dyn_cast<scf::ForOp>(op);
  std::optional<APInt> step = loop ? loop.getConstantStep() : std::nullopt;
  if (!step || step->getSignificantBits() > 40 || loop.getUnsignedCmp())
    return {};
  return steps(ofOperand(loop.getLowerBound(), 0),
               ofOperand(loop.getUpperBound(), 0), step->getSExtValue());
}

TripRange gaus::ir::tripsOf(Operation *op) {
  if (std::optional<int64_t> count = constantTrips(op))
    return {*count, *count};
  return ofBounds(op).within(op);
}

TripRange TripRange::within(Operation *op) const {
  std::optional<int64_t> hint = hintedTrips(op);
  if (!hint)
    return *this;
  TripRange range = *this;
  int64_t first = op->getAttrOfType<DenseI64ArrayAttr>(kTrips)[0];
  range.least = std::max(range.least, first);
  range.most = std::min(range.most.value_or(*hint), *hint);
  range.least = std::min(range.least, *range.most);
  return range;
}

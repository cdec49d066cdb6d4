//===- Accesses.cpp - Where an access goes to -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// Elements of memrefs are numbered as their layout says, in bytes from the
/// memory's first one on. Sums of subscripts are part of the access.
///
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"
#include "Outline.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gaus::ir;

bool gaus::ir::isMemory(Operation *op) {
  return isa<LLVM::AllocaOp, memref::AllocOp, memref::AllocaOp,
             memref::GetGlobalOp>(op);
}

bool gaus::ir::isWire(Value v) {
  return v.getDefiningOp() && v.getDefiningOp()->hasAttr(kWire);
}

std::optional<ElementAccess> gaus::ir::accessOf(Operation *op) {
  auto load = [&](Value base) {
    return ElementAccess{base, Value(), op->getResult(0).getType()};
  };
  auto store = [](Value base, Value stored) {
    return ElementAccess{base, stored, stored.getType()};
  };
  if (auto a = dyn_cast<LLVM::LoadOp>(op))
    return load(a.getAddr());
  if (auto a = dyn_cast<LLVM::StoreOp>(op))
    return store(a.getAddr(), a.getValue());
  if (auto a = dyn_cast<memref::LoadOp>(op))
    return load(a.getMemref());
  if (auto a = dyn_cast<memref::StoreOp>(op))
    return store(a.getMemref(), a.getValueToStore());
  if (auto a = dyn_cast<affine::AffineLoadOp>(op))
    return load(a.getMemref());
  if (auto a = dyn_cast<affine::AffineStoreOp>(op))
    return store(a.getMemref(), a.getValueToStore());
  return std::nullopt;
}

/// A quotient of numbers with signs, rounded up or down: one beside that
/// towards zero, where there is a remainder and that is on the other side.
Expr FunctionHardware::computeRounded(bool up, llvm::ArrayRef<Expr> in) {
  unsigned w = n.width(in[0]);
  Expr quotient = n.binary(ExprKind::DivS, in[0], in[1]);
  Expr rest = n.binary(ExprKind::RemS, in[0], in[1]);
  Expr isNegative = n.binary(ExprKind::Xor, n.extract(in[0], w - 1, 1),
                             n.extract(in[1], w - 1, 1));
  Expr moves = n.both(n.invert(n.equals(rest, 0)),
                      up ? n.invert(isNegative) : isNegative);
  return n.binary(up ? ExprKind::Add : ExprKind::Sub, quotient,
                  n.zeroExtend(moves, w));
}

//===----------------------------------------------------------------------===//
// Affine expressions
//===----------------------------------------------------------------------===//

/// What remains, from 0 to less than a positive constant.
static Expr modulo(Netlist &n, Expr a, Expr by) {
  Expr rest = n.binary(ExprKind::RemS, a, by);
  Expr isNegative = n.extract(rest, n.width(rest) - 1, 1);
  return n.mux(isNegative, n.binary(ExprKind::Add, rest, by), rest);
}

static Expr floorDivided(Netlist &n, Expr a, Expr by) {
  return n.binary(ExprKind::DivS, n.binary(ExprKind::Sub, a, modulo(n, a, by)),
                  by);
}

Expr FunctionHardware::computeIndex(AffineExpr e, llvm::ArrayRef<Expr> in,
                                    unsigned dims) {
  if (auto constant = dyn_cast<AffineConstantExpr>(e))
    return n.constant(
        llvm::APInt(64, static_cast<uint64_t>(constant.getValue())));
  if (auto dim = dyn_cast<AffineDimExpr>(e))
    return in[dim.getPosition()];
  if (auto symbol = dyn_cast<AffineSymbolExpr>(e))
    return in[dims + symbol.getPosition()];
  auto pair = cast<AffineBinaryOpExpr>(e);
  Expr a = computeIndex(pair.getLHS(), in, dims),
       b = computeIndex(pair.getRHS(), in, dims);
  switch (e.getKind()) {
  case AffineExprKind::Add:
    return n.binary(ExprKind::Add, a, b);
  case AffineExprKind::Mul:
    return n.binary(ExprKind::Mul, a, b);
  case AffineExprKind::Mod:
    return modulo(n, a, b);
  case AffineExprKind::FloorDiv:
    return floorDivided(n, a, b);
  default: { // a up to a multiple of b
    Expr zero = n.constant(64, 0);
    return n.binary(ExprKind::Sub, zero,
                    floorDivided(n, n.binary(ExprKind::Sub, zero, a), b));
  }
  }
}

/// affine.apply, affine.min and affine.max.
Expr FunctionHardware::computeIndices(Operation *op, llvm::ArrayRef<Expr> in) {
  AffineMap map;
  bool isMost = isa<affine::AffineMaxOp>(op);
  if (auto apply = dyn_cast<affine::AffineApplyOp>(op))
    map = apply.getAffineMap();
  else if (auto least = dyn_cast<affine::AffineMinOp>(op))
    map = least.getMap();
  else if (isMost)
    map = cast<affine::AffineMaxOp>(op).getMap();
  else
    return kNoExpr;
  Expr found = kNoExpr;
  for (AffineExpr e : map.getResults()) {
    Expr value = computeIndex(e, in, map.getNumDims());
    if (found == kNoExpr) {
      found = value;
      continue;
    }
    Expr less = n.binary(ExprKind::SLt, value, found);
    found = isMost ? n.mux(less, found, value) : n.mux(less, value, found);
  }
  return found;
}

//===----------------------------------------------------------------------===//
// Addresses
//===----------------------------------------------------------------------===//

/// A window on a memory: the address of its first element.
Expr FunctionHardware::computeView(Operation *op, llvm::ArrayRef<Expr> in) {
  if (isa<memref::CastOp>(op))
    return in[0];
  auto source = dyn_cast<MemRefType>(op->getOperand(0).getType());
  llvm::SmallVector<int64_t> strides;
  llvm::SmallVector<OpFoldResult> offsets;
  int64_t offset = 0;
  if (!source || failed(source.getStridesAndOffset(strides, offset)))
    return kNoExpr;
  if (auto view = dyn_cast<memref::SubViewOp>(op)) {
    offsets = view.getMixedOffsets();
  } else if (auto view = dyn_cast<memref::ReinterpretCastOp>(op);
             view && source.getLayout().isIdentity()) {
    offsets = view.getMixedOffsets();
    strides = {1};
  } else {
    return kNoExpr;
  }
  Expr sum = n.constant(64, 0);
  size_t dynamic = 1;
  for (auto [at, stride] : llvm::zip(offsets, strides)) {
    if (ShapedType::isDynamic(stride))
      return kNoExpr;
    auto known = dyn_cast_if_present<Attribute>(at);
    Expr elements = known
                        ? n.constant(64, static_cast<uint64_t>(
                                             cast<IntegerAttr>(known).getInt()))
                        : in[dynamic++];
    uint64_t bytes = bytesOf(source.getElementType());
    sum = n.binary(
        ExprKind::Add, sum,
        n.binary(ExprKind::Mul, elements,
                 n.constant(64, static_cast<uint64_t>(stride) * bytes)));
  }
  Expr low = n.extract(in[0], 0, 32);
  sum = n.extract(sum, 0, 32);
  if (!n.isConstant(low, 0))
    sum = n.binary(ExprKind::Add, low, sum);
  return n.concat(n.extract(in[0], 32, 32), sum);
}

Expr FunctionHardware::addressOf(Operation *op, const ElementAccess &access,
                                 OpPlan &p) {
  Expr base = read(access.base, *p.scope, {p.start});
  auto type = dyn_cast<MemRefType>(access.base.getType());
  if (!type || base == kNoExpr)
    return base;
  llvm::SmallVector<Expr> in;
  for (Value v : op->getOperands().drop_front(access.stored ? 2 : 1)) {
    in.push_back(read(v, *p.scope, {p.start}));
    if (in.back() == kNoExpr)
      return kNoExpr;
  }
  llvm::SmallVector<int64_t> strides;
  int64_t offset = 0;
  // What a window begins with is in its address.
  if (failed(type.getStridesAndOffset(strides, offset)) ||
      llvm::any_of(strides, ShapedType::isDynamic)) {
    refuse(op) << "where its elements are is not known: " << type;
    return kNoExpr;
  }
  AffineMap map;
  if (auto load = dyn_cast<affine::AffineLoadOp>(op))
    map = load.getAffineMap();
  else if (auto store = dyn_cast<affine::AffineStoreOp>(op))
    map = store.getAffineMap();
  unsigned bytes = bytesOf(access.type);
  Expr sum = n.constant(64, 0);
  for (auto [d, stride] : llvm::enumerate(strides)) {
    Expr at = map ? computeIndex(map.getResult(static_cast<unsigned>(d)), in,
                                 map.getNumDims())
                  : in[d];
    sum = n.binary(
        ExprKind::Add, sum,
        n.binary(ExprKind::Mul, at,
                 n.constant(64, static_cast<uint64_t>(stride) * bytes)));
  }
  // The memory's number is above.
  sum = n.extract(sum, 0, 32);
  Expr low = n.extract(base, 0, 32);
  if (!n.isConstant(low, 0))
    sum = n.binary(ExprKind::Add, low, sum);
  return n.concat(n.extract(base, 32, 32), sum);
}

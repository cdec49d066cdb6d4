//===- Affine.cpp - Affine maps and what they compute -------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Operations/Semantics.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

int64_t gaus::ir::replaying::evaluate(AffineExpr e, ArrayRef<int64_t> dims,
                                      ArrayRef<int64_t> symbols) {
  if (auto constant = dyn_cast<AffineConstantExpr>(e))
    return constant.getValue();
  if (auto dim = dyn_cast<AffineDimExpr>(e))
    return dims[dim.getPosition()];
  if (auto symbol = dyn_cast<AffineSymbolExpr>(e))
    return symbols[symbol.getPosition()];
  auto binary = cast<AffineBinaryOpExpr>(e);
  int64_t a = evaluate(binary.getLHS(), dims, symbols);
  int64_t b = evaluate(binary.getRHS(), dims, symbols);
  switch (e.getKind()) {
  case AffineExprKind::Add:
    return static_cast<int64_t>(static_cast<uint64_t>(a) +
                                static_cast<uint64_t>(b));
  case AffineExprKind::Mul:
    return static_cast<int64_t>(static_cast<uint64_t>(a) *
                                static_cast<uint64_t>(b));
  case AffineExprKind::Mod:
    return b > 0 ? ((a % b) + b) % b : 0;
  case AffineExprKind::FloorDiv:
    return b > 0 ? (a - (((a % b) + b) % b)) / b : 0;
  default:
    return b > 0 ? (a - (((a % b) + b) % b)) / b + (a % b != 0) : 0;
  }
}

int64_t gaus::ir::replaying::evaluate(AffineMap map, unsigned k,
                                      const Payload *const *in) {
  llvm::SmallVector<int64_t, 8> values;
  for (unsigned i = 0; i < map.getNumInputs(); ++i)
    values.push_back(static_cast<int64_t>(in[i]->bits));
  return evaluate(map.getResult(k),
                  ArrayRef(values).take_front(map.getNumDims()),
                  ArrayRef(values).drop_front(map.getNumDims()));
}

/// numbers[0]: 0 = apply, -1 = the least, 1 = the largest.
static void doMap(Runtime &, const OpCode &code, const Payload *const *in,
                  Payload *out) {
  int64_t best = evaluate(code.map, 0, in);
  for (unsigned k = 1; k < code.map.getNumResults(); ++k) {
    int64_t value = evaluate(code.map, k, in);
    best = code.numbers[0] > 0 ? std::max(best, value) : std::min(best, value);
  }
  out->bits = static_cast<uint64_t>(best);
}

Reason gaus::ir::replaying::selectAffine(Operation *op, OpCode &code,
                                         Runtime &runtime) {
  code.semantics = doMap;
  if (auto apply = dyn_cast<affine::AffineApplyOp>(op)) {
    code.map = apply.getAffineMap();
    code.numbers = {0};
  } else if (auto least = dyn_cast<affine::AffineMinOp>(op)) {
    code.map = least.getMap();
    code.numbers = {-1};
  } else if (auto most = dyn_cast<affine::AffineMaxOp>(op)) {
    code.map = most.getMap();
    code.numbers = {1};
  } else {
    return selectMemref(op, code, runtime);
  }
  return std::nullopt;
}

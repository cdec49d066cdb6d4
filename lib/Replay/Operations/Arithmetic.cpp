//===- Arithmetic.cpp - Arithmetic, a lane after the other --------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Operations/Semantics.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

static void doScalar(Runtime &runtime, const OpCode &code,
                     const Payload *const *in, Payload *out) {
  unsigned n = operandCount(code.scalar);
  uint64_t x[3];
  if (code.lanes == 0) {
    for (unsigned k = 0; k < n; ++k)
      x[k] = in[k]->bits;
    out->bits = compute(runtime, code.scalar, code.shape, x);
    return;
  }
  out->lanes.resize(code.lanes);
  for (int64_t lane = 0; lane < code.lanes; ++lane) {
    for (unsigned k = 0; k < n; ++k)
      x[k] = in[k]->lane(lane);
    out->lanes[lane] = compute(runtime, code.scalar, code.shape, x);
  }
}

/// Products of twice the width; sums with their carry.
static void doExtended(Runtime &, const OpCode &code, const Payload *const *in,
                       Payload *out) {
  unsigned width = code.shape.width;
  size_t lanes = std::max<int64_t>(code.lanes, 1);
  for (int k = 0; k < 2; ++k)
    out[k].lanes.resize(code.lanes);
  for (size_t lane = 0; lane < lanes; ++lane) {
    uint64_t a = in[0]->lane(lane), b = in[1]->lane(lane), low, high;
    if (code.numbers[0] == 0) {
      low = masked(a + b, width);
      high = low < a;
    } else if (code.numbers[0] == 1) {
      __extension__ using Wide = __int128;
      Wide product = static_cast<Wide>(extended(a, width)) * extended(b, width);
      low = masked(static_cast<uint64_t>(product), width);
      high = masked(static_cast<uint64_t>(product >> width), width);
    } else {
      __extension__ using Wide = unsigned __int128;
      Wide product = static_cast<Wide>(a) * b;
      low = masked(static_cast<uint64_t>(product), width);
      high = masked(static_cast<uint64_t>(product >> width), width);
    }
    (code.lanes ? out[0].lanes[lane] : out[0].bits) = low;
    (code.lanes ? out[1].lanes[lane] : out[1].bits) = high;
  }
}

Reason gaus::ir::replaying::selectScalar(Operation *op, OpCode &code,
                                         Scalar scalar) {
  if (op->getNumResults() != 1 || op->getNumOperands() < operandCount(scalar))
    return "this form of the operation";
  // Of a select the condition is no measure.
  Value measure = op->getOperand(scalar == Scalar::Select ? 1 : 0);
  Type from = measure.getType(), to = op->getResult(0).getType();
  code.shape.width = bitsOf(from);
  code.shape.outWidth = bitsOf(to);
  code.shape.from = floatKind(from);
  code.shape.to = floatKind(to);
  code.lanes = lanesOf(to);
  if (scalar == Scalar::Select && isa<BaseMemRefType>(to)) {
    code.semantics = [](Runtime &, const OpCode &, const Payload *const *in,
                        Payload *out) { *out = *in[in[0]->bits & 1 ? 1 : 2]; };
    return std::nullopt;
  }
  if (!code.shape.width || !code.shape.outWidth)
    return "values of this type";
  // A cast of vectors may regroup their bits.
  if (scalar == Scalar::Copy && lanesOf(from) != lanesOf(to))
    return "casts between vectors of different lengths";
  // arith and llvm; index.
  for (llvm::StringRef name : {"predicate", "pred"})
    if (auto predicate = op->getAttrOfType<IntegerAttr>(name))
      code.shape.predicate = static_cast<unsigned>(predicate.getInt());
  code.scalar = scalar;
  code.semantics = doScalar;
  return std::nullopt;
}

Reason gaus::ir::replaying::selectArith(Operation *op, OpCode &code) {
  if (auto scalar = scalarNamed(op->getName().getStringRef()))
    return selectScalar(op, code, *scalar);
  if (isa<arith::AddUIExtendedOp>(op))
    code.numbers = {0};
  else if (isa<arith::MulSIExtendedOp>(op))
    code.numbers = {1};
  else if (isa<arith::MulUIExtendedOp>(op))
    code.numbers = {2};
  else
    return "this operation";
  code.shape.width = bitsOf(op->getOperand(0).getType());
  code.lanes = lanesOf(op->getOperand(0).getType());
  if (!code.shape.width)
    return "values of this type";
  code.semantics = doExtended;
  return std::nullopt;
}

//===- Vectors.cpp - Lanes that move ------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Operations/Semantics.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

static void doBroadcast(Runtime &, const OpCode &code, const Payload *const *in,
                        Payload *out) {
  size_t period = std::max<size_t>(in[0]->lanes.size(), 1);
  out->lanes.resize(code.lanes);
  for (int64_t lane = 0; lane < code.lanes; ++lane)
    out->lanes[lane] = in[0]->lane(static_cast<size_t>(lane) % period);
}

/// The first lane and the stride of a position in a vector of `shape`; operands
/// from `next` on are its dynamic parts.
static std::optional<size_t> laneAt(ArrayRef<int64_t> shape,
                                    ArrayRef<int64_t> position,
                                    const Payload *const *in, size_t next,
                                    size_t &count) {
  size_t lane = 0;
  count = 1;
  for (size_t d = 0; d < shape.size(); ++d) {
    int64_t at = 0;
    if (d < position.size())
      at = mixed(position[d], in, next);
    else
      count *= static_cast<size_t>(shape[d]);
    if (at < 0 || at >= shape[d])
      return std::nullopt;
    lane = lane * static_cast<size_t>(shape[d]) + static_cast<size_t>(at);
  }
  return lane;
}

/// numbers: rank, shape, position.
static void doExtract(Runtime &runtime, const OpCode &code,
                      const Payload *const *in, Payload *out) {
  auto rank = static_cast<size_t>(code.numbers[0]);
  ArrayRef<int64_t> shape = ArrayRef(code.numbers).slice(1, rank);
  size_t count;
  auto first =
      laneAt(shape, ArrayRef(code.numbers).drop_front(1 + rank), in, 1, count);
  out->lanes.resize(code.lanes);
  if (!first)
    return runtime.fault("extracts a lane that there is not");
  if (code.lanes == 0)
    out->bits = in[0]->lanes[*first];
  else
    for (size_t k = 0; k < count; ++k)
      out->lanes[k] = in[0]->lanes[*first + k];
}

static void doInsert(Runtime &runtime, const OpCode &code,
                     const Payload *const *in, Payload *out) {
  auto rank = static_cast<size_t>(code.numbers[0]);
  ArrayRef<int64_t> shape = ArrayRef(code.numbers).slice(1, rank);
  size_t count;
  auto first =
      laneAt(shape, ArrayRef(code.numbers).drop_front(1 + rank), in, 2, count);
  *out = *in[1];
  if (!first)
    return runtime.fault("inserts a lane that there is not");
  for (size_t k = 0; k < count; ++k)
    out->lanes[*first + k] = in[0]->lane(k);
}

static void doReduce(Runtime &runtime, const OpCode &code,
                     const Payload *const *in, Payload *out) {
  bool started = code.operands.size() > 1;
  uint64_t x[2] = {started ? in[1]->bits : in[0]->lanes[0], 0};
  for (size_t lane = started ? 0 : 1; lane < in[0]->lanes.size(); ++lane) {
    x[1] = in[0]->lanes[lane];
    x[0] = compute(runtime, code.scalar, code.shape, x);
  }
  out->bits = x[0];
}

static Reason selectReduction(vector::ReductionOp op, OpCode &code) {
  static const llvm::StringMap<Scalar> kinds = {
      {"add", Scalar::Add},          {"mul", Scalar::Mul},
      {"and", Scalar::And},          {"or", Scalar::Or},
      {"xor", Scalar::Xor},          {"minsi", Scalar::MinS},
      {"maxsi", Scalar::MaxS},       {"minui", Scalar::MinU},
      {"maxui", Scalar::MaxU},       {"minnumf", Scalar::FMinNum},
      {"maxnumf", Scalar::FMaxNum},  {"minimumf", Scalar::FMinimum},
      {"maximumf", Scalar::FMaximum}};
  auto found = kinds.find(vector::stringifyCombiningKind(op.getKind()));
  Type type = op.getType();
  if (found == kinds.end() || !bitsOf(type))
    return "this kind of reduction";
  code.scalar = found->second;
  if (isa<FloatType>(type) && code.scalar == Scalar::Add)
    code.scalar = Scalar::FAdd;
  if (isa<FloatType>(type) && code.scalar == Scalar::Mul)
    code.scalar = Scalar::FMul;
  code.shape = {bitsOf(type), bitsOf(type), floatKind(type), floatKind(type),
                0};
  code.semantics = doReduce;
  return std::nullopt;
}

Reason gaus::ir::replaying::selectVector(Operation *op, OpCode &code) {
  auto position = [&](VectorType whole, ArrayRef<int64_t> at) {
    code.numbers = {whole.getRank()};
    code.numbers.append(whole.getShape().begin(), whole.getShape().end());
    code.numbers.append(at.begin(), at.end());
    code.lanes = lanesOf(op->getResult(0).getType());
  };
  if (auto load = dyn_cast<vector::LoadOp>(op))
    return selectAccess(code, load.getBase(), load.getType(), /*writes=*/false);
  if (auto store = dyn_cast<vector::StoreOp>(op))
    return selectAccess(code, store.getBase(),
                        store.getValueToStore().getType(), /*writes=*/true);
  if (auto read = dyn_cast<vector::TransferReadOp>(op))
    return selectTransfer(code, read.getBase(), read.getVectorType(),
                          read.getPermutationMap(), bool(read.getMask()),
                          /*writes=*/false);
  if (auto write = dyn_cast<vector::TransferWriteOp>(op))
    return selectTransfer(code, write.getBase(), write.getVectorType(),
                          write.getPermutationMap(), bool(write.getMask()),
                          /*writes=*/true);
  if (auto reduction = dyn_cast<vector::ReductionOp>(op))
    return selectReduction(reduction, code);
  if (isa<vector::GatherOp, vector::ScatterOp, vector::MaskedLoadOp,
          vector::MaskedStoreOp>(op))
    return selectMasked(op, code);
  for (Type type : op->getResultTypes())
    if (!bitsOf(type))
      return "values of this type";
  if (auto broadcast = dyn_cast<vector::BroadcastOp>(op)) {
    auto from = dyn_cast<VectorType>(broadcast.getSourceType());
    if (from &&
        from.getShape() != broadcast.getResultVectorType().getShape().take_back(
                               from.getRank()))
      return "broadcasts that stretch a dimension";
    code.lanes = lanesOf(broadcast.getType());
    code.semantics = doBroadcast;
  } else if (auto extract = dyn_cast<vector::ExtractOp>(op)) {
    position(extract.getSourceVectorType(), extract.getStaticPosition());
    code.semantics = doExtract;
  } else if (auto insert = dyn_cast<vector::InsertOp>(op)) {
    position(insert.getDestVectorType(), insert.getStaticPosition());
    code.semantics = doInsert;
  } else if (auto cast = dyn_cast<vector::ShapeCastOp>(op)) {
    code.semantics = doSame;
  } else {
    return "this operation";
  }
  return std::nullopt;
}

//===- Views.cpp - Memrefs and views of them as values ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Operations/Semantics.h"

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

Payload gaus::ir::replaying::memrefPayload(uint64_t base, int64_t offset,
                                           ArrayRef<int64_t> sizes,
                                           ArrayRef<int64_t> strides) {
  Payload p;
  p.lanes = {base, static_cast<uint64_t>(offset)};
  for (int64_t s : sizes)
    p.lanes.push_back(static_cast<uint64_t>(s));
  for (int64_t s : strides)
    p.lanes.push_back(static_cast<uint64_t>(s));
  return p;
}

void gaus::ir::replaying::doSame(Runtime &, const OpCode &,
                                 const Payload *const *in, Payload *out) {
  *out = *in[0];
}

/// numbers: rank; static offsets, sizes, strides; dimensions kept.
static void doSubview(Runtime &, const OpCode &code, const Payload *const *in,
                      Payload *out) {
  View view{*in[0]};
  size_t rank = view.rank(), next = 1;
  ArrayRef<int64_t> n = code.numbers;
  int64_t offset = view.offset();
  llvm::SmallVector<int64_t, 4> offsets, sizes, strides, keptSizes, keptStrides;
  for (size_t d = 0; d < rank; ++d)
    offsets.push_back(mixed(n[d], in, next));
  for (size_t d = 0; d < rank; ++d)
    sizes.push_back(mixed(n[rank + d], in, next));
  for (size_t d = 0; d < rank; ++d)
    strides.push_back(mixed(n[2 * rank + d], in, next));
  for (size_t d = 0; d < rank; ++d) {
    offset += offsets[d] * view.stride(d);
    if (n[3 * rank + d]) {
      keptSizes.push_back(sizes[d]);
      keptStrides.push_back(strides[d] * view.stride(d));
    }
  }
  *out = memrefPayload(in[0]->lanes[0], offset, keptSizes, keptStrides);
}

/// numbers: the static offset; sizes; strides.
static void doReinterpret(Runtime &, const OpCode &code,
                          const Payload *const *in, Payload *out) {
  size_t rank = (code.numbers.size() - 1) / 2, next = 1;
  int64_t offset = mixed(code.numbers[0], in, next);
  llvm::SmallVector<int64_t, 4> sizes, strides;
  for (size_t d = 0; d < rank; ++d)
    sizes.push_back(mixed(code.numbers[1 + d], in, next));
  for (size_t d = 0; d < rank; ++d)
    strides.push_back(mixed(code.numbers[1 + rank + d], in, next));
  *out = memrefPayload(in[0]->lanes[0], offset, sizes, strides);
}

static void doMetadata(Runtime &, const OpCode &, const Payload *const *in,
                       Payload *out) {
  View view{*in[0]};
  out[0] = memrefPayload(in[0]->lanes[0], 0, {}, {});
  out[1].bits = static_cast<uint64_t>(view.offset());
  for (size_t d = 0; d < view.rank(); ++d) {
    out[2 + d].bits = static_cast<uint64_t>(view.size(d));
    out[2 + view.rank() + d].bits = static_cast<uint64_t>(view.stride(d));
  }
}

static void doDim(Runtime &runtime, const OpCode &, const Payload *const *in,
                  Payload *out) {
  View view{*in[0]};
  if (in[1]->bits >= view.rank())
    runtime.fault("asks for a dimension that there is not");
  else
    out->bits = static_cast<uint64_t>(view.size(in[1]->bits));
}

static void doGlobal(Runtime &, const OpCode &code, const Payload *const *,
                     Payload *out) {
  size_t rank = (code.numbers.size() - 1) / 2;
  *out = memrefPayload(static_cast<uint64_t>(code.numbers[0]), 0,
                       ArrayRef(code.numbers).slice(1, rank),
                       ArrayRef(code.numbers).drop_front(1 + rank));
}

Reason gaus::ir::replaying::selectView(Operation *op, OpCode &code) {
  auto append = [&](ArrayRef<int64_t> numbers) {
    code.numbers.append(numbers.begin(), numbers.end());
  };
  if (auto view = dyn_cast<memref::SubViewOp>(op)) {
    append(view.getStaticOffsets());
    append(view.getStaticSizes());
    append(view.getStaticStrides());
    llvm::SmallBitVector dropped = view.getDroppedDims();
    for (unsigned d = 0; d < dropped.size(); ++d)
      code.numbers.push_back(!dropped.test(d));
    code.semantics = doSubview;
  } else if (auto view = dyn_cast<memref::ReinterpretCastOp>(op)) {
    append(view.getStaticOffsets());
    append(view.getStaticSizes());
    append(view.getStaticStrides());
    code.semantics = doReinterpret;
  } else if (isa<memref::CastOp>(op)) {
    if (!isa<MemRefType>(op->getOperand(0).getType()) ||
        !isa<MemRefType>(op->getResult(0).getType()))
      return "memrefs without rank";
    code.semantics = doSame;
  } else if (isa<memref::ExtractStridedMetadataOp>(op)) {
    code.semantics = doMetadata;
  } else if (isa<memref::DimOp>(op)) {
    code.semantics = doDim;
  } else {
    return "this operation";
  }
  return std::nullopt;
}

Reason gaus::ir::replaying::selectGlobal(memref::GetGlobalOp op, OpCode &code,
                                         Runtime &runtime) {
  auto global = SymbolTable::lookupNearestSymbolFrom(op, op.getNameAttr());
  auto found = runtime.globals.find(global);
  if (found == runtime.globals.end())
    return "globals of this kind";
  code.numbers.push_back(static_cast<int64_t>(found->second));
  auto type = cast<MemRefType>(op.getType());
  code.numbers.append(type.getShape().begin(), type.getShape().end());
  auto [strides, offset] = type.getStridesAndOffset();
  code.numbers.append(strides.begin(), strides.end());
  code.semantics = doGlobal;
  return std::nullopt;
}

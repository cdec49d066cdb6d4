//===- Memrefs.cpp - Accesses of memrefs --------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Operations/Semantics.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

/// The subscripts of an access: of its map, or its operands as they are.
static llvm::SmallVector<int64_t, 4>
subscripts(const OpCode &code, const Payload *const *in, size_t first) {
  llvm::SmallVector<int64_t, 4> at;
  if (code.map) {
    for (unsigned k = 0; k < code.map.getNumResults(); ++k)
      at.push_back(evaluate(code.map, k, in + first));
  } else {
    for (size_t k = first; k < code.operands.size(); ++k)
      at.push_back(static_cast<int64_t>(in[k]->bits));
  }
  return at;
}

/// Calls `body(lane, address)` for all lanes of an access whose vector is as
/// `numbers[1..]` says; false if it is outside of the memref.
template <class Body>
static bool forLanes(Runtime &runtime, const OpCode &code,
                     const Payload &memref, llvm::ArrayRef<int64_t> at,
                     Body body) {
  View view{memref};
  int64_t bytes = code.numbers[0];
  if (code.lanes == 0) {
    if (!view.contains(at)) {
      runtime.fault("accesses an element outside of the memref");
      return false;
    }
    body(size_t(0), view.address(at, bytes));
    return true;
  }
  // The vector's shape lies in the last dimensions.
  ArrayRef<int64_t> shape = ArrayRef(code.numbers).drop_front();
  size_t first = at.size() - shape.size();
  for (int64_t lane = 0; lane < code.lanes; ++lane) {
    llvm::SmallVector<int64_t, 4> here(at);
    int64_t rest = lane;
    for (size_t d = shape.size(); d-- > 0; rest /= shape[d])
      here[first + d] += rest % shape[d];
    if (!view.contains(here)) {
      runtime.fault("accesses an element outside of the memref");
      return false;
    }
    body(static_cast<size_t>(lane), view.address(here, bytes));
  }
  return true;
}

static void doLoad(Runtime &runtime, const OpCode &code,
                   const Payload *const *in, Payload *out) {
  auto bytes = static_cast<unsigned>(code.numbers[0]);
  out->lanes.resize(code.lanes);
  forLanes(runtime, code, *in[0], subscripts(code, in, 1),
           [&](size_t lane, uint64_t address) {
             uint64_t value =
                 masked(runtime.read(address, bytes), code.shape.width);
             (code.lanes ? out->lanes[lane] : out->bits) = value;
           });
}

static void doStore(Runtime &runtime, const OpCode &code,
                    const Payload *const *in, Payload *) {
  auto bytes = static_cast<unsigned>(code.numbers[0]);
  forLanes(runtime, code, *in[1], subscripts(code, in, 2),
           [&](size_t lane, uint64_t address) {
             runtime.write(address, bytes, in[0]->lane(lane));
           });
}

/// numbers: bytes, rank, static sizes.
static void doAlloc(Runtime &runtime, const OpCode &code,
                    const Payload *const *in, Payload *out) {
  llvm::SmallVector<int64_t, 4> sizes, strides;
  size_t dynamic = 0;
  int64_t elements = 1;
  for (int64_t size : ArrayRef(code.numbers).drop_front()) {
    sizes.push_back(ShapedType::isDynamic(size)
                        ? static_cast<int64_t>(in[dynamic++]->bits)
                        : size);
    if (sizes.back() < 0 || sizes.back() > (1 << 20)) {
      runtime.fault("allocates a size out of range");
      sizes.back() = 0;
    }
    elements = std::min<int64_t>(elements * sizes.back(), 1 << 24);
  }
  strides.resize(sizes.size());
  int64_t stride = 1;
  for (size_t d = sizes.size(); d-- > 0; stride *= sizes[d])
    strides[d] = stride;
  uint64_t address =
      runtime.allocate(static_cast<uint64_t>(elements * code.numbers[0]));
  runtime.note(code.op, address, static_cast<uint64_t>(code.numbers[0]));
  *out = memrefPayload(address, 0, sizes, strides);
}

static void doFree(Runtime &runtime, const OpCode &, const Payload *const *in,
                   Payload *) {
  runtime.free(in[0]->lanes[0]);
}

static void doCopy(Runtime &runtime, const OpCode &code,
                   const Payload *const *in, Payload *) {
  View from{*in[0]}, to{*in[1]};
  int64_t elements = 1;
  for (size_t d = 0; d < from.rank(); ++d)
    elements *= from.size(d);
  auto bytes = static_cast<unsigned>(code.numbers[0]);
  llvm::SmallVector<uint64_t, 16> values, places;
  for (int64_t k = 0; k < elements; ++k) {
    llvm::SmallVector<int64_t, 4> at(from.rank());
    int64_t rest = k;
    for (size_t d = from.rank(); d-- > 0; rest /= from.size(d))
      at[d] = rest % from.size(d);
    if (!to.contains(at)) {
      runtime.fault("copies between memrefs of different sizes");
      return;
    }
    values.push_back(runtime.read(from.address(at, bytes), bytes));
    places.push_back(to.address(at, bytes));
  }
  for (auto [value, place] : llvm::zip_equal(values, places))
    runtime.write(place, bytes, value);
}

/// Loads and stores of memrefs, of elements or of vectors.
Reason gaus::ir::replaying::selectAccess(OpCode &code, Value memref, Type moved,
                                         bool writes) {
  auto type = dyn_cast<MemRefType>(memref.getType());
  unsigned bytes = type ? bytesOf(type.getElementType()) : 0;
  if (!bytes)
    return "elements of this type";
  code.numbers = {bytes};
  code.shape.width = bitsOf(type.getElementType());
  code.lanes = lanesOf(moved);
  if (auto vector = dyn_cast<VectorType>(moved)) {
    if (vector.isScalable() || vector.getRank() > type.getRank())
      return "vectors of this shape";
    code.numbers.append(vector.getShape().begin(), vector.getShape().end());
  }
  code.semantics = writes ? doStore : doLoad;
  return std::nullopt;
}

Reason gaus::ir::replaying::selectMemref(Operation *op, OpCode &code,
                                         Runtime &runtime) {
  if (auto load = dyn_cast<memref::LoadOp>(op))
    return selectAccess(code, load.getMemRef(), load.getType(),
                        /*writes=*/false);
  if (auto store = dyn_cast<memref::StoreOp>(op))
    return selectAccess(code, store.getMemRef(),
                        store.getValueToStore().getType(), /*writes=*/true);
  if (auto load = dyn_cast<affine::AffineReadOpInterface>(op)) {
    code.map = load.getAffineMap();
    return selectAccess(code, load.getMemRef(), load.getValue().getType(),
                        /*writes=*/false);
  }
  if (auto store = dyn_cast<affine::AffineWriteOpInterface>(op)) {
    code.map = store.getAffineMap();
    return selectAccess(code, store.getMemRef(),
                        store.getValueToStore().getType(), /*writes=*/true);
  }
  if (isa<memref::AllocOp, memref::AllocaOp>(op)) {
    auto type = cast<MemRefType>(op->getResult(0).getType());
    unsigned bytes = bytesOf(type.getElementType());
    if (!bytes || !type.getLayout().isIdentity())
      return "memory of this type";
    code.numbers = {bytes};
    code.numbers.append(type.getShape().begin(), type.getShape().end());
    code.semantics = doAlloc;
    return std::nullopt;
  }
  if (isa<memref::DeallocOp>(op)) {
    code.semantics = doFree;
    return std::nullopt;
  }
  if (auto copy = dyn_cast<memref::CopyOp>(op)) {
    auto type = dyn_cast<MemRefType>(copy.getSource().getType());
    unsigned bytes = type ? bytesOf(type.getElementType()) : 0;
    if (!bytes || !isa<MemRefType>(copy.getTarget().getType()))
      return "memory of this type";
    code.numbers = {bytes};
    code.semantics = doCopy;
    return std::nullopt;
  }
  if (auto global = dyn_cast<memref::GetGlobalOp>(op))
    return selectGlobal(global, code, runtime);
  if (isa<memref::DmaStartOp, memref::DmaWaitOp>(op))
    return selectTransferred(op, code);
  return selectView(op, code);
}

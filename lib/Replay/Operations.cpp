//===- Operations.cpp - What operations do when they are replayed ---------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Code.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"

#include <cstring>

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

using Reason = std::optional<std::string>;

//===----------------------------------------------------------------------===//
// Types and constants
//===----------------------------------------------------------------------===//

unsigned gaus::ir::replaying::bitsOf(Type type) {
  if (auto vector = dyn_cast<VectorType>(type))
    return bitsOf(vector.getElementType());
  if (isa<IndexType, LLVM::LLVMPointerType>(type))
    return 64;
  if (isa<Float16Type, BFloat16Type, Float32Type, Float64Type, IntegerType>(
          type))
    return type.getIntOrFloatBitWidth() <= 64 ? type.getIntOrFloatBitWidth()
                                              : 0;
  return 0;
}

unsigned gaus::ir::replaying::bytesOf(Type type) {
  unsigned bits = bitsOf(type);
  if (bits == 0 || isa<VectorType>(type))
    return 0;
  return static_cast<unsigned>(llvm::PowerOf2Ceil((bits + 7) / 8));
}

int64_t gaus::ir::replaying::lanesOf(Type type) {
  auto vector = dyn_cast<VectorType>(type);
  return vector ? vector.getNumElements() : 0;
}

static FloatKind floatKind(Type type) {
  if (auto vector = dyn_cast<VectorType>(type))
    type = vector.getElementType();
  if (isa<Float16Type>(type))
    return FloatKind::F16;
  if (isa<BFloat16Type>(type))
    return FloatKind::BF16;
  if (isa<Float32Type>(type))
    return FloatKind::F32;
  return isa<Float64Type>(type) ? FloatKind::F64 : FloatKind::None;
}

static std::optional<uint64_t> bitsOfAttribute(Attribute value) {
  if (auto integer = dyn_cast<IntegerAttr>(value);
      integer && integer.getValue().getBitWidth() <= 64)
    return integer.getValue().getZExtValue();
  if (auto number = dyn_cast<FloatAttr>(value);
      number && bitsOf(number.getType()))
    return number.getValue().bitcastToAPInt().getZExtValue();
  return std::nullopt;
}

/// The elements of a dense attribute, as bits.
static std::optional<std::vector<uint64_t>> elementsOf(Attribute value) {
  auto dense = dyn_cast<DenseElementsAttr>(value);
  if (!dense || !bitsOf(dense.getElementType()))
    return std::nullopt;
  std::vector<uint64_t> all;
  if (isa<FloatType>(dense.getElementType()))
    for (const APFloat &f : dense.getValues<APFloat>())
      all.push_back(f.bitcastToAPInt().getZExtValue());
  else
    for (const APInt &i : dense.getValues<APInt>())
      all.push_back(i.getZExtValue());
  return all;
}

bool gaus::ir::replaying::placeGlobal(Operation *op, Runtime &runtime) {
  Type element;
  int64_t count = 1;
  Attribute value;
  if (auto global = dyn_cast<memref::GlobalOp>(op)) {
    element = global.getType().getElementType();
    count = global.getType().getNumElements();
    value = global.getInitialValue().value_or(Attribute());
  } else if (auto global = dyn_cast<LLVM::GlobalOp>(op)) {
    element = global.getType();
    while (auto array = dyn_cast<LLVM::LLVMArrayType>(element)) {
      element = array.getElementType();
      count *= array.getNumElements();
    }
    value = global.getValueAttr();
  } else {
    return true;
  }
  unsigned bytes = bytesOf(element);
  std::optional<std::vector<uint64_t>> elements;
  if (value && !isa<UnitAttr>(value)) {
    elements = elementsOf(value);
    if (auto bits = bitsOfAttribute(value))
      elements = {*bits};
    if (!elements || static_cast<int64_t>(elements->size()) != count)
      return false;
  }
  if (!bytes || count > (1 << 24))
    return false;
  uint64_t address = runtime.memory.allocate(count * bytes);
  runtime.globals[op] = address;
  for (size_t k = 0; elements && k < elements->size(); ++k)
    std::memcpy(runtime.memory.at(address + k * bytes), &(*elements)[k], bytes);
  return true;
}

std::optional<Payload> gaus::ir::replaying::constantPayload(Operation *op,
                                                            Runtime &runtime) {
  Payload payload;
  if (isa<LLVM::ZeroOp, LLVM::UndefOp, LLVM::PoisonOp, ub::PoisonOp>(op)) {
    if (!bitsOf(op->getResult(0).getType()))
      return std::nullopt;
    payload.lanes.resize(lanesOf(op->getResult(0).getType()));
    return payload;
  }
  if (auto address = dyn_cast<LLVM::AddressOfOp>(op)) {
    auto global =
        SymbolTable::lookupNearestSymbolFrom(op, address.getGlobalNameAttr());
    auto found = runtime.globals.find(global);
    if (found == runtime.globals.end())
      return std::nullopt;
    payload.bits = found->second;
    return payload;
  }
  Attribute value;
  if (op->getNumResults() != 1 || !matchPattern(op, m_Constant(&value)))
    return std::nullopt;
  if (auto bits = bitsOfAttribute(value)) {
    payload.bits = *bits;
    return payload;
  }
  if (auto lanes = elementsOf(value);
      lanes && lanesOf(op->getResult(0).getType())) {
    payload.lanes = std::move(*lanes);
    return payload;
  }
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Affine maps
//===----------------------------------------------------------------------===//

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

//===----------------------------------------------------------------------===//
// Memrefs
//===----------------------------------------------------------------------===//

static Payload describe(uint64_t base, int64_t offset, ArrayRef<int64_t> sizes,
                        ArrayRef<int64_t> strides) {
  Payload p;
  p.lanes = {base, static_cast<uint64_t>(offset)};
  for (int64_t s : sizes)
    p.lanes.push_back(static_cast<uint64_t>(s));
  for (int64_t s : strides)
    p.lanes.push_back(static_cast<uint64_t>(s));
  return p;
}

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

/// Where a lane of a transfer goes: from the subscripts `first`, by the
/// row-major place of the lane in a vector of `shape`, which are the last
/// dimensions.
static llvm::SmallVector<int64_t, 4>
transferSubscripts(const Payload *const *first, size_t rank,
                   ArrayRef<int64_t> shape, int64_t lane) {
  llvm::SmallVector<int64_t, 4> at;
  for (size_t d = 0; d < rank; ++d)
    at.push_back(static_cast<int64_t>(first[d]->bits));
  for (size_t d = shape.size(); d-- > 0; lane /= shape[d])
    at[rank - shape.size() + d] += lane % shape[d];
  return at;
}

/// vector.transfer_read and transfer_write: lanes outside of the memref are
/// padding, or not written.
static void doTransferRead(Runtime &runtime, const OpCode &code,
                           const Payload *const *in, Payload *out) {
  View view{*in[0]};
  size_t rank = view.rank();
  auto bytes = static_cast<unsigned>(code.numbers[0]);
  ArrayRef<int64_t> shape = ArrayRef(code.numbers).drop_front();
  out->lanes.resize(code.lanes);
  for (int64_t lane = 0; lane < code.lanes; ++lane) {
    auto at = transferSubscripts(in + 1, rank, shape, lane);
    out->lanes[lane] =
        view.contains(at) ? masked(runtime.read(view.address(at, bytes), bytes),
                                   code.shape.width)
                          : in[1 + rank]->bits;
  }
}

static void doTransferWrite(Runtime &runtime, const OpCode &code,
                            const Payload *const *in, Payload *) {
  View view{*in[1]};
  size_t rank = view.rank();
  auto bytes = static_cast<unsigned>(code.numbers[0]);
  ArrayRef<int64_t> shape = ArrayRef(code.numbers).drop_front();
  for (int64_t lane = 0; lane < code.lanes; ++lane) {
    auto at = transferSubscripts(in + 2, rank, shape, lane);
    if (view.contains(at))
      runtime.write(view.address(at, bytes), bytes, in[0]->lane(lane));
  }
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
  *out = describe(
      runtime.allocate(static_cast<uint64_t>(elements * code.numbers[0])), 0,
      sizes, strides);
}

static void doFree(Runtime &runtime, const OpCode &, const Payload *const *in,
                   Payload *) {
  runtime.free(in[0]->lanes[0]);
}

static void doSame(Runtime &, const OpCode &, const Payload *const *in,
                   Payload *out) {
  *out = *in[0];
}

/// The static number, or the next operand.
static int64_t mixed(int64_t number, const Payload *const *in, size_t &next) {
  return ShapedType::isDynamic(number) ? static_cast<int64_t>(in[next++]->bits)
                                       : number;
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
  *out = describe(in[0]->lanes[0], offset, keptSizes, keptStrides);
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
  *out = describe(in[0]->lanes[0], offset, sizes, strides);
}

static void doMetadata(Runtime &, const OpCode &, const Payload *const *in,
                       Payload *out) {
  View view{*in[0]};
  out[0] = describe(in[0]->lanes[0], 0, {}, {});
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

static void doGlobal(Runtime &, const OpCode &code, const Payload *const *,
                     Payload *out) {
  size_t rank = (code.numbers.size() - 1) / 2;
  *out = describe(static_cast<uint64_t>(code.numbers[0]), 0,
                  ArrayRef(code.numbers).slice(1, rank),
                  ArrayRef(code.numbers).drop_front(1 + rank));
}

static Reason selectView(Operation *op, OpCode &code) {
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

static Reason selectGlobal(memref::GetGlobalOp op, OpCode &code,
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

/// Loads and stores of memrefs, of elements or of vectors.
static Reason selectAccess(OpCode &code, Value memref, Type moved,
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

static Reason selectTransfer(OpCode &code, Value memref, VectorType vector,
                             AffineMap map, bool masked, bool writes) {
  auto type = dyn_cast<MemRefType>(memref.getType());
  unsigned bytes = type ? bytesOf(type.getElementType()) : 0;
  if (!bytes || masked || !map.isMinorIdentity() || vector.isScalable() ||
      type.getElementType() != vector.getElementType())
    return "transfers but of plain vectors in the last dimensions";
  code.numbers = {bytes};
  code.numbers.append(vector.getShape().begin(), vector.getShape().end());
  code.shape.width = bitsOf(type.getElementType());
  code.lanes = vector.getNumElements();
  code.semantics = writes ? doTransferWrite : doTransferRead;
  return std::nullopt;
}

static Reason selectMemref(Operation *op, OpCode &code, Runtime &runtime) {
  if (auto load = dyn_cast<memref::LoadOp>(op))
    return selectAccess(code, load.getMemRef(), load.getType(), false);
  if (auto store = dyn_cast<memref::StoreOp>(op))
    return selectAccess(code, store.getMemRef(),
                        store.getValueToStore().getType(), true);
  if (auto load = dyn_cast<affine::AffineReadOpInterface>(op)) {
    code.map = load.getAffineMap();
    return selectAccess(code, load.getMemRef(), load.getValue().getType(),
                        false);
  }
  if (auto store = dyn_cast<affine::AffineWriteOpInterface>(op)) {
    code.map = store.getAffineMap();
    return selectAccess(code, store.getMemRef(),
                        store.getValueToStore().getType(), true);
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

//===----------------------------------------------------------------------===//
// Affine arithmetic
//===----------------------------------------------------------------------===//

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

static Reason selectAffine(Operation *op, OpCode &code, Runtime &runtime) {
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

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

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

static Reason selectScalar(Operation *op, OpCode &code, Scalar scalar) {
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

static Reason selectArith(Operation *op, OpCode &code) {
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

//===----------------------------------------------------------------------===//
// Vectors
//===----------------------------------------------------------------------===//

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

static Reason selectVector(Operation *op, OpCode &code) {
  auto position = [&](VectorType whole, ArrayRef<int64_t> at) {
    code.numbers = {whole.getRank()};
    code.numbers.append(whole.getShape().begin(), whole.getShape().end());
    code.numbers.append(at.begin(), at.end());
    code.lanes = lanesOf(op->getResult(0).getType());
  };
  if (auto load = dyn_cast<vector::LoadOp>(op))
    return selectAccess(code, load.getBase(), load.getType(), false);
  if (auto store = dyn_cast<vector::StoreOp>(op))
    return selectAccess(code, store.getBase(),
                        store.getValueToStore().getType(), true);
  if (auto read = dyn_cast<vector::TransferReadOp>(op))
    return selectTransfer(code, read.getBase(), read.getVectorType(),
                          read.getPermutationMap(), bool(read.getMask()),
                          false);
  if (auto write = dyn_cast<vector::TransferWriteOp>(op))
    return selectTransfer(code, write.getBase(), write.getVectorType(),
                          write.getPermutationMap(), bool(write.getMask()),
                          true);
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

//===----------------------------------------------------------------------===//
// llvm
//===----------------------------------------------------------------------===//

/// numbers: bytes of an element.
static void doLlvmLoad(Runtime &runtime, const OpCode &code,
                       const Payload *const *in, Payload *out) {
  auto bytes = static_cast<unsigned>(code.numbers[0]);
  out->lanes.resize(code.lanes);
  for (int64_t lane = 0; lane < std::max<int64_t>(code.lanes, 1); ++lane) {
    uint64_t value = masked(
        runtime.read(in[0]->bits + static_cast<uint64_t>(lane) * bytes, bytes),
        code.shape.width);
    (code.lanes ? out->lanes[lane] : out->bits) = value;
  }
}

static void doLlvmStore(Runtime &runtime, const OpCode &code,
                        const Payload *const *in, Payload *) {
  auto bytes = static_cast<unsigned>(code.numbers[0]);
  for (int64_t lane = 0; lane < std::max<int64_t>(code.lanes, 1); ++lane)
    runtime.write(in[1]->bits + static_cast<uint64_t>(lane) * bytes, bytes,
                  in[0]->lane(lane));
}

/// numbers: a constant; then bytes for each dynamic index.
static void doGep(Runtime &, const OpCode &code, const Payload *const *in,
                  Payload *out) {
  uint64_t address = in[0]->bits + static_cast<uint64_t>(code.numbers[0]);
  for (size_t k = 1; k < code.numbers.size(); ++k)
    address += in[k]->bits * static_cast<uint64_t>(code.numbers[k]);
  out->bits = address;
}

static void doLlvmAlloca(Runtime &runtime, const OpCode &code,
                         const Payload *const *in, Payload *out) {
  if (in[0]->bits > (1 << 20))
    return runtime.fault("allocates a size out of range");
  out->bits =
      runtime.allocate(in[0]->bits * static_cast<uint64_t>(code.numbers[0]));
}

static Reason selectGep(LLVM::GEPOp op, OpCode &code) {
  if (isa<VectorType>(op.getType()))
    return "vectors of addresses";
  DataLayout layout = DataLayout::closest(op);
  code.numbers = {0};
  Type type = op.getElemType();
  bool first = true;
  for (auto index : op.getIndices()) {
    auto constant = dyn_cast<IntegerAttr>(index);
    if (!first) {
      if (auto array = dyn_cast<LLVM::LLVMArrayType>(type)) {
        type = array.getElementType();
      } else if (auto record = dyn_cast<LLVM::LLVMStructType>(type);
                 record && constant) {
        // Offset of the field.
        uint64_t offset = 0;
        auto field = static_cast<size_t>(constant.getInt());
        for (size_t k = 0; k <= field; ++k) {
          Type member = record.getBody()[k];
          if (!record.isPacked())
            offset = llvm::alignTo(offset, layout.getTypeABIAlignment(member));
          if (k < field)
            offset += layout.getTypeSize(member).getFixedValue();
        }
        code.numbers[0] += static_cast<int64_t>(offset);
        type = record.getBody()[field];
        continue;
      } else if (auto vector = dyn_cast<VectorType>(type)) {
        type = vector.getElementType();
      } else {
        return "addresses into this type";
      }
    }
    first = false;
    auto bytes = static_cast<int64_t>(layout.getTypeSize(type).getFixedValue());
    if (constant) {
      code.numbers[0] += constant.getValue().getSExtValue() * bytes;
      continue;
    }
    // Narrow indices are signed.
    if (bitsOf(cast<Value>(index).getType()) != 64)
      return "indices that are not of 64 bits";
    code.numbers.push_back(bytes);
  }
  code.semantics = doGep;
  return std::nullopt;
}

static Reason selectLlvm(Operation *op, OpCode &code) {
  auto moved = [&](Type type) -> Reason {
    code.lanes = lanesOf(type);
    if (auto vector = dyn_cast<VectorType>(type))
      type = vector.getElementType();
    code.shape.width = bitsOf(type);
    if (!code.shape.width || (code.lanes && code.shape.width % 8))
      return "values of this type";
    code.numbers = {bytesOf(type)};
    return std::nullopt;
  };
  if (auto load = dyn_cast<LLVM::LoadOp>(op)) {
    code.semantics = doLlvmLoad;
    return moved(load.getType());
  }
  if (auto store = dyn_cast<LLVM::StoreOp>(op)) {
    code.semantics = doLlvmStore;
    return moved(store.getValue().getType());
  }
  if (auto gep = dyn_cast<LLVM::GEPOp>(op))
    return selectGep(gep, code);
  if (auto alloca = dyn_cast<LLVM::AllocaOp>(op)) {
    code.numbers = {static_cast<int64_t>(DataLayout::closest(op)
                                             .getTypeSize(alloca.getElemType())
                                             .getFixedValue())};
    code.semantics = doLlvmAlloca;
    return std::nullopt;
  }
  if (isa<LLVM::AbsOp>(op))
    return selectScalar(op, code, Scalar::Abs);
  if (isa<LLVM::LifetimeStartOp, LLVM::LifetimeEndOp, LLVM::NoAliasScopeDeclOp,
          LLVM::AssumeOp>(op)) {
    code.semantics = [](Runtime &, const OpCode &, const Payload *const *,
                        Payload *) {};
    return std::nullopt;
  }
  return "this operation";
}

std::optional<std::string>
gaus::ir::replaying::selectSemantics(Operation *op, OpCode &code,
                                     Runtime &runtime) {
  llvm::StringRef dialect = op->getName().getDialectNamespace();
  if (dialect == "arith" || dialect == "math" || dialect == "index")
    return selectArith(op, code);
  if (dialect == "memref")
    return selectMemref(op, code, runtime);
  if (dialect == "affine")
    return selectAffine(op, code, runtime);
  if (dialect == "vector")
    return selectVector(op, code);
  if (dialect == "llvm") {
    if (auto scalar = scalarNamed(op->getName().getStringRef()))
      return selectScalar(op, code, *scalar);
    return selectLlvm(op, code);
  }
  return "this operation";
}

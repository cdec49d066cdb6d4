//===- Transfers.cpp - Accesses under a mask, transfers in two steps ------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Operations/Semantics.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

//===----------------------------------------------------------------------===//
// Masks
//===----------------------------------------------------------------------===//

namespace {

/// What `numbers` hold of an access under a mask.
enum Masked {
  Bytes,
  First,      ///< operand: the first subscript
  Indices,    ///< operand: the lanes' subscripts; -1 = the lane's number
  IndexWidth, ///< in bits
  Mask,       ///< operand
  Moved       ///< operand: what is stored, or stands for lanes not loaded
};

} // namespace

/// Calls `body(lane, address)` for the lanes that the mask has.
template <class Body>
static void forMasked(Runtime &runtime, const OpCode &code,
                      const Payload *const *in, size_t memref, Body body) {
  View view{*in[memref]};
  const auto &n = code.numbers;
  for (int64_t lane = 0; lane < code.lanes; ++lane) {
    if (!(in[n[Mask]]->lane(lane) & 1))
      continue;
    llvm::SmallVector<int64_t, 4> at;
    for (size_t d = 0; d < view.rank(); ++d)
      at.push_back(static_cast<int64_t>(in[n[First] + d]->bits));
    at.back() += n[Indices] < 0
                     ? lane
                     : extended(in[n[Indices]]->lane(lane),
                                static_cast<unsigned>(n[IndexWidth]));
    if (!view.contains(at))
      return runtime.fault("accesses an element outside of the memref");
    body(static_cast<size_t>(lane), view.address(at, n[Bytes]));
  }
}

static void doMaskedLoad(Runtime &runtime, const OpCode &code,
                         const Payload *const *in, Payload *out) {
  out->lanes.resize(code.lanes);
  for (int64_t lane = 0; lane < code.lanes; ++lane)
    out->lanes[lane] = in[code.numbers[Moved]]->lane(lane);
  auto bytes = static_cast<unsigned>(code.numbers[Bytes]);
  forMasked(runtime, code, in, 0, [&](size_t lane, uint64_t address) {
    out->lanes[lane] = masked(runtime.read(address, bytes), code.shape.width);
  });
}

static void doMaskedStore(Runtime &runtime, const OpCode &code,
                          const Payload *const *in, Payload *) {
  const Payload &moved = *in[code.numbers[Moved]];
  auto bytes = static_cast<unsigned>(code.numbers[Bytes]);
  forMasked(runtime, code, in, 0, [&](size_t lane, uint64_t address) {
    runtime.write(address, bytes, moved.lane(lane));
  });
}

Reason gaus::ir::replaying::selectMasked(Operation *op, OpCode &code) {
  auto type = dyn_cast<MemRefType>(op->getOperand(0).getType());
  auto moved =
      dyn_cast<VectorType>(op->getOperand(op->getNumOperands() - 1).getType());
  unsigned bytes = type ? bytesOf(type.getElementType()) : 0;
  if (!bytes || type.getRank() == 0 || !moved || moved.isScalable() ||
      moved.getRank() != 1 || moved.getElementType() != type.getElementType())
    return "accesses under a mask but of one row of elements";
  bool indexed = isa<vector::GatherOp, vector::ScatterOp>(op);
  int64_t next = 1 + type.getRank();
  int64_t indices = indexed ? next++ : -1;
  int64_t width =
      indexed ? bitsOf(op->getOperand(static_cast<unsigned>(indices)).getType())
              : 64;
  if (!width)
    return "values of this type";
  code.numbers = {bytes, 1, indices, width, next, next + 1};
  code.shape.width = bitsOf(type.getElementType());
  code.lanes = moved.getNumElements();
  code.semantics = op->getNumResults() ? doMaskedLoad : doMaskedStore;
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Transfers
//===----------------------------------------------------------------------===//

/// Where something touches what is being transferred, it sees this.
static constexpr uint64_t kUnderWay = 0xA5A5A5A5A5A5A5A5u;

static llvm::SmallVector<int64_t, 4> numbersAt(const Payload *const *in,
                                               size_t first, size_t count) {
  llvm::SmallVector<int64_t, 4> all;
  for (size_t k = first; k < first + count; ++k)
    all.push_back(static_cast<int64_t>(in[k]->bits));
  return all;
}

/// The address of an element; 0, and a fault, if there is none.
static uint64_t elementAt(Runtime &runtime, View view,
                          llvm::ArrayRef<int64_t> at, int64_t bytes) {
  if (view.contains(at))
    return view.address(at, bytes);
  runtime.fault("transfers an element outside of the memref");
  return 0;
}

/// numbers: bytes of an element, of the tag's. What is written is not there
/// before the end, and what is read must not change until then.
static void doStart(Runtime &runtime, const OpCode &code,
                    const Payload *const *in, Payload *) {
  View from{*in[0]};
  auto at = numbersAt(in, 1, from.rank());
  size_t next = 1 + from.rank();
  View to{*in[next]};
  auto into = numbersAt(in, next + 1, to.rank());
  next += 1 + to.rank();
  auto count = static_cast<int64_t>(in[next++]->bits);
  View tags{*in[next]};
  uint64_t tag = elementAt(runtime, tags, numbersAt(in, next + 1, tags.rank()),
                           code.numbers[1]);
  if (tag && runtime.transfers.contains(tag))
    runtime.fault("starts a transfer before the last one of its tag ended");
  Transfer transfer;
  transfer.bytes = static_cast<unsigned>(code.numbers[0]);
  for (int64_t k = 0; k < count && runtime.faultText.empty(); ++k) {
    uint64_t source = elementAt(runtime, from, at, code.numbers[0]);
    uint64_t target = elementAt(runtime, to, into, code.numbers[0]);
    ++at.back(), ++into.back();
    if (source && target)
      transfer.elements.push_back(
          {source, target, runtime.read(source, transfer.bytes)});
  }
  for (const Transfer::Element &e : transfer.elements)
    runtime.write(e.to, transfer.bytes, kUnderWay);
  if (!runtime.faultText.empty())
    return;
  runtime.write(tag, static_cast<unsigned>(code.numbers[1]), 1);
  runtime.transfers[tag] = std::move(transfer);
}

/// numbers: bytes of the tag's elements.
static void doWait(Runtime &runtime, const OpCode &code,
                   const Payload *const *in, Payload *) {
  View tags{*in[0]};
  uint64_t tag =
      elementAt(runtime, tags, numbersAt(in, 1, tags.rank()), code.numbers[0]);
  auto found = runtime.transfers.find(tag);
  if (found == runtime.transfers.end() ||
      found->second.elements.size() != in[1 + tags.rank()]->bits)
    return runtime.fault("waits for a transfer that was not started");
  auto bytes = static_cast<unsigned>(code.numbers[0]);
  runtime.read(tag, bytes);
  const Transfer &transfer = found->second;
  for (const Transfer::Element &e : transfer.elements)
    if (runtime.read(e.from, transfer.bytes) != e.value ||
        runtime.read(e.to, transfer.bytes) !=
            masked(kUnderWay, transfer.bytes * 8))
      runtime.fault("writes what is being transferred");
  for (const Transfer::Element &e : transfer.elements)
    runtime.write(e.to, transfer.bytes, e.value);
  runtime.write(tag, bytes, 0);
  runtime.transfers.erase(found);
}

Reason gaus::ir::replaying::selectTransferred(Operation *op, OpCode &code) {
  auto bytesAt = [](Value memref, bool row) -> unsigned {
    auto type = dyn_cast<MemRefType>(memref.getType());
    return type && (!row || type.getRank() == 1)
               ? bytesOf(type.getElementType())
               : 0;
  };
  if (auto wait = dyn_cast<memref::DmaWaitOp>(op)) {
    code.numbers = {bytesAt(wait.getTagMemRef(), /*row=*/false)};
    code.semantics = doWait;
  } else {
    auto start = cast<memref::DmaStartOp>(op);
    if (start.isStrided())
      return "transfers with strides";
    unsigned bytes = bytesAt(start.getSrcMemRef(), /*row=*/true);
    code.numbers = {bytesAt(start.getDstMemRef(), /*row=*/true) ? bytes : 0,
                    bytesAt(start.getTagMemRef(), /*row=*/false)};
    code.semantics = doStart;
  }
  if (llvm::is_contained(code.numbers, 0))
    return "transfers but of rows of elements";
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Vectors
//===----------------------------------------------------------------------===//

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

Reason gaus::ir::replaying::selectTransfer(OpCode &code, Value memref,
                                           VectorType vector, AffineMap map,
                                           bool masked, bool writes) {
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

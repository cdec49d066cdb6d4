//===- Llvm.cpp - Memory and addresses of the llvm dialect --------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Operations/Semantics.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

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
  runtime.note(code.op, out->bits, 1);
}

/// Bytes that lie apart, or are the same.
static void doMemcpy(Runtime &runtime, const OpCode &, const Payload *const *in,
                     Payload *) {
  for (uint64_t k = 0; k < in[2]->bits && runtime.faultText.empty(); ++k)
    runtime.write(in[0]->bits + k, 1, runtime.read(in[1]->bits + k, 1));
}

static void doMemmove(Runtime &runtime, const OpCode &,
                      const Payload *const *in, Payload *) {
  std::vector<uint8_t> bytes;
  for (uint64_t k = 0; k < in[2]->bits && runtime.faultText.empty(); ++k)
    bytes.push_back(static_cast<uint8_t>(runtime.read(in[1]->bits + k, 1)));
  for (size_t k = 0; k < bytes.size() && runtime.faultText.empty(); ++k)
    runtime.write(in[0]->bits + k, 1, bytes[k]);
}

static void doMemset(Runtime &runtime, const OpCode &, const Payload *const *in,
                     Payload *) {
  for (uint64_t k = 0; k < in[2]->bits && runtime.faultText.empty(); ++k)
    runtime.write(in[0]->bits + k, 1, in[1]->bits);
}

static Semantics transferOf(Operation *op) {
  return isa<LLVM::MemcpyOp>(op)    ? doMemcpy
         : isa<LLVM::MemmoveOp>(op) ? doMemmove
         : isa<LLVM::MemsetOp>(op)  ? doMemset
                                    : nullptr;
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

Reason gaus::ir::replaying::selectLlvm(Operation *op, OpCode &code) {
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
  if (Semantics transfer = transferOf(op)) {
    code.semantics = transfer;
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

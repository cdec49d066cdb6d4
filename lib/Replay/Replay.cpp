//===- Replay.cpp - Scheduled programs, executed by cycle -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Replay/Replay.h"

#include "Machine/Machine.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/Support/MemoryBuffer.h"

#include <cstring>
#include <random>

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

namespace {

/// Memory and values that a function starts from.
class Inputs {
public:
  Inputs(Runtime &runtime, const ReplayOptions &options)
      : runtime(runtime), options(options), random(options.seed) {}

  std::optional<std::vector<Payload>> make(FunctionOpInterface function) {
    std::vector<Payload> all;
    for (llvm::StringRef text : options.arguments) {
      int64_t shift = 0;
      if (text.starts_with("@") && !text.split('+').second.empty() &&
          !text.split('+').second.getAsInteger(10, shift))
        room = std::max(room, shift);
    }
    for (BlockArgument argument : function.getArguments()) {
      size_t k = argument.getArgNumber();
      Type type = argument.getType();
      llvm::StringRef text;
      if (k < options.arguments.size())
        text = options.arguments[k];
      if (text.consume_front("@")) {
        std::optional<Payload> p = shared(all, text, type);
        if (!p)
          return std::nullopt;
        note(argument, *p);
        all.push_back(std::move(*p));
        continue;
      }
      if (text.consume_front("<")) {
        std::optional<Payload> p = fromFile(text, type);
        if (!p)
          return std::nullopt;
        note(argument, *p);
        all.push_back(std::move(*p));
        continue;
      }
      std::optional<Payload> p = one(type);
      int64_t given = 0;
      if (!p || (!text.empty() && text.getAsInteger(10, given)))
        return std::nullopt;
      if (!text.empty())
        p->bits = masked(static_cast<uint64_t>(given), bitsOf(type));
      note(argument, *p);
      all.push_back(std::move(*p));
    }
    return all;
  }

private:
  /// What the function says of the memory that it gets.
  void note(BlockArgument argument, const Payload &p) {
    auto memref = dyn_cast<MemRefType>(argument.getType());
    if (!memref && !isa<LLVM::LLVMPointerType>(argument.getType()))
      return;
    uint64_t given = memref ? p.lanes[0] : p.bits;
    uint64_t address = runtime.memory.beginOf(given);
    auto [entry, fresh] = runtime.origins.try_emplace(address);
    if (!fresh)
      ++entry->second.arguments;
    else
      entry->second = {
          factsOf(argument), memref ? bytesOf(memref.getElementType()) : 1,
          /*arguments=*/1, given - address, argument.getArgNumber()};
  }

  /// The memory of an argument before, from some of its elements (of an
  /// address: bytes) on.
  std::optional<Payload> shared(llvm::ArrayRef<Payload> all,
                                llvm::StringRef text, Type type) {
    auto [number, far] = text.split('+');
    size_t same = 0;
    int64_t shift = 0;
    if (number.getAsInteger(10, same) || same >= all.size() ||
        (!far.empty() && (far.getAsInteger(10, shift) || shift < 0)))
      return std::nullopt;
    Payload p = all[same];
    auto memref = dyn_cast<MemRefType>(type);
    if (memref && p.lanes.size() >= 2)
      return memory(memref, p.lanes[0] + static_cast<uint64_t>(shift) *
                                             bytesOf(memref.getElementType()));
    p.bits += static_cast<uint64_t>(shift);
    return p;
  }

  /// The memory behind an address or of a memref: the bytes of a file.
  std::optional<Payload> fromFile(llvm::StringRef path, Type type) {
    auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
    auto memref = dyn_cast<MemRefType>(type);
    if (!file || !(memref || isa<LLVM::LLVMPointerType>(type)))
      return std::nullopt;
    llvm::StringRef bytes = (*file)->getBuffer();
    std::optional<Payload> p = Payload();
    uint64_t address = runtime.memory.allocate(bytes.size());
    if (!bytes.empty())
      std::memcpy(runtime.memory.at(address), bytes.data(), bytes.size());
    if (memref)
      p = memory(memref, address, bytes.size());
    else
      p->bits = address;
    return p;
  }

  /// Small numbers, which serve as trip counts and subscripts, too.
  uint64_t number(Type type) {
    uint64_t n = random() % 16;
    if (isa<FloatType>(type)) {
      llvm::APFloat f(static_cast<double>(n));
      bool lost;
      f.convert(cast<FloatType>(type).getFloatSemantics(),
                llvm::APFloat::rmNearestTiesToEven, &lost);
      return f.bitcastToAPInt().getZExtValue();
    }
    return masked(n, bitsOf(type));
  }

  void fill(uint64_t address, Type element, int64_t count) {
    unsigned bytes = bytesOf(element);
    for (int64_t k = 0; k < count; ++k) {
      uint64_t value = number(element);
      std::memcpy(runtime.memory.at(address + static_cast<uint64_t>(k) * bytes),
                  &value, bytes);
    }
  }

  std::optional<Payload> one(Type type) {
    Payload p;
    if (isa<LLVM::LLVMPointerType>(type)) {
      uint64_t address = runtime.memory.allocate(4096);
      fill(address, IntegerType::get(type.getContext(), 32), 1024);
      p.bits = address + 1024;
      return p;
    }
    if (auto memref = dyn_cast<MemRefType>(type))
      return memory(memref);
    if (!bitsOf(type))
      return std::nullopt;
    p.bits = number(
        isa<VectorType>(type) ? cast<VectorType>(type).getElementType() : type);
    p.lanes.assign(lanesOf(type), p.bits);
    return p;
  }

  /// A memref on new memory, or on that at an address; of so many bytes, where
  /// they are known, a dynamic outermost size is what fits.
  std::optional<Payload> memory(MemRefType type, uint64_t address = 0,
                                std::optional<uint64_t> bytes = std::nullopt) {
    llvm::SmallVector<int64_t> strides;
    int64_t offset;
    if (!bytesOf(type.getElementType()) ||
        failed(type.getStridesAndOffset(strides, offset)))
      return std::nullopt;
    Payload p;
    std::vector<int64_t> sizes(type.getShape());
    for (int64_t &size : sizes)
      size = ShapedType::isDynamic(size) ? 64 : size;
    if (bytes && !sizes.empty() && type.isDynamicDim(0)) {
      int64_t row = bytesOf(type.getElementType());
      for (int64_t size : llvm::drop_begin(sizes))
        row *= size;
      sizes[0] = row ? static_cast<int64_t>(*bytes) / row : 0;
    }
    // Where views move, there is room on both sides.
    offset = ShapedType::isDynamic(offset) ? 512 : offset;
    int64_t natural = 1, extent = 1;
    for (size_t d = sizes.size(); d-- > 0; natural *= sizes[d]) {
      if (ShapedType::isDynamic(strides[d]))
        strides[d] = natural;
      extent += std::max<int64_t>(0, sizes[d] - 1) * strides[d];
    }
    int64_t count = offset + extent + (offset == 512 ? 512 : 0);
    if (bytes &&
        static_cast<uint64_t>(count) * bytesOf(type.getElementType()) > *bytes)
      return std::nullopt;
    if (!address) {
      address = runtime.memory.allocate(static_cast<uint64_t>(
          (count + room) * bytesOf(type.getElementType())));
      fill(address, type.getElementType(), count);
    }
    p.lanes = {address, static_cast<uint64_t>(offset)};
    p.lanes.insert(p.lanes.end(), sizes.begin(), sizes.end());
    p.lanes.insert(p.lanes.end(), strides.begin(), strides.end());
    return p;
  }

  Runtime &runtime;
  const ReplayOptions &options;
  std::mt19937_64 random;
  int64_t room = 0; ///< elements behind each memory, for others that share it
};

} // namespace

ReplayResult gaus::ir::replay(Operation *function,
                              const ReplayOptions &options) {
  ReplayResult result;
  Runtime runtime;
  runtime.printer = runtime.memory.allocate(1);
  Program program(runtime);
  auto refuse = [&](std::string why, std::optional<Location> where) {
    result.status = ReplayStatus::Unsupported;
    result.reason = std::move(why);
    result.where = where;
    return result;
  };
  // A global that cannot be placed is refused where it is used.
  if (auto module = function->getParentOfType<ModuleOp>())
    for (Operation &op : module.getOps())
      placeGlobal(&op, runtime);
  FunctionCode *code = program.translate(function);
  if (!code)
    return refuse(program.reason, program.where);
  auto inputs =
      Inputs(runtime, options).make(cast<FunctionOpInterface>(function));
  if (!inputs)
    return refuse("arguments of these types", function->getLoc());
  Machine machine(program, runtime, options);
  machine.run(*code, *inputs);
  result.operations = static_cast<int64_t>(machine.instances.size());
  result.cycles = machine.end;
  result.inOrder = machine.inOrder;
  result.output = runtime.output;
  if (machine.stopped()) {
    refuse(machine.reason, machine.where);
    if (machine.undefined)
      result.status = ReplayStatus::Undefined;
    return result;
  }
  if (options.inOrderOnly)
    return result;
  for (auto &[op, text] : program.missing)
    machine.find({"missing",
                  op->getLoc(),
                  op->getName().getStringRef().str() + " " + text,
                  {}});
  if (options.dependences)
    findDependences(machine, function, result.loops);
  checkValues(machine);
  checkChains(machine);
  checkMemory(machine);
  checkLimits(machine, result.uses);
  checkFifos(machine, result.fifos);
  result.findings = std::move(machine.findings);
  if (machine.numFindings > 0)
    result.status = ReplayStatus::Differs;
  return result;
}

//===- BankFinder.cpp - The bank that an access is in ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Memory/BankFinder.h"

#include "Llvm/LlvmMemory.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace gaus::ir;

/// A value as start + step * n, where that is known.
static std::optional<std::pair<int64_t, int64_t>> progressionOf(Value v) {
  auto argument = dyn_cast<BlockArgument>(v);
  Operation *op = argument ? argument.getOwner()->getParentOp() : nullptr;
  if (auto loop = dyn_cast_or_null<affine::AffineForOp>(op);
      loop && loop.getInductionVar() == v && loop.hasConstantLowerBound())
    return std::make_pair(loop.getConstantLowerBound(), loop.getStepAsInt());
  auto loop = dyn_cast_or_null<scf::ForOp>(op);
  if (!loop || loop.getInductionVar() != v)
    return std::nullopt;
  auto from = getConstantIntValue(loop.getLowerBound()),
       by = getConstantIntValue(loop.getStep());
  return from && by ? std::optional(std::make_pair(*from, *by)) : std::nullopt;
}

/// The sum modulo `count`, if it is the same for all values.
static std::optional<int64_t> residueOf(const LinearForm &sum, int64_t count) {
  auto modulus = static_cast<uint64_t>(count);
  // Sums are exact modulo 2^64, and so modulo powers of two alone.
  bool isPower = (modulus & (modulus - 1)) == 0;
  uint64_t residue = sum.constant;
  if (sum.stride != 0 && (!isPower || sum.stride % modulus != 0))
    return std::nullopt;
  for (const LinearForm::Term &t : sum.terms) {
    auto progression = progressionOf(t.value);
    if (!progression)
      progression = {0, 1};
    uint64_t unit = t.factor * static_cast<uint64_t>(progression->second);
    if (!isPower || unit % modulus != 0)
      return std::nullopt;
    residue += t.factor * static_cast<uint64_t>(progression->first);
  }
  return static_cast<int64_t>(residue % modulus);
}

static bool isConstant(const LinearForm &sum) {
  return sum.terms.empty() && sum.stride == 0;
}

/// What is known around an operation: of the innermost loop of branches, else
/// of its block.
LlvmMemory &BankFinder::around(Operation *op) {
  std::unique_ptr<LlvmMemory> &entry = memories[op->getBlock()];
  if (!entry)
    entry = std::make_unique<LlvmMemory>(loops.scopeOf(*op->getBlock()));
  return *entry;
}

std::optional<int64_t> BankFinder::ofMemref(const Banks &banks,
                                            const MemoryAccess &access) {
  const Subscripts *at = subscripts.of(access);
  Value address = access.address;
  // A view's subscripts are others.
  if (!at || at->sums.size() != banks.shape.size() ||
      (!isa<BlockArgument>(address) && viewSource(address) != address))
    return std::nullopt;
  LinearForm sum = around(access.op).resolve(at->sums[banks.dimension]);
  if (banks.kind == Banks::Kind::Cyclic)
    return residueOf(sum, banks.count);
  auto constant = static_cast<int64_t>(sum.constant);
  bool isKnown = isConstant(sum) && constant >= 0 &&
                 constant < banks.shape[banks.dimension];
  return isKnown ? std::optional(banks.bankOf(constant)) : std::nullopt;
}

static bool isBase(const MemoryId &memory, Value base) {
  if (!memory.global)
    return base == memory.value;
  auto address = base.getDefiningOp<LLVM::AddressOfOp>();
  return address && address.getGlobalNameAttr().getAttr() == memory.global;
}

/// The one that all elements of an access are in.
static std::optional<int64_t> bankOfBytes(const Banks &banks, int64_t first,
                                          int64_t size) {
  int64_t from = llvm::divideFloorSigned(first, banks.bytes),
          to = llvm::divideFloorSigned(first + size - 1, banks.bytes),
          bank = banks.bankOfElement(from);
  // A wider one would be in all of them.
  if (to - from > banks.inner())
    return std::nullopt;
  for (int64_t element = from + 1; element <= to; ++element)
    if (banks.bankOfElement(element) != bank)
      return std::nullopt;
  return bank;
}

std::optional<int64_t> BankFinder::ofPointer(const Banks &banks,
                                             const MemoryId &memory,
                                             const MemoryAccess &access) {
  std::optional<LlvmMemory::Place> place = around(access.op).place(access);
  if (!place || !place->base || !isBase(memory, place->base))
    return std::nullopt;
  // From one bank to the first one again, in bytes.
  int64_t size = banks.shape[banks.dimension];
  int64_t around = banks.inner() * banks.bytes;
  bool isRound = ShapedType::isDynamic(size) || size % banks.count == 0;
  std::optional<int64_t> byte;
  if (isConstant(place->form))
    byte = static_cast<int64_t>(place->form.constant);
  else if (banks.kind == Banks::Kind::Cyclic &&
           (isRound || banks.dimension == 0) &&
           !llvm::MulOverflow(around, banks.count, around))
    byte = residueOf(place->form, around);
  return byte ? bankOfBytes(banks, *byte, place->size) : std::nullopt;
}

std::optional<int64_t> BankFinder::of(const Banks &banks,
                                      const MemoryId &memory,
                                      const MemoryAccess &access) {
  return banks.bytes > 0 ? ofPointer(banks, memory, access)
                         : ofMemref(banks, access);
}

//===- LlvmMemory.cpp - Where accesses of the llvm dialect go -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Llvm/LlvmMemory.h"

#include "Llvm/Aliasing.h"
#include "Llvm/Meetings.h"

#include "gaus/Core/Problem.h"

#include "mlir/Interfaces/ViewLikeInterface.h"

using namespace mlir;
using namespace gaus::ir;

bool gaus::ir::isMarker(Operation *op) {
  return isa<LLVM::AssumeOp, LLVM::NoAliasScopeDeclOp>(op);
}

Value gaus::ir::viewSource(Value address) {
  while (auto view = address.getDefiningOp<ViewLikeOpInterface>()) {
    if (!view.getViewSource())
      break;
    address = view.getViewSource();
  }
  return address;
}

/// A scope that is declared in the loop is another one in each iteration.
static bool declareNone(llvm::ArrayRef<Block *> blocks) {
  return llvm::all_of(blocks, [](Block *block) {
    return block->getOps<LLVM::NoAliasScopeDeclOp>().empty();
  });
}

LlvmMemory::LlvmMemory(llvm::ArrayRef<Block *> scope)
    : blocks(scope), scopesHoldAround(declareNone(scope)),
      addresses(scope.front(), forms), loop(scope, forms, addresses) {}

std::optional<int64_t> LlvmMemory::accessSize(const MemoryAccess &access) {
  Type type;
  if (auto load = dyn_cast_or_null<LLVM::LoadOp>(access.op))
    type = load.getAddr() == access.address ? load.getType() : Type();
  else if (auto store = dyn_cast_or_null<LLVM::StoreOp>(access.op))
    type =
        store.getAddr() == access.address ? store.getValue().getType() : Type();
  std::optional<uint64_t> size =
      type ? addresses.allocSize(type) : std::nullopt;
  if (!size || *size > kMaxBytes)
    return std::nullopt;
  return static_cast<int64_t>(*size);
}

/// Whether no two accesses whose addresses differ by `gap` plus any multiple of
/// the lowest set bit of `multiples` overlap. That bit divides 2^64, so
/// wrapping does no harm.
static bool apartModulo(uint64_t gap, uint64_t multiples, int64_t sizeA,
                        int64_t sizeB) {
  auto signedGap = static_cast<int64_t>(gap);
  if (multiples == 0)
    return signedGap >= sizeA || signedGap <= -sizeB;
  uint64_t unit = multiples & -multiples, rest = gap % unit;
  return rest >= uint64_t(sizeA) && unit - rest >= uint64_t(sizeB);
}

/// The least k >= 1 with -sizeB < gap + stride k < sizeA, 0 without one.
static std::optional<int64_t> firstOverlap(int64_t gap, int64_t stride,
                                           int64_t sizeA, int64_t sizeB) {
  constexpr int64_t most = int64_t(1) << 60;
  if (stride < -(int64_t(1) << 31) || stride > (int64_t(1) << 31) ||
      gap < -most || gap > most)
    return std::nullopt;
  if (stride < 0)
    return firstOverlap(-gap, -stride, sizeB, sizeA);
  if (stride == 0)
    return gap > -sizeB && gap < sizeA ? 1 : 0;
  int64_t under = -sizeB - gap; // gap + stride k must exceed -sizeB
  int64_t k = under < 0 ? 1 : std::max<int64_t>(1, under / stride + 1);
  if (k > gaus::kMaxCycle)
    return 0;
  return gap + stride * k < sizeA ? k : 0;
}

bool LlvmMemory::apart(const MemoryAccess &a, const MemoryAccess &b) {
  Tags tagsA(a.op), tagsB(b.op);
  if (apartByType(tagsA, tagsB) || apartByScope(tagsA, tagsB) ||
      readsConstant(a.op) || readsConstant(b.op))
    return true;
  // Copies: the map may grow.
  Address x = addresses.of(a.address), y = addresses.of(b.address);
  if (!x.base || !y.base)
    return false;
  if (x.base != y.base) {
    loop.resolve(x);
    loop.resolve(y);
  }
  if (x.base != y.base)
    return apartByObject(x.base, y.base);
  std::optional<int64_t> sizeA = accessSize(a), sizeB = accessSize(b);
  if (!sizeA || !sizeB)
    return false;
  LinearForm gap = loop.resolve(y.offset);
  gap.add(loop.resolve(x.offset), -1);
  uint64_t multiples = gap.stride;
  for (const LinearForm::Term &t : gap.terms)
    multiples |= t.factor;
  if (apartModulo(gap.constant, multiples, *sizeA, *sizeB))
    return true;
  if (!gap.terms.empty() || !exactStrides)
    return false;
  FirstMeeting first =
      firstMeeting(Gap{static_cast<int64_t>(gap.constant), 0,
                       static_cast<int64_t>(gap.stride), *sizeB, *sizeA},
                   0, loop.trips());
  return first.isKnown && first.distance != 0;
}

bool LlvmMemory::apartByTags(const MemoryAccess &a,
                             const MemoryAccess &b) const {
  Tags tagsA(a.op), tagsB(b.op);
  return apartByType(tagsA, tagsB) || readsConstant(a.op) ||
         readsConstant(b.op) ||
         (scopesHoldAround && apartByScope(tagsA, tagsB));
}

std::optional<int64_t> LlvmMemory::distance(const MemoryAccess &a,
                                            const MemoryAccess &b) {
  if (apartByTags(a, b))
    return 0;
  Address x = addresses.of(a.address), y = addresses.of(b.address);
  if (!x.base || !y.base)
    return std::nullopt;
  loop.resolve(x);
  loop.resolve(y);
  if (x.base != y.base)
    return apartByObject(x.base, y.base) ? std::optional<int64_t>(0)
                                         : std::nullopt;
  std::optional<int64_t> sizeA = accessSize(a), sizeB = accessSize(b);
  if (!sizeA || !sizeB || loop.varies(x.base))
    return std::nullopt;
  LinearForm from = loop.resolve(x.offset), to = loop.resolve(y.offset),
             fixed = to;
  fixed.add(from, -1);
  // A value of the iteration itself is another one in the other.
  uint64_t multiples = 0;
  for (const LinearForm *form : {&from, &to})
    for (const LinearForm::Term &t : form->terms)
      multiples |= loop.varies(t.value) ? t.factor : 0;
  for (const LinearForm::Term &t : fixed.terms)
    multiples |= loop.varies(t.value) ? 0 : t.factor;
  if (multiples != 0 || from.stride != to.stride) {
    bool isFixed = multiples == 0;
    multiples |= from.stride | to.stride;
    if (apartModulo(fixed.constant, multiples, *sizeA, *sizeB))
      return 0;
    if (!isFixed || !exactStrides)
      return std::nullopt;
    FirstMeeting first = firstMeeting(
        Gap{static_cast<int64_t>(fixed.constant),
            static_cast<int64_t>(to.stride),
            static_cast<int64_t>(to.stride - from.stride), *sizeB, *sizeA},
        1, loop.trips());
    if (!first.isKnown)
      return std::nullopt;
    return first.distance.value_or(0);
  }
  std::optional<int64_t> k =
      firstOverlap(static_cast<int64_t>(fixed.constant),
                   static_cast<int64_t>(to.stride), *sizeA, *sizeB);
  if (k && *k > 0 && loop.trips() && *k >= *loop.trips())
    return 0;
  return k;
}

LlvmMemory::Object LlvmMemory::object(Value address) {
  if (!address)
    return {};
  if (!isa<LLVM::LLVMPointerType>(address.getType()))
    return {viewSource(address)};
  Address to = addresses.of(address);
  if (!to.base)
    return {};
  loop.resolve(to);
  Object found{to.base};
  ObjectKind kind = kindOf(to.base);
  found.isHidden =
      kind == ObjectKind::Alloca || kind == ObjectKind::OwnArgument;
  found.isOwn = found.isHidden || kind == ObjectKind::Global;
  return found;
}

std::optional<LlvmMemory::Place> LlvmMemory::place(const MemoryAccess &a,
                                                   bool now) {
  std::optional<int64_t> size = accessSize(a);
  if (!size || *size == 0)
    return std::nullopt;
  Address to = addresses.of(a.address);
  if (!to.base)
    return std::nullopt;
  loop.resolve(to);
  if (!now && loop.varies(to.base))
    return std::nullopt;
  Place place{to.base, loop.resolve(to.offset), *size};
  for (const LinearForm::Term &t : place.form.terms)
    if (!now && loop.varies(t.value))
      return std::nullopt;
  place.form.sort();
  return place;
}

//===- Subscripts.cpp - Which element of a memref -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Memory/Subscripts.h"

#include "mlir/Dialect/Affine/Analysis/AffineAnalysis.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Affine/IR/AffineValueMap.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace gaus::ir;

static llvm::SmallVector<LinearForm::Term> sorted(const LinearForm &form) {
  llvm::SmallVector<LinearForm::Term> terms(form.terms);
  llvm::sort(terms, [](const auto &x, const auto &y) {
    return std::make_pair(x.value.getAsOpaquePointer(), x.isUnsigned) <
           std::make_pair(y.value.getAsOpaquePointer(), y.isUnsigned);
  });
  return terms;
}

GroupKey Subscripts::form() const {
  GroupKey key;
  key.add(base.getAsOpaquePointer());
  for (const LinearForm &sum : sums) {
    for (const LinearForm::Term &t : sorted(sum)) {
      key.add(t.value.getAsOpaquePointer());
      key.add(int64_t(t.isUnsigned));
      key.add(static_cast<int64_t>(t.factor));
    }
    // A pointer is never 1.
    key.add(int64_t(1));
  }
  return key;
}

std::vector<uint64_t> Subscripts::constants() const {
  std::vector<uint64_t> all;
  for (const LinearForm &sum : sums)
    all.push_back(sum.constant);
  return all;
}

std::optional<Subscripts> SubscriptForms::make(const MemoryAccess &a) {
  Subscripts made{a.address, {}};
  auto addPlain = [&](Value memref, OperandRange indices) {
    if (memref != a.address)
      return false;
    for (Value index : indices) {
      std::optional<LinearForm> sum = forms.of(index, false);
      if (!sum)
        return false;
      made.sums.push_back(std::move(*sum));
    }
    return true;
  };
  if (auto load = dyn_cast<memref::LoadOp>(a.op))
    return addPlain(load.getMemRef(), load.getIndices()) ? std::optional(made)
                                                         : std::nullopt;
  if (auto store = dyn_cast<memref::StoreOp>(a.op))
    return addPlain(store.getMemRef(), store.getIndices()) ? std::optional(made)
                                                           : std::nullopt;
  if (!isa<affine::AffineLoadOp, affine::AffineStoreOp>(a.op))
    return std::nullopt;
  affine::MemRefAccess access(a.op);
  if (access.memref != a.address)
    return std::nullopt;
  affine::AffineValueMap map;
  access.getAccessMap(&map);
  for (AffineExpr subscript : map.getAffineMap().getResults()) {
    std::optional<LinearForm> sum =
        forms.of(subscript, map.getNumDims(), map.getOperands());
    if (!sum)
      return std::nullopt;
    made.sums.push_back(std::move(*sum));
  }
  return made;
}

const Subscripts *SubscriptForms::of(const MemoryAccess &a) {
  if (!a.op || !a.address)
    return nullptr;
  auto [entry, fresh] = known.try_emplace(a.op);
  if (fresh)
    if (std::optional<Subscripts> made = make(a))
      entry->second = std::make_unique<Subscripts>(std::move(*made));
  return entry->second.get();
}

bool SubscriptForms::apart(const MemoryAccess &a, const MemoryAccess &b) {
  const Subscripts *x = of(a), *y = of(b);
  if (!x || !y || x->base != y->base)
    return false;
  for (auto [from, to] : llvm::zip_equal(x->sums, y->sums)) {
    LinearForm gap = to;
    gap.add(from, -1);
    // Multiples of a power of two, which divides 2^64: wrapping does no harm.
    uint64_t multiples = 0;
    for (const LinearForm::Term &t : gap.terms)
      multiples |= t.factor;
    uint64_t unit = multiples & -multiples;
    if (unit ? gap.constant % unit != 0 : gap.constant != 0)
      return true;
  }
  return false;
}

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

GroupKey Subscripts::form() const {
  GroupKey key;
  key.add(base.getAsOpaquePointer());
  for (const LinearForm &sum : sums) {
    for (const LinearForm::Term &t : sum.terms)
      key.add(t);
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
  auto add = [&](std::optional<LinearForm> sum) {
    if (!sum)
      return false;
    sum->sort();
    made.sums.push_back(std::move(*sum));
    return true;
  };
  auto addAll = [&](OperandRange indices) {
    return llvm::all_of(indices, [&](Value index) {
      return add(forms.of(index, /*isUnsigned=*/false));
    });
  };
  Value memref;
  bool sums = false;
  if (auto load = dyn_cast<memref::LoadOp>(a.op)) {
    memref = load.getMemRef();
    sums = addAll(load.getIndices());
  } else if (auto store = dyn_cast<memref::StoreOp>(a.op)) {
    memref = store.getMemRef();
    sums = addAll(store.getIndices());
  } else if (isa<affine::AffineLoadOp, affine::AffineStoreOp>(a.op)) {
    affine::MemRefAccess access(a.op);
    affine::AffineValueMap map;
    access.getAccessMap(&map);
    memref = access.memref;
    sums = llvm::all_of(map.getAffineMap().getResults(), [&](AffineExpr e) {
      return add(forms.of(e, map.getNumDims(), map.getOperands()));
    });
  }
  return sums && memref == a.address ? std::optional(std::move(made))
                                     : std::nullopt;
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

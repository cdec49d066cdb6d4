//===- FlatLoop.cpp - What a flat loop's values need ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pipelines/Flat.h"

using namespace mlir;
using namespace gaus::ir;

FlatLoop::~FlatLoop() {
  if (!body)
    return;
  guard.clear();
  body->dropAllReferences();
}

llvm::SmallVector<Value> FlatLoop::usesOf(Operation *op) const {
  llvm::SmallVector<Value> uses;
  op->walk([&](Operation *inner) {
    for (Value v : inner->getOperands())
      if (!isInvariant(v))
        uses.push_back(v);
  });
  if (Value v = guard.lookup(op); v && !isInvariant(v))
    uses.push_back(v);
  return uses;
}

void FlatLoop::need(llvm::SmallVector<Value> roots, bool around,
                    llvm::DenseSet<Operation *> &all) const {
  llvm::DenseSet<Value> seen;
  while (!roots.empty()) {
    Value v = roots.pop_back_val();
    if (isInvariant(v) || !seen.insert(v).second)
      continue;
    if (auto arg = dyn_cast<BlockArgument>(v)) {
      if (around)
        roots.push_back(back[arg.getArgNumber()]);
      continue;
    }
    all.insert(v.getDefiningOp());
    llvm::append_range(roots, usesOf(v.getDefiningOp()));
  }
}

llvm::SmallVector<Value> FlatLoop::results() const {
  llvm::SmallVector<Value> all;
  for (const Exit &exit : exits) {
    all.push_back(exit.taken);
    llvm::append_range(all, exit.operands);
  }
  for (auto &[was, is] : outside)
    all.push_back(is);
  return all;
}

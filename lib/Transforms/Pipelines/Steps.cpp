//===- Steps.cpp - Operations of iterations, written out ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pipelines/Steps.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace gaus::ir;

Steps::Steps(const FlatLoop &loop, const FlatOrder &o, const Dialects &dialects,
             Region &all)
    : flat(loop), order(o), make(dialects), region(all), b(all.getContext()) {
  findEnding();
  findLast();
}

void Steps::findEnding() {
  if (!flat.isCounted)
    return;
  llvm::DenseSet<Operation *> needed;
  flat.need({flat.leaves}, /*around=*/true, needed);
  for (Operation &op : *flat.body)
    if (needed.contains(&op))
      end.push_back({&op, order.stage.lookup(&op)});
}

void Steps::findLast() {
  llvm::SmallVector<Value> roots = flat.results();
  for (Operation *op : flat.strict)
    if (!flat.behindExit.contains(op)) {
      inLast.insert(op);
      llvm::append_range(roots, flat.usesOf(op));
    }
  flat.need(std::move(roots), /*around=*/false, inLast);
}

void Steps::begin(Block *before, Block *first) {
  place = before;
  entry = first;
  b.setInsertionPointToEnd(entry);
}

Block *Steps::addBlock() {
  auto *block = new Block();
  region.getBlocks().insert(place->getIterator(), block);
  return block;
}

Value Steps::in(const Values &values, Value v, int64_t i) const {
  while (!flat.isInvariant(v)) {
    auto arg = dyn_cast<BlockArgument>(v);
    if (!arg)
      return values.lookup({v, i});
    if (i == 0)
      return entry->getArgument(flat.headerArgument[arg.getArgNumber()]);
    v = flat.back[arg.getArgNumber()];
    --i;
  }
  return v;
}

/// What was said of iterations does not hold of the kernel's.
static void forgetIterations(Operation *op) {
  op->walk([](Operation *inner) {
    for (llvm::StringRef name : {kStart, kAlternative, kIndependent, kDistance})
      inner->removeAttr(name);
  });
}

void Steps::emit(Operation *op, llvm::function_ref<Value(Value)> of,
                 llvm::function_ref<void(Value, Value)> made) {
  IRMapping same;
  op->walk([&](Operation *inner) {
    for (Value v : inner->getOperands())
      if (v.getParentBlock() == flat.body.get() && !same.contains(v))
        same.map(v, of(v));
  });
  Value guard = flat.guard.lookup(op);
  if (!guard) {
    forgetIterations(b.clone(*op, same));
    for (Value v : op->getResults())
      made(v, same.lookup(v));
    return;
  }
  Block *run = addBlock(), *next = addBlock();
  llvm::SmallVector<Value> others;
  for (Value v : op->getResults()) {
    others.push_back(make.anything(b, v.getType()));
    made(v, next->addArgument(v.getType(), v.getLoc()));
  }
  make.branch(b, of(guard), run, {}, next, others);
  b.setInsertionPointToEnd(run);
  Operation *mine = b.clone(*op, same);
  forgetIterations(mine);
  make.branch(b, next, mine->getResults());
  b.setInsertionPointToEnd(next);
}

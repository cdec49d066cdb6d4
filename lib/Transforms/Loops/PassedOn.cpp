//===- PassedOn.cpp - Values that a loop passes on ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/PassedOn.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace gaus::ir;

int64_t gaus::ir::readyAt(const Scope &scope, Value v,
                          llvm::ArrayRef<int64_t> starts, int64_t ii) {
  Operation *end = scope.block->getTerminator();
  int64_t turns = 0;
  // A ring of arguments has what it began with.
  for (unsigned i = 0; i < scope.block->getNumArguments(); ++i) {
    auto arg = dyn_cast<BlockArgument>(v);
    if (!arg || arg.getOwner() != scope.block || arg.getArgNumber() == 0)
      break;
    v = end->getOperand(arg.getArgNumber() - 1);
    ++turns;
  }
  auto at = llvm::find(scope.nodes, v.getDefiningOp());
  if (at == scope.nodes.end())
    return 0;
  size_t node = at - scope.nodes.begin();
  int64_t ready = starts[node] + scope.problem.latency[node] - turns * ii;
  return std::max<int64_t>(0, ready);
}

void gaus::ir::placeAt(Operation *op, int64_t start) {
  Builder b(op->getContext());
  op->setAttr(kLatency, b.getI64IntegerAttr(0));
  op->setAttr(kUses, b.getDictionaryAttr({}));
  op->setAttr(kStart, b.getI64IntegerAttr(start));
}

void gaus::ir::forget(Operation *op) {
  for (llvm::StringRef name : {kLatency, kUses, kStart})
    op->removeAttr(name);
}

Copies gaus::ir::copyPassedOn(const Scope &scope,
                              llvm::ArrayRef<int64_t> starts, int64_t ii) {
  Operation *end = scope.block->getTerminator();
  OpBuilder b(end);
  llvm::SmallVector<std::pair<unsigned, int64_t>> passed;
  for (auto [i, v] : llvm::enumerate(end->getOperands())) {
    // Arguments, and what is made outside the loop or moved there.
    Operation *def = v.getDefiningOp();
    if (!def || def->getBlock() != scope.block ||
        def->hasTrait<OpTrait::ConstantLike>())
      passed.push_back({i, readyAt(scope, v, starts, ii)});
  }
  Copies copies;
  if (passed.empty())
    return copies;
  Location loc = scope.carrier->getLoc();
  Value truth = arith::ConstantOp::create(b, loc, b.getBoolAttr(true));
  truth.getDefiningOp()->moveBefore(scope.carrier);
  for (auto [i, start] : passed) {
    Value v = end->getOperand(i);
    auto copy = arith::SelectOp::create(b, loc, truth, v, v);
    placeAt(copy, start);
    end->setOperand(i, copy);
    copies.push_back(copy);
  }
  return copies;
}

void gaus::ir::dropCopy(arith::SelectOp copy) {
  Operation *truth = copy.getCondition().getDefiningOp();
  copy.replaceAllUsesWith(copy.getTrueValue());
  copy.erase();
  if (truth->use_empty())
    truth->erase();
}

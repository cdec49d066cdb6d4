//===- Wishes.cpp - What the program asks for -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scopes/Wishes.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace gaus::ir;

Request gaus::ir::requestOf(const Scope &scope) {
  Operation *at = scope.carrier;
  bool isOwn = at->hasAttr(kRequest) || !at->hasTrait<OpTrait::IsTerminator>();
  if (!isOwn)
    at = at->getParentOp();
  return {at->getAttrOfType<DictionaryAttr>(kRequest), isOwn};
}

static LLVM::LoopAnnotationAttr annotationOn(Operation *branch) {
  if (auto br = dyn_cast<LLVM::BrOp>(branch))
    return br.getLoopAnnotationAttr();
  if (auto br = dyn_cast<LLVM::CondBrOp>(branch))
    return br.getLoopAnnotationAttr();
  return {};
}

/// What stands on the branches back to a loop's header.
static llvm::SmallVector<LLVM::LoopAnnotationAttr>
annotationsOf(const Scope &scope) {
  llvm::SmallVector<LLVM::LoopAnnotationAttr> all;
  if (!scope.isLoop || scope.hasConditions())
    return all;
  for (Block *block : scope.blocks) {
    Operation *branch =
        block->mightHaveTerminator() ? block->getTerminator() : nullptr;
    if (!branch || !llvm::is_contained(branch->getSuccessors(), scope.block))
      continue;
    if (LLVM::LoopAnnotationAttr said = annotationOn(branch))
      all.push_back(said);
  }
  return all;
}

Pragma gaus::ir::pragmaOf(const Scope &scope) {
  Pragma pragma;
  for (LLVM::LoopAnnotationAttr said : annotationsOf(scope)) {
    if (!said.getPipeline())
      continue;
    if (BoolAttr off = said.getPipeline().getDisable())
      pragma.isOff |= off.getValue();
    if (IntegerAttr ii = said.getPipeline().getInitiationinterval())
      pragma.ii = ii.getValue().getSExtValue();
  }
  return pragma;
}

llvm::DenseSet<Operation *> gaus::ir::parallelAccesses(const Scope &scope) {
  llvm::DenseSet<Operation *> found;
  llvm::SmallVector<LLVM::LoopAnnotationAttr> all = annotationsOf(scope);
  auto leadsBack = [&](Block *block) {
    return llvm::is_contained(block->getSuccessors(), scope.block);
  };
  // Of several ways back each would have to say so.
  if (all.size() != 1 || llvm::count_if(scope.blocks, leadsBack) != 1)
    return found;
  llvm::DenseSet<Attribute> groups;
  for (LLVM::AccessGroupAttr group : all.front().getParallelAccesses())
    groups.insert(group);
  for (Operation *op : scope.nodes)
    if (auto access = dyn_cast<LLVM::AccessGroupOpInterface>(op))
      if (ArrayAttr mine = access.getAccessGroupsOrNull();
          mine &&
          llvm::any_of(mine, [&](Attribute a) { return groups.contains(a); }))
        found.insert(op);
  return found;
}

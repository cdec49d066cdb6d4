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

Pragma gaus::ir::pragmaOf(const Scope &scope) {
  Pragma pragma;
  if (!scope.isLoop || scope.hasConditions())
    return pragma;
  for (Block *block : scope.blocks) {
    Operation *branch =
        block->mightHaveTerminator() ? block->getTerminator() : nullptr;
    LLVM::LoopAnnotationAttr said =
        branch ? annotationOn(branch) : LLVM::LoopAnnotationAttr();
    if (!said || !said.getPipeline() ||
        !llvm::is_contained(branch->getSuccessors(), scope.block))
      continue;
    if (BoolAttr off = said.getPipeline().getDisable())
      pragma.isOff |= off.getValue();
    if (IntegerAttr ii = said.getPipeline().getInitiationinterval())
      pragma.ii = ii.getValue().getSExtValue();
  }
  return pragma;
}

//===- Wishes.cpp - What the program asks for -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scopes/Wishes.h"

#include "Scopes/Kinds.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

Request gaus::ir::requestOf(const Scope &scope) {
  Operation *at = scope.carrier;
  bool isOwn = at->hasAttr(kRequest) || !at->hasTrait<OpTrait::IsTerminator>();
  if (!isOwn)
    at = at->getParentOp();
  auto wishes = at->getAttrOfType<DictionaryAttr>(kRequest);
  if (wishes || !scope.askedBy || !isa<FunctionOpInterface>(at))
    return {wishes, at, isOwn};
  return {scope.askedBy->getAttrOfType<DictionaryAttr>(kRequest), scope.askedBy,
          false};
}

/// The calls in `root` that have wishes, in the order of the program.
static void
eachCallWithWishes(Operation *root,
                   llvm::function_ref<void(CallOpInterface)> visit) {
  root->walk([&](CallOpInterface call) {
    if (call->hasAttrOfType<DictionaryAttr>(kRequest))
      visit(call);
  });
}

llvm::DenseMap<Operation *, Operation *>
gaus::ir::callsWithWishes(Operation *root) {
  SymbolTableCollection symbols;
  llvm::DenseMap<Operation *, Operation *> calls;
  eachCallWithWishes(root, [&](CallOpInterface call) {
    llvm::StringRef reason;
    if (Operation *callee = calleeOf(call, root, symbols, reason))
      calls.try_emplace(callee, call);
  });
  return calls;
}

LogicalResult gaus::ir::checkCallWishes(Operation *root) {
  SymbolTableCollection symbols;
  llvm::DenseMap<Operation *, Operation *> first = callsWithWishes(root);
  bool good = true;
  eachCallWithWishes(root, [&](CallOpInterface call) {
    llvm::StringRef reason;
    Operation *callee = calleeOf(call, root, symbols, reason);
    if (!callee) {
      mlir::emitError(call.getLoc())
          << kRequest << ": there is nothing to schedule for it, as " << reason;
      good = false;
      return;
    }
    bool isOwn = callee->hasAttr(kRequest);
    Operation *with = isOwn ? callee : first.lookup(callee);
    if (with->getAttr(kRequest) == call->getAttr(kRequest))
      return;
    InFlightDiagnostic d = mlir::emitError(call.getLoc())
                           << kRequest << " of the call is not that of "
                           << (isOwn ? "the function" : "another call")
                           << ", and the function is scheduled once";
    d.attachNote(with->getLoc()) << "this asks for " << with->getAttr(kRequest);
    good = false;
  });
  return success(good);
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

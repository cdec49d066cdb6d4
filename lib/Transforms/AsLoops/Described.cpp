//===- Described.cpp - What is said of what becomes loops -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AsLoops/Described.h"

#include "Scopes/Kinds.h"
#include "Scopes/Silence.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

bool gaus::ir::isDescribed(Operation *op, Insides &insides) {
  for (llvm::StringRef name : {kLatency, kOccupancy, kUses, kDelay})
    if (op->hasAttr(name))
      return true;
  // A library that is not there is an error of what builds the scope.
  Silence silence(op->getContext());
  OperatorLibrary *library = insides.libraryOf(op);
  return !library || hasOperator(op, *library);
}

static bool isOneOf(llvm::StringRef name,
                    llvm::ArrayRef<llvm::StringRef> names) {
  return llvm::is_contained(names, name);
}

/// What a schedule has written, which is made anew.
static bool isResult(llvm::StringRef name) {
  return isOneOf(name,
                 {kStart, kLatencyMin, kLength, kII, kIIProof, kCost, kBound,
                  kDist, kAlternative, kUnit, kSwapped, kRegisters});
}

static void hintTrips(llvm::ArrayRef<Operation *> loops, Attribute value) {
  for (Operation *loop : loops)
    if (!constantTrips(loop))
      loop->setAttr(kTrips, value);
}

static void sayOfAccesses(llvm::ArrayRef<Operation *> made,
                          NamedAttribute attr) {
  for (Operation *one : made)
    if (!isMemoryEffectFree(one))
      one->setAttr(attr.getName(), attr.getValue());
}

void gaus::ir::handOn(const Said &said, llvm::ArrayRef<Operation *> loops,
                      llvm::ArrayRef<Operation *> made) {
  for (NamedAttribute attr : said.attributes) {
    llvm::StringRef name = attr.getName();
    if (!name.starts_with("gaus.") || isResult(name))
      continue;
    if (!loops.empty() &&
        isOneOf(name, {kWindow, kLibrary, kClock, kInterface}))
      loops.front()->setAttr(name, attr.getValue());
    else if (!loops.empty() &&
             isOneOf(name, {kRequest, kLiveLimit, kMemoryModel}))
      loops.back()->setAttr(name, attr.getValue());
    else if (!loops.empty() && name == kTrips)
      hintTrips(loops, attr.getValue());
    else if (loops.empty() && isOneOf(name, {kIndependent, kDistance}))
      sayOfAccesses(made, attr);
    else
      emitRemark(said.loc) << "its " << name
                           << " is left out: it has no meaning for "
                           << (loops.empty() ? "its operations" : "its loops");
  }
}

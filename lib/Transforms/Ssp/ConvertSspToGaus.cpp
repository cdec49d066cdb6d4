//===- ConvertSspToGaus.cpp - convert-ssp-to-gaus -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ssp/FromSsp.h"
#include "Ssp/LibraryFromSsp.h"

#include "gaus/Transforms/Passes.h"

#include <cmath>

namespace gaus::ir {
#define GEN_PASS_DEF_CONVERTSSPTOGAUS
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;
namespace ssp = gaus::ssp;

namespace {

struct ConvertSspToGausPass
    : gaus::ir::impl::ConvertSspToGausBase<ConvertSspToGausPass> {
  using ConvertSspToGausBase::ConvertSspToGausBase;

  LogicalResult initialize(MLIRContext *context) override {
    if (std::isfinite(clock) && clock >= 0)
      return success();
    return emitError(UnknownLoc::get(context))
           << "invalid value for option 'clock'; expected a period in ns";
  }

  void runOnOperation() override {
    SmallVector<Operation *> found;
    getOperation()->walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (!isa<ssp::InstanceOp, ssp::LibraryOp, ssp::ResourceLibraryOp>(op))
        return WalkResult::advance();
      found.push_back(op);
      return WalkResult::skip();
    });
    // What is replaced stays until all is converted: references go through it.
    State state;
    for (Operation *op : found)
      if (auto instance = dyn_cast<ssp::InstanceOp>(op))
        state.references.add(instance);
    for (Operation *op : found)
      if (failed(convert(op, state)))
        return signalPassFailure();
    for (Operation *op : found)
      op->erase();
  }

private:
  struct State {
    llvm::DenseMap<Operation *, FreshNames> fresh;
    SspReferences references;
  };

  LogicalResult convert(Operation *op, State &state) {
    Operation *parent = op->getParentOp();
    auto [names, first] = state.fresh.try_emplace(parent);
    if (first && parent->getNumRegions() == 1 &&
        parent->hasTrait<OpTrait::SymbolTable>())
      names->second = FreshNames(parent);
    if (auto instance = dyn_cast<ssp::InstanceOp>(op))
      return convertInstance(instance, clock, names->second, state.references);
    if (auto library = dyn_cast<ssp::LibraryOp>(op))
      return convertLibrary(library, names->second);
    return convertLibrary(cast<ssp::ResourceLibraryOp>(op), names->second);
  }
};

} // namespace

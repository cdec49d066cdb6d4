//===- Annotate.cpp - gaus-annotate ---------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes/PassSupport.h"
#include "Passes/ScopeOptions.h"

#include "gaus/Dialect/GausNames.h"
#include "gaus/Transforms/WrittenSchedule.h"

#include "mlir/IR/Builders.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSANNOTATE
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

struct AnnotatePass
    : SolverPass<AnnotatePass, gaus::ir::impl::GausAnnotateBase<AnnotatePass>> {
  using SolverPass::SolverPass;
  static constexpr bool kBegins = true;

  LogicalResult runOnScope(Scope &scope) {
    FailureOr<Asked> asked = askedOf(scope, options);
    if (failed(asked))
      return failure();
    const auto &[local, existing] = *asked;
    gaus::Outcome<gaus::SettledOptions> settled =
        gaus::settleLength(scope.problem, local);
    if (!settled)
      return reportFailure(scope, settled.error());
    gaus::Outcome<gaus::Problem> p =
        gaus::resolve(scope.problem, settled->options);
    if (!p)
      return reportFailure(scope, p.error());
    gaus::Outcome<gaus::Windows> windows = gaus::computeWindows(*p, local.stop);
    if (!windows)
      return reportFailure(scope, windows.error());
    gaus::Outcome<gaus::Distributions> state =
        gaus::annotate(*p, local, existing);
    if (!state)
      return reportFailure(scope, state.error());
    Builder b(&getContext());
    for (auto [index, op] : llvm::enumerate(scope.nodes))
      op->setAttr(kWindow, b.getDenseI64ArrayAttr(
                               {windows->asap[index], windows->alap[index]}));
    writeDistributions(scope, *state);
    if (p->length > 0)
      scope.carrier->setAttr(kLength, b.getI64IntegerAttr(p->length));
    writeMemory(scope, *p);
    if (p->ii > 0)
      scope.carrier->setAttr(kII, b.getI64IntegerAttr(p->ii));
    return success();
  }
};

} // namespace

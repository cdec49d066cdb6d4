//===- PassSupport.h - What the passes share --------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_PASSES_PASSSUPPORT_H
#define GAUS_LIB_TRANSFORMS_PASSES_PASSSUPPORT_H

#include "gaus/IO/Signals.h"
#include "gaus/Solver/Solver.h"
#include "gaus/Transforms/Passes.h"
#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// Sets `name` to `value` unless that is empty; an error without a location for
/// what setOption does not take.
mlir::LogicalResult setTextOption(gaus::SolverOptions &options,
                                  llvm::StringRef name, llvm::StringRef value,
                                  mlir::MLIRContext *context);

/// A remark with cost, bound, gap and work.
void remarkSolution(const Scope &scope, const gaus::Solution &solution,
                    const gaus::SolverOptions &options);

/// What ended a search without a schedule: an error, and after a signal no more
/// than a remark.
mlir::LogicalResult reportFailure(const Scope &scope,
                                  const gaus::Diagnostic &why);
/// True, with a remark, after a signal: then a scope without a schedule is none
/// that was forgotten.
bool leftBySignal(const Scope &scope);

/// Builds every scope under `root` and calls `body`; false if one failed. A
/// function with nothing to schedule gets a warning. If it `searches`, what a
/// signal comes before is left as it is, with a remark.
bool forScopes(mlir::Operation *root,
               llvm::function_ref<mlir::LogicalResult(Scope &)> body,
               bool searches = false);

/// A pass that reads the solver's options once and works scope by scope:
/// Derived has `LogicalResult runOnScope(Scope &)`. Signals only stop it while
/// it `kSearches`.
template <class Derived, class Base> struct SolverPass : Base {
  using Base::Base;
  static constexpr bool kSearches = true;

  mlir::LogicalResult initialize(mlir::MLIRContext *context) override {
    const std::pair<llvm::StringRef, llvm::StringRef> texts[] = {
        {"objective", this->objectiveText.getValue()},
        {"length", this->lengthText.getValue()},
        {"ii", this->iiText.getValue()},
        {"ratio", this->ratioText.getValue()},
        {"alpha", this->alphaText.getValue()},
        {"clock", this->clockText.getValue()},
        {"effort", this->effortText.getValue()},
        {"time-limit", this->timeLimitText.getValue()},
        {"memory-limit", this->memoryLimitText.getValue()},
        {"seed", this->seedText.getValue()},
        {"threads", this->threadsText.getValue()},
        {"backend", this->backendText.getValue()},
        {"start", this->startText.getValue()},
        {"gradient", this->gradientText.getValue()},
        {"polish", this->polishText.getValue()},
        {"windows", this->windowsText.getValue()},
        {"trace", this->traceText.getValue()}};
    for (auto [name, value] : texts)
      if (mlir::failed(setTextOption(options, name, value, context)))
        return mlir::failure();
    return mlir::success();
  }
  void runOnOperation() override {
    if (!runOnScopes())
      this->signalPassFailure();
  }
  bool runOnScopes() {
    auto *self = static_cast<Derived *>(this);
    std::optional<gaus::StopOnSignals> stops;
    if (Derived::kSearches) {
      stops.emplace();
      options.stop = &gaus::signalStop();
    }
    auto body = [&](Scope &scope) {
      mlir::LogicalResult done = self->runOnScope(scope);
      options.traceAppends = true;
      return done;
    };
    return forScopes(this->getOperation(), body, Derived::kSearches);
  }

  gaus::SolverOptions options;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_PASSES_PASSSUPPORT_H

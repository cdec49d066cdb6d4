//===- PassSupport.h - What the passes share --------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_PASSES_PASSSUPPORT_H
#define GAUS_LIB_TRANSFORMS_PASSES_PASSSUPPORT_H

#include "Loops/Unroll.h"
#include "Scopes/Wishes.h"

#include "gaus/Dialect/Library.h"
#include "gaus/IO/Signals.h"
#include "gaus/Solver/Solver.h"
#include "gaus/Transforms/AsLoops.h"
#include "gaus/Transforms/Passes.h"
#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// Meaning, values and default; lives as long as the program.
llvm::StringRef optionHelp(const gaus::OptionInfo &info);

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

/// Writes `gaus.length` on each function of several blocks: the most cycles
/// that it runs for, from the schedules of its scopes; none where that is not
/// known.
void writeFunctionTimes(mlir::Operation *root);

/// What gaus-flatten-loops does.
void flattenLoops(mlir::Operation *root, int64_t unrollTrips, bool anyTrips);

/// Builds every scope under `root` and calls `body`; false if one failed. If it
/// `searches`, what a signal comes before is left as it is, with a remark; if
/// it `begins`, a scope with nothing to schedule gets a warning.
bool forScopes(mlir::Operation *root,
               llvm::function_ref<mlir::LogicalResult(Scope &)> body,
               bool searches = false, bool begins = false);

/// A pass that reads the solver's options once and works scope by scope:
/// Derived has `LogicalResult runOnScope(Scope &)`. Signals only stop it while
/// it `kSearches`.
template <class Derived, class Base> struct SolverPass : Base {
  static constexpr bool kSearches = true;
  /// Whether it writes starts: how long functions run follows from them.
  static constexpr bool kWritesStarts = false;
  /// Whether it is the first of its pipeline, which does what is to be done
  /// before there are scopes.
  static constexpr bool kBegins = false;

  SolverPass() { addOptions(); }
  /// Of a pass with options of its own.
  template <class Own>
    requires(!std::is_base_of_v<SolverPass, Own>)
  explicit SolverPass(Own own) : Base(std::move(own)) {
    addOptions();
  }
  /// What the options say is set once, before passes are copied for threads.
  SolverPass(const SolverPass &other) : Base(other), options(other.options) {
    addOptions();
  }

  mlir::LogicalResult initialize(mlir::MLIRContext *context) override {
    for (const auto &text : texts)
      if (mlir::failed(setTextOption(options, text->getArgStr(),
                                     text->getValue(), context)))
        return mlir::failure();
    return mlir::success();
  }
  /// What the user wrote for the option; empty: nothing.
  llvm::StringRef textOf(llvm::StringRef option) const {
    for (const auto &text : texts)
      if (text->getArgStr() == option)
        return text->getValue();
    return "";
  }
  void runOnOperation() override {
    if ((Derived::kBegins && failed(prepare())) || !runOnScopes())
      this->signalPassFailure();
    else if (Derived::kWritesStarts)
      writeFunctionTimes(this->getOperation());
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
    return forScopes(this->getOperation(), body, Derived::kSearches,
                     Derived::kBegins);
  }

  gaus::SolverOptions options;

private:
  /// What is to be done before there are scopes.
  mlir::LogicalResult prepare() {
    mlir::Operation *root = this->getOperation();
    // Which operators there are depends on it, for all that reads the schedule.
    if (options.clock > 0)
      setClock(root, options.clock);
    writeLoops(root);
    if (failed(checkCallWishes(root)))
      return mlir::failure();
    return unrollLoops(root);
  }

  using Text = typename Base::template Option<std::string>;

  /// Values are text, so that one parser checks them all.
  void addOptions() {
    for (const gaus::OptionInfo &info : gaus::optionTable())
      texts.push_back(std::make_unique<Text>(*this, llvm::StringRef(info.name),
                                             llvm::cl::desc(optionHelp(info))));
  }

  std::vector<std::unique_ptr<Text>> texts;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_PASSES_PASSSUPPORT_H

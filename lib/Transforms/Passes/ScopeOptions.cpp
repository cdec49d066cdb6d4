//===- ScopeOptions.cpp - What is asked of a scope ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes/ScopeOptions.h"

#include "Passes/PassSupport.h"

#include "Scopes/Wishes.h"
#include "Ssp/SspSupport.h"

#include "gaus/Dialect/GausNames.h"
#include "gaus/Transforms/WrittenSchedule.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace gaus::ir;

/// Starts for StartKind::Existing; an error where they are wanted and missing.
static FailureOr<gaus::Starts>
wantedStarts(const Scope &scope, const gaus::SolverOptions &options) {
  if (options.start != gaus::StartKind::Existing || scope.nodes.empty())
    return gaus::Starts();
  gaus::Starts starts = readWritten(scope).complete32();
  if (starts.empty())
    return mlir::emitError(
        scope.carrier->getLoc(),
        "start=existing needs a gaus.start on every operation");
  return starts;
}

/// Whether it comes from an SSP problem whose solution has an interval.
static bool isCyclicSsp(const Scope &scope) {
  auto name = scope.carrier->getAttrOfType<StringAttr>(kSspProblem);
  const SspKind *kind = name ? findSspKind(name.getValue()) : nullptr;
  return scope.isGraph && scope.problem.ii == 0 && kind && kind->cyclic;
}

/// The options that may differ from scope to scope.
static constexpr llvm::StringLiteral kWishes[] = {
    "objective", "length", "ii",         "ratio",       "alpha",
    "effort",    "seed",   "live_limit", "memory_model"};

/// As a user would write the value of an option; others as they are.
static std::string textOf(Attribute value) {
  if (auto text = dyn_cast<StringAttr>(value))
    return text.str();
  if (auto number = dyn_cast<IntegerAttr>(value))
    return std::to_string(number.getValue().getSExtValue());
  std::string text;
  llvm::raw_string_ostream(text) << value;
  return text;
}

static LogicalResult readWish(const Scope &scope, Operation *at,
                              NamedAttribute wish,
                              gaus::SolverOptions &options) {
  auto refuse = [&] {
    return mlir::emitError(at->getLoc())
           << kRequest << " of " << scope.name << ": ";
  };
  llvm::StringRef name = wish.getName().getValue();
  if (name == "pipeline") {
    auto flag = dyn_cast<BoolAttr>(wish.getValue());
    if (!flag)
      return refuse() << "pipeline must be true or false, got "
                      << wish.getValue();
    if (!flag.getValue())
      options.ii.kind = gaus::IIChoice::None;
    else if (options.ii.kind == gaus::IIChoice::None)
      options.ii.kind = gaus::IIChoice::Auto;
    return success();
  }
  // Done before there are scopes.
  if (name == "unroll")
    return success();
  if (!llvm::is_contained(kWishes, name))
    return refuse() << "unknown wish '" << name
                    << "'; there are pipeline, unroll, "
                    << llvm::join(std::begin(kWishes), std::end(kWishes), ", ");
  std::string option = name.str();
  std::replace(option.begin(), option.end(), '_', '-');
  auto wrong = gaus::setOption(options, option, textOf(wish.getValue()));
  if (wrong)
    return refuse() << wrong->message;
  return success();
}

/// The closer counts: a pragma more than what a function wishes, and less than
/// what the loop does.
static void readPragma(const Scope &scope, gaus::SolverOptions &options) {
  Pragma pragma = pragmaOf(scope);
  if (pragma.isOff) {
    options.ii.kind = gaus::IIChoice::None;
  } else if (pragma.ii && *pragma.ii > 0 && *pragma.ii <= gaus::kMaxCycle) {
    options.ii.kind = gaus::IIChoice::Cycles;
    options.ii.cycles = static_cast<int32_t>(*pragma.ii);
  }
}

LogicalResult gaus::ir::readRequest(const Scope &scope,
                                    gaus::SolverOptions &options) {
  auto [wishes, at, isOwn] = requestOf(scope);
  if (isOwn)
    readPragma(scope, options);
  for (NamedAttribute wish :
       wishes ? wishes.getValue() : llvm::ArrayRef<NamedAttribute>())
    if (failed(readWish(scope, at, wish, options)))
      return failure();
  if (!isOwn)
    readPragma(scope, options);
  if (scope.isNeverPipelined && isOwn && wishes && wishes.contains("ii") &&
      options.ii.kind != gaus::IIChoice::None)
    return mlir::emitError(scope.carrier->getLoc())
           << kRequest << " of " << scope.name
           << ": it has an ii, but this is never pipelined";
  return success();
}

FailureOr<Asked> gaus::ir::askedOf(Scope &scope,
                                   const gaus::SolverOptions &given) {
  Asked asked{given, {}};
  gaus::SolverOptions &options = asked.options;
  if (failed(readRequest(scope, options)))
    return failure();
  if (scope.isNeverPipelined)
    options.ii.kind = gaus::IIChoice::None;
  // They stay on the scope, with the schedule that keeps to them.
  gaus::adoptOptions(scope.problem, options);
  if (scope.isLoop && options.ii.kind == gaus::IIChoice::None)
    scope.problem.dropCarriedEdges();
  if ((scope.isLoop || isCyclicSsp(scope)) &&
      options.ii.kind == gaus::IIChoice::Default)
    options.ii.kind = gaus::IIChoice::Auto;
  FailureOr<gaus::Starts> existing = wantedStarts(scope, options);
  if (failed(existing))
    return failure();
  asked.existing = std::move(*existing);
  return asked;
}

/// The problem with the options of a later step, or those that were settled.
static gaus::Outcome<gaus::Problem> resolveScope(Scope &scope,
                                                 gaus::SolverOptions &options) {
  // The interval that an earlier step settled is not looked for again.
  if (options.ii.kind == gaus::IIChoice::Auto)
    options.ii.kind = gaus::IIChoice::Default;
  adoptWritten(scope, readWritten(scope), options);
  if (scope.isNeverPipelined)
    options.ii.kind = gaus::IIChoice::None;
  if (scope.isLoop && options.ii.kind != gaus::IIChoice::Cycles)
    scope.problem.dropCarriedEdges();
  gaus::adoptOptions(scope.problem, options);
  return gaus::resolve(scope.problem, options);
}

LogicalResult gaus::ir::fromAnnotated(Scope &scope,
                                      const gaus::SolverOptions &given,
                                      AnnotatedBody body) {
  gaus::SolverOptions options = given;
  if (failed(readRequest(scope, options)))
    return failure();
  gaus::Outcome<gaus::Problem> p = resolveScope(scope, options);
  if (!p)
    return reportFailure(scope, p.error());
  FailureOr<gaus::Distributions> state = readDistributions(scope);
  if (failed(state))
    return failure();
  return body(*p, options, *state);
}

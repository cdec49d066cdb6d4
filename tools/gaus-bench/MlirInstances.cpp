//===- MlirInstances.cpp - Problems of an MLIR file -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Instances.h"

#include "gaus/Core/Bounds.h"
#include "gaus/Dialect/Library.h"
#include "gaus/IO/Readers.h"
#include "gaus/Transforms/AsLoops.h"
#include "gaus/Transforms/Scope.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Parser/Parser.h"

#include <algorithm>
#include <map>

using namespace gaus;

Outcome<std::vector<Problem>> gaus::bench::readMlir(const std::string &path,
                                                    double clock) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  registry.insert<ir::GausDialect>();
  mlir::MLIRContext context(registry);
  std::string first;
  mlir::ScopedDiagnosticHandler handler(&context, [&](mlir::Diagnostic &d) {
    if (first.empty() && d.getSeverity() == mlir::DiagnosticSeverity::Error)
      first = d.str();
    return mlir::success();
  });
  auto failed = [&](std::string message) {
    Diagnostic d;
    d.code = "io";
    d.message = std::move(message);
    return d;
  };
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::parseSourceFile<mlir::ModuleOp>(path, &context);
  if (!module)
    return failed(first.empty() ? "cannot read '" + path + "'" : first);
  if (clock > 0)
    ir::setClock(*module, clock);
  ir::loadLoopDialects(context);
  ir::writeLoops(*module);
  std::vector<Problem> problems;
  std::map<std::string, int> named;
  for (ir::Scope &scope : ir::collectScopes(*module)) {
    if (mlir::failed(scope.build()))
      return failed(first);
    Problem &p = scope.problem;
    // A loop is pipelined unless something else is asked for; with recurrences
    // the solver looks for the interval itself.
    if (scope.isLoop && std::all_of(p.distance.begin(), p.distance.end(),
                                    [](int32_t k) { return k == 0; }))
      p.ii = static_cast<int32_t>(std::min<int64_t>(resourceMII(p), kMaxCycle));
    // As everywhere; where several scopes have one name, with a number.
    p.name = fileStem(path) + ": " + scope.name;
    if (int number = ++named[scope.name]; number > 1)
      p.name += " #" + std::to_string(number);
    problems.push_back(std::move(p));
  }
  if (problems.empty())
    return failed("'" + path + "' has nothing to schedule");
  return problems;
}

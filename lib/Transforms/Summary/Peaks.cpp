//===- Peaks.cpp - Limited units of scopes and functions ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Summary/Peaks.h"

using namespace mlir;
using namespace gaus::ir;

std::vector<int64_t> gaus::ir::insidePeaks(const Scope &scope,
                                           const gaus::Starts &starts,
                                           WholeUse &whole) {
  const gaus::Problem &p = scope.problem;
  if (p.ii > 0 || !llvm::is_contained(scope.holdsInside, true))
    return {};
  std::vector<int64_t> all = gaus::evaluate(p, starts).peak;
  OperatorLibrary *library = whole.libraryOf(scope.carrier);
  for (const FunctionPeak &peak : whole.peaksOf(*scope.block, scope.carrier)) {
    std::string name =
        labelOf(peak.what, library ? library->getNamed() : nullptr);
    for (int32_t r = 0; r < p.numResources(); ++r)
      if (p.limit[r] != gaus::kUnlimited && p.resourceLabel(r) == name)
        all[r] = std::min(all[r], peak.what.units);
  }
  return all;
}

std::vector<gaus::FunctionUse> gaus::ir::functionUse(Operation *function,
                                                     WholeUse &whole) {
  std::vector<gaus::FunctionUse> uses;
  OperatorLibrary *library = whole.libraryOf(function);
  for (const FunctionPeak &peak : whole.peaks(function))
    uses.push_back({labelOf(peak.what, library ? library->getNamed() : nullptr),
                    peak.what.limit, peak.what.units, peak.exact});
  return uses;
}

//===- ScopeDatapath.cpp - A scope's datapath -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Binding/ScopeDatapath.h"

#include "Binding/Operands.h"

#include <map>

using namespace mlir;
using namespace gaus::ir;

/// The problem of what each operation itself holds, with an interval for loops
/// whose iterations run apart.
static gaus::Problem boundProblem(const Scope &scope,
                                  llvm::ArrayRef<int32_t> starts) {
  gaus::Problem p = scope.withoutInsides();
  if (p.ii > 0 || !scope.isLoop)
    return p;
  int64_t length = 1;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    length = std::max({length, int64_t(starts[i]) + gaus::durationOf(p, i),
                       starts[i] + int64_t(p.occupancy[i])});
  p.ii = static_cast<int32_t>(std::min<int64_t>(length, gaus::kMaxCycle));
  return p;
}

/// By what a unit is called that only one operation name has: not as a resource
/// with a limit.
static std::string kindOf(const Scope &scope, int32_t node) {
  StringAttr name = scope.areas[node].name;
  std::string own =
      name ? name.str() : scope.nodes[node]->getName().getStringRef().str();
  const gaus::Problem &p = scope.problem;
  for (size_t r = 0; r < p.limit.size(); ++r)
    if (p.limit[r] != gaus::kUnlimited && p.resourceName[r] == own)
      return own + "_op";
  return own;
}

/// Operations without a limited resource get kinds of their own names.
static void nameKinds(const Scope &scope, const gaus::Problem &p,
                      UnitSharing sharing, gaus::Datapath &d) {
  std::map<std::pair<std::string, bool>, int32_t> kinds;
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    int32_t first = d.holdBegin[i];
    if (d.holdBegin[i + 1] != first + 1 ||
        d.kindLimit[d.holdKind[first]] != gaus::kUnlimited)
      continue;
    bool shared = sharing == UnitSharing::All && p.latency[i] >= 1;
    auto [at, fresh] = kinds.try_emplace({kindOf(scope, i), shared}, 0);
    if (fresh)
      at->second = d.addKind(at->first.first, gaus::kUnlimited, shared);
    d.holdKind[first] = at->second;
  }
}

gaus::Datapath gaus::ir::datapathOf(const Scope &scope,
                                    llvm::ArrayRef<int32_t> starts,
                                    UnitSharing sharing) {
  gaus::Problem p = boundProblem(scope, starts);
  gaus::Datapath d = gaus::datapathOf(p, starts);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    d.commutes[i] = scope.nodes[i]->hasTrait<OpTrait::IsCommutative>() &&
                    scope.nodes[i]->getNumOperands() == 2;
  if (sharing == UnitSharing::None)
    std::fill(d.kindShared.begin(), d.kindShared.end(), 0);
  nameKinds(scope, p, sharing, d);
  if (!scope.isGraph)
    readOperands(scope, d);
  return d;
}

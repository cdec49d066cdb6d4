//===- SspSupport.cpp - What the two SSP conversions share ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ssp/SspSupport.h"

using namespace gaus::ir;

/// CIRCT renamed SharedOperatorsProblem; for new problems the first is chosen.
static constexpr SspKind kKinds[] = {
    {"Problem", false, false, false},
    {"CyclicProblem", true, false, false},
    {"ChainingProblem", false, true, false},
    {"SharedOperatorsProblem", false, false, true},
    {"SharedResourcesProblem", false, false, true},
    {"ModuloProblem", true, false, true},
    {"ChainingCyclicProblem", true, true, false},
};

const SspKind *gaus::ir::findSspKind(llvm::StringRef name) {
  for (const SspKind &kind : kKinds)
    if (kind.name == name)
      return &kind;
  return nullptr;
}

const SspKind *gaus::ir::findSspKind(bool cyclic, bool chaining, bool limits) {
  for (const SspKind &kind : kKinds)
    if (kind.cyclic == cyclic && kind.chaining == chaining &&
        kind.limits == limits)
      return &kind;
  return nullptr;
}

std::string gaus::ir::sspKindNames() {
  std::string names;
  for (const SspKind &kind : kKinds)
    names += (names.empty() ? "" : ", ") + kind.name.str();
  return names;
}

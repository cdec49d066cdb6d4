//===- Formula.cpp - A formula that grows, and CaDiCaL --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/Formula.h"

#include <cadical.hpp>

#include <algorithm>

using namespace gaus;

namespace {

class StopTerminator : public CaDiCaL::Terminator {
public:
  explicit StopTerminator(const Stop &flag) : flag(flag) {}
  bool terminate() override { return flag.requested(); }

private:
  const Stop &flag;
};

} // namespace

struct Formula::Library {
  CaDiCaL::Solver solver;
};

bool gaus::hasFormulas() { return true; }

Formula::Formula(int64_t literals)
    : library(std::make_unique<Library>()), limit(literals), left(literals) {
  library->solver.set("quiet", 1);
}

Formula::~Formula() = default;

void Formula::prefer(int literal) { library->solver.phase(literal); }

bool Formula::value(int variable) { return library->solver.val(variable) > 0; }

void Formula::clause(std::span<const int> literals) {
  if (std::find(literals.begin(), literals.end(), kTrue) != literals.end())
    return;
  CaDiCaL::Solver &solver = library->solver;
  for (int literal : literals)
    if (literal != kFalse) {
      solver.add(literal);
      --left;
    }
  solver.add(0);
}

std::optional<bool> Formula::solve(int64_t conflicts, const Stop &stop) {
  constexpr int kModel = 10, kNone = 20;
  CaDiCaL::Solver &solver = library->solver;
  StopTerminator terminator(stop);
  solver.connect_terminator(&terminator);
  solver.limit("conflicts",
               static_cast<int>(std::min<int64_t>(conflicts, INT_MAX)));
  int result = solver.solve();
  solver.disconnect_terminator();
  if (result == kModel || result == kNone)
    return result == kModel;
  return std::nullopt;
}

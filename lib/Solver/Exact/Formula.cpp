//===- Formula.cpp - A formula that grows, and CaDiCaL --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/Formula.h"

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

void Formula::clause(std::span<const int> literals) {
  if (std::find(literals.begin(), literals.end(), kTrue) != literals.end())
    return;
  for (int literal : literals)
    if (literal != kFalse) {
      solver.add(literal);
      --left;
    }
  solver.add(0);
}

std::optional<bool> Formula::solve(int64_t conflicts, const Stop &stop) {
  constexpr int kModel = 10, kNone = 20;
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

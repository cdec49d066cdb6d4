//===- Chains.cpp - Values that are made and used in one cycle ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Machine/Machine.h"

#include "gaus/Dialect/GausNames.h"

using namespace gaus::ir;
using namespace gaus::ir::replaying;

/// Whether the problem that was solved had an edge from the one to the other:
/// scopes are scheduled one by one, and without an interval iterations, too.
static bool inOneProblem(const Instance &from, const Instance &to) {
  const BlockCode *block = to.code->scope;
  if (from.code->scope != block || from.inside != to.inside)
    return false;
  return from.iteration == to.iteration || block->ii > 0;
}

/// When within its cycle an instance has all that was made for it in that very
/// cycle.
static double readyWithin(const Machine &m, const Instance &i,
                          const std::vector<double> &begins) {
  double latest = 0;
  for (size_t n = 0; n < i.code->operands.size(); ++n) {
    const DynamicValue &v =
        m.values[m.operandValues[static_cast<size_t>(i.firstOperand) + n]];
    if (v.producer < 0 || v.ready != i.start)
      continue;
    const Instance &from = m.instances[v.producer];
    if (!inOneProblem(from, i))
      continue;
    double begin = from.code->latency == 0 ? begins[v.producer] : 0;
    latest = std::max(latest, begin + from.code->delayOut);
  }
  return latest;
}

void gaus::ir::replaying::checkChains(Machine &m) {
  if (m.options.clock <= 0)
    return;
  constexpr double slack = 1e-9; // of sums
  std::vector<double> begins;
  for (const Instance &i : m.instances) {
    // In order, so that what makes a value comes first.
    begins.push_back(readyWithin(m, i, begins));
    double end = begins.back() + i.code->delayIn;
    if (end <= m.options.clock * (1 + slack))
      continue;
    auto self = static_cast<int32_t>(begins.size() - 1);
    m.find({"chain",
            i.code->op->getLoc(),
            m.describe(self) + ": what it chains to ends " +
                std::to_string(end) + " ns into a cycle of " +
                std::to_string(m.options.clock) + " ns",
            {}});
  }
}

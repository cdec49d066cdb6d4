//===- ClosureNetwork.cpp - Least cost of starts by minimum cuts ----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/ClosureNetwork.h"

#include "Bounds/MaximumFlow.h"

#include <algorithm>
#include <limits>

using namespace gaus;

/// Flows add up over calls: so many at most, that they stay below 2^60.
static constexpr int32_t kCallsOfOneFlow = 64;

ClosureNetwork::ClosureNetwork() = default;
ClosureNetwork::~ClosureNetwork() = default;

int32_t ClosureNetwork::addRow(int32_t first, int32_t last) {
  rows.push_back({first, last, variables});
  variables += last - first;
  arcCount += std::max(0, last - first - 1);
  return numRows() - 1;
}

/// "Row a at t or later" implies "row b at t + gap or later".
void ClosureNetwork::addDifference(int32_t a, int32_t b, int32_t gap) {
  int32_t low = std::max(rows[a].first + 1, rows[b].first + 1 - gap);
  if (low > rows[a].last)
    return;
  differences.push_back({a, b, gap});
  arcCount += rows[a].last - low + 1;
}

void ClosureNetwork::build() {
  std::vector<std::pair<int32_t, int32_t>> arcs;
  arcs.reserve(arcCount + 2 * variables);
  auto variable = [&](int32_t row, int32_t cycle) {
    return static_cast<int32_t>(rows[row].begin + cycle - rows[row].first - 1);
  };
  for (int32_t r = 0; r < numRows(); ++r)
    for (int32_t t = rows[r].first + 2; t <= rows[r].last; ++t)
      arcs.push_back({variable(r, t), variable(r, t - 1)});
  for (const Difference &d : differences)
    for (int32_t t = std::max(rows[d.a].first + 1, rows[d.b].first + 1 - d.gap);
         t <= rows[d.a].last; ++t)
      arcs.push_back({variable(d.a, t), variable(d.b, t + d.gap)});
  flow = std::make_unique<MaximumFlow>(std::move(arcs),
                                       static_cast<int32_t>(variables));
  weight.assign(variables, 0);
}

/// Adds what changed to the terminal arcs; returns the costs of all first
/// cycles. The energy is, at any time,
///   constant + sum over v of (unset(v) if v is not set, else set(v)).
int64_t ClosureNetwork::changeWeights(std::span<const int64_t> cost) {
  int64_t firsts = 0;
  for (int32_t r = 0; r < numRows(); ++r) {
    std::span<const int64_t> c =
        cost.subspan(cell(r), size_t(rows[r].last - rows[r].first) + 1);
    firsts += c[0];
    for (size_t t = 1; t < c.size(); ++t) {
      auto v = static_cast<int32_t>(rows[r].begin + int64_t(t) - 1);
      int64_t change = c[t] - c[t - 1] - weight[v];
      weight[v] += change;
      int64_t unset = flow->unset(v), set = flow->set(v);
      if (change >= 0) {
        set += change;
      } else {
        unset -= change;
        constant += change;
      }
      int64_t both = std::min(set, unset);
      constant += both;
      flow->setCosts(v, unset - both, set - both);
    }
  }
  return firsts;
}

void ClosureNetwork::readCycles() {
  chosen.resize(rows.size());
  for (size_t r = 0; r < rows.size(); ++r) {
    chosen[r] = rows[r].first;
    while (chosen[r] < rows[r].last &&
           flow->isSet(
               static_cast<int32_t>(rows[r].begin + chosen[r] - rows[r].first)))
      ++chosen[r];
  }
}

/// Begins again with a flow of zero.
void ClosureNetwork::forget() {
  flow->clear();
  std::fill(weight.begin(), weight.end(), 0);
  constant = 0;
  calls = 0;
}

std::optional<int64_t> ClosureNetwork::minimise(std::span<const int64_t> cost,
                                                int64_t &work,
                                                const Stop &stop) {
  if (!flow)
    build();
  if (++calls > kCallsOfOneFlow)
    forget();
  int64_t firsts = changeWeights(cost);
  std::optional<int64_t> sent = flow->push(work, stop);
  if (!sent) {
    forget();
    return std::nullopt;
  }
  constant += *sent;
  readCycles();
  return firsts + constant;
}

int64_t ClosureNetwork::minimise(std::span<const int64_t> cost) {
  int64_t work = std::numeric_limits<int64_t>::max();
  Stop never;
  // Without an end to its work it has no reason to give up.
  return minimise(cost, work, never).value_or(0);
}

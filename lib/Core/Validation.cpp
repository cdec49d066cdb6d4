//===- Validation.cpp - Is a problem well-formed? -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Problem.h"

#include "gaus/Core/Checked.h"
#include "gaus/Core/Counts.h"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace gaus;

namespace {
/// The checks of Problem::validate, in the order in which they may rely on each
/// other. Each returns false after it has stored the first violation.
class Validator {
public:
  explicit Validator(const Problem &problem) : p(problem) {}

  std::optional<Diagnostic> run() {
    if (checkSizes() && checkWhole() && checkResources() && checkUseRows() &&
        checkNodes() && checkEdges() && checkInterface())
      checkSums();
    return std::move(found);
  }

private:
  bool fail(std::string message, int32_t node = -1, int32_t edge = -1,
            const char *code = "input") {
    Diagnostic d;
    d.code = code;
    d.message = std::move(message);
    d.node = node;
    if (edge >= 0)
      d.notes.push_back({"edge " + std::to_string(edge), -1, edge});
    found = std::move(d);
    return false;
  }
  bool failNode(int32_t node, const std::string &what) {
    return fail(what + " of '" + p.nodeLabel(node) + "'", node);
  }

  bool checkSizes();
  bool checkWhole();
  bool checkResources();
  bool checkUseRows();
  bool checkNodes();
  bool checkUses(int32_t node);
  bool checkEdges();
  bool checkInterface();
  bool checkSums();

  /// Units of a resource that the node looked at last uses, all together.
  struct Total {
    int32_t node = -1;
    Wide units = 0;
  };

  const Problem &p;
  std::vector<Total> totals;
  std::optional<Diagnostic> found;
};
} // namespace

bool Validator::checkSizes() {
  constexpr size_t maxItems = (size_t(1) << 31) - 2;
  size_t n = p.latency.size(), m = p.source.size(), r = p.limit.size();
  if (n > maxItems || m > maxItems || r > maxItems ||
      p.useResource.size() > maxItems)
    return fail("the problem has more than 2^31 - 2 items of a kind");
  if (p.occupancy.size() != n || p.width.size() != n ||
      p.earliest.size() != n || p.latest.size() != n || p.delayIn.size() != n ||
      p.delayOut.size() != n || p.useBegin.size() != n + 1)
    return fail("the arrays of the nodes differ in size");
  if (!p.nodeName.empty() && p.nodeName.size() > n)
    return fail("there are more node names than nodes");
  if (p.target.size() != m || p.distance.size() != m || p.lag.size() != m ||
      p.weight.size() != m || p.carries.size() != m)
    return fail("the arrays of the edges differ in size");
  if (p.price.size() != r || p.resourceName.size() > r)
    return fail("the arrays of the resources differ in size");
  return true;
}

bool Validator::checkWhole() {
  if (p.ii < 0 || p.ii > kMaxCycle)
    return fail("the initiation interval " + std::to_string(p.ii) +
                " is out of range: 0 to " + std::to_string(kMaxCycle));
  if (p.length < 0 || p.length > kMaxCycle)
    return fail("the length " + std::to_string(p.length) +
                " is out of range: 0 to " + std::to_string(kMaxCycle));
  if (p.numChainEdges < 0 || p.numChainEdges > p.numEdges())
    return fail("more edges for chains than edges");
  if (!std::isfinite(p.clock) || p.clock < 0)
    return fail("the clock period is not a number >= 0");
  if (p.memoryModel != MemoryModel::Values && !p.hasBuffers())
    return fail("a memory model that there is not");
  if (p.liveLimit < 0 && p.liveLimit != kUnlimited)
    return fail("the limit " + std::to_string(p.liveLimit) +
                " of live memory is negative");
  return true;
}

bool Validator::checkResources() {
  for (int32_t r = 0; r < p.numResources(); ++r) {
    if (p.limit[r] < 1 && p.limit[r] != kUnlimited)
      return fail("the limit " + std::to_string(p.limit[r]) + " of '" +
                      p.resourceLabel(r) + "' is below 1",
                  -1, -1, "Res");
    if (p.price[r] < 0)
      return fail("the price of '" + p.resourceLabel(r) + "' is negative");
    if (p.price[r] > kMaxSum)
      return fail("the price of '" + p.resourceLabel(r) +
                  "' is so large that costs would overflow 62 bits");
  }
  return true;
}

bool Validator::checkUseRows() {
  if (p.useBegin[0] != 0 || p.useUnits.size() != p.useResource.size() ||
      static_cast<size_t>(p.useBegin.back()) != p.useResource.size())
    return fail("the rows of the uses do not fit their entries");
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (p.useBegin[i] > p.useBegin[i + 1])
      return failNode(i, "the row of the uses is malformed");
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k) {
      if (p.useResource[k] < 0 || p.useResource[k] >= p.numResources())
        return fail("'" + p.nodeLabel(i) + "' uses resource " +
                        std::to_string(p.useResource[k]) + " of " +
                        std::to_string(p.numResources()),
                    i);
      if (p.useUnits[k] < 0)
        return failNode(i, "negative units in a use");
    }
  return true;
}

bool Validator::checkUses(int32_t node) {
  auto fail = [&](int32_t r) {
    return this->fail("'" + p.nodeLabel(node) + "' uses more units of '" +
                          p.resourceLabel(r) + "' than its limit " +
                          std::to_string(p.limit[r]),
                      node, -1, "Res");
  };
  for (int32_t k = p.useBegin[node]; k < p.useBegin[node + 1]; ++k) {
    Total &total = totals[p.useResource[k]];
    if (total.node != node)
      total = {node, 0};
    total.units += p.useUnits[k];
  }
  for (int32_t k = p.useBegin[node]; k < p.useBegin[node + 1]; ++k)
    if (int32_t r = p.useResource[k];
        p.limit[r] != kUnlimited && totals[r].units > p.limit[r])
      return fail(r);
  return true;
}

bool Validator::checkNodes() {
  totals.assign(p.numResources(), {});
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    if (p.latency[i] < 0 || p.latency[i] > kMaxCycle)
      return failNode(i, "latency " + std::to_string(p.latency[i]) +
                             " out of range");
    if (p.occupancy[i] < 1 || p.occupancy[i] > kMaxCycle)
      return failNode(i, "occupancy " + std::to_string(p.occupancy[i]) +
                             " out of range");
    if (p.width[i] < 0)
      return failNode(i, "negative width");
    if (p.earliest[i] < 0 || p.earliest[i] > kMaxCycle || p.latest[i] < 0 ||
        p.latest[i] > kMaxCycle)
      return failNode(i, "window out of range");
    if (p.earliest[i] > p.latest[i])
      return fail("the window [" + std::to_string(p.earliest[i]) + ", " +
                      std::to_string(p.latest[i]) + "] of '" + p.nodeLabel(i) +
                      "' is empty",
                  i, -1, "Win");
    if (!std::isfinite(p.delayIn[i]) || p.delayIn[i] < 0 ||
        !std::isfinite(p.delayOut[i]) || p.delayOut[i] < 0)
      return failNode(i, "delay that is not a number >= 0");
    if (!checkUses(i))
      return false;
  }
  return true;
}

bool Validator::checkEdges() {
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    int32_t n = p.numNodes();
    if (p.source[e] < 0 || p.source[e] >= n || p.target[e] < 0 ||
        p.target[e] >= n)
      return fail("an edge from node " + std::to_string(p.source[e]) +
                      " to node " + std::to_string(p.target[e]) +
                      " in a graph of " + std::to_string(n) + " nodes",
                  -1, e);
    std::string ends = " of the edge from '" + p.nodeLabel(p.source[e]) +
                       "' to '" + p.nodeLabel(p.target[e]) + "'";
    if (p.distance[e] < 0 || p.distance[e] > kMaxCycle)
      return fail("distance out of range" + ends, p.target[e], e);
    if (p.lag[e] < -kMaxCycle || p.lag[e] > kMaxCycle)
      return fail("lag out of range" + ends, p.target[e], e);
    if (p.weight[e] < 0)
      return fail("negative weight" + ends, p.target[e], e);
    if (p.carries[e] > 1)
      return fail("kind that is neither 0 nor 1" + ends, p.target[e], e);
  }
  return true;
}

bool Validator::checkInterface() {
  const Interface &io = p.interface;
  size_t count = io.width.size();
  if (io.useBegin.size() != count + 1 || io.stays.size() != count ||
      io.useBegin.front() != 0 ||
      io.useBegin.back() != static_cast<int32_t>(io.user.size()))
    return fail("values that enter: arrays of different sizes");
  for (size_t k = 0; k < count; ++k)
    if (io.width[k] < 0 || io.useBegin[k] > io.useBegin[k + 1])
      return fail("values that enter: a negative width or number of users");
  auto isNode = [&](int32_t i) { return i >= 0 && i < p.numNodes(); };
  if (!std::all_of(io.user.begin(), io.user.end(), isNode) ||
      !std::all_of(io.leaves.begin(), io.leaves.end(), isNode))
    return fail("values that enter or leave: there is no such node");
  if (!std::is_sorted(io.leaves.begin(), io.leaves.end(),
                      std::less_equal<int32_t>()))
    return fail("nodes whose values leave: not ascending");
  return true;
}

// Bounds on the largest numbers that a cost may reach, with starts in
// 0 .. kMaxCycle: every sum of the core stays below 2^62.
bool Validator::checkSums() {
  constexpr Wide kTooMuch = Wide(1) << 120;
  int32_t n = p.numNodes();
  std::vector<Wide> use(p.numResources());
  std::vector<Wide> life(n);
  Wide communication = 0, memory = 0, resources = 0, cycles = 0;
  for (int32_t i = 0; i < n; ++i) {
    Wide folds = p.ii > 0 ? (p.occupancy[i] - 1) / p.ii + 1 : 1;
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      use[p.useResource[k]] += p.useUnits[k] * folds;
    // Work, which bounds multiply by the occupancy.
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      resources = std::max(resources, Wide(p.useUnits[k]) * p.occupancy[i]);
  }
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    Wide reach = Wide(kMaxCycle) + 1 + Wide(p.ii) * p.distance[e];
    cycles = std::max(cycles, reach);
    if (p.carries[e]) {
      // Far above all limits already: no wrap.
      communication =
          std::min<Wide>(communication + p.weight[e] * reach, kTooMuch);
      Wide &l = life[p.source[e]], lives = reach + readFor(p, p.target[e]);
      l = std::max(l, p.ii > 0 ? lives / p.ii + 1 : Wide(1));
    }
  }
  // A buffer is held while it is written.
  for (int32_t i = 0; i < n && p.hasBuffers(); ++i)
    life[i] = std::max(life[i],
                       p.ii > 0 ? Wide(durationOf(p, i)) / p.ii + 1 : Wide(1));
  // What enters or leaves is live to the end at most.
  Wide end = 2 * (Wide(kMaxCycle) + 1), folds = p.ii > 0 ? end / p.ii + 1 : 1;
  for (int32_t i : p.interface.leaves)
    life[i] = std::max(life[i], folds);
  for (int64_t width : p.interface.width)
    memory = std::min<Wide>(memory + width * folds, kTooMuch);
  for (int32_t i = 0; i < n; ++i)
    memory = std::min<Wide>(memory + p.width[i] * life[i], kTooMuch);
  std::string interval =
      p.ii > 0 ? " at the initiation interval " + std::to_string(p.ii) : "";
  if (cycles > kMaxSum >> 3 || communication > kMaxSum)
    return fail("the weights and distances of the edges are so large that "
                "costs would overflow 62 bits" +
                interval);
  if (memory > kMaxSum)
    return fail("the widths are so large that costs would overflow 62 bits" +
                interval);
  Wide sum = 0;
  for (int32_t r = 0; r < p.numResources(); ++r) {
    if (use[r] <= kMaxSum)
      sum += use[r] * std::max<int64_t>(p.price[r], 1);
    if (use[r] > kMaxSum || sum > kMaxSum || resources > kMaxSum)
      return fail("the uses of '" + p.resourceLabel(r) +
                  "' are so large that costs would overflow 62 bits" +
                  interval);
  }
  return true;
}

std::optional<Diagnostic> Problem::validate() const {
  ++counts.validations;
  return Validator(*this).run();
}

//===- DepthFirst.cpp - Depth-first orders spread over the cycles ---------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Construct/DepthFirst.h"

#include <algorithm>
#include <span>

using namespace gaus;

namespace {

/// The graph as one of the two orders sees it: what is visited before a node,
/// and its depth.
class Visitor {
public:
  Visitor(const Instance &instance, DepthFirst from)
      : instance(instance), needs(from == DepthFirst::FromResults) {}

  std::vector<int32_t> postorder();

private:
  int32_t depth(int32_t v) const {
    return needs ? instance.asap[v] : -instance.alap[v];
  }
  void sortByDepth(std::span<int32_t> nodes) const;
  void pushBefore(int32_t v);
  std::vector<int32_t> roots() const;
  void visit(int32_t root);

  const Instance &instance;
  bool needs;
  std::vector<bool> seen;
  std::vector<int32_t> order;
  /// To be visited, the last one first; ~v: all before `v` is done.
  std::vector<int32_t> stack;
};

/// The least deep first.
void Visitor::sortByDepth(std::span<int32_t> nodes) const {
  std::stable_sort(nodes.begin(), nodes.end(),
                   [&](int32_t a, int32_t b) { return depth(a) < depth(b); });
}

/// The neighbours to be visited before `v`, the deepest first: what it takes
/// longest to reach comes before the others' values live.
void Visitor::pushBefore(int32_t v) {
  const std::vector<int32_t> &begin =
      needs ? instance.inBegin : instance.outBegin;
  size_t first = stack.size();
  for (int32_t k = begin[v + 1]; k-- > begin[v];)
    stack.push_back(needs ? instance.inSource[k] : instance.outTarget[k]);
  sortByDepth(std::span(stack).subspan(first));
}

/// The nodes that nothing else leads to, the least deep first.
std::vector<int32_t> Visitor::roots() const {
  const std::vector<int32_t> &begin =
      needs ? instance.outBegin : instance.inBegin;
  std::vector<int32_t> nodes;
  for (int32_t v = 0; v < instance.numNodes; ++v)
    if (begin[v] == begin[v + 1])
      nodes.push_back(v);
  sortByDepth(nodes);
  return nodes;
}

void Visitor::visit(int32_t root) {
  stack.push_back(root);
  while (!stack.empty()) {
    int32_t v = stack.back();
    stack.pop_back();
    if (v < 0) {
      order.push_back(~v);
    } else if (!seen[v]) {
      seen[v] = true;
      stack.push_back(~v);
      pushBefore(v);
    }
  }
}

std::vector<int32_t> Visitor::postorder() {
  seen.assign(instance.numNodes, false);
  for (int32_t root : roots())
    visit(root);
  return std::move(order);
}

} // namespace

Starts gaus::depthFirstSchedule(const Instance &instance, DepthFirst from) {
  std::vector<int32_t> order = Visitor(instance, from).postorder();
  if (from == DepthFirst::FromInputs)
    std::reverse(order.begin(), order.end());
  int64_t cycles =
      order.empty() ? 1 : 1 + int64_t(*std::ranges::max_element(instance.alap));
  // Consumers first, so that a node is as late as the order and they allow.
  Starts starts(instance.numNodes);
  for (size_t at = order.size(); at-- > 0;) {
    int32_t i = order[at], latest = instance.alap[i];
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
      latest =
          std::min(latest, starts[instance.outTarget[k]] - instance.outGap[k]);
    auto wanted = static_cast<int32_t>(int64_t(at) * cycles /
                                       static_cast<int64_t>(order.size()));
    starts[i] = std::max(instance.asap[i], std::min(latest, wanted));
  }
  return starts;
}

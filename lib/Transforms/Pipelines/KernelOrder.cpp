//===- KernelOrder.cpp - The operations of a pipelined loop ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pipelines/KernelOrder.h"

#include "Loops/Alternatives.h"

#include <set>

using namespace mlir;
using namespace gaus::ir;

namespace {

/// The operations of the body, each with all that is in it.
class Wholes {
public:
  Wholes(const Scope &s, llvm::ArrayRef<int64_t> nodeStarts, int64_t interval)
      : scope(s), p(s.problem), ii(interval) {
    llvm::DenseMap<Operation *, int32_t> numbers;
    for (auto [node, op] : llvm::enumerate(scope.nodes)) {
      Operation *top =
          scope.hasConditions() ? scope.block->findAncestorOpInBlock(*op) : op;
      auto [entry, fresh] =
          numbers.try_emplace(top, static_cast<int32_t>(ops.size()));
      if (fresh) {
        ops.push_back(top);
        starts.push_back(0);
      }
      wholeOf.push_back(entry->second);
      // The last of a condition is where its ways join.
      starts[entry->second] = nodeStarts[node];
    }
    // A condition stands where it ends, or before what may not pass it.
    for (int32_t e = 0; e < p.numEdges(); ++e)
      if (int32_t whole = wholeOf[p.source[e]];
          whole != wholeOf[p.target[e]] &&
          !areAlternatives(scope.nodes[p.source[e]], scope.nodes[p.target[e]]))
        starts[whole] = std::min(starts[whole],
                                 nodeStarts[p.target[e]] + ii * p.distance[e]);
  }

  std::optional<KernelOrder> order() const {
    auto n = static_cast<int32_t>(ops.size());
    std::vector<std::vector<int32_t>> after(n);
    std::vector<int32_t> waits(n, 0);
    for (int32_t e = 0; e < p.numEdges(); ++e) {
      int32_t i = wholeOf[p.source[e]], j = wholeOf[p.target[e]];
      if (areAlternatives(scope.nodes[p.source[e]], scope.nodes[p.target[e]]))
        continue;
      int64_t slack = starts[j] + ii * p.distance[e] - starts[i];
      if (i == j || slack > 0)
        continue;
      if (slack < 0)
        return std::nullopt;
      after[i].push_back(j);
      ++waits[j];
    }
    std::set<std::pair<int64_t, int32_t>> ready;
    for (int32_t i = 0; i < n; ++i)
      if (waits[i] == 0)
        ready.insert({starts[i] % ii, i});
    KernelOrder order;
    while (!ready.empty()) {
      int32_t i = ready.begin()->second;
      ready.erase(ready.begin());
      order.push_back({ops[i], static_cast<unsigned>(starts[i] / ii)});
      for (int32_t j : after[i])
        if (--waits[j] == 0)
          ready.insert({starts[j] % ii, j});
    }
    if (order.size() != ops.size())
      return std::nullopt;
    return order;
  }

private:
  const Scope &scope;
  const gaus::Problem &p;
  int64_t ii;
  std::vector<Operation *> ops;
  std::vector<int64_t> starts;
  std::vector<int32_t> wholeOf; ///< by node
};

} // namespace

std::optional<KernelOrder> gaus::ir::kernelOrder(const Scope &scope,
                                                 llvm::ArrayRef<int64_t> starts,
                                                 int64_t ii) {
  return Wholes(scope, starts, ii).order();
}

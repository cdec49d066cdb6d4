//===- Branching.cpp - Closing the last gap by branching ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/Branching.h"

#include <algorithm>

using namespace gaus;

namespace {

using Cycles = std::vector<int32_t>;

/// "Start of node >= cycle", or not.
struct Decision {
  int32_t node = -1, cycle = 0;
  double share = 0; ///< of the mean that has it so
};

class Tree {
public:
  Tree(const Instance &instance, int64_t upper, int64_t work, const Stop &stop)
      : instance(instance), upper(upper), left(work), stop(stop) {}

  bool split(const Cycles &asap, const Cycles &alap, const PricedRun &run);
  Branching result;

private:
  bool explore(const Cycles &asap, const Cycles &alap,
               const std::vector<double> &prices);
  bool tighten(Cycles &asap, Cycles &alap) const;
  Decision choose(const Cycles &asap, const Cycles &alap,
                  const PricedRun &run) const;

  const Instance &instance;
  int64_t upper, left;
  const Stop &stop;
};

/// Windows under [Dep]; false if one is empty.
bool Tree::tighten(Cycles &asap, Cycles &alap) const {
  for (bool moved = true; moved;) {
    moved = false;
    for (int32_t i : instance.topological)
      for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1];
           ++k) {
        int32_t j = instance.outTarget[k], least = asap[i] + instance.outGap[k];
        moved |= least > asap[j];
        asap[j] = std::max(asap[j], least);
      }
    for (size_t at = instance.topological.size(); at-- > 0;)
      for (int32_t i = instance.topological[at], k = instance.outBegin[i];
           k < instance.outBegin[i + 1]; ++k) {
        int32_t most = alap[instance.outTarget[k]] - instance.outGap[k];
        moved |= most < alap[i];
        alap[i] = std::min(alap[i], most);
      }
    for (int32_t i = 0; i < instance.numNodes; ++i)
      if (asap[i] > alap[i])
        return false;
  }
  return true;
}

/// The node and cycle about which the mean is least decided.
Decision Tree::choose(const Cycles &asap, const Cycles &alap,
                      const PricedRun &run) const {
  Decision best;
  double least = 1;
  std::vector<std::pair<int32_t, double>> at;
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    if (asap[i] == alap[i])
      continue;
    at.clear();
    for (size_t k = 0; k < run.starts.size(); ++k)
      if (run.weights[k] > 1e-9)
        at.push_back({run.starts[k][i], run.weights[k]});
    std::sort(at.begin(), at.end());
    double later = 0;
    for (size_t k = at.size(); k-- > 1;) {
      later += at[k].second;
      double far = later < 0.5 ? 0.5 - later : later - 0.5;
      if (at[k - 1].first != at[k].first && far < least) {
        least = far;
        best = {i, at[k].first, later};
      }
    }
  }
  return best;
}

/// True if no better schedule is in either half.
bool Tree::split(const Cycles &asap, const Cycles &alap, const PricedRun &run) {
  Decision d = choose(asap, alap, run);
  if (d.node < 0) {
    // All of the mean is one schedule, which is not as cheap as its bound.
    result.starts.push_back(run.starts.back());
    for (int32_t i = 0; i < instance.numNodes && d.node < 0; ++i)
      if (asap[i] < alap[i])
        d = {i, alap[i], 0};
    if (d.node < 0)
      return false;
  }
  for (bool later : {d.share >= 0.5, d.share < 0.5}) {
    Cycles first = asap, last = alap;
    if (later)
      first[d.node] = d.cycle;
    else
      last[d.node] = d.cycle - 1;
    if (tighten(first, last) && !explore(first, last, run.prices))
      return false;
  }
  return true;
}

bool Tree::explore(const Cycles &asap, const Cycles &alap,
                   const std::vector<double> &prices) {
  constexpr int32_t kCuts = 12;
  PricedRun run;
  {
    // Not kept while the halves are explored.
    PricedCuts cuts(instance, asap, alap, stop);
    if (!cuts.worthwhile()) {
      // One schedule is left; whether it is better is for the caller to see.
      result.starts.push_back(asap);
      return false;
    }
    cuts.setWork(left);
    run = cuts.maximise(prices, kCuts, upper, {});
    left = cuts.workLeft() - instance.numNodes - instance.numEdges;
  }
  if (run.bound >= upper)
    return true;
  return left > 0 && !stop.requested() && !run.starts.empty() &&
         split(asap, alap, run);
}

} // namespace

Branching gaus::branch(const Instance &instance, const PricedRun &root,
                       int64_t upper, int64_t work, const Stop &stop) {
  Tree tree(instance, upper, work, stop);
  if (!root.starts.empty())
    tree.result.proven = tree.split(instance.asap, instance.alap, root);
  return std::move(tree.result);
}

//===- KernelPlan.cpp - What the kernels want besides ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelPlan.h"

#include <algorithm>

using namespace gaus;
using namespace gaus::dev;

static void planEdges(const Instance &instance, KernelPlan &plan) {
  for (int32_t k = 0; k < instance.numEdges; ++k)
    plan.inGap.push_back(instance.outGap[instance.inPosition[k]]);
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    int32_t out = instance.outBegin[i + 1] - instance.outBegin[i];
    plan.outSource.insert(plan.outSource.end(), out, i);
    if (out > kHeavyDegree)
      plan.heavyOut.push_back(i);
    if (out + instance.inBegin[i + 1] - instance.inBegin[i] > kHeavyDegree)
      plan.heavy.push_back(i);
  }
}

/// Level of a node: edges on the longest path to it.
static void planLevels(const Instance &instance, KernelPlan &plan) {
  plan.levelBegin.assign(1, 0);
  if (instance.cyclic)
    return;
  std::vector<int32_t> level(instance.numNodes, 0);
  int32_t count = instance.numNodes > 0 ? 1 : 0;
  for (int32_t i : instance.topological)
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k) {
      int32_t &l = level[instance.outTarget[k]];
      l = std::max(l, level[i] + 1);
      count = std::max(count, l + 1);
    }
  plan.levelBegin.assign(count + 1, 0);
  for (int32_t l : level)
    ++plan.levelBegin[l + 1];
  for (int32_t l = 0; l < count; ++l)
    plan.levelBegin[l + 1] += plan.levelBegin[l];
  plan.levelNode.resize(instance.numNodes);
  std::vector<int32_t> next(plan.levelBegin.begin(), plan.levelBegin.end() - 1);
  for (int32_t i = 0; i < instance.numNodes; ++i)
    plan.levelNode[next[level[i]]++] = i;
}

KernelPlan dev::makeKernelPlan(const Instance &instance) {
  KernelPlan plan{makePlan(instance), {}, {}, {}, {}, {}, {}};
  planEdges(instance, plan);
  planLevels(instance, plan);
  return plan;
}

//===- KernelPlan.h - What the kernels want besides -------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The graph as the kernels go through it: edges from both sides, nodes with
/// many of them, and levels.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_PLAN_KERNELPLAN_H
#define GAUS_LIB_DEVICE_PLAN_KERNELPLAN_H

#include "Plan.h"

namespace gaus::dev {

/// A node with more edges than this has a warp for them.
inline constexpr int32_t kHeavyDegree = 8;

struct KernelPlan : Plan {
  /// Of the edges in rows by source, and in rows by target.
  std::vector<int32_t> outSource, inGap;
  /// Nodes with more than kHeavyDegree consumers, and such edges in all.
  std::vector<int32_t> heavyOut, heavy;
  /// Nodes by level, if the graph has no cycles.
  std::vector<int32_t> levelBegin, levelNode;
};

KernelPlan makeKernelPlan(const Instance &instance);

} // namespace gaus::dev

#endif // GAUS_LIB_DEVICE_PLAN_KERNELPLAN_H

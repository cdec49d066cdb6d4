//===- Launches.h - The kernels of a step, in their order -------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which kernels a step and a rounding launch, and on which grids.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_LAUNCHES_H
#define GAUS_LIB_DEVICE_KERNELS_LAUNCHES_H

#include "Candidates.h"
#include "Descent.h"
#include "Events.h"
#include "Gradients.h"
#include "Profiles.h"
#include "Rounding.h"

#include <algorithm>

namespace gaus::kernels {

/// From so many nodes a level on, a launch a level is faster than one block's
/// rounds over them.
inline constexpr int32_t kWideLevel = 2048;

/// Many blocks fill the device; many nodes a block make its sums worth what
/// adding a range to the others' costs. Measured, see docs/gpu.md.
inline int32_t nodesPerSums(int32_t nodes, int32_t numCycles) {
  int32_t cycles = std::min(numCycles + 2, kSharedCycles);
  int32_t wanted = std::clamp(std::max(nodes / 3000, cycles / 64), 1, 512);
  return blocksOf(wanted, kNodesPerBlock) * kNodesPerBlock;
}

/// Launches depend on the view, the plan and `count` alone.
template <class Machine> class Launches {
public:
  Launches(Machine &machine, const View &view, const dev::KernelPlan &plan)
      : machine(machine), v(view), plan(plan) {}

  /// `count` steps and a rounding.
  void period(int32_t count) {
    for (int32_t s = 0; s < count; ++s)
      step();
    round();
  }

private:
  void step() {
    int32_t r = v.replicas;
    int64_t cells = int64_t(v.numProfiles) * (v.numCycles + 2);
    machine.template launch<BeginStep>(blocksOf(r, BeginStep::block), 1, v);
    machine.template launch<PrepareStep>(
        blocksOf(std::max<int64_t>(v.n, cells), kBlock), r, v);
    if (cells > 0) {
      if (v.memoryProfile >= 0)
        machine.template launch<LastUses>(teamBlocks(v.n, v.heavyOut.size), r,
                                          v);
      machine.template launch<AddEvents>(blocksOf(v.n, v.nodesPerSums), r, v);
      if (v.numCycles > kLongHorizon)
        machine.template launch<PriceLongProfiles>(v.numProfiles, r, v);
      else
        machine.template launch<PriceProfiles>(v.numProfiles, r, v);
    }
    if (v.m > 0)
      machine.template launch<EdgeForces>(blocksOf(v.m, kBlock), r, v);
    machine.template launch<NodeGradients>(blocksOf(v.n, kNodesPerBlock), r, v);
    machine.template launch<TakeStep>(teamBlocks(v.n, v.heavy.size), r, v);
    machine.template launch<EndStep>(blocksOf(r, EndStep::block), 1, v);
  }

  /// By nodes a level: as few threads as keep up, since all of them wait for
  /// each other after each level.
  void legalize() {
    int32_t r = v.replicas;
    int32_t width = v.n / std::max(v.numLevels, 1);
    if (v.cyclic)
      machine.template launch<LegalizeBroad>(kCandidates, r, v);
    else if (width < 48)
      machine.template launch<LegalizeNarrow>(kCandidates, r, v);
    else if (width < 256)
      machine.template launch<LegalizeMiddle>(kCandidates, r, v);
    else if (width < kWideLevel)
      machine.template launch<LegalizeBroad>(kCandidates, r, v);
    else
      for (int32_t at = 0; at < v.numLevels; ++at) {
        auto size = [&](int32_t level) {
          return plan.levelBegin[level + 1] - plan.levelBegin[level];
        };
        View of = v;
        of.level = at;
        of.levelBlocks =
            blocksOf(std::max(size(at), size(v.numLevels - 1 - at)), kBlock);
        machine.template launch<LegalizeLevel>(kCandidates * of.levelBlocks, r,
                                               of);
      }
  }

  void round() {
    int32_t r = v.replicas, nodes = blocksOf(v.n, kBlock);
    int64_t items = v.m + int64_t(v.numProfiles) * v.slots;
    int64_t cells = int64_t(kCandidates) * v.numProfiles * (v.numCycles + 2);
    if (items > 0)
      machine.template launch<UpdateMultipliers>(blocksOf(items, kBlock), r, v);
    machine.template launch<RoundMeans>(nodes, r, v);
    legalize();
    machine.template launch<ClearCandidates>(
        std::max(1, blocksOf(cells, kBlock)), r, v);
    machine.template launch<AddCandidates>(
        kCandidates * AddCandidates::candidateBlocks(v), r, v);
    if (v.numProfiles > 0)
      machine.template launch<PriceCandidates>(kCandidates * v.numProfiles, r,
                                               v);
    machine.template launch<LossParts>(kLossBlocks, r, v);
    machine.template launch<KeepBest>(blocksOf(r, KeepBest::block), 1, v);
    machine.template launch<CopyBest>(nodes, r, v);
  }

  Machine &machine;
  const View &v;
  const dev::KernelPlan &plan;
};

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_LAUNCHES_H

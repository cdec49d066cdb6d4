//===- InterfaceNodes.h - Nodes for what enters and leaves ------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// All parts see problems without an interface and unread buffers: where they
/// count, nodes stand for them.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_INTERFACENODES_H
#define GAUS_LIB_SOLVER_INTERFACENODES_H

#include "gaus/Core/Interface.h"
#include "gaus/Solver/Solver.h"

namespace gaus {

/// Whether values that enter, leave or are not read are paid for or limited.
inline bool needsInterfaceNodes(const Problem &resolved,
                                const SolverOptions &options) {
  return (options.payment().memory > 0 || resolved.limitsLive()) &&
         resolved.length < kMaxCycle && resolved.numNodes() > 0 &&
         (!resolved.interface.empty() || !unreadBuffers(resolved).empty());
}

/// A solution of the problem with these nodes, as one of `resolved`. It costs
/// less where they start later than they have to, and may be a cycle shorter
/// than with the node for what leaves.
inline void dropInterfaceNodes(const Problem &resolved,
                               const SolverOptions &options,
                               Solution &solution) {
  solution.starts.resize(resolved.numNodes());
  solution.lengthBound = resolved.length;
  solution.cost = evaluate(resolved, solution.starts);
  solution.value = solution.cost.value(options.objective, options.weights);
  int64_t extra = options.payment().length * extraCycles(resolved);
  solution.bound -= extra;
  for (MethodResult &m : solution.methods)
    m.cost -= extra;
}

} // namespace gaus

#endif // GAUS_LIB_SOLVER_INTERFACENODES_H

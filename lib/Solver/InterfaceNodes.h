//===- InterfaceNodes.h - Nodes for what enters and leaves ------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// All parts see problems without an interface: where it counts, nodes stand
/// for its values.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_INTERFACENODES_H
#define GAUS_LIB_SOLVER_INTERFACENODES_H

#include "gaus/Core/Interface.h"
#include "gaus/Solver/Solver.h"

namespace gaus {

/// Whether values that enter or leave `resolved` are paid for or limited.
inline bool needsInterfaceNodes(const Problem &resolved,
                                const SolverOptions &options) {
  return !resolved.interface.empty() && resolved.length < kMaxCycle &&
         (options.payment().memory > 0 || resolved.limitsLive());
}

/// A solution of the problem with these nodes, as one of `resolved`. It costs
/// less where the last node starts later than it has to, and is a cycle shorter
/// than with the node for what leaves.
inline void dropInterfaceNodes(const Problem &resolved,
                               const SolverOptions &options,
                               Solution &solution) {
  solution.starts.resize(resolved.numNodes());
  solution.lengthBound = resolved.length;
  solution.cost = evaluate(resolved, solution.starts);
  solution.value = solution.cost.value(options.objective, options.weights);
  if (!resolved.interface.hasLeaving())
    return;
  solution.bound -= options.payment().length;
  for (MethodResult &m : solution.methods)
    m.cost -= options.payment().length;
}

} // namespace gaus

#endif // GAUS_LIB_SOLVER_INTERFACENODES_H

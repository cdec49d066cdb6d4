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

/// Whether the objective pays for values that enter or leave `resolved`.
inline bool needsInterfaceNodes(const Problem &resolved,
                                const SolverOptions &options) {
  return !resolved.interface.empty() && resolved.length < kMaxCycle &&
         paymentOf(options.objective, options.weights).memory > 0;
}

/// A solution of the problem with these nodes, as one of `resolved`. It costs
/// less where the last node starts later than it has to.
inline void dropInterfaceNodes(const Problem &resolved,
                               const SolverOptions &options,
                               Solution &solution) {
  solution.starts.resize(resolved.numNodes());
  solution.lengthBound = resolved.length;
  solution.cost = evaluate(resolved, solution.starts);
  solution.value = solution.cost.value(options.objective, options.weights);
}

} // namespace gaus

#endif // GAUS_LIB_SOLVER_INTERFACENODES_H

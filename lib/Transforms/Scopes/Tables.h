//===- Tables.h - Insides as reservation tables -----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A scope's problem in which an operation with an inside holds units only in
/// the cycles in which its schedule uses them, instead of its peak for its
/// whole time.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SCOPES_TABLES_H
#define GAUS_LIB_TRANSFORMS_SCOPES_TABLES_H

#include "gaus/Solver/Solver.h"
#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// The nodes of the scope come first. Stretches of use are nodes of their own,
/// a fixed number of cycles behind: node k >= scope.nodes.size() starts
/// `behind[k - size].second` cycles after node `behind[k - size].first`.
struct TableProblem {
  gaus::Problem problem;
  std::vector<std::pair<int32_t, int32_t>> behind;

  /// Starts of all nodes, from those of the scope.
  gaus::Starts complete(std::span<const int32_t> starts) const;
};

/// Nothing if the tables would say no more than the scope's problem, or an
/// operation's time is not known.
std::optional<TableProblem> withTables(const Scope &scope);

/// What a schedule of the scope costs, peaks of use by the tables where there
/// are any.
gaus::Cost costOf(const Scope &scope, const gaus::Starts &starts);

/// Where that costs less, replaces `solution` (or an error) by a schedule of
/// the tables. Its bound holds for these.
gaus::Outcome<gaus::Solution>
improveByTables(const Scope &scope, const gaus::SolverOptions &options,
                gaus::Outcome<gaus::Solution> solution,
                std::span<const int32_t> existing);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SCOPES_TABLES_H

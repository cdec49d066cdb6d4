//===- Tables.cpp - Insides as reservation tables -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scopes/Tables.h"

#include "Scopes/WholeUse.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Core/Windows.h"

using namespace mlir;
using namespace gaus::ir;

/// Stretches of one resource of one operation.
static constexpr size_t kMostStretches = 4;

gaus::Starts TableProblem::complete(std::span<const int32_t> starts) const {
  gaus::Starts all(starts.begin(), starts.end());
  for (auto [node, cycles] : behind)
    all.push_back(all[node] + cycles);
  return all;
}

static int32_t resourceNamed(const gaus::Problem &p, const std::string &label) {
  for (int32_t r = 0; r < p.numResources(); ++r)
    if (p.resourceLabel(r) == label)
      return r;
  return -1;
}

static int64_t unitsOf(const gaus::Problem &p, int32_t node, int32_t resource) {
  for (int32_t k = p.useBegin[node]; k < p.useBegin[node + 1]; ++k)
    if (p.useResource[k] == resource)
      return p.useUnits[k];
  return 0;
}

std::optional<TableProblem> gaus::ir::withTables(const Scope &scope) {
  const gaus::Problem &p = scope.problem;
  if (!scope.whole || p.ii > 0 ||
      llvm::none_of(scope.holdsInside, [](bool b) { return b; }))
    return std::nullopt;
  WholeUse &whole = *scope.whole;
  OperatorLibrary *library = whole.libraryOf(scope.carrier);
  TableProblem table;
  table.problem = scope.withoutInsides();
  // Beside a wait cycles of insides shift against each other.
  if (!library || llvm::any_of(scope.nodes, [&](Operation *op) {
        return whole.waits(op, *library);
      }))
    return std::nullopt;
  bool isMore = false;
  for (size_t i = 0; i < scope.nodes.size(); ++i) {
    if (!scope.holdsInside[i])
      continue;
    auto uses = whole.insideOf(scope.nodes[i]);
    if (uses.empty())
      return std::nullopt;
    auto node = static_cast<int32_t>(i);
    int32_t latency = p.latency[node];
    for (const auto &[held, profile] : uses) {
      int32_t resource = resourceNamed(p, labelOf(held, library->getNamed()));
      if (resource < 0 || profile->end() > gaus::kMaxCycle)
        return std::nullopt;
      for (auto stretch : profile->outline(kMostStretches)) {
        // It ends no later than the operation does.
        int64_t late =
            std::max<int64_t>(0, stretch.from - std::max(latency - 1, 0));
        auto from = static_cast<int32_t>(stretch.from - late);
        isMore |= from > 0 ||
                  stretch.from + stretch.cycles < p.occupancy[node] ||
                  stretch.units < unitsOf(p, node, resource);
        int32_t k = table.problem.numNodes();
        // Behind it, the rest of the operation's time.
        int32_t span = std::max(latency - from, 0);
        table.problem.addNode("", span, 0);
        table.problem.occupancy.back() =
            static_cast<int32_t>(stretch.cycles + late);
        table.problem.addUse(resource, stretch.units);
        table.problem.addEdge(node, k, 0, from - latency, 0,
                              /*carriesValue=*/false);
        table.problem.addEdge(k, node, 0, -from - span, 0,
                              /*carriesValue=*/false);
        table.behind.push_back({node, from});
      }
    }
  }
  if (!isMore || table.problem.validate())
    return std::nullopt;
  return table;
}

/// What no schedule of the tables costs less than.
static int64_t boundOf(const Scope &scope, gaus::Objective objective) {
  // The bound of whole rectangles says nothing of the tables.
  int64_t bound = 0;
  if (objective != gaus::Objective::Latency)
    return bound;
  if (auto windows = gaus::computeWindows(scope.withoutInsides()))
    for (size_t i = 0; i < scope.nodes.size(); ++i)
      bound = std::max<int64_t>(
          bound, windows->asap[i] +
                     gaus::durationOf(scope.problem, static_cast<int32_t>(i)));
  return bound;
}

gaus::Cost gaus::ir::costOf(const Scope &scope, const gaus::Starts &starts) {
  if (std::optional<TableProblem> table = withTables(scope))
    return gaus::evaluate(table->problem, table->complete(starts));
  return gaus::evaluate(scope.problem, starts);
}

gaus::Outcome<gaus::Solution> gaus::ir::improveByTables(
    const Scope &scope, const gaus::SolverOptions &options,
    gaus::Outcome<gaus::Solution> solution, std::span<const int32_t> existing) {
  if (solution && solution->ii > 0)
    return solution;
  std::optional<TableProblem> table = withTables(scope);
  if (!table)
    return solution;
  auto value = [&](const gaus::Starts &starts) {
    return gaus::evaluate(table->problem, starts)
        .value(options.objective, options.weights);
  };
  gaus::Starts before;
  if (solution) {
    before = table->complete(solution->starts);
    solution->cost = gaus::evaluate(table->problem, before);
    solution->value = value(before);
  }
  gaus::SolverOptions chosen = options;
  chosen.start = gaus::StartKind::Existing;
  // Costs are compared at one length.
  if (solution && solution->lengthBound > 0)
    chosen.length = {gaus::LengthChoice::Cycles, solution->lengthBound};
  if (!existing.empty()) {
    gaus::Starts given = table->complete(existing);
    if (gaus::verify(table->problem, given).empty() &&
        (before.empty() || value(given) < value(before)))
      before = std::move(given);
  }
  if (before.empty())
    chosen.start = options.start == gaus::StartKind::Existing
                       ? gaus::StartKind::Midpoint
                       : options.start;
  gaus::Outcome<gaus::Solution> better =
      gaus::solve(table->problem, chosen, before);
  if (better && (!solution || better->value < solution->value)) {
    better->starts.resize(scope.nodes.size());
    return better;
  }
  if (solution)
    solution->bound =
        std::min(better ? better->bound : boundOf(scope, options.objective),
                 solution->value);
  return solution;
}

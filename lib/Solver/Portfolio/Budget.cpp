//===- Budget.cpp - The work of an effort ---------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Portfolio/Budget.h"

#include <algorithm>
#include <cmath>

using namespace gaus;

namespace {

/// What a problem's size and an effort decide about every part.
struct Scale {
  Scale(const Problem &p, int32_t effort);

  int32_t effort;
  /// Each effort doubles the work; 2 is the default.
  double work;
  /// Nodes and edges.
  double size;
  /// A step of a descent visits each cycle: less of them on long schedules.
  double longer;
  /// Less for each node where there are many.
  double large, huge;
  /// Network simplex takes about the square of the nodes.
  int32_t flowNodes;
  /// Where it has been on huge graphs, few steps improve what it found.
  bool few;
  /// On small graphs many starts are raced and crossed, since none is the best
  /// everywhere and a long search gains little over a short one.
  bool small;
  /// From several starts large graphs come to nearly the same: they go on from
  /// the best schedule alone, in turns with the polish.
  bool turns;
};

} // namespace

Scale::Scale(const Problem &p, int32_t effort)
    : effort(effort), work(std::exp2(effort - 2)),
      size(std::max(1.0, double(p.numNodes()) + double(p.numEdges()))),
      longer(std::min(1.0, std::max(size, 10000.0) /
                               std::max(1, p.ii > 0 ? p.ii : p.length))),
      large(std::min(1.0, 40000.0 / size)),
      huge(std::min(1.0, 100000.0 / size)),
      flowNodes(60000 << std::max(0, effort - 2)),
      few(huge < 1 && p.numNodes() <= flowNodes), small(size <= 10000),
      turns(!small && !few && effort > 1) {}

static DescentBudget descentOf(const Scale &s) {
  DescentBudget b;
  b.replicas = s.small ? (s.effort == 1 ? 6 : 4) : s.turns ? 1 : 2;
  b.small = s.small;
  b.gentle = !s.small && s.huge == 1 && s.effort == 1;
  b.bestFirst = s.effort > 1;
  b.shortest = s.small || s.turns;
  // Node-steps: small graphs get the steps that the method can use, large ones
  // what keeps the default within ten seconds at 57,000 nodes.
  double nodeSteps = 4.0e8 * s.large * (s.few ? std::pow(s.huge, 4) : 1.0);
  double steps = std::clamp(s.work * nodeSteps / s.size / (s.few ? 2 : 4),
                            (s.few ? 30.0 : 150.0) * std::min(1.0, s.work),
                            s.work * 800.0);
  // As in the shortest descents above at least.
  steps = std::max(std::min(steps, 30.0), steps * s.longer);
  b.steps = static_cast<int32_t>(s.turns ? 0.5 * steps : steps);
  return b;
}

static void planPolish(Budget &b, const Scale &s) {
  b.polish.polished = s.effort >= 4 ? 4 : s.effort >= 2 ? 2 : 1;
  double proposals = std::min(s.size * 2000.0, 5.0e6);
  if (s.few)
    proposals *= 0.25;
  if (s.small) {
    b.crossing.proposals = static_cast<int64_t>(std::max(50000.0, 72 * s.size));
    b.crossing.crossings = static_cast<int32_t>(s.work * 16);
    proposals *= 0.25;
  }
  b.polish.proposals =
      static_cast<int64_t>(s.work * std::max(5.0e5, proposals));
  // What a short polish makes of the first descents says more than their costs.
  if (b.descent.gentle)
    b.crossing.proposals = b.polish.proposals / 10;
}

static BoundBudget boundOf(const Scale &s) {
  BoundBudget b;
  b.flowNodes = s.flowNodes;
  b.areaFlows = std::max(3, static_cast<int32_t>(s.work * 6));
  b.cuts = static_cast<int32_t>(s.work * 80);
  b.cutWork = static_cast<int64_t>(s.work * 2.0e8);
  b.cutArcs = s.effort <= 2 ? 3000000 : 6000000;
  return b;
}

static NeighbourhoodBudget neighbourhoodsOf(const Scale &s) {
  NeighbourhoodBudget b;
  b.programs = static_cast<int32_t>(s.work * 400 * s.large * s.huge);
  b.columns = 200 + 200 * s.effort;
  constexpr struct {
    int32_t columns, nodes;
  } kWhole[] = {{0, 0},      {150, 50},   {500, 50},
                {1000, 100}, {2500, 100}, {5000, 1000}};
  b.wholeColumns = kWhole[s.effort].columns;
  b.wholeNodes = kWhole[s.effort].nodes;
  b.closeColumns = s.effort >= 2 ? 2500 : 0;
  return b;
}

/// Up to some seconds at the default, a minute or two at the next but one: what
/// no other part proves on circuits of a thousand nodes.
static FormulaBudget formulaOf(const Scale &s) {
  constexpr double kFormula[][2] = {{0, 0},      {0, 0},        {1.5e6, 1e10},
                                    {4e6, 6e10}, {1e7, 4.5e11}, {2e7, 1.5e12}};
  return {static_cast<int64_t>(kFormula[s.effort][0]),
          static_cast<int64_t>(kFormula[s.effort][1])};
}

/// Seconds where it may decide, tenths where a look is all it can be.
static LearningBudget learningOf(const Scale &s, int32_t nodes) {
  constexpr double kDecided = 150;
  double share = std::min(1.0, std::pow(kDecided / std::max(1, nodes), 3));
  LearningBudget b;
  b.look = static_cast<int64_t>(share * 4e7);
  b.first = static_cast<int64_t>(share * 1e8);
  b.work = s.effort < 2 ? 0 : static_cast<int64_t>(s.work * share * 1e8);
  b.slice = 1000000;
  b.nodes = 3000;
  b.values = 400000;
  b.cycles = 20000;
  b.pairs = 4000;
  return b;
}

/// Tenths of a second.
static ListBudget listsOf(const Scale &s) {
  ListBudget b;
  b.first = 60000000;
  b.work = static_cast<int64_t>(s.work * 6e7);
  b.cells = 4000000;
  return b;
}

/// Of middle sizes the second effort looks for what the first one missed, and
/// ends where there is little (docs/experiments.md): fresh starts are worth it,
/// a longer search of what was searched is not. Higher efforts do it all.
static void trimSecond(Budget &b, const Scale &s) {
  constexpr double kLeast = 2000, kMost = 20000;
  if (s.effort != 2 || s.size <= kLeast || s.size > kMost)
    return;
  b.bound.cuts /= 2;
  b.bound.cutWork /= 2;
  b.neighbourhoods.programs /= 2;
  if (s.small) {
    b.crossing.steps = b.descent.steps / 2;
    b.crossing.proposals /= 2;
    b.crossing.little = 1000;
    b.polish.ifCrossed = true;
  } else {
    b.polish.polished = 1;
    b.polish.proposals /= 2;
  }
}

Budget Budget::of(const Problem &p, int32_t effort) {
  Budget b;
  b.modulo.conflicts = 0;
  if (effort <= 0)
    return b;
  Scale s(p, effort);
  b.descent = descentOf(s);
  b.construct = {s.flowNodes, b.descent.steps / 4};
  b.turns = s.turns ? 3 : 0;
  planPolish(b, s);
  b.bound = boundOf(s);
  b.formula = b.smallFormula = formulaOf(s);
  b.smallFormula.work *= 5;
  b.learning = learningOf(s, p.numNodes());
  b.lists = listsOf(s);
  b.neighbourhoods = neighbourhoodsOf(s);
  trimSecond(b, s);
  b.modulo.priorityLists = 12 * std::max(1, s.effort);
  b.modulo.conflicts = static_cast<int64_t>(s.work * 40000);
  return b;
}

//===- FlattenLoops.cpp - gaus-flatten-loops ------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/Flatten.h"
#include "Loops/Trips.h"
#include "Passes/PassSupport.h"
#include "Scopes/Kinds.h"
#include "Scopes/Silence.h"

#include "gaus/Core/Checked.h"
#include "gaus/Dialect/GausNames.h"
#include "gaus/Transforms/WrittenSchedule.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <optional>

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSFLATTENLOOPS
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

/// What a nest may become.
struct Candidate {
  /// The loop whose scope says how long it takes, how often its body runs, and
  /// how often what it stands in.
  Operation *loop;
  int64_t trips, runs;
  /// What it is in the place of; null for the nest as it is.
  Operation *instead = nullptr;
  /// Loops that become one; 0 = the inner one is unrolled.
  size_t loops = 0;
  std::optional<gaus::Wide> cycles = std::nullopt;
  /// Length and interval, of what is pipelined.
  std::optional<std::pair<gaus::Wide, gaus::Wide>> rhythm = std::nullopt;
};

/// A nest, and what may become of it: first of all nothing.
struct Nest {
  LoopNest loops;
  bool isPerfect;
  llvm::SmallVector<Candidate> candidates;

  Nest(LoopNest all, int64_t unrollTrips)
      : loops(std::move(all)),
        isPerfect(gaus::ir::isPerfect(loops[loops.size() - 2], loops.back())) {
    llvm::ArrayRef<CountedLoop> nest = loops;
    const CountedLoop &inner = nest.back(), &outer = nest[nest.size() - 2];
    if (isPerfect)
      candidates.push_back(
          {inner.op, inner.trips, iterationsOf(nest.drop_back())});
    else
      candidates.push_back({outer.op, outer.trips, 1});
    for (size_t k = 1; k < nest.size(); ++k) {
      size_t around = nest.size() - 1 - k;
      auto mine = nest.drop_front(around);
      candidates.push_back({flattened(mine), iterationsOf(mine),
                            iterationsOf(nest.take_front(around)),
                            mine.front().op, k + 1});
    }
    if (inner.trips <= unrollTrips)
      if (Operation *loop = withoutInner(outer, inner))
        candidates.push_back(
            {loop, outer.trips, iterationsOf(nest.drop_back(2)), outer.op});
  }

  /// The one of fewest cycles, of several the first.
  size_t best() const {
    size_t best = 0;
    for (size_t k = 0; k < candidates.size(); ++k) {
      const auto &least = candidates[best].cycles, &mine = candidates[k].cycles;
      if (mine && (!least || *mine < *least))
        best = k;
    }
    // Nothing to compare with.
    return candidates.front().cycles ? best : 0;
  }
};

/// Two loops, all that the outer one holds being the inner one, of which one
/// does not run a constant number of times.
struct AnyNest {
  Operation *outer, *inner;
  Candidate as, flat;
  /// What the flat loop needs from before it.
  llvm::SmallVector<Operation *> before;

  /// In how many iterations of the outer loop it is to take fewer cycles,
  /// however often the inner one runs.
  int64_t turns() const { return std::max<int64_t>(2, tripsOf(outer).least); }
  bool pays() const {
    if (!as.rhythm || !flat.rhythm)
      return false;
    auto [length, ii] = *as.rhythm;
    auto [flatLength, flatII] = *flat.rhythm;
    return flatII <= ii && (length - ii) * turns() > flatLength - flatII;
  }
};

class Flattening {
public:
  Flattening(Operation *op, int64_t trips, bool any)
      : root(op), unrollTrips(trips), anyTrips(any) {}

  void run() {
    llvm::SmallVector<Operation *> innermost;
    root->walk([&](Operation *op) {
      if (isForLoop(op) && isInnermost(op) && isForLoop(op->getParentOp()))
        innermost.push_back(op);
    });
    // What was two loops may be one of another nest.
    for (bool isFirst = true; !innermost.empty(); isFirst = false) {
      std::vector<Nest> nests = findNests(innermost, isFirst);
      innermost.clear();
      measure(nests);
      for (Nest &nest : nests)
        settle(nest, isFirst, innermost);
      for (AnyNest &nest : anyNests)
        settle(nest, isFirst, innermost);
      anyNests.clear();
    }
  }

private:
  std::vector<Nest> findNests(llvm::ArrayRef<Operation *> innermost,
                              bool isFirst) {
    std::vector<LoopNest> found;
    llvm::DenseSet<Operation *> taken;
    for (Operation *op : innermost) {
      llvm::StringRef reason;
      LoopNest nest = findNest(op, reason);
      if (reason == kNotCounted && nest.size() < 2 &&
          !taken.contains(op->getParentOp()))
        findAny(op, reason);
      if (!reason.empty() && nest.size() < 2 && isFirst)
        emitRemark(op->getParentOp()->getLoc())
            << "the nest is not flattened: " << reason;
      // Of loops side by side in another one each is its own.
      if (nest.size() > 1 && taken.insert(nest.front().op).second)
        found.push_back(std::move(nest));
    }
    std::vector<Nest> nests;
    nests.reserve(found.size());
    for (LoopNest &nest : found)
      nests.emplace_back(std::move(nest), unrollTrips);
    return nests;
  }

  /// A nest around a loop that runs any number of times, or the reason why not.
  void findAny(Operation *inner, llvm::StringRef &reason) {
    AnyNest nest{inner->getParentOp(), inner, {inner, 0, 1}, {}, {}};
    nest.flat.loop = flattenedAny(nest.outer, inner, nest.before, reason);
    if (nest.flat.loop)
      anyNests.push_back(std::move(nest));
    else
      drop(nest);
  }

  /// The flat loop and what was made for it.
  static void drop(AnyNest &nest) {
    if (nest.flat.loop)
      nest.flat.loop->erase();
    for (Operation *op : llvm::reverse(nest.before))
      if (op->use_empty())
        op->erase();
  }

  /// Schedules all candidates; what they are is said when the result is.
  void measure(std::vector<Nest> &nests) {
    llvm::DenseMap<Operation *, Candidate *> wanted;
    llvm::DenseSet<Operation *> within;
    for (Nest &nest : nests) {
      for (Candidate &c : nest.candidates)
        wanted[c.loop] = &c;
      if (!nest.isPerfect)
        within.insert(nest.loops.back().op);
    }
    for (AnyNest &nest : anyNests)
      for (Candidate *c : {&nest.as, &nest.flat})
        wanted[c->loop] = c;
    if (wanted.empty())
      return;
    Silence silence(root->getContext());
    for (Scope &scope : collectScopes(root)) {
      Candidate *c = wanted.lookup(scope.carrier);
      if (!c && !within.contains(scope.carrier))
        continue;
      std::optional<gaus::Solution> solution = solve(scope);
      if (solution && c && scope.isLoop)
        c->rhythm = {solution->cost.length, solution->ii};
      if (solution && c)
        c->cycles = (scope.isLoop ? pipelined(*solution, c->trips)
                                  : gaus::Wide(length(scope)) * c->trips) *
                    c->runs;
    }
    for (Nest &nest : nests)
      if (!nest.isPerfect)
        forget(nest.loops.front().op);
  }

  /// The schedule of the heuristics, which is written where others ask for it:
  /// none where there is none, or times in it are not known.
  static std::optional<gaus::Solution> solve(Scope &scope) {
    if (failed(scope.build()) || scope.nodes.empty() ||
        llvm::is_contained(scope.waits, true))
      return std::nullopt;
    gaus::SolverOptions options;
    options.effort = 0;
    options.threads = 1;
    options.objective = gaus::Objective::Latency;
    options.ii.kind =
        scope.isLoop ? gaus::IIChoice::Auto : gaus::IIChoice::None;
    gaus::Outcome<gaus::Solution> solution =
        gaus::solve(scope.problem, options);
    if (!solution || (scope.isLoop && solution->ii < 1))
      return std::nullopt;
    writeSolution(scope, *solution);
    return *solution;
  }

  /// Until the next iteration of a loop around others may begin.
  static int64_t length(const Scope &scope) {
    auto length = scope.carrier->getAttrOfType<IntegerAttr>(kLength);
    int64_t busy = length ? length.getInt() : 0;
    for (auto [i, op] : llvm::enumerate(scope.nodes))
      if (auto start = op->getAttrOfType<IntegerAttr>(kStart))
        busy = std::max(busy, start.getInt() + scope.problem.occupancy[i]);
    return busy;
  }

  static gaus::Wide pipelined(const gaus::Solution &solution, int64_t trips) {
    return solution.cost.length + gaus::Wide(trips - 1) * solution.ii;
  }

  static void forget(Operation *loop) {
    loop->walk([](Operation *op) {
      for (llvm::StringRef name : {kStart, kLength, kII, kIIProof, kCost,
                                   kBound, kLatencyMin, kAlternative})
        op->removeAttr(name);
    });
  }

  static void settle(Nest &nest, bool isFirst,
                     llvm::SmallVectorImpl<Operation *> &changed) {
    size_t best = nest.best();
    for (auto [k, c] : llvm::enumerate(nest.candidates))
      if (k > 0 && k != best)
        c.loop->erase();
    const Candidate &first = nest.candidates.front(),
                    &chosen = nest.candidates[best];
    if (best == 0) {
      forget(nest.loops.front().op);
      if (isFirst)
        emitRemark(nest.loops.front().op->getLoc())
            << "the nest is not flattened: it would not take fewer cycles";
      return;
    }
    InFlightDiagnostic remark = emitRemark(nest.loops.back().op->getLoc());
    if (chosen.loops > 0)
      remark << chosen.loops << " loops are flattened into one: ";
    else
      remark << "the inner loop is unrolled: ";
    remark << static_cast<int64_t>(*chosen.cycles) << " cycles instead of "
           << static_cast<int64_t>(*first.cycles);
    forget(chosen.loop);
    // A nest around it has what it handed on, and values beside.
    auto results =
        chosen.loop->getResults().take_front(chosen.instead->getNumResults());
    chosen.instead->replaceAllUsesWith(results);
    chosen.instead->erase();
    if (!nest.isPerfect && isForLoop(chosen.loop->getParentOp()))
      changed.push_back(chosen.loop);
  }

  /// "9 cycles and 1 for each further iteration"
  static std::string text(const Candidate &c) {
    auto [length, ii] = *c.rhythm;
    return std::to_string(static_cast<int64_t>(length)) + " cycles and " +
           std::to_string(static_cast<int64_t>(ii)) +
           " for each further iteration";
  }

  void settle(AnyNest &nest, bool isFirst,
              llvm::SmallVectorImpl<Operation *> &changed) const {
    forget(nest.inner);
    if (!nest.pays() && !anyTrips) {
      drop(nest);
      if (isFirst)
        emitRemark(nest.outer->getLoc())
            << "the nest is not flattened: it would not take fewer cycles "
               "however often its inner loop runs, in "
            << nest.turns() << " iterations of the outer one";
      return;
    }
    InFlightDiagnostic remark = emitRemark(nest.inner->getLoc());
    remark << "2 loops are flattened into one";
    if (nest.as.rhythm && nest.flat.rhythm)
      remark << ": " << text(nest.flat) << ", instead of " << text(nest.as)
             << " in each of the outer loop";
    forget(nest.flat.loop);
    nest.outer->replaceAllUsesWith(nest.flat.loop->getResults());
    nest.outer->erase();
    if (isForLoop(nest.flat.loop->getParentOp()))
      changed.push_back(nest.flat.loop);
  }

  Operation *root;
  int64_t unrollTrips;
  bool anyTrips;
  std::vector<AnyNest> anyNests; ///< of the current round
};

struct FlattenLoopsPass
    : gaus::ir::impl::GausFlattenLoopsBase<FlattenLoopsPass> {
  using GausFlattenLoopsBase::GausFlattenLoopsBase;

  void runOnOperation() override {
    flattenLoops(getOperation(), unrollTrips, anyTrips);
  }
};

} // namespace

void gaus::ir::flattenLoops(Operation *root, int64_t unrollTrips,
                            bool anyTrips) {
  writeLoops(root);
  Flattening(root, unrollTrips, anyTrips).run();
}

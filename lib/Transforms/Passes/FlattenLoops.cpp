//===- FlattenLoops.cpp - gaus-flatten-loops ------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/Flatten.h"
#include "Passes/PassSupport.h"
#include "Scopes/Kinds.h"

#include "gaus/Core/Checked.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

#include <optional>

namespace gaus::ir {
#define GEN_PASS_DEF_GAUSFLATTENLOOPS
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;

namespace {

/// An innermost loop of what a nest may become, and how often what it stands
/// in runs.
struct Candidate {
  affine::AffineForOp loop;
  int64_t runs = 1;
  std::optional<gaus::Wide> cycles;
};

/// A perfect nest, and the loops that its innermost ones may become: 0 is as it
/// is, k has k loops fewer.
struct Nest {
  LoopNest loops;
  llvm::SmallVector<Candidate> candidates;

  explicit Nest(LoopNest all) : loops(std::move(all)) {
    llvm::ArrayRef<affine::AffineForOp> nest = loops;
    for (size_t k = 0; k < nest.size(); ++k) {
      size_t around = nest.size() - 1 - k;
      affine::AffineForOp loop =
          k == 0 ? nest.back() : flattened(nest.drop_front(around));
      candidates.push_back(
          {loop, iterationsOf(nest.take_front(around)), std::nullopt});
    }
  }

  /// The one of fewest cycles, of several that with most loops.
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

struct FlattenLoopsPass
    : gaus::ir::impl::GausFlattenLoopsBase<FlattenLoopsPass> {
  using GausFlattenLoopsBase::GausFlattenLoopsBase;

  void runOnOperation() override {
    std::vector<Nest> nests = findNests();
    measure(nests);
    for (Nest &nest : nests)
      settle(nest);
  }

private:
  std::vector<Nest> findNests() {
    std::vector<LoopNest> found;
    getOperation()->walk([&](Operation *op) {
      if (!isForLoop(op) || !isInnermost(op) || !isForLoop(op->getParentOp()))
        return;
      auto loop = dyn_cast<affine::AffineForOp>(op);
      llvm::StringRef reason = "only affine.for is flattened";
      LoopNest nest;
      if (loop)
        nest = perfectNest(loop, reason);
      if (!reason.empty() && nest.size() < 2)
        emitRemark(op->getParentOp()->getLoc())
            << "the nest is not flattened: " << reason;
      if (nest.size() > 1)
        found.push_back(std::move(nest));
    });
    return std::vector<Nest>(std::make_move_iterator(found.begin()),
                             std::make_move_iterator(found.end()));
  }

  /// Schedules all candidates; what they are is said when the result is.
  void measure(std::vector<Nest> &nests) {
    llvm::DenseMap<Operation *, Candidate *> wanted;
    for (Nest &nest : nests)
      for (Candidate &c : nest.candidates)
        wanted[c.loop] = &c;
    if (wanted.empty())
      return;
    ScopedDiagnosticHandler silence(&getContext(),
                                    [](Diagnostic &) { return success(); });
    for (Scope &scope : collectScopes(getOperation()))
      if (Candidate *c = wanted.lookup(scope.carrier); c && scope.isLoop)
        c->cycles = cyclesOf(scope, *c);
  }

  /// Of all runs of the loop, one after the other, with the schedule of the
  /// heuristics: none where there is none.
  static std::optional<gaus::Wide> cyclesOf(Scope &scope, const Candidate &c) {
    if (failed(scope.build()) || scope.nodes.empty())
      return std::nullopt;
    gaus::SolverOptions options;
    options.effort = 0;
    options.threads = 1;
    options.objective = gaus::Objective::Latency;
    options.ii.kind = gaus::IIChoice::Auto;
    gaus::Outcome<gaus::Solution> solution =
        gaus::solve(scope.problem, options);
    if (!solution || solution->ii < 1)
      return std::nullopt;
    gaus::Wide once = solution->cost.length +
                      gaus::Wide(iterationsOf({c.loop}) - 1) * solution->ii;
    return once * c.runs;
  }

  static void settle(Nest &nest) {
    size_t best = nest.best();
    for (auto [k, c] : llvm::enumerate(nest.candidates))
      if (k > 0 && k != best)
        c.loop.erase();
    affine::AffineForOp inner = nest.loops.back();
    if (best == 0) {
      emitRemark(nest.loops.front().getLoc())
          << "the nest is not flattened: it would not take fewer cycles";
      return;
    }
    auto cycles = [&](size_t k) {
      return std::to_string(static_cast<int64_t>(*nest.candidates[k].cycles));
    };
    emitRemark(inner.getLoc())
        << best + 1 << " loops are flattened into one: " << cycles(best)
        << " cycles instead of " << cycles(0);
    affine::AffineForOp outer = nest.loops[nest.loops.size() - 1 - best];
    outer->replaceAllUsesWith(nest.candidates[best].loop);
    outer.erase();
  }
};

} // namespace

//===- FlatOrder.cpp - When a flat loop's operations run ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pipelines/FlatOrder.h"

using namespace mlir;
using namespace gaus::ir;

namespace {

class Ordering {
public:
  Ordering(const FlatLoop &loop, const KernelOrder &order) : flat(loop) {
    for (auto [op, stage] : order)
      time[flat.became.lookup(op)] = 0;
    for (auto [i, op] : llvm::enumerate(*flat.body))
      if (!op.hasTrait<OpTrait::ConstantLike>()) {
        number[&op] = i;
        if (!time.contains(&op))
          added.push_back(&op);
      }
    // Between two places there is room for all that was added; the first place
    // is for what waits for nothing.
    room = static_cast<int64_t>(added.size()) + 2;
    interval = room * (static_cast<int64_t>(order.size()) + 1);
    for (auto [i, entry] : llvm::enumerate(order))
      time[flat.became.lookup(entry.first)] =
          room * (static_cast<int64_t>(i) + 1) + entry.second * interval;
  }

  bool placeAdded() {
    for (Operation *op : added)
      time[op] = 0;
    // Longest paths; each way around takes an interval off.
    for (size_t round = 0; round <= added.size() + flat.back.size() + 1;
         ++round) {
      bool changed = false;
      for (Operation *op : added) {
        int64_t at = 0;
        for (Value v : flat.usesOf(op))
          at = std::max(at, timeOf(v) + 1);
        changed |= at > time[op];
        time[op] = std::max(time[op], at);
      }
      if (!changed)
        return true;
    }
    return false;
  }

  void shift(int64_t by) {
    for (auto &[op, at] : time)
      at += by;
  }

  /// When a value is there, from the first place of its iteration on.
  int64_t timeOf(Value v) const {
    int64_t turns = 0;
    while (!flat.isInvariant(v)) {
      if (Operation *def = v.getDefiningOp())
        return std::max<int64_t>(0, time.lookup(def) - turns * interval);
      if (++turns > static_cast<int64_t>(flat.back.size()))
        break;
      v = flat.back[cast<BlockArgument>(v).getArgNumber()];
    }
    return 0;
  }

  /// Whether all that operations use is made before but for the conditions of
  /// `early` ones.
  bool isOrder(llvm::SmallVectorImpl<Operation *> &early) const {
    for (Operation &op : *flat.body)
      for (Value v : flat.usesOf(&op))
        if (!isMadeBefore(v, &op)) {
          if (v != flat.guard.lookup(&op))
            return false;
          early.push_back(&op);
        }
    return true;
  }

  int64_t slots() const { return interval; }
  /// Before the first operation of the loop.
  int64_t first() const { return room; }

  /// What nobody needs is left out.
  void write(FlatOrder &out) const {
    llvm::SmallVector<Value> roots = flat.results();
    roots.push_back(flat.leaves);
    llvm::DenseSet<Operation *> needed(flat.strict.begin(), flat.strict.end());
    for (Operation *op : flat.strict)
      llvm::append_range(roots, flat.usesOf(op));
    flat.need(std::move(roots), /*around=*/true, needed);
    std::vector<Operation *> all(needed.begin(), needed.end());
    llvm::sort(all, [&](Operation *a, Operation *b) {
      return placeOf(a) < placeOf(b);
    });
    for (Operation *op : all) {
      auto stage = static_cast<unsigned>(time.lookup(op) / interval);
      out.kernel.push_back({op, stage});
      out.stage[op] = stage;
      out.last = std::max(out.last, stage);
    }
  }

private:
  /// Within the kernel.
  using Place = std::pair<int64_t, size_t>;
  Place placeOf(Operation *op) const {
    return {time.lookup(op) % interval, number.lookup(op)};
  }
  /// Within an iteration, `turns` iterations before it.
  std::pair<int64_t, Place> momentOf(Operation *op, int64_t turns) const {
    return {time.lookup(op) / interval - turns, placeOf(op)};
  }

  bool isMadeBefore(Value v, Operation *user) const {
    for (int64_t turns = 0; turns <= static_cast<int64_t>(flat.back.size());
         ++turns) {
      if (flat.isInvariant(v))
        return true;
      if (Operation *def = v.getDefiningOp())
        return momentOf(def, turns) < momentOf(user, 0);
      v = flat.back[cast<BlockArgument>(v).getArgNumber()];
    }
    return true; // a ring has what it began with
  }

  const FlatLoop &flat;
  int64_t interval, room;
  llvm::DenseMap<Operation *, int64_t> time;
  llvm::DenseMap<Operation *, size_t> number; ///< in the body
  std::vector<Operation *> added;
};

} // namespace

llvm::StringRef gaus::ir::orderFlat(const FlatLoop &flat,
                                    const KernelOrder &order, FlatOrder &out,
                                    bool &tooLate) {
  Ordering all(flat, order);
  if (!all.placeAdded())
    return "its operations cannot be put into one order";
  int64_t slots = all.slots(), known = all.timeOf(flat.leaves);
  tooLate = flat.isCounted && known >= (flat.endsWithin ? all.first() : slots);
  if (tooLate)
    return "its end is known too late";
  // What decides is the last of its stage, unless it was known before.
  if (!flat.isCounted || flat.endsWithin) {
    int64_t by = slots - 1 - known % slots;
    all.shift(by);
    out.decided = static_cast<unsigned>((known + by) / slots);
  }
  if (!all.isOrder(out.early))
    return "its operations cannot be put into one order";
  if (!out.early.empty())
    return "an operation that may trap does not wait for its condition";
  all.write(out);
  for (Operation *op : flat.strict)
    if (out.stage.lookup(op) < out.decided)
      out.early.push_back(op);
  return out.early.empty() ? ""
                           : "an operation that may trap does not wait for the "
                             "end of the loop";
}

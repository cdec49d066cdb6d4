//===- Profile.h - What is in use together ----------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Units that are held, and values that live: both are items that are there
/// from a start on until the last of some ends. In no cycle, or slot, more of
/// them are there than a limit or a variable peak says. What is there for
/// certain raises the peak and pushes the others away, with the items of one
/// cycle as the reason (Schutt, Feydy, Stuckey, Wallace, "Explaining the
/// cumulative propagator", Constraints 16, 2011).
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_LEARNING_PROFILE_H
#define GAUS_LIB_SOLVER_LEARNING_PROFILE_H

#include "Learning/Engine.h"

namespace gaus {

class Profile : public Propagator {
public:
  /// Over so many cycles, or slots that cycles fold onto. `peak`: a variable,
  /// or -1: then `limit`, of any number of units.
  Profile(int32_t slots, bool folded, int32_t peak, int64_t limit)
      : peak(peak), limit(limit), folded(folded), height(slots, 0) {}

  /// `start` + `born` <= cycle < one of the ends: so many units are there. The
  /// item's index is to be subscribed for the start from above and for the ends
  /// from below.
  int32_t addItem(int32_t start, int32_t born, int64_t units);
  /// `variable` + `offset` is an end of the item that was added last.
  void addEnd(int32_t variable, int32_t offset) {
    ends.push_back({variable, offset});
    ++items.back().endsEnd;
  }

  void touched(int32_t index) override;
  bool propagate(Engine &engine) override;

private:
  struct Item {
    int32_t start, born;
    int64_t units;
    int32_t endsBegin, endsEnd;
    int32_t from = 0, to = 0; ///< where it is counted as certain
    bool changed = true;
  };
  struct End {
    int32_t variable, offset;
  };

  size_t slotOf(int32_t cycle) const {
    return folded ? cycle % height.size() : cycle;
  }
  int32_t lastStart(const Engine &e, const Item &i) const {
    return e.high(fromBelow(i.start)) + i.born;
  }
  int32_t firstStart(const Engine &e, const Item &i) const {
    return e.low(fromBelow(i.start)) + i.born;
  }
  int32_t firstEnd(const Engine &e, const Item &i) const;
  int32_t lastEnd(const Engine &e, const Item &i) const;
  Literal endAfter(const Engine &e, const Item &i, int32_t cycle) const;
  void add(int32_t from, int32_t to, int64_t units);
  void update(const Engine &e);
  int64_t most(const Engine &e) const {
    return peak < 0 ? limit : e.high(fromBelow(peak));
  }
  /// Why more than `least` units are in the slot: appended to `because`.
  int64_t collect(Engine &e, size_t slot, int64_t least);
  bool raisePeak(Engine &e);
  bool explainPush(Engine &e, const Item &i, int32_t cycle);
  bool pushStart(Engine &e, const Item &i);
  bool pushEnds(Engine &e, const Item &i);

  int32_t peak;
  int64_t limit, highest = 0;
  bool folded;
  std::vector<Item> items;
  std::vector<End> ends;
  std::vector<int64_t> height;
  std::vector<int32_t> changed;
  std::vector<Literal> because;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_LEARNING_PROFILE_H

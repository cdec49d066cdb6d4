//===- ActivityHeap.h - What conflicts were about ---------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Numbers 0 .. n - 1 by activity, the largest first, ties by number; those
/// without any are not in it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_LEARNING_ACTIVITYHEAP_H
#define GAUS_LIB_SOLVER_LEARNING_ACTIVITYHEAP_H

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace gaus {

class ActivityHeap {
public:
  void grow(size_t size) {
    activity.resize(size, 0);
    place.resize(size, -1);
  }
  bool empty() const { return order.empty(); }

  void bump(int32_t x) {
    if ((activity[x] += step) > 1e100) {
      for (double &a : activity)
        a *= 1e-100;
      step *= 1e-100;
    }
    if (place[x] < 0)
      insert(x);
    else
      up(place[x]);
  }
  void decay() { step *= 1 / 0.95; }
  /// Puts x back after it was taken.
  void restore(int32_t x) {
    if (activity[x] > 0 && place[x] < 0)
      insert(x);
  }
  int32_t take() {
    int32_t top = order[0];
    place[top] = -1;
    int32_t last = order.back();
    order.pop_back();
    if (!order.empty()) {
      put(0, last);
      down(0);
    }
    return top;
  }

private:
  bool before(int32_t a, int32_t b) const {
    return activity[a] > activity[b] || (activity[a] == activity[b] && a < b);
  }
  void put(size_t at, int32_t x) {
    order[at] = x;
    place[x] = static_cast<int32_t>(at);
  }
  void insert(int32_t x) {
    order.push_back(x);
    place[x] = static_cast<int32_t>(order.size()) - 1;
    up(order.size() - 1);
  }
  void up(size_t at) {
    int32_t x = order[at];
    for (; at > 0 && before(x, order[(at - 1) / 2]); at = (at - 1) / 2)
      put(at, order[(at - 1) / 2]);
    put(at, x);
  }
  void down(size_t at) {
    int32_t x = order[at];
    for (size_t child; (child = 2 * at + 1) < order.size(); at = child) {
      if (child + 1 < order.size() && before(order[child + 1], order[child]))
        ++child;
      if (!before(order[child], x))
        break;
      put(at, order[child]);
    }
    put(at, x);
  }

  std::vector<double> activity;
  std::vector<int32_t> place, order;
  double step = 1;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_LEARNING_ACTIVITYHEAP_H

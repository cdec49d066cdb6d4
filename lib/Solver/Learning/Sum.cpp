//===- Sum.cpp - A weighted sum -------------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/Sum.h"

#include <algorithm>

using namespace gaus;

/// The least values of all terms but one, lower by what the surplus allows.
void Sum::collect(const Engine &e, const Term *without, int64_t surplus) {
  because.clear();
  for (const Term &t : terms) {
    if (&t == without)
      continue;
    int64_t above = int64_t(e.low(t.view)) - e.rootLow(t.view);
    int64_t drop = std::min(above, surplus / t.factor);
    surplus -= drop * t.factor;
    if (drop < above)
      because.push_back({t.view, static_cast<int32_t>(e.low(t.view) - drop)});
  }
}

bool Sum::propagate(Engine &e) {
  int64_t least = 0;
  for (const Term &t : terms)
    least += t.factor * e.low(t.view);
  e.count(static_cast<int64_t>(terms.size()));
  int64_t slack = most - least;
  if (slack < 0) {
    collect(e, nullptr, -slack - 1);
    return e.fail(because);
  }
  for (const Term &t : terms) {
    int64_t range = int64_t(e.high(t.view)) - e.low(t.view);
    int64_t room = slack / t.factor;
    if (room >= range)
      continue;
    // One more than it may be, with the others, is above `most` by so much.
    collect(e, &t, (room + 1) * t.factor - slack - 1);
    auto value = static_cast<int32_t>(e.low(t.view) + room);
    if (!e.raise({t.view ^ 1, -value}, because))
      return false;
  }
  return true;
}

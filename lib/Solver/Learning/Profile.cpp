//===- Profile.cpp - What is in use together ------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/Profile.h"

#include <algorithm>

using namespace gaus;

int32_t Profile::addItem(int32_t start, int32_t born, int64_t units) {
  auto index = static_cast<int32_t>(items.size());
  auto at = static_cast<int32_t>(ends.size());
  items.push_back({start, born, units, at, at});
  changed.push_back(index);
  return index;
}

void Profile::touched(int32_t index) {
  if (index < 0 || items[index].changed)
    return;
  items[index].changed = true;
  changed.push_back(index);
}

int32_t Profile::firstEnd(const Engine &e, const Item &i) const {
  int32_t end = INT32_MIN;
  for (int32_t k = i.endsBegin; k < i.endsEnd; ++k)
    end = std::max(end, e.low(fromBelow(ends[k].variable)) + ends[k].offset);
  return end;
}

int32_t Profile::lastEnd(const Engine &e, const Item &i) const {
  int32_t end = INT32_MIN;
  for (int32_t k = i.endsBegin; k < i.endsEnd; ++k)
    end = std::max(end, e.high(fromBelow(ends[k].variable)) + ends[k].offset);
  return end;
}

/// A literal that holds, by which the item ends after the cycle.
Literal Profile::endAfter(const Engine &e, const Item &i, int32_t cycle) const {
  for (int32_t k = i.endsBegin; k < i.endsEnd; ++k) {
    Literal l = atLeast(ends[k].variable, cycle + 1 - ends[k].offset);
    if (e.holds(l))
      return l;
  }
  return {};
}

void Profile::add(int32_t from, int32_t to, int64_t units) {
  for (int32_t d = from; d < to; ++d)
    height[slotOf(d)] += units;
}

/// Counts what is certain by now.
void Profile::update(const Engine &e) {
  for (int32_t k : changed) {
    Item &i = items[k];
    i.changed = false;
    int32_t from = lastStart(e, i), to = firstEnd(e, i);
    if (from >= to)
      from = to = 0;
    if (from < i.to && i.from < to) {
      add(i.from, from, -i.units);
      add(from, i.from, i.units);
      add(to, i.to, -i.units);
      add(i.to, to, i.units);
    } else {
      add(i.from, i.to, -i.units);
      add(from, to, i.units);
    }
    i.from = from;
    i.to = to;
  }
  changed.clear();
}

int64_t Profile::collect(Engine &e, size_t slot, int64_t least) {
  // Before the first decision nothing needs a reason.
  if (e.atRoot())
    return height[slot];
  e.count(static_cast<int64_t>(items.size()) / 4);
  int64_t surplus = height[slot] - least - 1, sum = height[slot];
  auto size = static_cast<int32_t>(height.size());
  for (const Item &i : items) {
    if (i.from >= i.to)
      continue;
    int32_t first = i.from, last = i.to - 1;
    if (folded) {
      auto m = static_cast<int32_t>(slot);
      first += ((m - first) % size + size) % size;
      last -= ((last - m) % size + size) % size;
    } else {
      auto d = static_cast<int32_t>(slot);
      if (d < first || d > last)
        continue;
      first = last = d;
    }
    if (first > last)
      continue;
    int64_t counted = i.units * ((last - first) / size + 1);
    if (counted <= surplus) {
      surplus -= counted;
      sum -= counted;
      continue;
    }
    because.push_back(atMost(i.start, first - i.born));
    because.push_back(endAfter(e, i, last));
  }
  return sum;
}

/// The largest certain height is a lower bound on the peak.
bool Profile::raisePeak(Engine &e) {
  int64_t h = highest;
  auto slot = [&] {
    return std::find(height.begin(), height.end(), h) - height.begin();
  };
  if (peak < 0) {
    if (h <= limit)
      return true;
    because.clear();
    collect(e, slot(), limit);
    return e.fail(because);
  }
  if (h <= e.low(fromBelow(peak)))
    return true;
  because.clear();
  collect(e, slot(), h - 1);
  return e.raise(atLeast(peak, static_cast<int32_t>(h)), because);
}

/// Why the item may not be there in the cycle. False if it may.
bool Profile::explainPush(Engine &e, const Item &i, int32_t cycle) {
  size_t slot = slotOf(cycle);
  int64_t free = most(e) - i.units;
  if (height[slot] <= free)
    return false;
  because.clear();
  int64_t sum = collect(e, slot, free);
  if (peak >= 0)
    because.push_back(atMost(peak, static_cast<int32_t>(sum + i.units - 1)));
  return true;
}

/// It ends late enough to be there in a full cycle: so it starts behind it.
bool Profile::pushStart(Engine &e, const Item &i) {
  for (bool again = true; again;) {
    again = false;
    int32_t from = firstStart(e, i);
    int32_t to = std::min(firstEnd(e, i), lastStart(e, i));
    e.count(std::max(0, to - from));
    for (int32_t d = to - 1; d >= from && !again; --d) {
      if (!explainPush(e, i, d))
        continue;
      because.push_back(endAfter(e, i, d));
      if (!e.raise(atLeast(i.start, d + 1 - i.born), because))
        return false;
      again = true;
    }
  }
  return true;
}

/// It starts early enough to be there in a full cycle: so it ends before.
bool Profile::pushEnds(Engine &e, const Item &i) {
  int32_t from = std::max(lastStart(e, i), firstEnd(e, i));
  int32_t to = lastEnd(e, i);
  e.count(std::max(0, to - from));
  for (int32_t d = from; d < to; ++d) {
    if (!explainPush(e, i, d))
      continue;
    because.push_back(atMost(i.start, d - i.born));
    for (int32_t k = i.endsBegin; k < i.endsEnd; ++k)
      if (!e.raise(atMost(ends[k].variable, d - ends[k].offset), because))
        return false;
    // Of a hold the end is the start, and there may be a full cycle before.
    if (i.endsEnd - i.endsBegin > 1 || ends[i.endsBegin].variable != i.start)
      return true;
    return pushEnds(e, i);
  }
  return true;
}

bool Profile::propagate(Engine &e) {
  update(e);
  highest = 0;
  for (int64_t h : height)
    highest = std::max(highest, h);
  e.count(static_cast<int64_t>(height.size()) / 8);
  if (!raisePeak(e))
    return false;
  for (const Item &i : items) {
    if (highest + i.units <= most(e))
      continue;
    if (!pushStart(e, i) || !pushEnds(e, i))
      return false;
  }
  return true;
}

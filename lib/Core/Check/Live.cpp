//===- Live.cpp - Does live memory stay within its limit? -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Checker.h"

#include <algorithm>

using namespace gaus;

/// Values that a note lists, the widest ones first; the rest is counted.
static constexpr size_t kMaxValues = 8;

// What enters is numbered behind the nodes.
void Checker::addEntering(Changes &live, int64_t end) const {
  const Interface &io = p.interface;
  for (size_t v = 0; v < io.width.size(); ++v) {
    int64_t until = io.stays[v] ? end : 0;
    for (int32_t k = io.useBegin[v]; k < io.useBegin[v + 1]; ++k)
      if (sane(io.user[k]))
        until = std::max(until, endOfUse(io.user[k]));
    if (until > 0 && io.width[v] > 0)
      add(live, 0, until, io.width[v], p.numNodes() + static_cast<int32_t>(v));
  }
}

// The first cycle in which `node` no longer needs what it reads.
int64_t Checker::endOfUse(int32_t node) const {
  if (p.memoryModel == MemoryModel::Values)
    return starts[node];
  return starts[node] + (p.latency[node] > 1 ? p.latency[node] : 1);
}

// [Live]
void Checker::checkLive() {
  bool buffers = p.memoryModel == MemoryModel::Buffers;
  int64_t end = 0;
  auto endOf = [&](int32_t i) {
    return starts[i] + (p.latency[i] > 1 ? p.latency[i] : 1);
  };
  auto born = [&](int32_t i) { return buffers ? starts[i] : endOf(i) - 1; };
  std::vector<int64_t> lastReader(p.numNodes(), -1);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (sane(i)) {
      end = std::max(end, endOf(i));
      if (buffers)
        lastReader[i] = endOf(i);
    }
  for (int32_t i : p.interface.leaves)
    lastReader[i] = std::max(lastReader[i], end);
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (p.carries[e] && sane(p.target[e]))
      lastReader[p.source[e]] =
          std::max(lastReader[p.source[e]],
                   endOfUse(p.target[e]) + int64_t(p.ii) * p.distance[e]);
  Changes live;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (sane(i) && p.width[i] > 0 && born(i) < lastReader[i])
      add(live, born(i), lastReader[i] - born(i), p.width[i], i);
  addEntering(live, end);
  for (const Overuse &over : overuses(std::move(live), p.liveLimit))
    reportLive(over);
}

void Checker::reportLive(const Overuse &over) {
  int32_t n = p.numNodes();
  auto width = [&](int32_t value) {
    return value < n ? p.width[value] : p.interface.width[value - n];
  };
  std::vector<int32_t> values(over.holders.begin(), over.holders.end());
  // At fault is the one that came last.
  int32_t last = -1;
  for (int32_t v : values)
    if (v < n && (last < 0 || starts[v] > starts[last]))
      last = v;
  std::stable_sort(values.begin(), values.end(),
                   [&](int32_t a, int32_t b) { return width(a) > width(b); });
  std::vector<Note> notes;
  for (int32_t v : values) {
    if (notes.size() == kMaxValues) {
      notes.push_back({std::to_string(values.size() - kMaxValues) +
                       " more values are live"});
      break;
    }
    std::string what =
        v < n ? "the value of " + quoted(v)
              : "value " + std::to_string(v - n) + " of those that enter";
    notes.push_back({what + " is live, of width " + std::to_string(width(v)),
                     v < n ? v : -1});
  }
  report("Live", last,
         std::to_string(over.load) + " of live memory in " +
             timeText(over.cycle) + ", above the limit " +
             std::to_string(p.liveLimit),
         std::move(notes));
}

//===- Room.cpp - What limits leave room for ------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Room.h"

#include "gaus/Core/Bounds.h"

#include <algorithm>

using namespace gaus;

void gaus::sortShares(std::vector<Share> &shares) {
  std::stable_sort(
      shares.begin(), shares.end(),
      [](const Share &a, const Share &b) { return a.amount > b.amount; });
}

/// Whole turns are everywhere; of the k largest, whose rests together cover the
/// cycles more than m - 1 times, m different ones meet somewhere, and are no
/// smaller than the last m of the k.
Wide gaus::stackedPeak(const std::vector<Share> &shares, int64_t cycles) {
  Wide base = 0, covered = 0, sum = 0, best = 0;
  size_t first = 0; // of those that are summed up
  for (size_t k = 0; cycles > 0 && k < shares.size(); ++k) {
    base += Wide(shares[k].amount) * (shares[k].cycles / cycles);
    covered += shares[k].cycles % cycles;
    sum += shares[k].amount;
    // As many of the last ones meet as before, or one more.
    if (covered > Wide(k - first) * cycles)
      best = std::max(best, sum);
    else
      sum -= shares[first++].amount;
  }
  return base + best;
}

//===----------------------------------------------------------------------===//
// Initiation interval, by what limits leave room for
//===----------------------------------------------------------------------===//

/// An interval that sorted shares need in turn. Of the k largest, some exclude
/// all others, and themselves: these follow each other, and whatever else there
/// is of the k lies between two of them.
static Wide leastInTurn(const std::vector<Share> &shares, int64_t limit) {
  Wide best = 0, apart = 0, work = 0;
  int64_t longest = 0;
  size_t end = 0; // of those that exclude all others
  auto join = [&](const Share &share) {
    longest = std::max(longest, share.cycles);
    work += Wide(share.amount) * share.cycles;
  };
  for (size_t k = 0; k < shares.size(); ++k) {
    if (end == k) {
      apart += shares[k].cycles;
      ++end;
    } else {
      join(shares[k]);
    }
    for (; end > 0 && shares[end - 1].amount + Wide(shares[k].amount) <= limit;
         --end) {
      apart -= shares[end - 1].cycles;
      join(shares[end - 1]);
    }
    if (end == 0)
      break;
    best =
        std::max(best, apart + std::max<Wide>(longest, ceilDiv(work, limit)));
  }
  return best;
}

/// Whether sums leave room for sorted shares in so many slots: for how many
/// meet, and beside the whole turns for what is left to take turns.
static bool isRoom(const std::vector<Share> &shares, int64_t limit,
                   int64_t ii) {
  if (stackedPeak(shares, ii) > limit)
    return false;
  std::vector<Share> rests;
  for (const Share &share : shares) {
    limit -= share.amount * (share.cycles / ii);
    if (share.cycles % ii > 0)
      rests.push_back({share.cycles % ii, share.amount});
  }
  return rests.empty() || leastInTurn(rests, limit) <= ii;
}

/// The least interval that sums do not rule out for the shares. What fits in
/// one fits in a larger one, too: where it is cut, a slot more holds what goes
/// on there, and each share ends a slot earlier.
static int64_t leastRoom(std::vector<Share> shares, int64_t limit) {
  int64_t low = 1, high = int64_t(kMaxCycle) + 1;
  if (shares.empty())
    return low;
  Wide work = 0;
  for (const Share &share : shares)
    work += Wide(share.amount) * share.cycles;
  sortShares(shares);
  if (limit > 0)
    low = std::clamp(ceilDiv(work, limit), low, high);
  for (int64_t middle = low; low < high; middle = (low + high) / 2) {
    if (isRoom(shares, limit, middle))
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

/// Cycles that a value lives at least, whatever the windows and the interval.
static int64_t leastLife(const Problem &p, const Adjacency &adj, int32_t i) {
  int64_t life = p.hasBuffers() ? durationOf(p, i) : 0;
  for (int32_t e : adj.out(i))
    if (p.carries[e] && p.distance[e] == 0)
      life = std::max(life, int64_t(p.latency[i]) + p.lag[e] +
                                readFor(p, p.target[e]) - bornAfter(p, i));
  return life;
}

int64_t gaus::liveMII(const Problem &p) {
  if (!p.limitsLive())
    return 1;
  Adjacency adj(p);
  std::vector<Share> live;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (int64_t life = leastLife(p, adj, i); life > 0 && p.width[i] > 0)
      live.push_back({life, p.width[i]});
  return leastRoom(std::move(live), p.liveLimit);
}

int64_t gaus::limitsMII(const Problem &p) {
  std::vector<std::vector<Share>> held(p.numResources());
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      if (int32_t r = p.useResource[k];
          p.limit[r] != kUnlimited && p.useUnits[k] > 0)
        held[r].push_back({p.occupancy[i], p.useUnits[k]});
  int64_t least = liveMII(p);
  for (int32_t r = 0; r < p.numResources(); ++r)
    least = std::max(least, leastRoom(std::move(held[r]), p.limit[r]));
  return least;
}

//===- Schedule.cpp - Start cycles and their exact cost -------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Schedule.h"
#include "gaus/Core/Checked.h"

#include <algorithm>
#include <limits>

using namespace gaus;

//===----------------------------------------------------------------------===//
// Profiles
//===----------------------------------------------------------------------===//

namespace {
/// Sums intervals of cycles, folded onto slots with an II. Dense arrays would
/// be as long as the last cycle, which may be far away, so changes are kept as
/// events and only spread out where that is cheap or asked for.
class Profile {
public:
  explicit Profile(int32_t interval) : ii(interval) {}

  /// Adds `amount` to cycles from .. to - 1.
  void add(int64_t from, int64_t to, int64_t amount) {
    if (from >= to || amount == 0)
      return;
    if (ii == 0) {
      change(from, amount);
      change(to, -amount);
      return;
    }
    base += (to - from) / ii * amount;
    int64_t rest = (to - from) % ii, first = from % ii;
    if (rest == 0)
      return;
    change(first, amount);
    if (first + rest <= ii) {
      change(first + rest, -amount);
    } else {
      change(ii, -amount);
      change(0, amount);
      change(first + rest - ii, -amount);
    }
  }

  /// The largest sum over all cycles or slots. Forgets the content.
  int64_t peakAndClear() {
    int64_t peak = spread() ? densePeak() : sparsePeak();
    events.clear();
    last = base = 0;
    return peak;
  }

  /// One entry a slot, or a cycle up to the last with a sum.
  std::vector<int64_t> dense() const {
    std::vector<int64_t> sums(ii > 0 ? ii : last, 0);
    for (const Event &e : events)
      if (e.cycle < static_cast<int64_t>(sums.size()))
        sums[e.cycle] += e.amount;
    int64_t sum = base;
    for (int64_t &s : sums)
      s = sum += s;
    return sums;
  }

  /// The same as steps.
  std::vector<ProfileStep> steps() {
    std::sort(events.begin(), events.end(), byCycle);
    std::vector<ProfileStep> all = {{0, base}};
    for (const Event &e : events) {
      // Beyond the last slot the fold begins anew.
      if (ii > 0 && e.cycle >= ii)
        break;
      if (e.cycle != all.back().cycle)
        all.push_back({e.cycle, all.back().value});
      all.back().value += e.amount;
    }
    all.erase(std::unique(all.begin(), all.end(),
                          [](const ProfileStep &a, const ProfileStep &b) {
                            return a.value == b.value;
                          }),
              all.end());
    return all;
  }

private:
  struct Event {
    int64_t cycle, amount;
  };
  static bool byCycle(const Event &a, const Event &b) {
    return a.cycle < b.cycle;
  }

  void change(int64_t cycle, int64_t amount) {
    events.push_back({cycle, amount});
    last = std::max(last, cycle);
  }
  bool spread() const {
    return last <= 4 * static_cast<int64_t>(events.size()) + 64;
  }
  int64_t densePeak() {
    scratch.assign(last + 1, 0);
    for (const Event &e : events)
      scratch[e.cycle] += e.amount;
    return peakOf(scratch);
  }
  int64_t sparsePeak() {
    std::sort(events.begin(), events.end(), byCycle);
    scratch.clear();
    for (size_t k = 0; k < events.size(); ++k) {
      if (k == 0 || events[k].cycle != events[k - 1].cycle)
        scratch.push_back(0);
      scratch.back() += events[k].amount;
    }
    return peakOf(scratch);
  }
  int64_t peakOf(const std::vector<int64_t> &changes) const {
    int64_t sum = base, peak = base;
    for (int64_t change : changes)
      peak = std::max(peak, sum += change);
    return peak;
  }

  int32_t ii;
  int64_t base = 0, last = 0;
  std::vector<Event> events;
  std::vector<int64_t> scratch;
};
} // namespace

/// The first cycle at which the value of each node is dead, INT64_MIN for a
/// value that is never live: one without a consumer. A buffer is held while it
/// is written.
static std::vector<int64_t> lastUses(const Problem &p,
                                     std::span<const int32_t> starts) {
  std::vector<int64_t> last(p.numNodes(), std::numeric_limits<int64_t>::min());
  if (p.hasBuffers())
    for (int32_t i = 0; i < p.numNodes(); ++i)
      last[i] = int64_t(starts[i]) + durationOf(p, i);
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (p.carries[e])
      last[p.source[e]] =
          std::max(last[p.source[e]], starts[p.target[e]] +
                                          int64_t(p.ii) * p.distance[e] +
                                          readFor(p, p.target[e]));
  return last;
}

int64_t gaus::endOf(const Problem &p, std::span<const int32_t> starts) {
  int64_t end = 0;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    end = std::max<int64_t>(end, int64_t(starts[i]) + durationOf(p, i));
  return end;
}

static Profile liveProfile(const Problem &p, std::span<const int32_t> starts) {
  Profile profile(p.ii);
  std::vector<int64_t> last = lastUses(p, starts);
  const Interface &io = p.interface;
  int64_t end = endOf(p, starts);
  for (int32_t i : io.leaves)
    last[i] = std::max(last[i], end);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    profile.add(int64_t(starts[i]) + bornAfter(p, i), last[i], p.width[i]);
  for (size_t k = 0; k < io.width.size(); ++k) {
    int64_t lastUse = io.stays[k] ? end : 0;
    for (int32_t u = io.useBegin[k]; u < io.useBegin[k + 1]; ++u)
      lastUse = std::max<int64_t>(lastUse, int64_t(starts[io.user[u]]) +
                                               readFor(p, io.user[u]));
    profile.add(0, lastUse, io.width[k]);
  }
  return profile;
}

static Profile inUse(const Problem &p, std::span<const int32_t> starts,
                     int32_t resource) {
  Profile profile(p.ii);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      if (p.useResource[k] == resource)
        profile.add(starts[i], int64_t(starts[i]) + p.occupancy[i],
                    p.useUnits[k]);
  return profile;
}

std::vector<int64_t> gaus::useProfile(const Problem &p,
                                      std::span<const int32_t> starts,
                                      int32_t resource) {
  return inUse(p, starts, resource).dense();
}

std::vector<ProfileStep> gaus::useSteps(const Problem &p,
                                        std::span<const int32_t> starts,
                                        int32_t resource) {
  return inUse(p, starts, resource).steps();
}

std::vector<int64_t> gaus::memoryProfile(const Problem &p,
                                         std::span<const int32_t> starts) {
  return liveProfile(p, starts).dense();
}

std::vector<ProfileStep> gaus::memorySteps(const Problem &p,
                                           std::span<const int32_t> starts) {
  return liveProfile(p, starts).steps();
}

//===----------------------------------------------------------------------===//
// Costs
//===----------------------------------------------------------------------===//

/// [R] peak use of every resource.
static std::vector<int64_t> peaks(const Problem &p,
                                  std::span<const int32_t> starts) {
  // Uses by resource, so that one profile at a time is in memory.
  std::vector<int64_t> begin(p.numResources() + 1, 0);
  for (int32_t r : p.useResource)
    ++begin[r + 1];
  for (int32_t r = 0; r < p.numResources(); ++r)
    begin[r + 1] += begin[r];
  struct Use {
    int32_t node;
    int64_t units;
  };
  std::vector<Use> uses(p.useResource.size());
  std::vector<int64_t> next(begin.begin(), begin.end() - 1);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      uses[next[p.useResource[k]]++] = {i, p.useUnits[k]};

  std::vector<int64_t> result(p.numResources());
  Profile profile(p.ii);
  for (int32_t r = 0; r < p.numResources(); ++r) {
    for (int64_t k = begin[r]; k < begin[r + 1]; ++k) {
      int64_t start = starts[uses[k].node];
      profile.add(start, start + p.occupancy[uses[k].node], uses[k].units);
    }
    result[r] = profile.peakAndClear();
  }
  return result;
}

Cost gaus::evaluate(const Problem &p, std::span<const int32_t> starts) {
  assert(starts.size() == static_cast<size_t>(p.numNodes()) &&
         "a start for every node");
  Cost cost;
  cost.peak = peaks(p, starts);
  for (int32_t r = 0; r < p.numResources(); ++r)
    cost.resources += p.price[r] * cost.peak[r];
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (p.carries[e])
      cost.communication +=
          p.weight[e] * (starts[p.target[e]] + int64_t(p.ii) * p.distance[e] -
                         starts[p.source[e]]);
  cost.memory = liveProfile(p, starts).peakAndClear();
  cost.length = endOf(p, starts);
  return cost;
}

Payment gaus::paymentOf(Objective objective, const CostWeights &w) {
  constexpr Payment (*kRows[])(const CostWeights &) = {
#define GAUS_OBJECTIVE(name, word, meaning, ...)                               \
  [](const CostWeights &w) -> Payment {                                        \
    (void)w;                                                                   \
    return __VA_ARGS__;                                                        \
  },
#include "gaus/Core/Objectives.def"
  };
  return kRows[static_cast<size_t>(objective)](w);
}

int64_t Cost::value(Objective objective, const CostWeights &weights) const {
  Payment paid = paymentOf(objective, weights);
  return saturate(Wide(paid.resources) * resources +
                  Wide(paid.communication) * communication +
                  Wide(paid.memory) * memory + Wide(paid.length) * length);
}

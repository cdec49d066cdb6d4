//===- SlotProblem.cpp - What decides about an II -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Modulo/SlotProblem.h"

#include "gaus/Core/Checked.h"

#include <algorithm>
#include <deque>

using namespace gaus;

/// Relaxed edges per edge of a component before its windows are given up.
static constexpr int64_t kMaxRounds = 200;
/// Roots of a component that are compared.
static constexpr int32_t kRoots = 8;
static constexpr int64_t kUnreached = INT64_MIN;

static int64_t roundUp(int64_t value, int64_t step) {
  int64_t rest = value % step;
  return rest > 0 ? value + step - rest : value - rest;
}

/// The first cycle from `value` on that falls on `slot`.
static int64_t toSlot(int64_t value, int64_t slot, int64_t ii) {
  return value + (((slot - value) % ii) + ii) % ii;
}

std::optional<SlotProblem> SlotProblem::of(const Problem &p,
                                           const Adjacency &adj,
                                           const Components &components,
                                           const Windows &windows, bool evenly,
                                           const Stop *stop) {
  SlotProblem s(p, adj, components, stop);
  s.collectUses();
  s.checkWork();
  s.countStarts(evenly);
  s.findBounded();
  s.role.assign(p.numNodes(), Role::Free);
  s.lo.assign(p.numNodes(), 0);
  s.hi.assign(p.numNodes(), 0);
  bool anyBounded = false;
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    anyBounded |= s.bounded[i] != 0;
    if (s.bounded[i]) {
      s.role[i] = Role::Window;
      s.lo[i] = windows.asap[i];
      s.hi[i] = windows.alap[i];
    }
  }
  // The whole schedule can be turned: the largest component starts in slot 0.
  int32_t largest = -1;
  size_t most = 1;
  int32_t count = static_cast<int32_t>(components.begin.size()) - 1;
  for (int32_t c = 0; c < count && !anyBounded; ++c)
    if (s.components.members(c).size() > most) {
      most = s.components.members(c).size();
      largest = c;
    }
  for (int32_t c = 0; c < count; ++c) {
    std::span<const int32_t> nodes = s.components.members(c);
    if (s.bounded[nodes[0]])
      continue;
    if (nodes.size() > 1) {
      if (!s.windowsOfComponent(c, c == largest ? 0 : p.ii - 1))
        return std::nullopt;
      continue;
    }
    int32_t i = nodes[0];
    const std::vector<Use> &u = s.uses[i];
    if (u.empty())
      continue;
    bool filler = u.size() == 1 && s.uniform[u[0].resource];
    s.role[i] = filler ? Role::Filler : Role::Slot;
    s.hi[i] = filler ? 0 : p.ii - 1;
  }
  s.chooseEdges();
  return s;
}

void SlotProblem::collectUses() {
  uses.resize(p.numNodes());
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k) {
      int32_t r = p.useResource[k];
      if (p.limit[r] == kUnlimited || p.useUnits[k] == 0)
        continue;
      auto known = std::find_if(uses[i].begin(), uses[i].end(),
                                [&](const Use &u) { return u.resource == r; });
      if (known == uses[i].end())
        uses[i].push_back({r, p.useUnits[k]});
      else
        known->units += p.useUnits[k];
    }
  hold = p.occupancy;
}

/// Units times cycles against the limits.
void SlotProblem::checkWork() {
  std::vector<Wide> sum(p.numResources(), 0);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (const Use &u : uses[i])
      sum[u.resource] += Wide(u.units) * p.occupancy[i];
  for (int32_t r = 0; r < p.numResources(); ++r)
    if (p.limit[r] != kUnlimited)
      workFits &= sum[r] <= Wide(p.limit[r]) * p.ii;
}

/// Finds the resources where starts can be counted, and counts.
void SlotProblem::countStarts(bool evenly) {
  uniform.assign(p.numResources(), 1);
  std::vector<int64_t> users(p.numResources(), 0), units(p.numResources(), 0);
  std::vector<int32_t> cycles(p.numResources(), 0);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (const Use &u : uses[i]) {
      int32_t r = u.resource;
      if (users[r]++ == 0) {
        units[r] = u.units;
        cycles[r] = p.occupancy[i];
      }
      uniform[r] &= uses[i].size() == 1 && units[r] == u.units &&
                    cycles[r] == p.occupancy[i];
    }
  capacity.resize(p.numResources());
  for (int32_t r = 0; r < p.numResources(); ++r) {
    if (users[r] == 0)
      continue;
    capacity[r].assign(p.ii, p.limit[r]);
    uniform[r] &= cycles[r] <= p.ii;
    if (!uniform[r])
      continue;
    Wide starts = Wide(p.limit[r] / units[r]) * p.ii / cycles[r];
    workFits &= users[r] <= starts;
    uniform[r] = cycles[r] == 1 || evenly;
    restricted |= uniform[r] && cycles[r] > 1;
    // Any `cycles` neighbouring slots get at most limit / units of them.
    for (int64_t m = 0; m < p.ii && uniform[r]; ++m)
      capacity[r][m] =
          static_cast<int64_t>((m + 1) * starts / p.ii - m * starts / p.ii);
  }
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (uses[i].size() == 1 && uniform[uses[i][0].resource]) {
      uses[i][0].units = 1;
      hold[i] = 1;
    }
}

/// Marks the nodes from which a node with a latest start can be reached.
void SlotProblem::findBounded() {
  bounded.assign(p.numNodes(), p.length > 0);
  if (p.length > 0)
    return;
  std::vector<int32_t> todo;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (p.latest[i] < kMaxCycle) {
      bounded[i] = 1;
      todo.push_back(i);
    }
  while (!todo.empty()) {
    int32_t i = todo.back();
    todo.pop_back();
    for (int32_t e : adj.in(i))
      if (int32_t from = p.source[e]; !bounded[from]) {
        bounded[from] = 1;
        todo.push_back(from);
      }
  }
}

/// Longest distances from `root` (or to it) within its component. False if
/// that takes too long.
bool SlotProblem::distances(std::span<const int32_t> nodes, int32_t root,
                            Direction direction,
                            std::vector<int64_t> &far) const {
  bool forward = direction == Direction::FromRoot;
  int32_t component = components.component[root];
  int64_t left = kMaxRounds * 16;
  for (int32_t i : nodes) {
    far[i] = kUnreached;
    left += kMaxRounds * (forward ? adj.out(i) : adj.in(i)).size();
  }
  far[root] = 0;
  std::deque<int32_t> queue{root};
  std::vector<int32_t> waiting{root};
  // Nodes in the queue once: the windows say that no cycle is positive.
  std::vector<uint8_t> queued(nodes.size(), 0);
  auto rankOf = [&](int32_t node) {
    return std::lower_bound(nodes.begin(), nodes.end(), node) - nodes.begin();
  };
  queued[rankOf(root)] = 1;
  while (!queue.empty()) {
    int32_t i = queue.front();
    queue.pop_front();
    queued[rankOf(i)] = 0;
    for (int32_t e : forward ? adj.out(i) : adj.in(i)) {
      int32_t j = forward ? p.target[e] : p.source[e];
      if (components.component[j] != component)
        continue;
      if (left-- == 0 || polled.over())
        return false;
      int64_t reach = far[i] + gapOf(e);
      if (far[j] != kUnreached && far[j] >= reach)
        continue;
      far[j] = reach;
      if (!queued[rankOf(j)]) {
        queued[rankOf(j)] = 1;
        queue.push_back(j);
      }
    }
  }
  return true;
}

/// A node of the component's tightest part gives the narrowest windows.
int32_t SlotProblem::chooseRoot(std::span<const int32_t> nodes) const {
  std::vector<int64_t> out(p.numNodes()), in(p.numNodes());
  int32_t best = -1;
  int64_t least = INT64_MAX;
  size_t step = std::max<size_t>(1, nodes.size() / kRoots);
  for (size_t k = 0; k < nodes.size(); k += step) {
    if (!distances(nodes, nodes[k], Direction::FromRoot, out) ||
        !distances(nodes, nodes[k], Direction::ToRoot, in))
      return -1;
    int64_t width = 0;
    for (int32_t i : nodes)
      width += uses[i].empty() ? 0 : -out[i] - in[i];
    if (width < least) {
      least = width;
      best = nodes[k];
    }
  }
  return best;
}

/// Windows of an unbounded component whose root starts within `freedom` cycles.
bool SlotProblem::windowsOfComponent(int32_t component, int32_t freedom) {
  std::span<const int32_t> nodes = components.members(component);
  int32_t root = chooseRoot(nodes);
  std::vector<int64_t> out(p.numNodes()), in(p.numNodes());
  if (polled.over(p.numNodes()) || root < 0 ||
      !distances(nodes, root, Direction::FromRoot, out) ||
      !distances(nodes, root, Direction::ToRoot, in))
    return false;
  int64_t least = 0;
  for (int32_t i : nodes)
    least = std::min(least, out[i]);
  int64_t origin = roundUp(-least, p.ii);
  for (int32_t i : nodes) {
    int64_t first = origin + out[i], last = origin + freedom - in[i];
    if (last > kMaxCycle)
      return false;
    role[i] = Role::Window;
    lo[i] = static_cast<int32_t>(first);
    hi[i] = static_cast<int32_t>(last);
  }
  return true;
}

void SlotProblem::chooseEdges() {
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    int32_t i = p.source[e], j = p.target[e];
    bool within = components.component[i] == components.component[j] && i != j;
    if ((bounded[i] && bounded[j] && i != j) ||
        (within && role[i] == Role::Window))
      edges.push_back(e);
  }
}

/// Places components in topological order, each as early as its slots allow.
class SlotProblem::Completion {
public:
  Completion(const SlotProblem &s, const std::vector<int64_t> &chosen,
             const Stop *stop)
      : s(s), p(s.p), chosen(chosen), polled(stop), start(p.numNodes(), 0),
        room(p.numResources()) {}

  bool run(Starts &starts);

private:
  void takeRoom();
  enum class From : uint8_t { All, OtherComponents };
  int64_t asked(int32_t node, From predecessors) const;
  int64_t onSlot(int32_t node, int64_t cycle) const;
  void placeComponent(std::span<const int32_t> nodes);
  bool placeFiller(int32_t node);

  const SlotProblem &s;
  const Problem &p;
  const std::vector<int64_t> &chosen;
  Polled polled;
  std::vector<int64_t> start;
  std::vector<std::vector<int64_t>> room;
};

/// What the chosen nodes leave of each resource that a filler needs.
void SlotProblem::Completion::takeRoom() {
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (s.role[i] == Role::Filler)
      if (int32_t r = s.uses[i][0].resource; room[r].empty())
        room[r] = s.capacity[r];
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    if (s.role[i] != Role::Slot && s.role[i] != Role::Window)
      continue;
    for (const Use &u : s.uses[i])
      if (!room[u.resource].empty() && !polled.over(s.hold[i]))
        for (int64_t d = 0; d < s.hold[i]; ++d)
          room[u.resource][(chosen[i] + d) % p.ii] -= u.units;
  }
}

/// The earliest start that the predecessors ask for.
int64_t SlotProblem::Completion::asked(int32_t node, From predecessors) const {
  int64_t cycle = p.earliest[node];
  for (int32_t e : s.adj.in(node)) {
    int32_t from = p.source[e];
    if (from == node ||
        (predecessors == From::OtherComponents &&
         s.components.component[from] == s.components.component[node]))
      continue;
    cycle = std::max(cycle, start[from] + s.gapOf(e));
  }
  return std::max<int64_t>(cycle, 0);
}

int64_t SlotProblem::Completion::onSlot(int32_t node, int64_t cycle) const {
  return s.uses[node].empty() ? cycle : toSlot(cycle, chosen[node], p.ii);
}

/// The least starts that keep the slots; the chosen ones, moved by whole
/// intervals, are never earlier, so that the iteration ends.
void SlotProblem::Completion::placeComponent(std::span<const int32_t> nodes) {
  constexpr int32_t kMaxSweeps = 1000;
  int64_t turns = 0;
  for (int32_t i : nodes) {
    start[i] = onSlot(i, asked(i, From::OtherComponents));
    turns = std::max(turns, roundUp(start[i] - chosen[i], p.ii));
  }
  bool changed = true;
  for (int32_t sweep = 0; changed && sweep < kMaxSweeps && !polled.ended();
       ++sweep) {
    changed = false;
    for (int32_t i : nodes) {
      int64_t cycle = onSlot(i, std::max(start[i], asked(i, From::All)));
      changed |= cycle > start[i];
      polled.over(1 + static_cast<int64_t>(s.adj.in(i).size()));
      start[i] = cycle;
    }
  }
  for (int32_t i : nodes)
    if (changed)
      start[i] = chosen[i] + turns;
}

bool SlotProblem::Completion::placeFiller(int32_t node) {
  std::vector<int64_t> &left = room[s.uses[node][0].resource];
  int64_t cycle = asked(node, From::All);
  for (int64_t d = 0; d < p.ii && !polled.over(); ++d)
    if (left[(cycle + d) % p.ii] > 0) {
      --left[(cycle + d) % p.ii];
      start[node] = cycle + d;
      return true;
    }
  return false;
}

bool SlotProblem::Completion::run(Starts &starts) {
  takeRoom();
  for (int32_t c = 0; c < s.components.count(); ++c) {
    std::span<const int32_t> nodes = s.components.members(c);
    int32_t i = nodes[0];
    if (s.bounded[i])
      for (int32_t j : nodes)
        start[j] = chosen[j];
    else if (nodes.size() > 1)
      placeComponent(nodes);
    else if (s.role[i] != Role::Filler)
      start[i] = onSlot(i, asked(i, From::All));
    else if (!placeFiller(i))
      return false;
    for (int32_t j : nodes)
      if (start[j] > kMaxCycle || polled.ended())
        return false;
  }
  starts.assign(start.begin(), start.end());
  return true;
}

Starts SlotProblem::complete(const std::vector<int64_t> &chosen,
                             const Stop *stop) const {
  Starts starts;
  if (!Completion(*this, chosen, stop).run(starts))
    return {};
  return starts;
}

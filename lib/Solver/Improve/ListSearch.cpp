//===- ListSearch.cpp - Orders that are crossed ---------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Improve/ListSearch.h"

#include "Model/Random.h"

#include <algorithm>
#include <numeric>

using namespace gaus;

ListSearch::~ListSearch() = default;

namespace {
constexpr size_t kMembers = 40;
/// Children in a row without a new member, after which most of them are new.
constexpr int32_t kIdle = 400;
} // namespace

uint32_t ListSearch::random(uint32_t below) {
  dev::Philox words = draw(Stream::Lists, c.options.seed, drawn++);
  return static_cast<uint32_t>((uint64_t(words.word[0]) * below) >> 32);
}

bool ListSearch::begin(const ListBudget &budget) {
  const Problem &p = c.p();
  begun = true;
  if (!c.pays.lengthAlone() || !c.problem.hasLimits || p.ii > 0 ||
      !c.problem.components.acyclic || p.numNodes() < 2)
    return false;
  int64_t cells = c.incumbent.length() * p.numResources();
  if (cells > budget.cells)
    return false;
  serial = std::make_unique<SerialSchedule>(
      p, c.problem.windows, static_cast<int32_t>(c.incumbent.length()));
  keys.resize(p.numNodes());
  return true;
}

/// Takes a legal schedule, justified, into the population. False if it is none
/// or there already.
bool ListSearch::offer(Starts starts) {
  if (starts.empty())
    return false;
  starts = serial->justified(starts);
  const Problem &p = c.p();
  Member m;
  m.length = 0;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    m.length = std::max(m.length, starts[i] + durationOf(p, i));
  if (m.length < c.incumbent.length())
    c.incumbent.offer(starts, Method::List);
  m.order.resize(p.numNodes());
  std::iota(m.order.begin(), m.order.end(), 0);
  std::stable_sort(m.order.begin(), m.order.end(),
                   [&](int32_t a, int32_t b) { return starts[a] < starts[b]; });
  for (const Member &other : members)
    if (other.length == m.length && other.order == m.order)
      return false;
  if (members.size() < kMembers) {
    members.push_back(std::move(m));
    return true;
  }
  auto worst = std::max_element(
      members.begin(), members.end(),
      [](const Member &a, const Member &b) { return a.length < b.length; });
  if (m.length > worst->length)
    return false;
  *worst = std::move(m);
  return true;
}

/// Latest starts, disturbed more and more.
void ListSearch::populate() {
  const std::vector<int32_t> &asap = c.problem.windows.asap;
  auto latest = c.problem.windowsWithin(
      static_cast<int32_t>(c.incumbent.length()), &c.stop());
  if (!latest)
    return;
  for (size_t k = 0;
       members.size() < kMembers && k < 3 * kMembers && !c.incumbent.finished();
       ++k) {
    for (size_t i = 0; i < keys.size(); ++i) {
      auto slack = static_cast<uint32_t>(latest->alap[i] - asap[i] + 1);
      auto noise = static_cast<int32_t>(uint64_t(random(slack)) *
                                        std::min<size_t>(k, 30) / 30);
      keys[i] = latest->alap[i] - noise;
    }
    offer(serial->forward(keys));
  }
}

/// The order of one parent up to a point, of the other up to a second one, and
/// of the first again.
std::vector<int32_t> ListSearch::cross(const Member &a, const Member &b) {
  auto n = static_cast<uint32_t>(keys.size());
  uint32_t from = random(n), to = random(n);
  if (from > to)
    std::swap(from, to);
  std::vector<uint8_t> taken(n, 0);
  std::vector<int32_t> order;
  auto take = [&](const Member &m, uint32_t until) {
    for (int32_t i : m.order) {
      if (order.size() >= until)
        return;
      if (!taken[i]) {
        taken[i] = 1;
        order.push_back(i);
      }
    }
  };
  take(a, from);
  take(b, to);
  take(a, n);
  return order;
}

void ListSearch::disturb(std::vector<int32_t> &order) {
  for (size_t k = 1; k < order.size(); ++k)
    if (random(20) == 0)
      std::swap(order[k], order[k - 1 - random(std::min<uint32_t>(k, 3))]);
}

/// Keeps the best third and begins anew with disturbed copies of it.
void ListSearch::renew() {
  std::stable_sort(
      members.begin(), members.end(),
      [](const Member &a, const Member &b) { return a.length < b.length; });
  members.resize(std::min(members.size(), kMembers / 4));
  idle = 0;
  size_t kept = members.size();
  for (size_t k = 0;
       k < 2 * kMembers && members.size() < kMembers && !c.incumbent.finished();
       ++k) {
    std::vector<int32_t> order = members[k % kept].order;
    for (int32_t times = 0; times < 6; ++times)
      disturb(order);
    for (size_t at = 0; at < order.size(); ++at)
      keys[order[at]] = static_cast<int32_t>(at);
    offer(serial->forward(keys));
  }
}

void ListSearch::breed() {
  auto parent = [&] {
    const Member &a = members[random(static_cast<uint32_t>(members.size()))];
    const Member &b = members[random(static_cast<uint32_t>(members.size()))];
    return &(a.length <= b.length ? a : b);
  };
  const Member *a = parent(), *b = parent();
  std::vector<int32_t> order = cross(*a, *b);
  disturb(order);
  for (size_t at = 0; at < order.size(); ++at)
    keys[order[at]] = static_cast<int32_t>(at);
  idle = offer(serial->forward(keys)) ? 0 : idle + 1;
  if (idle > kIdle)
    renew();
}

void ListSearch::run(const ListBudget &budget, int64_t work) {
  if (work == 0 || !c.incumbent.solved() || c.incumbent.finished())
    return;
  if (!begun && !begin(budget))
    return;
  if (!serial)
    return;
  int64_t until = serial->worked() + work;
  offer(c.incumbent.starts());
  if (members.size() < 2)
    populate();
  while (serial->worked() < until && members.size() > 1 &&
         !c.incumbent.finished())
    breed();
}

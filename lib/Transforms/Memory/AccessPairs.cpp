//===- AccessPairs.cpp - Which accesses have to be compared ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Memory/AccessPairs.h"

#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

/// From so many members on, a group has a set of them.
static constexpr size_t kManyMembers = 32;

AccessPairs::AccessPairs(const gaus::Problem &p,
                         std::vector<NodeAccess> accesses, LlvmMemory &memory,
                         AliasAnalysis &aliases)
    : problem(p), all(std::move(accesses)), ofNode(p.numNodes()),
      writes(all.size()), objectOf(all.size(), -2), anything(all.size()),
      arguments(all.size()), shared(all.size()), groupsOf(all.size()),
      still(all.size()), sources(p.numNodes()), sourcesAround(p.numNodes()) {
  for (auto [k, a] : llvm::enumerate(all)) {
    Range &range = ofNode[a.node];
    if (range.first == range.last)
      range.first = static_cast<unsigned>(k);
    range.last = static_cast<unsigned>(k) + 1;
    if (a.writes)
      writes.set(static_cast<unsigned>(k));
  }
  for (int32_t e = 0; e < p.numEdges(); ++e)
    // A load that another access may not be before starts no later than that:
    // all that has to end before it has a first edge that says so.
    if (p.distance[e] <= 1 && p.lag[e] + p.latency[p.source[e]] >= 0)
      (p.distance[e] ? sourcesAround : sources)[p.target[e]].push_back(
          p.source[e]);
  classify(memory, aliases);
}

//===----------------------------------------------------------------------===//
// Objects
//===----------------------------------------------------------------------===//

/// What is surely apart: two objects of their own; one that nobody else knows
/// of, and an argument.
void AccessPairs::classify(LlvmMemory &memory, AliasAnalysis &aliases) {
  llvm::DenseMap<Value, int32_t> numbers;
  Value argument;
  std::vector<Value> values;
  for (auto [k, a] : llvm::enumerate(all)) {
    auto bit = static_cast<unsigned>(k);
    LlvmMemory::Object object = memory.object(a.address);
    bool own = object.isOwn || (object.value && isAllocated(object.value));
    if (!own) {
      bool argumentOnly = object.value && isArgument(object.value);
      objectOf[k] = argumentOnly ? -1 : -2;
      (argumentOnly ? arguments : anything).set(bit);
      if (argumentOnly)
        argument = object.value;
      continue;
    }
    auto [entry, fresh] =
        numbers.try_emplace(object.value, static_cast<int32_t>(objects.size()));
    if (fresh) {
      objects.emplace_back();
      values.push_back(object.value);
      meetsArguments.push_back(!object.isHidden);
    }
    objects[entry->second].push_back(k);
    objectOf[k] = entry->second;
  }
  for (size_t o = 0; argument && o < objects.size(); ++o)
    if (meetsArguments[o] && aliases.alias(values[o], argument).isNo())
      meetsArguments[o] = false;
  for (size_t o = 0; o < objects.size(); ++o)
    for (size_t k : objects[o])
      if (meetsArguments[o])
        shared.set(static_cast<unsigned>(k));
}

void AccessPairs::addToGroup(size_t access, int64_t group) {
  Group &g = groups[group];
  g.members.push_back(access);
  groupsOf[access].push_back(group);
  if (g.members.size() < kManyMembers)
    return;
  if (g.bits.empty())
    g.bits.resize(static_cast<unsigned>(all.size()));
  for (size_t k : g.members.size() == kManyMembers
                      ? llvm::ArrayRef(g.members)
                      : llvm::ArrayRef(g.members).take_back())
    g.bits.set(static_cast<unsigned>(k));
}

void AccessPairs::compareStill(size_t a, size_t b) {
  still[a].push_back(b);
  still[b].push_back(a);
}

AccessPairs::Bits AccessPairs::mayTouch(size_t access) const {
  int32_t object = objectOf[access];
  Bits bits = anything;
  if (object == -2) {
    bits.set();
  } else if (object == -1) {
    bits |= arguments;
    bits |= shared;
  } else {
    if (meetsArguments[object])
      bits |= arguments;
    for (size_t k : objects[object])
      bits.set(static_cast<unsigned>(k));
  }
  for (int64_t group : groupsOf[access]) {
    const Group &g = groups.at(group);
    if (!g.bits.empty())
      bits.reset(g.bits);
    else
      for (size_t k : g.members)
        bits.reset(static_cast<unsigned>(k));
  }
  for (size_t k : still[access])
    bits.set(static_cast<unsigned>(k));
  if (!all[access].writes)
    bits &= writes;
  return bits;
}

//===----------------------------------------------------------------------===//
// Edges that are there
//===----------------------------------------------------------------------===//

void AccessPairs::addNode(Bits &bits, int32_t node) const {
  if (ofNode[node].first != ofNode[node].last)
    bits.set(ofNode[node].first, ofNode[node].last);
}

/// For each node the accesses from which edges of distance 0 lead to it.
std::vector<AccessPairs::Bits> AccessPairs::before() const {
  std::vector<Bits> sets(problem.numNodes(),
                         Bits(static_cast<unsigned>(all.size())));
  for (int32_t node = 0; node < problem.numNodes(); ++node)
    for (int32_t source : sources[node]) {
      sets[node] |= sets[source];
      addNode(sets[node], source);
    }
  return sets;
}

/// Compares the accesses of a node with those that are not `known` to be
/// ordered before it; the last ones first, as most follow from them.
void AccessPairs::search(int32_t node, bool earlier, Bits &known,
                         const std::vector<Bits> &within, Meets meets) {
  for (unsigned k = ofNode[node].first; k < ofNode[node].last; ++k) {
    Bits open = mayTouch(k);
    open.reset(known);
    if (earlier)
      open.reset(ofNode[node].first, open.size());
    for (int a = open.find_last(); a >= 0;
         a = open.find_prev(static_cast<unsigned>(a))) {
      ++comparisons;
      if (!meets(all[a], all[k]))
        continue;
      known |= within[all[a].node];
      addNode(known, all[a].node);
      open.reset(known);
    }
  }
}

void AccessPairs::within(Meets meets) {
  std::vector<Bits> sets(problem.numNodes(),
                         Bits(static_cast<unsigned>(all.size())));
  for (int32_t node = 0; node < problem.numNodes(); ++node) {
    for (int32_t source : sources[node]) {
      sets[node] |= sets[source];
      addNode(sets[node], source);
    }
    search(node, /*earlier=*/true, sets[node], sets, meets);
  }
}

void AccessPairs::around(Meets meets) {
  std::vector<Bits> sets = before();
  std::vector<Bits> known(problem.numNodes(),
                          Bits(static_cast<unsigned>(all.size())));
  for (int32_t node = 0; node < problem.numNodes(); ++node) {
    for (int32_t source : sources[node])
      known[node] |= known[source];
    for (int32_t source : sourcesAround[node]) {
      known[node] |= sets[source];
      addNode(known[node], source);
    }
    search(node, /*earlier=*/false, known[node], sets, meets);
  }
}

//===- Limits.cpp - By cycle: limited units -------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Machine/Machine.h"

#include <set>
#include <tuple>

using namespace gaus::ir;
using namespace gaus::ir::replaying;

/// There is one of each function.
static void checkCalls(Machine &m) {
  std::map<const FunctionCode *, std::vector<int32_t>> calls;
  for (size_t k = 0; k < m.instances.size(); ++k)
    if (m.instances[k].code->callee)
      calls[m.instances[k].code->callee].push_back(static_cast<int32_t>(k));
  for (auto &[callee, all] : calls) {
    llvm::sort(all, [&](int32_t a, int32_t b) {
      return std::pair(m.instances[a].start, a) <
             std::pair(m.instances[b].start, b);
    });
    for (size_t k = 1; k < all.size(); ++k) {
      const Instance &before = m.instances[all[k - 1]];
      if (m.instances[all[k]].start >= before.end)
        continue;
      m.find({"limit",
              m.instances[all[k]].code->op->getLoc(),
              m.describe(all[k]) + ": @" + callee->name +
                  " is busy until cycle " + std::to_string(before.end),
              {{before.code->op->getLoc(), "with " + m.describe(all[k - 1])}}});
      break;
    }
  }
}

namespace {

/// The units of one resource, or of one part of a memory.
class UnitCheck {
public:
  UnitCheck(Machine &m, std::string name, int64_t limit)
      : m(m), name(std::move(name)), limit(limit) {}

  void add(int32_t instance, int64_t units) {
    const Instance &i = m.instances[instance];
    changes.push_back({i.start, units, instance});
    changes.push_back({i.start + i.code->occupancy, -units, instance});
  }

  /// The most that are in use; tells of the first cycle with too many.
  int64_t run() {
    llvm::sort(changes);
    int64_t inUse = 0, most = 0;
    bool found = false;
    std::vector<int32_t> holders;
    for (auto [cycle, change, instance] : changes) {
      inUse += change;
      most = std::max(most, inUse);
      if (change < 0) {
        holders.erase(llvm::find(holders, instance));
        continue;
      }
      holders.push_back(instance);
      if (inUse > limit && !found)
        report(instance, inUse, holders);
      found |= inUse > limit;
    }
    return most;
  }

private:
  void report(int32_t instance, int64_t inUse,
              llvm::ArrayRef<int32_t> holders) {
    ReplayFinding finding{"limit",
                          m.instances[instance].code->op->getLoc(),
                          m.describe(instance) + ": " + std::to_string(inUse) +
                              " units of resource " + name +
                              " are in use, the limit is " +
                              std::to_string(limit),
                          {}};
    for (int32_t other : holders)
      if (other != instance)
        finding.notes.push_back({m.instances[other].code->op->getLoc(),
                                 "beside " + m.describe(other)});
    m.find(std::move(finding));
  }

  Machine &m;
  std::string name;
  int64_t limit;
  /// (cycle, change, instance); what ends comes before what begins.
  std::vector<std::tuple<int64_t, int64_t, int32_t>> changes;
};

/// Of a resource `per(memory)` each memory that is accessed, and each bank of
/// it, has units of its own: those of the addresses that an instance met.
class PortCheck {
public:
  PortCheck(Machine &m, size_t resource) : m(m), resource(resource) {
    for (const Access &a : m.runtime.accesses)
      if (int64_t units = unitsOf(a.instance))
        add(a, units);
  }

  void run(std::vector<ReplayUse> &uses) {
    for (auto &[part, check] : parts)
      if (int64_t limit = limitOf(part.first); limit < INT64_MAX)
        uses.push_back({check.first, limit, check.second.run()});
  }

private:
  using Part = std::pair<uint64_t, int64_t>; ///< where it begins, bank

  int64_t unitsOf(int32_t instance) const {
    int64_t units = 0;
    if (instance >= 0)
      for (auto [r, n] : m.instances[instance].code->uses)
        units += static_cast<size_t>(r) == resource ? n : 0;
    return units;
  }

  const MemoryOrigin *originOf(uint64_t memory) const {
    auto found = m.runtime.origins.find(memory);
    return found == m.runtime.origins.end() ? nullptr : &found->second;
  }

  /// Memory that several arguments share has the ports of each of them, and
  /// which one an access uses no address tells.
  int64_t limitOf(uint64_t memory) const {
    const MemoryOrigin *origin = originOf(memory);
    int64_t limit = m.program.resources[resource].limit;
    if (origin && origin->facts.ports)
      limit = *origin->facts.ports;
    bool isShared = origin && origin->arguments > 1;
    return limit < 0 || isShared ? INT64_MAX : limit;
  }

  /// Of all bytes of an access; -1 = the memory has none. None of registers.
  std::set<int64_t> banksOf(uint64_t memory, const Access &a) const {
    const MemoryOrigin *origin = originOf(memory);
    if (!origin || !origin->facts.banks)
      return {-1};
    const Banks &banks = *origin->facts.banks;
    std::set<int64_t> all;
    if (banks.kind == Banks::Kind::Complete)
      return all;
    auto bytes =
        banks.bytes > 0 ? banks.bytes : static_cast<int64_t>(origin->bytes);
    auto first = static_cast<int64_t>(a.address - memory - origin->before);
    for (int64_t byte = first; byte < first + a.size; ++byte)
      all.insert(banks.bankOfElement(llvm::divideFloorSigned(byte, bytes)));
    return all;
  }

  void add(const Access &a, int64_t units) {
    uint64_t memory = m.runtime.memory.beginOf(a.address);
    for (int64_t bank : banksOf(memory, a))
      if (met.insert({a.instance, memory, bank}).second)
        add(a.instance, memory, bank, units);
  }

  void add(int32_t instance, uint64_t memory, int64_t bank, int64_t units) {
    auto found = parts.find({memory, bank});
    if (found == parts.end()) {
      std::string name = m.program.resources[resource].name + "[memory " +
                         std::to_string(parts.size()) + "]";
      found = parts
                  .try_emplace(Part{memory, bank}, name,
                               UnitCheck(m, "@" + name, limitOf(memory)))
                  .first;
    }
    found->second.second.add(instance, units);
  }

  Machine &m;
  size_t resource;
  std::set<std::tuple<int32_t, uint64_t, int64_t>> met;
  std::map<Part, std::pair<std::string, UnitCheck>> parts;
};

} // namespace

void gaus::ir::replaying::checkLimits(Machine &m,
                                      std::vector<ReplayUse> &uses) {
  checkCalls(m);
  for (auto [r, resource] : llvm::enumerate(m.program.resources)) {
    if (resource.isPerMemory) {
      PortCheck(m, r).run(uses);
      continue;
    }
    UnitCheck check(m, "@" + resource.name, resource.limit);
    for (size_t k = 0; k < m.instances.size(); ++k)
      for (auto [used, units] : m.instances[k].code->uses)
        if (static_cast<size_t>(used) == r)
          check.add(static_cast<int32_t>(k), units);
    if (int64_t most = check.run(); most > 0)
      uses.push_back({resource.name, resource.limit, most});
  }
}

//===- Check.cpp - By cycle: values and memory ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Machine/Machine.h"

#include <tuple>

using namespace gaus::ir;
using namespace gaus::ir::replaying;

namespace {

/// What happens in a cycle: first what is due in it (phase 0), then what starts
/// in it, in the order of the program.
struct Event {
  int64_t cycle;
  int32_t phase;
  int32_t instance;
  int32_t order; ///< reads before writes of the same instance
  size_t access;
  bool operator<(const Event &o) const {
    return std::tie(cycle, phase, instance, order, access) <
           std::tie(o.cycle, o.phase, o.instance, o.order, o.access);
  }
};

/// Who wrote each byte last: in order, and by cycle.
class MemoryCheck {
public:
  explicit MemoryCheck(Machine &m)
      : m(m), accesses(m.runtime.accesses), expected(accesses.size()),
        last(m.runtime.memory.size(), -1), commit(last.size(), INT64_MIN) {}

  void run() {
    std::vector<int32_t> inOrder(last.size(), -1);
    for (size_t k = 0; k < accesses.size(); ++k) {
      const Access &a = accesses[k];
      for (uint32_t i = 0; i < a.size; ++i) {
        int32_t &writer = inOrder[a.address - Memory::kFirst + i];
        if (a.writes)
          writer = a.instance;
        else
          expected[k].push_back(writer);
      }
    }
    for (const Event &e : events())
      if (accesses[e.access].writes)
        write(e);
      else
        read(e);
    finish(inOrder);
  }

private:
  std::vector<Event> events() const {
    std::vector<Event> all;
    for (size_t k = 0; k < accesses.size(); ++k) {
      const Access &a = accesses[k];
      const Instance &i = m.instances[a.instance];
      int64_t latency = a.writes ? i.code->latency : 0;
      all.push_back({i.start + latency, latency > 0 ? 0 : 1, a.instance,
                     a.writes ? 1 : 0, k});
    }
    llvm::sort(all);
    return all;
  }

  void read(const Event &e) {
    const Access &a = accesses[e.access];
    for (uint32_t i = 0; i < a.size; ++i) {
      int32_t sees = last[a.address - Memory::kFirst + i];
      int32_t wants = expected[e.access][i];
      if (sees != wants)
        return report(a.instance, "reads what another operation wrote", wants,
                      sees);
    }
  }

  void write(const Event &e) {
    const Access &a = accesses[e.access];
    bool told = false;
    for (uint32_t i = 0; i < a.size; ++i) {
      size_t at = a.address - Memory::kFirst + i;
      if (!told && e.phase == 0 && commit[at] == e.cycle &&
          last[at] != a.instance) {
        told = true;
        report(a.instance,
               "writes what another operation writes in the same cycle",
               last[at], -1);
      }
      last[at] = a.instance;
      commit[at] = e.phase == 0 ? e.cycle : INT64_MIN;
    }
  }

  void report(int32_t instance, const std::string &what, int32_t wants,
              int32_t sees) {
    ReplayFinding finding{"memory",
                          m.instances[instance].code->op->getLoc(),
                          m.describe(instance) + ", " + what,
                          {}};
    auto note = [&](int32_t other, const char *text) {
      if (other < 0)
        return;
      const Instance &i = m.instances[other];
      finding.notes.push_back({i.code->op->getLoc(),
                               text + m.describe(other) +
                                   ", written in cycle " +
                                   std::to_string(i.start + i.code->latency)});
    };
    note(wants, "in order: ");
    note(sees, "by cycle: ");
    m.find(std::move(finding));
  }

  void finish(const std::vector<int32_t> &inOrder) {
    std::pair<int32_t, int32_t> told = {-1, -1};
    for (size_t at = 0; at < last.size(); ++at)
      if (last[at] != inOrder[at] &&
          told != std::make_pair(inOrder[at], last[at])) {
        told = {inOrder[at], last[at]};
        report(inOrder[at], "should be the last to write here", -1, last[at]);
      }
  }

  Machine &m;
  const std::vector<Access> &accesses;
  std::vector<llvm::SmallVector<int32_t, 8>> expected;
  std::vector<int32_t> last;
  std::vector<int64_t> commit;
};

} // namespace

void gaus::ir::replaying::checkMemory(Machine &machine) {
  MemoryCheck(machine).run();
}

static void checkOperand(Machine &m, int32_t instance, int32_t value) {
  const DynamicValue &v = m.values[value];
  ReplayFinding finding{
      "operand", m.instances[instance].code->op->getLoc(), "", {}};
  finding.message = m.describe(instance) +
                    ", uses a value that is there in cycle " +
                    std::to_string(v.ready);
  if (v.producer >= 0)
    finding.notes.push_back(
        {m.instances[v.producer].code->op->getLoc(),
         "from " + m.describe(v.producer) + ", latency " +
             std::to_string(m.instances[v.producer].code->latency)});
  m.find(std::move(finding));
}

static void checkGuard(Machine &m, int32_t instance) {
  const DynamicValue &v = m.values[m.instances[instance].guard];
  ReplayFinding finding{
      "control", m.instances[instance].code->op->getLoc(), "", {}};
  finding.message = m.describe(instance) +
                    ", touches memory before it is known that the iteration "
                    "takes place, in cycle " +
                    std::to_string(v.ready);
  if (v.producer >= 0)
    finding.notes.push_back({m.instances[v.producer].code->op->getLoc(),
                             "decided by " + m.describe(v.producer)});
  m.find(std::move(finding));
}

void gaus::ir::replaying::checkValues(Machine &m) {
  for (size_t k = 0; k < m.instances.size(); ++k) {
    const Instance &i = m.instances[k];
    auto instance = static_cast<int32_t>(k);
    for (size_t n = 0; n < i.code->operands.size(); ++n)
      if (int32_t value = m.operandValues[i.firstOperand + n];
          m.values[value].ready > i.start)
        checkOperand(m, instance, value);
    if (i.code->touchesMemory && i.guard >= 0 &&
        m.values[i.guard].ready > i.start)
      checkGuard(m, instance);
  }
}

/// Accesses of a FIFO start one after the other, as they do in order.
void gaus::ir::replaying::checkFifos(
    Machine &m, std::vector<std::pair<int64_t, int64_t>> &counts) {
  std::map<uint64_t, int32_t> last;
  std::map<int64_t, int64_t> number;
  for (const auto &[begin, origin] : m.runtime.origins)
    if (origin.facts.isFifo && origin.argument >= 0 && origin.arguments == 1)
      number[origin.argument] = 0;
  for (const Access &a : m.runtime.accesses) {
    uint64_t memory = m.runtime.memory.beginOf(a.address);
    auto origin = m.runtime.origins.find(memory);
    // One that is also another argument's memory has accesses that are none.
    if (origin == m.runtime.origins.end() || !origin->second.facts.isFifo ||
        origin->second.arguments > 1)
      continue;
    if (auto counted = number.find(origin->second.argument);
        counted != number.end())
      ++counted->second;
    auto [entry, fresh] = last.try_emplace(memory, a.instance);
    int32_t before = std::exchange(entry->second, a.instance);
    if (fresh || before == a.instance ||
        m.instances[before].start < m.instances[a.instance].start)
      continue;
    m.find({"fifo",
            m.instances[a.instance].code->op->getLoc(),
            m.describe(a.instance) + ", is not after what comes before it",
            {{m.instances[before].code->op->getLoc(),
              "that is " + m.describe(before)}}});
  }
  counts.assign(number.begin(), number.end());
}

//===- CheckBinding.cpp - Whether a binding is one ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// Looks at every cycle: what is in a register or on a unit then.
///
//===----------------------------------------------------------------------===//

#include "gaus/Binding/Binding.h"

#include <algorithm>
#include <map>

using namespace gaus;

namespace {

class Check {
public:
  Check(const Datapath &datapath, const Binding &binding)
      : d(datapath), b(binding) {}

  std::vector<Diagnostic> run() {
    if (b.unitBegin.size() != d.start.size() + 1 ||
        b.registerBegin.size() != d.width.size() + 1 ||
        b.unitCount.size() != d.kindName.size()) {
      say("Unit", -1, "the binding is one of another datapath");
      return std::move(wrong);
    }
    for (int32_t i = 0; i < d.numNodes(); ++i)
      checkUnits(i);
    for (int32_t v = 0; v < d.numValues(); ++v)
      checkRegisters(v);
    for (int32_t k = 0; k < d.numKinds(); ++k)
      if (d.kindLimit[k] != kUnlimited && b.unitCount[k] > d.kindLimit[k])
        say("Unit", -1,
            "there are " + std::to_string(b.unitCount[k]) + " units '" +
                d.kindName[k] + "', the limit is " +
                std::to_string(d.kindLimit[k]));
    return std::move(wrong);
  }

private:
  void say(const char *code, int32_t node, std::string text) {
    wrong.push_back({code, std::move(text), node, 0, {}});
  }

  /// Takes a place in a cycle, or says who has it.
  void take(const char *code, int32_t place, int64_t cycle, int32_t node,
            int32_t who, const std::string &name) {
    int64_t slot = d.period > 0 ? cycle % d.period : cycle;
    auto [at, fresh] = holder.try_emplace({place, slot}, who);
    if (!fresh && at->second != who)
      say(code, node,
          name + " is held twice in " + (d.period > 0 ? "slot " : "cycle ") +
              std::to_string(slot));
  }

  void checkUnits(int32_t i) {
    int32_t at = b.unitBegin[i];
    for (int32_t k = d.holdBegin[i]; k < d.holdBegin[i + 1]; ++k) {
      int32_t kind = d.holdKind[k];
      int64_t turns = d.turnsOf(i);
      for (int64_t u = 0; u < d.holdUnits[k] * turns; ++u, ++at) {
        if (at >= b.unitBegin[i + 1])
          return say("Unit", i, "has fewer units than it holds");
        int32_t unit = b.unit[at];
        if (unit < 0 || unit >= b.unitCount[kind])
          return say("Unit", i,
                     "has a unit '" + d.kindName[kind] + "' that is not there");
        int64_t cycles = turns > 1 ? d.period : d.occupancy[i];
        for (int64_t c = 0; c < cycles; ++c)
          take("Unit", firstPlace(kind) + unit, d.start[i] + c, i, i,
               d.kindName[kind] + std::to_string(unit));
      }
    }
    if (at != b.unitBegin[i + 1])
      say("Unit", i, "has more units than it holds");
  }

  /// Registers come first, then the units of each kind.
  int32_t firstPlace(int32_t kind) const {
    int32_t place = b.registerCount();
    for (int32_t k = 0; k < kind; ++k)
      place += std::max(b.unitCount[k], 0);
    return place;
  }

  void checkRegisters(int32_t v) {
    int64_t birth = d.birthOf(v), last = d.leaves[v] ? d.end : 0;
    for (const Operand &o : d.operands)
      if (o.value == v)
        last = std::max(last, d.start[o.node] + d.period * o.distance);
    auto held = b.registersOf(v);
    for (int64_t cycle = birth + 1; cycle <= last; ++cycle) {
      int64_t copy = d.period > 0 ? (cycle - birth - 1) / d.period : 0;
      int32_t node = d.producer[v];
      if (copy >= static_cast<int64_t>(held.size()))
        return say("Register", node, "has fewer registers than it lives");
      int32_t r = held[static_cast<size_t>(copy)];
      if (r < 0 || r >= b.registerCount())
        return say("Register", node, "has a register that is not there");
      if (b.registerWidth[r] < d.width[v])
        return say("Register", node,
                   "is wider than register " + std::to_string(r));
      // Two copies of one value are two values.
      take("Register", r, cycle, node,
           d.numNodes() + v + static_cast<int32_t>(copy) * d.numValues(),
           "register " + std::to_string(r));
    }
  }

  const Datapath &d;
  const Binding &b;
  std::map<std::pair<int32_t, int64_t>, int32_t> holder;
  std::vector<Diagnostic> wrong;
};

} // namespace

std::vector<Diagnostic> gaus::checkBinding(const Datapath &d,
                                           const Binding &binding) {
  return Check(d, binding).run();
}

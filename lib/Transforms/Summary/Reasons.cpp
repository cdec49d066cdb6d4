//===- Reasons.cpp - What is said of a part of a summary ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Summary/Reasons.h"

#include "Memory/Memories.h"
#include "Scopes/Wishes.h"

#include "Scopes/Kinds.h"
#include "Summary/Names.h"

#include "gaus/Dialect/GausNames.h"

using namespace mlir;
using namespace gaus::ir;

//===----------------------------------------------------------------------===//
// Intervals
//===----------------------------------------------------------------------===//

static std::optional<int64_t> leastOfAgain(const Scope &scope) {
  Scope again = scope;
  if (failed(again.build()))
    return std::nullopt;
  gaus::Outcome<int64_t> least = gaus::leastInterval(again.problem);
  return least ? std::optional(*least) : std::nullopt;
}

/// What limits and recurrences ask for if a node is said to be independent of
/// other iterations: found by building the problem again.
static std::optional<int64_t> intervalApart(const Scope &scope, int32_t node) {
  Operation *op = scope.nodes[node];
  if (op->hasAttr(kIndependent))
    return std::nullopt;
  op->setAttr(kIndependent, UnitAttr::get(op->getContext()));
  std::optional<int64_t> interval = leastOfAgain(scope);
  op->removeAttr(kIndependent);
  return interval;
}

/// The same if every memory among the function's arguments is no other one's.
static std::optional<int64_t> intervalOfArgumentsApart(const Scope &scope) {
  auto function = scope.carrier->getParentOfType<FunctionOpInterface>();
  if (!function)
    return std::nullopt;
  ArrayAttr before = function.getArgAttrsAttr();
  if (!declareNoAlias(function))
    return std::nullopt;
  std::optional<int64_t> interval = leastOfAgain(scope);
  if (before)
    function.setArgAttrsAttr(before);
  else
    function.removeArgAttrsAttr();
  return interval;
}

gaus::IntervalFacts gaus::ir::intervalOf(const ScopeFacts &facts,
                                         std::string name, std::string file) {
  const Scope &scope = facts.scope;
  gaus::IntervalFacts interval;
  interval.ii = scope.problem.ii;
  interval.proof = facts.written.iiProof;
  interval.scope = std::move(name);
  interval.place = [&scope, file = std::move(file)](int32_t node) {
    return placeOf(scope.nodes[node]).textIn(file);
  };
  interval.mayMeet = [&scope](int32_t edge) {
    const gaus::Problem &p = scope.problem;
    return p.distance[edge] == 1 && !p.carries[edge] &&
           llvm::is_contained(scope.mayMeet,
                              std::make_pair(p.source[edge], p.target[edge]));
  };
  interval.array = [&scope](int32_t resource) {
    return scope.memoryOf[resource];
  };
  interval.apart = [&scope](int32_t node) {
    return intervalApart(scope, node);
  };
  interval.argumentsApart = [&scope] {
    return intervalOfArgumentsApart(scope);
  };
  return interval;
}

//===----------------------------------------------------------------------===//
// Loops without one
//===----------------------------------------------------------------------===//

void Reasons::unscheduled(const ScopeFacts &facts, const std::string &subject) {
  size_t all = facts.written.starts.size();
  if (facts.written.missing == all)
    add(missing, "no operation has a gaus.start", subject);
  else
    add(missing,
        std::to_string(facts.written.missing) + " of " + std::to_string(all) +
            " operations have no gaus.start",
        subject);
}

/// Who asks for no interval: the scope, or else its function; empty = nobody.
static llvm::StringRef asksForNone(const Scope &scope) {
  DictionaryAttr request = requestOf(scope).wishes;
  auto flag = request ? dyn_cast_or_null<BoolAttr>(request.get("pipeline"))
                      : BoolAttr();
  if (flag && !flag.getValue())
    return "gaus.request says pipeline = false";
  return pragmaOf(scope).isOff ? "its pragma says pipeline(disable)" : "";
}

static constexpr char kAround[] = "other loops are inside";

/// Of a loop that could have an interval; empty where it has no schedule.
static std::string whyApart(const ScopeFacts &facts) {
  if (!facts.scheduled())
    return "";
  llvm::StringRef asked = asksForNone(facts.scope);
  return asked.empty() ? "it was scheduled without an interval" : asked.str();
}

void Reasons::apart(Operation &loop, const ScopeFacts *facts,
                    const std::string &subject) {
  std::string why;
  if (!isForLoop(&loop))
    why = whyNeverPipelined(&loop);
  else if (facts && facts->scope.isNeverPipelined)
    why = kAround;
  else if (facts)
    why = whyApart(*facts);
  if (!why.empty())
    add(loops, why, subject);
}

void Reasons::apart(CFGLoop &loop, const ScopeFacts *header,
                    const std::string &subject) {
  std::string why;
  if (!loop.getSubLoops().empty())
    why = kAround;
  else if (header && header->scope.isLoop)
    why = whyApart(*header);
  else if (header)
    why = header->scope.notPipelined.str();
  if (!why.empty())
    add(loops, why, subject);
}

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

void Reasons::add(Grouped &grouped, std::string why, std::string subject) {
  auto found = llvm::find_if(
      grouped, [&](const auto &entry) { return entry.first == why; });
  if (found == grouped.end())
    grouped.emplace_back(std::move(why),
                         std::vector<std::string>{std::move(subject)});
  else if (!llvm::is_contained(found->second, subject))
    found->second.push_back(std::move(subject));
}

std::vector<gaus::SummaryRemark> Reasons::remarksOf(const Grouped &grouped) {
  constexpr size_t kNamed = 20;
  std::vector<gaus::SummaryRemark> remarks;
  for (const auto &[why, subjects] : grouped) {
    std::string text = why + ": ";
    for (auto [k, subject] : llvm::enumerate(subjects))
      if (k < kNamed)
        text += (k > 0 ? ", " : "") + subject;
    if (subjects.size() > kNamed)
      text += " and " + std::to_string(subjects.size() - kNamed) + " more";
    remarks.push_back({text, {}});
  }
  return remarks;
}

std::vector<gaus::SummarySection> Reasons::sections() {
  return {{"what holds the intervals", std::move(intervals)},
          {"not pipelined", remarksOf(loops)},
          {"times that are not known", remarksOf(times)},
          {"without a schedule", remarksOf(missing)}};
}

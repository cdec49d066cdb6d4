//===- SummaryIntervals.cpp - What holds an interval, in words ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/IO/Summary.h"

#include <algorithm>

using namespace gaus;

namespace {

std::string counted(int64_t number, const char *what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

/// The largest number of operations that a line names.
constexpr size_t kNamed = 12;

class Explanation {
public:
  Explanation(const Problem &problem, const IntervalFacts &interval)
      : p(problem), facts(interval) {}

  SummaryRemark make() {
    Outcome<Recurrence> found = criticalRecurrence(p);
    if (!found)
      return remark;
    int64_t units = resourceMII(p), least = std::max<int64_t>(found->ii, units);
    remark.text = facts.scope + ": " + headline(least);
    if (least == 1)
      return remark;
    Recurrence around = found->ii == least ? *found : Recurrence();
    std::vector<ResourceDemand> limits = resourceDemands(p);
    std::erase_if(limits, [&](const auto &d) { return d.ii < least; });
    recurrence(around);
    for (const ResourceDemand &demand : limits)
      resource(demand);
    if (!helped)
      together(around, limits);
    return remark;
  }

private:
  std::string headline(int64_t least) const {
    std::string ii = "II " + std::to_string(facts.ii);
    bool isOpen = facts.proof && *facts.proof == "undecided";
    if (facts.ii <= least && !isOpen)
      return ii + " is the smallest";
    std::string asked =
        "limits and recurrences ask for " +
        (least == 1 ? std::string("no more than 1") : std::to_string(least));
    if (!facts.proof)
      return ii + " was given; " + asked;
    if (*facts.proof == "exact")
      return ii + " is the smallest, as a search has proven; " + asked;
    if (*facts.proof == "bound" && facts.ii <= limitsMII(p))
      return ii +
             " is the smallest, as in less some would meet beyond a "
             "limit; " +
             asked;
    if (*facts.proof == "bound")
      return ii + " is the smallest in these windows and this length; " + asked;
    return ii + " is the smallest that was found; " + asked +
           ", and whether less than " + std::to_string(facts.ii) +
           " is possible is not known";
  }

  std::string placeOf(int32_t node) const {
    return facts.place ? facts.place(node) : std::string();
  }

  std::string nodeText(int32_t node) const {
    std::string place = placeOf(node);
    return p.nodeLabel(node) + " (" + (place.empty() ? "" : place + ", ") +
           counted(p.latency[node], "cycle") + ")";
  }

  static std::string laterText(int64_t distance) {
    return distance == 1 ? "in the next iteration"
                         : std::to_string(distance) + " iterations later";
  }

  //===--- Recurrences ---------------------------------------------------===//

  void recurrence(const Recurrence &r) {
    if (r.edges.empty())
      return;
    // It ends with an edge to another iteration.
    size_t last = 0;
    while (p.distance[r.edges[last]] == 0)
      ++last;
    std::string text = "recurrence of " + counted(r.cycles, "cycle") +
                       " over " + counted(r.distance, "iteration") + ": ";
    size_t count = r.edges.size();
    for (size_t k = 1; k <= count; ++k) {
      int32_t e = r.edges[(last + k) % count];
      if (k <= kNamed || k == count) {
        text += nodeText(p.source[e]);
        if (p.lag[e] != 0)
          text += " and a lag of " + std::to_string(p.lag[e]);
        text += edgeText(e, k == count, count == 1);
      } else if (k == kNamed + 1) {
        text += std::to_string(count - kNamed - 1) + " more, ";
      }
    }
    remark.more.push_back(text);
    recurrenceHelp(r);
  }

  std::string edgeText(int32_t e, bool last, bool alone) const {
    if (p.distance[e] == 0)
      return last ? "" : ", ";
    std::string text = ", then, " + laterText(p.distance[e]) + ", ";
    if (last)
      text += alone ? "itself" : p.nodeLabel(p.target[e]);
    if (last && facts.mayMeet && facts.mayMeet(e))
      text += ", which may touch the same memory";
    return text;
  }

  void recurrenceHelp(const Recurrence &r) {
    std::optional<Relief> shorter = reliefByCycles(p, r);
    if (shorter && shorter->interval < r.ii)
      may(counted(shorter->amount, "cycle") + " less around it",
          shorter->interval);
    else if (std::optional<NodeRelief> one = reliefByLatency(p, r))
      // It is in all of the recurrences that ask for as much.
      may(counted(one->amount, "cycle") + " less for " + p.nodeLabel(one->node),
          one->interval);
    std::optional<Relief> further = reliefByDistance(p, r);
    if (further && further->interval < r.ii)
      may("over " + counted(further->amount, "iteration") + " instead of " +
              std::to_string(r.distance) + " it",
          further->interval);
    independentHelp(r, argumentsHelp(r));
  }

  /// What the user may know of arguments; the interval that it allows.
  int64_t argumentsHelp(const Recurrence &r) {
    if (!facts.mayMeet || !facts.argumentsApart ||
        std::ranges::none_of(r.edges, facts.mayMeet))
      return r.ii;
    std::optional<int64_t> interval = facts.argumentsApart();
    if (!interval || *interval >= r.ii)
      return r.ii;
    may("if no two arguments overlap, noalias-arguments=true", *interval);
    return *interval;
  }

  /// One end is enough: it has no edges to other iterations then.
  void independentHelp(const Recurrence &r, int64_t known) {
    if (!facts.mayMeet || !facts.apart)
      return;
    for (int32_t e : r.edges) {
      if (!facts.mayMeet(e))
        continue;
      for (int32_t node : {p.target[e], p.source[e]}) {
        std::optional<int64_t> interval = facts.apart(node);
        if (!interval || *interval >= known)
          continue;
        may("if no other iteration touches what " + p.nodeLabel(node) +
                " touches, gaus.independent on it",
            *interval);
        return;
      }
    }
  }

  //===--- Limits --------------------------------------------------------===//

  void resource(const ResourceDemand &demand) {
    int64_t uses = 0;
    std::vector<std::string> places;
    for (int32_t i = 0; i < p.numNodes(); ++i)
      for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
        if (p.useResource[k] == demand.resource && p.useUnits[k] > 0) {
          ++uses;
          std::string place = placeOf(i);
          if (place.empty())
            place = p.nodeLabel(i);
          if (std::find(places.begin(), places.end(), place) == places.end())
            places.push_back(place);
        }
    std::string label = p.resourceLabel(demand.resource);
    std::string text = usesText(demand.resource, label, uses);
    if (demand.work != uses)
      text += (uses == 1 ? " that holds " : " that hold ") +
              toText(demand.work) + " unit cycles";
    remark.more.push_back(text + " (" + placesText(places) + ")");
    resourceHelp(demand, label);
  }

  std::string usesText(int32_t resource, const std::string &label,
                       int64_t uses) const {
    int64_t units = p.limit[resource];
    std::string array = facts.array ? facts.array(resource) : std::string();
    if (array.empty())
      return (isInstance(label) ? "the one instance of " + label + ": "
                                : "limit of " + label + ": " +
                                      counted(units, "unit") + ", ") +
             counted(uses, "use") + " an iteration";
    std::string kind = label.substr(0, label.find('['));
    std::string text = "array '" + array + "': " + std::to_string(uses) +
                       (uses == 1 ? " access" : " accesses") +
                       " an iteration on ";
    return text + (kind == "port" ? counted(units, "port")
                                  : counted(units, "unit") + " of " + kind);
  }

  /// "lines 12, 14".
  static std::string placesText(std::vector<std::string> &places) {
    constexpr std::string_view line = "line ";
    bool lines = places.size() > 1 &&
                 std::all_of(places.begin(), places.end(), [&](auto &place) {
                   return place.compare(0, line.size(), line) == 0;
                 });
    std::string text = lines ? "lines " : "";
    for (size_t k = 0; k < places.size() && k < kNamed; ++k)
      text += (k > 0 ? ", " : "") +
              (lines ? places[k].substr(line.size()) : places[k]);
    if (places.size() > kNamed)
      text += " and " + std::to_string(places.size() - kNamed) + " more";
    return text;
  }

  /// There is one of each function.
  static bool isInstance(const std::string &label) {
    return label[0] == '@' && label.find("::") == std::string::npos;
  }

  void resourceHelp(const ResourceDemand &demand, const std::string &label) {
    std::optional<Relief> relief = reliefByUnits(p, demand.resource, demand.ii);
    if (relief && relief->interval < demand.ii && !isInstance(label))
      may(unitsText(relief->amount, label), relief->interval);
  }

  static std::string unitsText(int64_t units, const std::string &label) {
    return counted(units, "unit") + " of " + label;
  }

  //===--- What would help -----------------------------------------------===//

  void may(const std::string &way, int64_t interval) {
    remark.more.push_back(way + " may allow II " + std::to_string(interval));
    helped = true;
  }

  /// Where no single change helps: all of them.
  void together(const Recurrence &r,
                const std::vector<ResourceDemand> &limits) {
    Problem changed = p;
    std::vector<std::string> ways;
    int64_t least = std::max<int64_t>(r.ii, limits.empty() ? 1 : limits[0].ii);
    for (const ResourceDemand &demand : limits) {
      std::string label = p.resourceLabel(demand.resource);
      std::optional<Relief> relief = reliefByUnits(p, demand.resource, least);
      if (!relief || isInstance(label))
        continue;
      changed.limit[demand.resource] = relief->amount;
      ways.push_back(unitsText(relief->amount, label));
    }
    Outcome<int64_t> interval = leastInterval(changed);
    if (std::optional<Relief> relief = reliefByCycles(changed, r)) {
      ways.insert(ways.begin(),
                  counted(relief->amount, "cycle") + " less around it");
      interval = relief->interval;
    }
    if (ways.empty())
      return;
    if (!interval || *interval >= least) {
      remark.more.push_back("no change of this alone would help: something "
                            "else asks for II " +
                            std::to_string(least) + ", too");
      return;
    }
    std::string text;
    for (const std::string &way : ways)
      text += (text.empty() ? "only together: " : ", ") + way;
    may(text, *interval);
  }

  const Problem &p;
  const IntervalFacts &facts;
  SummaryRemark remark;
  bool helped = false;
};

} // namespace

std::string gaus::provenText(const Problem &p, const IntervalFacts &facts) {
  // Alternatives make a problem whose bounds are not those of the program.
  if (facts.proof && *facts.proof == "undecided")
    return "no";
  if (Outcome<int64_t> least = leastInterval(p); least && facts.ii <= *least)
    return "yes";
  return facts.proof ? "yes" : "given";
}

SummaryRemark gaus::explainInterval(const Problem &p,
                                    const IntervalFacts &facts) {
  return Explanation(p, facts).make();
}

//===- Summary.cpp - The schedule of a whole program as text --------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/IO/Summary.h"

#include "Writers/Table.h"

#include <algorithm>

using namespace gaus;
using namespace gaus::io;

namespace {

constexpr size_t kLine = 100;

std::string numberOr(const std::optional<int64_t> &value,
                     const char *otherwise = "") {
  return value ? std::to_string(*value) : otherwise;
}

std::string cyclesOf(const SummaryRow &row) {
  if (row.cyclesKnown)
    return numberOr(row.cycles);
  return row.cycles ? ">=" + std::to_string(*row.cycles) : "?";
}

std::string nameOf(const SummaryRow &row) {
  return std::string(2 * static_cast<size_t>(row.depth), ' ') + row.name;
}

/// Columns without a cell below their head are left out.
void dropEmpty(TableRows &rows, std::vector<bool> &right) {
  for (size_t c = right.size(); c-- > 1;) {
    bool empty = std::all_of(rows.begin() + 1, rows.end(),
                             [&](const auto &row) { return row[c].empty(); });
    if (!empty)
      continue;
    for (auto &row : rows)
      row.erase(row.begin() + static_cast<std::ptrdiff_t>(c));
    right.erase(right.begin() + static_cast<std::ptrdiff_t>(c));
  }
}

/// Cuts what is too long in the first column, so that lines fit.
void fitNames(TableRows &rows) {
  constexpr size_t kLeast = 16;
  size_t others = 0;
  for (size_t c = 1; c < rows[0].size(); ++c) {
    size_t width = 0;
    for (const auto &row : rows)
      width = std::max(width, row[c].size());
    others += width + 2;
  }
  size_t room = std::max(kLeast, kLine - std::min(kLine, others));
  for (auto &row : rows)
    if (row[0].size() > room)
      row[0] = row[0].substr(0, room - 3) + "...";
}

std::string treeOf(const SummaryPart &part) {
  TableRows rows = {{"scope", "where", "ops", "trips", "II", "proven", "RecMII",
                     "ResMII", "length", "cycles"}};
  std::vector<bool> right = {false, false, true, true, true,
                             false, true,  true, true, true};
  for (const SummaryRow &row : part.rows)
    rows.push_back({nameOf(row), row.where, numberOr(row.operations), row.trips,
                    numberOr(row.ii), row.proven, numberOr(row.recurrences),
                    numberOr(row.resources), numberOr(row.length),
                    cyclesOf(row)});
  dropEmpty(rows, right);
  fitNames(rows);
  // What is cut there is said once as a whole.
  std::string whole = part.rows[0].name;
  return (rows[1][0] == whole ? "" : whole + "\n") + table(rows, right);
}

/// The limited resources of a part in the order of their first use, with their
/// limits.
std::vector<FunctionUse> resourcesOf(const SummaryPart &part) {
  std::vector<FunctionUse> all;
  for (const SummaryRow &row : part.rows)
    for (const FunctionUse &use : row.uses)
      if (std::none_of(all.begin(), all.end(), [&](const FunctionUse &other) {
            return other.resource == use.resource;
          }))
        all.push_back(use);
  return all;
}

std::string peakOf(const SummaryRow &row, const std::string &resource) {
  for (const FunctionUse &use : row.uses)
    if (use.resource == resource)
      return (use.exact ? "" : "<=") + std::to_string(use.peak);
  return "";
}

/// Resources are columns, as many in one table as fit.
std::string peaksOf(const SummaryPart &part) {
  constexpr size_t kMostName = 40;
  std::vector<FunctionUse> resources = resourcesOf(part);
  size_t names = 11, places = 0;
  for (const SummaryRow &row : part.rows) {
    names = std::max(names, std::min(kMostName, row.name.size()));
    places = std::max(places, row.where.size());
  }
  std::string out;
  for (size_t from = 0; from < resources.size();) {
    size_t width = names + 2 + places, to = from;
    std::vector<std::string> head = {"peak of units", "where"};
    for (; to < resources.size(); ++to) {
      std::string title =
          resources[to].resource + " of " + std::to_string(resources[to].limit);
      width += title.size() + 2;
      if (to > from && width > kLine)
        break;
      head.push_back(title);
    }
    TableRows rows = {head};
    for (const SummaryRow &row : part.rows) {
      std::vector<std::string> cells = {row.name, row.where};
      for (size_t k = from; k < to; ++k)
        cells.push_back(peakOf(row, resources[k].resource));
      if (!row.uses.empty())
        rows.push_back(std::move(cells));
    }
    std::vector<bool> right(head.size(), true);
    right[0] = right[1] = false;
    dropEmpty(rows, right);
    fitNames(rows);
    out += "\n" + table(rows, right);
    from = to;
  }
  return out;
}

/// Words as they stay together: a name with its number, and what is said of it
/// in parentheses.
std::vector<std::string> wordsOf(const std::string &text) {
  constexpr size_t kTogether = 60;
  std::vector<std::string> words;
  bool open = false;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find(' ', at), text.size());
    std::string word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty())
      continue;
    bool joined = open || word[0] == '(' || word[0] == '#';
    open = (open || word[0] == '(') && word.find(')') == std::string::npos;
    if (joined && !words.empty() &&
        words.back().size() + word.size() < kTogether)
      words.back() += " " + word;
    else
      words.push_back(std::move(word));
  }
  return words;
}

/// In lines; those after the first one further in.
std::string wrapped(const std::string &text, size_t indent) {
  std::string out, line;
  for (const std::string &word : wordsOf(text)) {
    if (!line.empty() && line.size() + 1 + word.size() > kLine) {
      out += line + "\n";
      line.clear();
    }
    if (line.empty())
      line = std::string(out.empty() ? indent : indent + 4, ' ') + word;
    else
      line += " " + word;
  }
  return out + line + "\n";
}

std::string sectionText(const SummarySection &section) {
  std::string out = "\n" + section.title + "\n";
  for (const SummaryRemark &remark : section.remarks) {
    out += wrapped(remark.text, 2);
    for (const std::string &line : remark.more)
      out += wrapped(line, 4);
  }
  return out;
}

} // namespace

std::string gaus::writeSummary(const std::vector<SummaryPart> &parts) {
  std::string out;
  for (const SummaryPart &part : parts) {
    if (part.rows.empty())
      continue;
    out += (out.empty() ? "" : "\n\n") + treeOf(part) + peaksOf(part);
    for (const SummarySection &section : part.sections)
      if (!section.remarks.empty())
        out += sectionText(section);
  }
  return out;
}

SummaryPart gaus::partOf(const ReportedScope &scope) {
  const auto &[p, starts, facts] = scope;
  SummaryPart part;
  SummaryRow row;
  row.name = facts.scope.empty() ? "problem" : facts.scope;
  row.operations = p.numNodes();
  Cost cost = costOf(scope);
  row.length = facts.length ? facts.length : cost.length;
  row.cycles = row.length;
  for (int32_t r = 0; r < p.numResources(); ++r)
    if (p.limit[r] != kUnlimited && cost.peak[r] > 0)
      row.uses.push_back({p.resourceLabel(r), p.limit[r], cost.peak[r], true});
  SummarySection intervals{"what holds the interval", {}};
  if (facts.ii && *facts.ii > 0) {
    IntervalFacts interval;
    interval.ii = *facts.ii;
    interval.proof = facts.iiProof;
    interval.scope = row.name;
    row.ii = facts.ii;
    row.proven = provenText(p, interval);
    row.resources = resourceMII(p);
    if (Outcome<int32_t> least = recurrenceMII(p))
      row.recurrences = *least;
    // How often it runs is not said.
    row.cycles.reset();
    if (interval.ii > 1)
      intervals.remarks.push_back(explainInterval(p, interval));
  }
  part.rows.push_back(std::move(row));
  part.sections.push_back(std::move(intervals));
  return part;
}

std::string gaus::reportSummary(Reported scopes) {
  std::vector<SummaryPart> parts;
  for (const ReportedScope &scope : scopes)
    parts.push_back(partOf(scope));
  return writeSummary(parts);
}

std::string gaus::reportSummary(const ReportedProgram &program) {
  return program.parts.empty() ? reportSummary(program.scopes)
                               : writeSummary(program.parts);
}

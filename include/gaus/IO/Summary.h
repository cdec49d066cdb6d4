//===- Summary.h - The schedule of a whole program --------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What is read first of a scheduled program: its scopes as a tree, what holds
/// each interval and what would help, and what is not known. The model is plain
/// data, which lib/Transforms fills in from a program and anyone from a
/// problem.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_IO_SUMMARY_H
#define GAUS_IO_SUMMARY_H

#include "gaus/Core/IntervalDemands.h"
#include "gaus/IO/Writers.h"

#include <functional>

namespace gaus {

/// A scope, or what holds scopes.
struct SummaryRow {
  /// Of a report of a program: its scope there.
  std::optional<int64_t> scope;
  /// 0 for a function or graph, 1 for what is in it, ...
  int32_t depth = 0;
  /// "loop i", "function @f".
  std::string name;
  /// "file.c:12", or empty.
  std::string where;
  /// How often the body runs: "32", "?", or empty where it is no loop.
  std::string trips;
  /// "yes", "no", or "given" where the interval was not looked for; empty
  /// without an interval.
  std::string proven;
  /// Operations, with those of all rows below.
  std::optional<int64_t> operations;
  std::optional<int64_t> ii, recurrences, resources, length;
  /// All iterations; where they are not known, what they are at least.
  std::optional<int64_t> cycles;
  bool cyclesKnown = true;
  /// Peaks of limited resources.
  std::vector<FunctionUse> uses;
};

/// A line about some scopes, and what belongs to it.
struct SummaryRemark {
  std::string text;
  std::vector<std::string> more;
};
struct SummarySection {
  std::string title;
  std::vector<SummaryRemark> remarks;
};

/// A function or a graph: its row, and those below, as a tree in preorder.
struct SummaryPart {
  std::vector<SummaryRow> rows;
  /// Those without remarks are not written.
  std::vector<SummarySection> sections;
};

/// One text: for each part the tree, the peaks of limited units, the sections.
/// Lines have at most 100 characters, but where one word is longer.
std::string writeSummary(const std::vector<SummaryPart> &parts);

/// A file of the program, as far as it can be read.
struct SourceText {
  std::string file; ///< as in SourcePlace
  std::string text;
};

/// A whole program: what its scopes are, and the tree of them.
struct ReportedProgram {
  std::vector<ReportedScope> scopes;
  std::vector<SummaryPart> parts;
  std::vector<SourceText> sources;
};
/// The reports of Writers.h of a program. Without parts, each scope is one.
std::string reportSummary(const ReportedProgram &program);
std::string reportJson(const ReportedProgram &program);
std::string reportHtml(const ReportedProgram &program);
/// The part of a scope that comes from no program.
SummaryPart partOf(const ReportedScope &scope);

/// An interval, and how its problem is spoken of.
struct IntervalFacts {
  int64_t ii = 0;
  /// "bound", "exact", "undecided", or absent: see IIProof.
  std::optional<std::string> proof;
  /// "loop k (file.c:8)".
  std::string scope;
  /// Where a node is: "line 12", or empty.
  std::function<std::string(int32_t node)> place;
  /// Whether an edge is there only as nothing tells whether its ends touch the
  /// same memory.
  std::function<bool(int32_t edge)> mayMeet;
  /// The array whose ports a resource is, or empty.
  std::function<std::string(int32_t resource)> array;
  /// leastInterval if nothing that a node touches is touched in other
  /// iterations.
  std::function<std::optional<int64_t>(int32_t node)> apart;
  /// leastInterval if the function's arguments are memories of their own.
  std::function<std::optional<int64_t>()> argumentsApart;
};
/// "yes", "no" or "given".
std::string provenText(const Problem &p, const IntervalFacts &facts);
/// Which recurrence and which limits ask for the interval, and what would help:
/// nothing but what follows from them. `p` has the interval's edges.
SummaryRemark explainInterval(const Problem &p, const IntervalFacts &facts);

} // namespace gaus

#endif // GAUS_IO_SUMMARY_H

//===- Writers.h - Schedules and problems as text ---------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Writers of problems and schedules, one function a format, each described in
/// docs/formats.md. All text is a function of the arguments alone.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_IO_WRITERS_H
#define GAUS_IO_WRITERS_H

#include "gaus/Core/Schedule.h"

namespace gaus {

/// Units of a limited resource in a whole function.
struct FunctionUse {
  std::string resource;
  int64_t limit = 0, peak = 0;
  /// Whether the peak is reached; else it is an upper bound.
  bool exact = true;
};

/// What the operations of a scope take of a device, of one kind (as LUTs).
struct AreaUse {
  std::string kind;
  /// With a unit for each operation; with as many units of each operator as are
  /// in use in one cycle at most, without what shares them.
  int64_t each = 0, shared = 0;
};

/// Where an operation is in the program.
struct SourcePlace {
  std::string file; ///< without folders; empty: not known
  int64_t line = 0; ///< from 1
};

/// What a report says beside the starts. Absent values are left out.
struct ReportFacts {
  std::string scope;
  std::optional<std::string> objective;
  /// "bound", "exact" or "undecided": see IIProof.
  std::optional<std::string> iiProof;
  std::optional<int64_t> length, ii, cost, bound;
  /// The scope around it in the report, and the node there that it is in.
  std::optional<int64_t> parent, parentNode;
  /// By resource, where the problem has more than is in use; empty = nowhere.
  std::vector<int64_t> peaks;
  /// What all peaks cost, where the problem's cost more than what is in use.
  std::optional<int64_t> resources;
  /// By kind; empty where no operator has an area.
  std::vector<AreaUse> area;
  /// Operations of which no area is known, where others have one.
  int64_t withoutArea = 0;
  /// Of the function that the scope is a block of.
  std::optional<std::vector<FunctionUse>> functionUse;
  /// By node; empty where nothing is known.
  std::vector<SourcePlace> places;
  /// By node, the units that it was bound to; empty where nothing is bound.
  std::vector<std::vector<std::string>> units;
};

/// Lines "node,start" with the node's index, after a header line.
std::string toCsv(std::span<const int32_t> starts);
/// The problem, and the starts if there are any, as readJson reads them.
std::string toJson(const Problem &p, std::span<const int32_t> starts);
/// Graphviz: nodes of one cycle on one rank (if there are starts).
std::string toDot(const Problem &p, std::span<const int32_t> starts);
/// Lifetimes of values for memory allocators: "id,lower,upper,size", with upper
/// the first cycle in which the value is dead. Values that are never live or
/// have no width are left out.
std::string toMinimalloc(const Problem &p, std::span<const int32_t> starts);

/// A scope of a report.
struct ReportedScope {
  Problem problem;
  Starts starts;
  ReportFacts facts;
};
/// One text of all scopes, in their order: a valid file, however many they are.
using Reported = std::span<const ReportedScope>;

/// What its schedule costs; peaks are those that its facts know better.
Cost costOf(const ReportedScope &scope);

/// A table a scope for people: costs, profiles, one line an operation in the
/// order of the starts.
std::string reportText(Reported scopes);
/// The same facts and the edges as JSON, with sorted keys, as
/// share/gaus/report/report.schema.json has it.
std::string reportJson(Reported scopes);
/// One line an operation:
/// node,name,start,end,latency,occupancy,width,uses,scope.
std::string reportCsv(Reported scopes);
/// Graphviz: one graph with a cluster a scope, node n of scope s is "s<s>n<n>".
std::string reportDot(Reported scopes);
/// Trace events that Perfetto opens: operations by scope and resource, and
/// counters of use and live width. One cycle is one microsecond.
std::string reportPerfetto(Reported scopes);
/// A page that needs no other file: the JSON report in the page of
/// share/gaus/report/, which draws it.
std::string reportHtml(Reported scopes);
/// A line a scope with the most important facts, and what holds the interval:
/// of a whole program writeSummary (Summary.h) makes it.
std::string reportSummary(Reported scopes);

/// Writes `text` to a file; "-" is the standard output. Code "io" on failure.
/// The bytes are written beside and renamed: a file that was there before stays
/// as it is until all are there. Devices and pipes take them directly.
std::optional<Diagnostic> writeFile(const std::string &path,
                                    std::string_view text);

} // namespace gaus

#endif // GAUS_IO_WRITERS_H

//===- Formats.h - The formats of files -------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One row for each format of problems and schedules, and one for each form of
/// a report. Readers by ending, gaus-translate's imports and exports,
/// gaus-bench, gaus-report, Python, messages and docs/formats.md all read these
/// tables: a new format is a row here and a file in lib/IO.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_IO_FORMATS_H
#define GAUS_IO_FORMATS_H

#include "gaus/IO/Readers.h"
#include "gaus/IO/Summary.h"

namespace gaus {

/// What a reader is told beside the bytes, and what it finds beside the
/// problem.
struct Reading {
  /// The file, for messages and for what lies beside it.
  std::string path;
  /// Replaces the latency of every node; formats without latencies have 1
  /// where there is none.
  std::optional<int32_t> nodeLatency;
  /// The resource model of a graph that needs one; empty = the one beside it.
  std::string resources;

  /// The schedule that the file holds, or empty.
  Starts starts;
  /// The file that an error is of, where it is another one.
  std::string wrong;
};

/// A format of files.
struct FormatInfo {
  std::string_view name;
  /// With their dots, separated by blanks; empty for a format that is not known
  /// by the name of a file.
  std::string_view endings;
  /// A problem that Problem::validate accepts, or an error with its line; null
  /// for what is only written.
  Outcome<Problem> (*read)(std::string_view bytes, Reading &reading);
  /// Null for what is only read.
  std::string (*write)(const Problem &p, std::span<const int32_t> starts);
  /// Whether it writes whole schedules only.
  bool needsStarts;
  /// What the format holds.
  std::string_view sentence;
};

std::span<const FormatInfo> formatTable();
/// The row of that name, or null.
const FormatInfo *findFormat(std::string_view name);
/// The row that reads files with the ending of `path`, or null.
const FormatInfo *findReader(std::string_view path);
/// ".gml, .aig, .aag, .json or .graphml"; `last` names one more.
std::string readEndings(std::string_view last = "");

/// A form of gaus-report.
struct ReportInfo {
  std::string_view name;
  std::string (*write)(Reported scopes);
  /// Whether it says what whole functions use.
  bool hasFunctionUse;
  /// Where that of a program has more than its scopes; else null.
  std::string (*writeProgram)(const ReportedProgram &program) = nullptr;
  /// Whether it has the starts, which all scopes then must have.
  bool needsStarts = true;
  /// Whether it has the texts that a program comes from.
  bool hasSources = false;
};

std::span<const ReportInfo> reportTable();
const ReportInfo *findReport(std::string_view name);
/// "text, summary, json, csv, html, dot or perfetto".
std::string reportNames();

/// The reader by the ending of `path`. The problem's name is the file's stem.
/// An error in another file, as the resource model, names it.
Outcome<Problem> readProblem(const std::string &path,
                             std::optional<int32_t> nodeLatency,
                             const std::string &resources = "");

} // namespace gaus

#endif // GAUS_IO_FORMATS_H

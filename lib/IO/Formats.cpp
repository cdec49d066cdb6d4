//===- Formats.cpp - The formats of files ---------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/IO/Formats.h"

#include "Text.h"

#include <vector>

using namespace gaus;
using namespace gaus::io;

using StartsSpan = std::span<const int32_t>;

static constexpr FormatInfo kFormats[] = {
    {"gml", ".gml",
     [](std::string_view bytes, Reading &r) {
       return readGml(bytes, r.nodeLatency.value_or(1));
     },
     nullptr, false, "a GML graph"},
    {"aiger", ".aig .aag",
     [](std::string_view bytes, Reading &r) {
       return readAiger(bytes, r.nodeLatency.value_or(1));
     },
     nullptr, false, "an AIGER circuit"},
    {"json", ".json",
     [](std::string_view bytes, Reading &r) {
       return readJson(bytes, r.nodeLatency, &r.starts);
     },
     toJson, false, "a problem and its schedule as JSON"},
    {"graphml", ".graphml", readGraphMlWithModel, nullptr, false,
     "a GraphML graph with its resource model"},
    {"csv", ".csv", nullptr,
     [](const Problem &, StartsSpan starts) { return toCsv(starts); }, true,
     "start cycles as CSV: node,start"},
    {"dot", ".dot", nullptr, toDot, false, "the graph for Graphviz, by cycle"},
    {"minimalloc", "", nullptr, toMinimalloc, true,
     "lifetimes as id,lower,upper,size"},
};

static constexpr ReportInfo kReports[] = {
    {"text", reportText, true},
    {"summary", reportSummary, false, reportSummary, false},
    {"json", reportJson, true, reportJson},
    {"csv", reportCsv, false},
    {"html", reportHtml, true, reportHtml, true, true},
    {"dot", reportDot, false},
    {"perfetto", reportPerfetto, false},
};

std::span<const FormatInfo> gaus::formatTable() { return kFormats; }
std::span<const ReportInfo> gaus::reportTable() { return kReports; }

const FormatInfo *gaus::findFormat(std::string_view name) {
  for (const FormatInfo &format : kFormats)
    if (format.name == name)
      return &format;
  return nullptr;
}

const ReportInfo *gaus::findReport(std::string_view name) {
  for (const ReportInfo &report : kReports)
    if (report.name == name)
      return &report;
  return nullptr;
}

/// "a, b or c".
static std::string enumerated(const std::vector<std::string_view> &words) {
  std::string text;
  for (size_t k = 0; k < words.size(); ++k) {
    if (k > 0)
      text += k + 1 < words.size() ? ", " : " or ";
    text += words[k];
  }
  return text;
}

static std::vector<std::string_view> endingsOf(const FormatInfo &format) {
  std::vector<std::string_view> all;
  for (std::string_view rest = format.endings; !rest.empty();) {
    size_t blank = rest.find(' ');
    all.push_back(rest.substr(0, blank));
    rest.remove_prefix(blank == std::string_view::npos ? rest.size()
                                                       : blank + 1);
  }
  return all;
}

std::string gaus::readEndings(std::string_view last) {
  std::vector<std::string_view> all;
  for (const FormatInfo &format : kFormats)
    if (format.read)
      for (std::string_view ending : endingsOf(format))
        all.push_back(ending);
  if (!last.empty())
    all.push_back(last);
  return enumerated(all);
}

std::string gaus::reportNames() {
  std::vector<std::string_view> all;
  for (const ReportInfo &report : kReports)
    all.push_back(report.name);
  return enumerated(all);
}

const FormatInfo *gaus::findReader(std::string_view path) {
  size_t dot = path.rfind('.');
  if (dot == std::string_view::npos)
    return nullptr;
  for (const FormatInfo &format : kFormats)
    if (format.read)
      for (std::string_view ending : endingsOf(format))
        if (ending == path.substr(dot))
          return &format;
  return nullptr;
}

Outcome<Problem> gaus::readProblem(const std::string &path,
                                   std::optional<int32_t> nodeLatency,
                                   const std::string &resources) {
  const FormatInfo *format = findReader(path);
  if (!format)
    return ioError("'" + path +
                   "': the format is not known by its ending; expected " +
                   readEndings());
  Outcome<std::string> bytes = readFile(path);
  if (!bytes)
    return bytes.error();
  Reading reading;
  reading.path = path;
  reading.nodeLatency = nodeLatency;
  reading.resources = resources;
  Outcome<Problem> p = format->read(*bytes, reading);
  if (p) {
    p->name = fileStem(path);
    return p;
  }
  // Of a file that cannot be opened the message has the name.
  Diagnostic error = p.error();
  if (error.line > 0 && !reading.wrong.empty() && reading.wrong != path)
    return ioError(reading.wrong + ": line " + std::to_string(error.line) +
                   ": " + error.message);
  return error;
}

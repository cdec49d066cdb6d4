//===- SessionTrace.cpp - The lines of a trace ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>

using namespace gaus;

double Session::cpuSeconds() const {
  return double(std::clock() - begun) / CLOCKS_PER_SEC;
}

/// Adds lines, each of some fields and the problem's name.
void Session::trace(std::span<const std::string> lines) const {
  if (options.trace.empty() || lines.empty() || !traceError.empty())
    return;
  std::FILE *f = std::fopen(options.trace.c_str(), "a");
  if (!f) {
    traceError = std::strerror(errno);
    return;
  }
  std::string name = p.name;
  for (char &c : name)
    if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < ' ')
      c = '_';
  for (const std::string &line : lines)
    std::fprintf(f, "{%s, \"problem\": \"%s\"}\n", line.c_str(), name.c_str());
  bool whole = !std::ferror(f);
  if (std::fclose(f) != 0 || !whole)
    traceError = std::strerror(errno);
}

/// The steps of a part that began at `begin`, ends now and was `whole` units of
/// work: CPU seconds between are shared out by these.
void Session::traceSteps(std::span<const TraceStep> steps, int64_t whole,
                         double begin) const {
  double unit = (cpuSeconds() - begin) / double(std::max<int64_t>(1, whole));
  std::vector<std::string> lines;
  lines.reserve(steps.size());
  for (const TraceStep &step : steps)
    lines.push_back(
        "\"cost\": " + std::to_string(step.cost) + ", \"cpu_seconds\": " +
        std::to_string(begin + unit * double(step.done)) + step.more);
  trace(lines);
}

void Session::traceDescent(std::span<const Replica> replicas, double begin,
                           size_t first) const {
  if (options.trace.empty())
    return;
  int64_t whole = 0;
  std::vector<TraceStep> steps;
  for (size_t r = 0; r < replicas.size(); ++r) {
    for (const Replica::Trace &t : replicas[r].trace) {
      char more[128];
      std::snprintf(more, sizeof(more),
                    ", \"loss\": %.9g, \"replica\": %zu, \"step\": %d, "
                    "\"violation\": %.6g",
                    t.loss, first + r, t.step, t.violation);
      steps.push_back({t.cost, whole + t.step + 1, more});
    }
    whole += replicas[r].steps;
  }
  traceSteps(steps, whole, begin);
}

void Session::tracePolish(std::span<const LocalSearchResult> results,
                          double begin) const {
  if (options.trace.empty())
    return;
  int64_t whole = 0;
  std::vector<TraceStep> steps;
  for (size_t k = 0; k < results.size(); ++k) {
    for (const LocalSearchResult::Progress &step : results[k].progress)
      steps.push_back(
          {step.cost, whole + step.proposals,
           ", \"overuse\": " + std::to_string(step.overuse) +
               ", \"proposals\": " + std::to_string(step.proposals) +
               ", \"search\": " + std::to_string(k)});
    whole += results[k].proposals;
  }
  traceSteps(steps, whole, begin);
}

void Session::traceWindows(const WindowSearchResult &result,
                           double begin) const {
  if (options.trace.empty())
    return;
  std::vector<TraceStep> steps;
  steps.reserve(result.progress.size());
  for (const WindowSearchResult::Progress &step : result.progress)
    steps.push_back({step.cost, step.programs,
                     ", \"windows\": " + std::to_string(step.programs)});
  traceSteps(steps, result.programs, begin);
}

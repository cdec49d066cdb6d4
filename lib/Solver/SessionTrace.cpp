//===- SessionTrace.cpp - The lines of a trace ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace gaus;

double Session::cpuSeconds() const {
  return double(std::clock() - begun) / CLOCKS_PER_SEC;
}

/// A line of the trace: `fields`, then the problem's name.
void Session::trace(const std::string &fields) const {
  if (options.trace.empty())
    return;
  std::FILE *f = std::fopen(options.trace.c_str(), "a");
  if (!f)
    return;
  std::string name = p.name;
  for (char &c : name)
    if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < ' ')
      c = '_';
  std::fprintf(f, "{%s, \"problem\": \"%s\"}\n", fields.c_str(), name.c_str());
  std::fclose(f);
}

/// CPU seconds after `part` of `whole` units of equal work since `begin`.
static double share(double begin, double end, int64_t part, int64_t whole) {
  return begin +
         (end - begin) * double(part) / double(std::max<int64_t>(1, whole));
}

void Session::traceDescent(std::span<const Replica> replicas,
                           double begin) const {
  if (options.trace.empty())
    return;
  double end = cpuSeconds();
  int64_t whole = 0, before = 0;
  for (const Replica &r : replicas)
    whole += r.steps;
  for (size_t r = 0; r < replicas.size(); ++r) {
    for (const Replica::Trace &t : replicas[r].trace) {
      char fields[256];
      std::snprintf(fields, sizeof(fields),
                    "\"cost\": %lld, \"cpu_seconds\": %.6f, \"loss\": %.9g, "
                    "\"replica\": %zu, \"step\": %d, \"violation\": %.6g",
                    static_cast<long long>(t.cost),
                    share(begin, end, before + t.step + 1, whole), t.loss, r,
                    t.step, t.violation);
      trace(fields);
    }
    before += replicas[r].steps;
  }
}

void Session::tracePolish(std::span<const LocalSearchResult> results,
                          double begin) const {
  if (options.trace.empty())
    return;
  double end = cpuSeconds();
  int64_t whole = 0, before = 0;
  for (const LocalSearchResult &r : results)
    whole += r.proposals;
  for (size_t k = 0; k < results.size(); ++k) {
    for (const LocalSearchResult::Progress &step : results[k].progress) {
      char fields[256];
      std::snprintf(fields, sizeof(fields),
                    "\"cost\": %lld, \"cpu_seconds\": %.6f, \"overuse\": %lld, "
                    "\"proposals\": %lld, \"search\": %zu",
                    static_cast<long long>(step.cost),
                    share(begin, end, before + step.proposals, whole),
                    static_cast<long long>(step.overuse),
                    static_cast<long long>(step.proposals), k);
      trace(fields);
    }
    before += results[k].proposals;
  }
}

void Session::traceWindows(const WindowSearchResult &result,
                           double begin) const {
  if (options.trace.empty())
    return;
  double end = cpuSeconds();
  for (const WindowSearchResult::Progress &step : result.progress) {
    char fields[256];
    std::snprintf(fields, sizeof(fields),
                  "\"cost\": %lld, \"cpu_seconds\": %.6f, \"windows\": %lld",
                  static_cast<long long>(step.cost),
                  share(begin, end, step.programs, result.programs),
                  static_cast<long long>(step.programs));
    trace(fields);
  }
}

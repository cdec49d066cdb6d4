//===- Trace.cpp - The lines of a trace -----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Context/Trace.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

using namespace gaus;

static Diagnostic failureOf(const SolverOptions &options,
                            const std::string &reason) {
  Diagnostic d;
  d.code = "io";
  d.message = "cannot write the trace to '" + options.trace + "': " + reason;
  return d;
}

Outcome<std::unique_ptr<Trace>> Trace::open(const SolverOptions &options,
                                            std::string_view problem) {
  if (!options.trace.empty()) {
    std::FILE *f =
        std::fopen(options.trace.c_str(), options.traceAppends ? "a" : "w");
    if (!f)
      return failureOf(options, std::strerror(errno));
    std::fclose(f);
  }
  return std::unique_ptr<Trace>(new Trace(options, problem));
}

double Trace::cpuSeconds() const {
  return double(std::clock() - begun) / CLOCKS_PER_SEC;
}

void Trace::write(std::span<const Line> lines) {
  if (!wanted() || lines.empty() || !error.empty())
    return;
  std::FILE *f = std::fopen(options.trace.c_str(), "a");
  if (!f) {
    error = std::strerror(errno);
    return;
  }
  for (const Line &line : lines) {
    nlohmann::json fields = {{"problem", problem},
                             {"cpu_seconds", line.cpuSeconds}};
    for (const Field &field : line.fields)
      std::visit([&](auto value) { fields[std::string(field.first)] = value; },
                 field.second);
    if (line.method != Method::None)
      fields["method"] = toString(line.method);
    // A name that is no UTF-8 loses what is wrong of it.
    std::string text = fields.dump(/*indent=*/-1, ' ', /*ensure_ascii=*/false,
                                   nlohmann::json::error_handler_t::replace);
    std::fprintf(f, "%s\n", text.c_str());
  }
  bool whole = !std::ferror(f);
  if (std::fclose(f) != 0 || !whole)
    error = std::strerror(errno);
}

void Trace::better(int64_t cost, int64_t bound, Method method) {
  if (!wanted())
    return;
  Line line{cpuSeconds(), {{"cost", cost}, {"bound", bound}}, method};
  write({&line, 1});
}

void Trace::steps(std::span<const Step> steps, int64_t whole, double begin) {
  if (!wanted())
    return;
  double unit = (cpuSeconds() - begin) / double(std::max<int64_t>(1, whole));
  std::vector<Line> lines;
  lines.reserve(steps.size());
  for (const Step &step : steps) {
    Line &line = lines.emplace_back();
    line.cpuSeconds = begin + unit * double(step.done);
    line.fields = step.fields;
    line.fields.push_back({"cost", step.cost});
  }
  write(lines);
}

std::optional<Diagnostic> Trace::failure() const {
  if (error.empty())
    return std::nullopt;
  return failureOf(options, error);
}

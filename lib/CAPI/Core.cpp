//===- Core.cpp - Problems and schedules in C -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus-c/Core.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Core/Version.h"
#include "gaus/IO/Formats.h"
#include "gaus/Solver/Solver.h"

#include <cstdlib>
#include <cstring>
#include <memory>

using namespace gaus;

struct GausProblem {
  Problem problem;
};
struct GausOptions {
  SolverOptions options;
};
struct GausSchedule {
  /// With the II that was solved for.
  Problem problem;
  Solution solution;
};

namespace {

char *textOf(const std::string &text) {
  auto *out = static_cast<char *>(std::malloc(text.size() + 1));
  if (out)
    std::memcpy(out, text.c_str(), text.size() + 1);
  return out;
}

std::string textOf(const Diagnostic &d) {
  std::string text = "[" + d.code + "] " + d.message;
  if (d.line > 0)
    text += " (line " + std::to_string(d.line) + ")";
  for (const Note &note : d.notes)
    text += "\n  note: " + note.message;
  return text;
}

void succeed(char **error) {
  if (error)
    *error = nullptr;
}

std::nullptr_t fail(char **error, const std::string &text) {
  if (error)
    *error = textOf(text);
  return nullptr;
}

std::nullptr_t fail(char **error, const Diagnostic &d) {
  return fail(error, textOf(d));
}

/// `size` entries, or as many defaults.
template <class T>
std::vector<T> copy(const T *values, int32_t size, T otherwise) {
  if (values)
    return std::vector<T>(values, values + size);
  return std::vector<T>(size, otherwise);
}

std::vector<std::string> copyNames(const char *const *names, int32_t size) {
  std::vector<std::string> out;
  for (int32_t i = 0; names && i < size; ++i)
    out.emplace_back(names[i] ? names[i] : "");
  return out;
}

/// What validate() does not see of arrays that may be missing; or "".
std::string whatIsMissing(const GausArrays &a) {
  if (a.numNodes < 0 || a.numEdges < 0 || a.numResources < 0)
    return "[input] a number of nodes, edges or resources is negative";
  if (a.numNodes > 0 && !a.latency)
    return "[input] latency is missing";
  if (a.numEdges > 0 && (!a.source || !a.target))
    return "[input] source or target is missing";
  if (!a.useBegin)
    return "";
  if (a.useBegin[0] != 0)
    return "[input] useBegin must begin with 0";
  for (int32_t i = 0; i < a.numNodes; ++i)
    if (a.useBegin[i + 1] < a.useBegin[i])
      return "[input] useBegin must not decrease";
  if (a.useBegin[a.numNodes] > 0 && !a.useResource)
    return "[input] useResource is missing";
  return "";
}

void setNodes(Problem &p, const GausArrays &a) {
  int32_t n = a.numNodes;
  p.latency = copy(a.latency, n, 0);
  p.occupancy = copy(a.occupancy, n, 1);
  p.width = copy(a.width, n, int64_t(0));
  p.earliest = copy(a.earliest, n, 0);
  p.latest = copy(a.latest, n, kMaxCycle);
  p.delayIn = copy(a.delayIn, n, 0.0);
  p.delayOut = copy(a.delayOut, n, 0.0);
  p.nodeName = copyNames(a.nodeName, n);
  p.useBegin = copy(a.useBegin, n + 1, 0);
  int32_t uses = p.useBegin.back();
  p.useResource = copy(a.useResource, uses, 0);
  p.useUnits = copy(a.useUnits, uses, int64_t(1));
}

void setEdges(Problem &p, const GausArrays &a) {
  p.source = copy(a.source, a.numEdges, 0);
  p.target = copy(a.target, a.numEdges, 0);
  p.distance = copy(a.distance, a.numEdges, 0);
  p.lag = copy(a.lag, a.numEdges, 0);
  p.weight = copy(a.weight, a.numEdges, int64_t(1));
  p.carries = copy(a.carries, a.numEdges, uint8_t(1));
}

void setWhole(Problem &p, const GausArrays &a) {
  p.name = a.name ? a.name : "";
  std::vector<std::string> names = copyNames(a.resourceName, a.numResources);
  for (int32_t r = 0; r < a.numResources; ++r)
    p.addResource(names.empty() ? "r" + std::to_string(r) : names[r],
                  a.limit ? a.limit[r] : kUnlimited, a.price ? a.price[r] : 1);
  p.ii = a.ii;
  p.length = a.length;
  p.clock = a.clock;
  if (a.limitLive)
    p.liveLimit = a.liveLimit;
  if (a.hasBuffers)
    p.memoryModel = MemoryModel::Buffers;
}

} // namespace

const char *gausVersion(void) { return kVersion; }

void gausStringDestroy(char *text) { std::free(text); }

GausProblem *gausProblemCreate(const GausArrays *arrays, char **error) {
  succeed(error);
  if (std::string missing = whatIsMissing(*arrays); !missing.empty())
    return fail(error, missing);
  auto made = std::make_unique<GausProblem>();
  setNodes(made->problem, *arrays);
  setEdges(made->problem, *arrays);
  setWhole(made->problem, *arrays);
  if (auto wrong = made->problem.validate())
    return fail(error, *wrong);
  return made.release();
}

GausProblem *gausProblemRead(const char *path, char **error) {
  succeed(error);
  Outcome<Problem> read = readProblem(path, std::nullopt);
  if (!read)
    return fail(error, read.error());
  return new GausProblem{std::move(*read)};
}

void gausProblemDestroy(GausProblem *problem) { delete problem; }

int32_t gausProblemNumNodes(const GausProblem *problem) {
  return problem->problem.numNodes();
}

int32_t gausProblemNumEdges(const GausProblem *problem) {
  return problem->problem.numEdges();
}

int32_t gausProblemNumResources(const GausProblem *problem) {
  return problem->problem.numResources();
}

GausOptions *gausOptionsCreate(void) { return new GausOptions; }

void gausOptionsDestroy(GausOptions *options) { delete options; }

bool gausOptionsSet(GausOptions *options, const char *name, const char *value,
                    char **error) {
  succeed(error);
  auto wrong = setOption(options->options, name, value);
  if (wrong)
    fail(error, *wrong);
  return !wrong;
}

GausSchedule *gausSolve(const GausProblem *problem, const GausOptions *options,
                        const int32_t *existing, char **error) {
  succeed(error);
  SolverOptions chosen = options ? options->options : SolverOptions();
  std::span<const int32_t> starts;
  if (existing) {
    starts = {existing, size_t(problem->problem.numNodes())};
    chosen.start = StartKind::Existing;
  }
  Outcome<Solution> solution = solve(problem->problem, chosen, starts);
  if (!solution)
    return fail(error, solution.error());
  auto *made = new GausSchedule{problem->problem, std::move(*solution)};
  made->problem.ii = made->solution.ii;
  adoptOptions(made->problem, chosen);
  return made;
}

void gausScheduleDestroy(GausSchedule *schedule) { delete schedule; }

const int32_t *gausScheduleStarts(const GausSchedule *schedule) {
  return schedule->solution.starts.data();
}

int64_t gausScheduleCost(const GausSchedule *schedule) {
  return schedule->solution.value;
}

int64_t gausScheduleBound(const GausSchedule *schedule) {
  return schedule->solution.bound;
}

int64_t gausScheduleLength(const GausSchedule *schedule) {
  const Solution &s = schedule->solution;
  return s.lengthBound > 0 ? int64_t(s.lengthBound) : s.cost.length;
}

int32_t gausScheduleII(const GausSchedule *schedule) {
  return schedule->solution.ii;
}

char *gausScheduleReport(const GausSchedule *schedule, const char *format,
                         char **error) {
  succeed(error);
  const ReportInfo *form = findReport(format);
  if (!form)
    return fail(error, "[option] format must be one of " + reportNames());
  const Solution &s = schedule->solution;
  ReportedScope scope{schedule->problem, s.starts, {}};
  scope.facts.scope =
      scope.problem.name.empty() ? "problem" : scope.problem.name;
  scope.facts.length = gausScheduleLength(schedule);
  if (s.ii > 0)
    scope.facts.ii = s.ii;
  scope.facts.cost = s.value;
  scope.facts.bound = s.bound;
  return textOf(form->write({&scope, 1}));
}

bool gausVerify(const GausProblem *problem, const int32_t *starts,
                int32_t length, int32_t ii, char **error) {
  succeed(error);
  Problem p = problem->problem;
  p.length = length;
  p.ii = ii;
  std::vector<int64_t> wide(starts, starts + p.numNodes());
  std::string text;
  for (const Diagnostic &d : verify(p, wide))
    text += (text.empty() ? "" : "\n") + textOf(d);
  if (!text.empty())
    fail(error, text);
  return text.empty();
}

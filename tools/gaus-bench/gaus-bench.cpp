//===- gaus-bench.cpp - Schedules of many files in a table ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Arguments.h"
#include "Bench.h"
#include "Descents.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Core/Version.h"
#include "gaus/IO/Formats.h"
#include "gaus/IO/Signals.h"
#include "gaus/Solver/Solver.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>
#include <sys/resource.h>
#include <thread>

using namespace gaus;
using namespace gaus::bench;
using nlohmann::json;

namespace {

/// Rows are added under this lock, as a signal may ask for them at any time.
std::mutex rowsLock;

void addRow(json &rows, json row) {
  std::lock_guard guard(rowsLock);
  rows.push_back(std::move(row));
}

double cpuSeconds(const rusage &u) {
  return double(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
         1e-6 * double(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

std::string fullMessage(const Diagnostic &d) {
  std::string text = d.message;
  if (d.line > 0)
    text = "line " + std::to_string(d.line) + ": " + text;
  for (const Note &note : d.notes)
    text += "; " + note.message;
  return text;
}

/// Fills the solution's columns of a row; false if there is no legal schedule.
bool fillRow(json &row, const Problem &given, const Solution &s) {
  Problem p = given;
  p.ii = s.ii;
  Outcome<int32_t> depth = leastLength(p);
  p.length = s.lengthBound;
  bool legal = verify(p, s.starts).empty();
  row["depth"] = depth ? *depth : 0;
  row["length"] = s.lengthBound > 0 ? int64_t(s.lengthBound) : s.cost.length;
  row["ii"] = s.ii;
  if (s.iiProof != IIProof::None)
    row["ii_proof"] = std::string(toString(s.iiProof));
  if (s.undecidedII > 0)
    row["ii_undecided"] = s.undecidedII;
  row["cost"] = s.value;
  row["bound"] = s.bound;
  row["gap"] = s.gap();
  row["legal"] = legal;
  row["method"] = toString(s.method);
  row["backend"] = s.backend;
  row["steps"] = s.work.descentSteps;
  row["legalizations"] = s.work.legalizations;
  row["proposals"] = s.work.polishProposals;
  row["windows"] = s.work.windows;
  if (s.cut != Cut::None)
    row["cut"] = std::string(toString(s.cut));
  if (!s.memoryReason.empty())
    row["memory_reason"] = s.memoryReason;
  json methods = json::object();
  for (const MethodResult &m : s.methods)
    methods[std::string(toString(m.method))] = m.cost;
  row["methods"] = std::move(methods);
  return legal;
}

void printRow(const json &row) {
  std::string name = row["name"];
  if (row.contains("error")) {
    std::printf("%-24s error: %s\n", name.c_str(),
                row["error"].get_ref<const std::string &>().c_str());
    return;
  }
  std::printf("%-24s %8lld %8lld %6lld %6lld %4lld %12lld %12lld %7.2f%% %5s "
              "%8.2f %11.2f %7.1f\n",
              name.c_str(), row["nodes"].get<long long>(),
              row["edges"].get<long long>(), row["depth"].get<long long>(),
              row["length"].get<long long>(), row["ii"].get<long long>(),
              row["cost"].get<long long>(), row["bound"].get<long long>(),
              100 * row["gap"].get<double>(),
              row["legal"].get<bool>() ? "yes" : "NO",
              row["seconds"].get<double>(), row["cpu_seconds"].get<double>(),
              row["MB"].get<double>());
  std::fflush(stdout);
}

/// A row that says why there is no other; returns false.
bool failRow(const std::string &name, const Diagnostic &why, json &rows) {
  json row = {{"name", name}, {"error", fullMessage(why)}};
  printRow(row);
  addRow(rows, std::move(row));
  return false;
}

/// Its end shows in the row.
Outcome<Solution> watchedSolve(const Problem &p, const Arguments &args) {
  tools::Progress shown(args.progress);
  SolverOptions options = args.solver;
  options.observer = shown.begins(p.name);
  Outcome<Solution> solution = solve(p, options);
  shown.clear();
  return solution;
}

/// Schedules one problem and adds its row; false on any failure. `stem` is that
/// of its CSV file.
bool runInstance(const Problem &p, const std::string &stem,
                 const Arguments &args, json &rows) {
  json row = {{"name", p.name},
              {"nodes", p.numNodes()},
              {"edges", p.numEdges()},
              {"objective", std::string(toString(args.solver.objective))}};
  rusage before, after;
  getrusage(RUSAGE_SELF, &before);
  auto begin = std::chrono::steady_clock::now();
  Outcome<Solution> solution = watchedSolve(p, args);
  std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - begin;
  getrusage(RUSAGE_SELF, &after);
  row["seconds"] = seconds.count();
  row["cpu_seconds"] = cpuSeconds(after) - cpuSeconds(before);
  row["MB"] = double(after.ru_maxrss) / 1024;
  bool good = false;
  if (!solution) {
    row["error"] = fullMessage(solution.error());
  } else {
    Problem asked = p;
    adoptOptions(asked, args.solver);
    good = fillRow(row, asked, *solution);
    if (!good)
      row["error"] = "the schedule is not legal";
    else if (!args.csvDir.empty())
      if (auto wrong = writeFile(args.csvDir + "/" + stem + ".csv",
                                 toCsv(solution->starts))) {
        row["error"] = wrong->message;
        good = false;
      }
  }
  printRow(row);
  if (solution && solution->cut == Cut::TimeLimit)
    std::fprintf(stderr,
                 "gaus-bench: note: the time limit ended the search of '%s'\n",
                 p.name.c_str());
  if (solution && !solution->memoryReason.empty())
    std::fprintf(stderr,
                 "gaus-bench: note: the schedule of '%s' is the heuristics' "
                 "best: %s\n",
                 p.name.c_str(), solution->memoryReason.c_str());
  addRow(rows, std::move(row));
  return good;
}

/// Times the descent of one problem, a row a backend; false on any failure, and
/// where two backends differ.
bool runDescents(const Problem &p, const Arguments &args, json &rows) {
  auto times =
      bench::timeDescents(p, args.solver, *args.descentSteps, args.replicas);
  if (!times)
    return failRow(p.name, times.error(), rows);
  bool good = true;
  for (const bench::DescentTimes &t : *times) {
    std::printf("%-24s %8d %8d %7d %8d %7s %10.4f %10.4f %12.4f %10.3f %5s\n",
                p.name.c_str(), p.numNodes(), p.numEdges(), t.cycles,
                args.replicas, t.backend.c_str(), t.usual, t.step, t.rounding,
                t.start, t.same ? "yes" : "NO");
    std::fflush(stdout);
    addRow(rows, {{"name", p.name},
                  {"nodes", p.numNodes()},
                  {"edges", p.numEdges()},
                  {"cycles", t.cycles},
                  {"objective", std::string(toString(args.solver.objective))},
                  {"replicas", args.replicas},
                  {"backend", t.backend},
                  {"usual_ms", t.usual},
                  {"step_ms", t.step},
                  {"rounding_ms", t.rounding},
                  {"load_ms", t.load},
                  {"start_ms", t.start},
                  {"same", t.same}});
    good = good && t.same;
  }
  return good;
}

Outcome<std::vector<Problem>> readInstances(const std::string &path,
                                            const Arguments &args) {
  if (path.size() > 5 && path.substr(path.size() - 5) == ".mlir") {
    if (!args.readMlir) {
      Diagnostic d;
      d.code = "io";
      d.message = "this gaus-bench is built without MLIR, which reads .mlir; "
                  "gaus-translate --export-json makes a .json of it";
      return d;
    }
    Outcome<std::vector<Problem>> problems =
        args.readMlir(path, args.solver.clock);
    if (problems && args.latency)
      for (Problem &p : *problems)
        std::fill(p.latency.begin(), p.latency.end(), *args.latency);
    return problems;
  }
  Outcome<Problem> p = readProblem(path, args.latency, args.resources);
  if (!p)
    return p.error();
  return std::vector<Problem>{std::move(*p)};
}

bool runFile(const std::string &path, const Arguments &args, json &rows) {
  Outcome<std::vector<Problem>> problems = readInstances(path, args);
  if (!problems)
    return failRow(fileStem(path), problems.error(), rows);
  bool good = true;
  for (size_t k = 0; k < problems->size(); ++k) {
    const Problem &p = (*problems)[k];
    std::string stem = fileStem(path);
    if (problems->size() > 1)
      stem += "." + std::to_string(k);
    good = (args.descentSteps ? runDescents(p, args, rows)
                              : runInstance(p, stem, args, rows)) &&
           good;
  }
  return good;
}

void printHeader(const Arguments &args) {
  if (args.descentSteps)
    std::printf("%-24s %8s %8s %7s %8s %7s %10s %10s %12s %10s %5s\n", "name",
                "nodes", "edges", "cycles", "replicas", "backend", "ms a step",
                "bare step", "rounding ms", "start ms", "same");
  else
    std::printf("%-24s %8s %8s %6s %6s %4s %12s %12s %8s %5s %8s %11s %7s\n",
                "name", "nodes", "edges", "depth", "length", "ii", "cost",
                "bound", "gap", "legal", "seconds", "cpu_seconds", "MB");
}

/// What is known so far, for an end that comes from outside: a signal, or no
/// memory.
struct RowsSoFar {
  json rows = json::array();
  std::string jsonFile;
  /// Given back where there is no memory, for the writing of the rows.
  std::unique_ptr<char[]> reserve = std::make_unique<char[]>(1 << 22);

  std::optional<Diagnostic> write() {
    if (jsonFile.empty())
      return std::nullopt;
    return writeFile(jsonFile,
                     rows.dump(2, ' ', false, json::error_handler_t::replace) +
                         "\n");
  }
  [[noreturn]] void endEarly(int code) {
    std::fflush(stdout);
    if (auto wrong = write())
      fail(wrong->message);
    std::_Exit(code);
  }
};
RowsSoFar *rowsSoFar = nullptr;

/// The rows so far are not lost.
void outOfMemory() {
  std::set_new_handler(nullptr);
  rowsSoFar->reserve.reset();
  fail("out of memory");
  rowsSoFar->endEarly(1);
}

const char *whatEnded() {
  return signalStatus() == 128 + SIGINT ? "interrupted" : "terminated";
}

/// A signal cuts the schedule at work short; what does not end soon, as the
/// reading of a file, is given up.
void watchSlowEnds() {
  std::thread([] {
    using std::chrono::milliseconds;
    while (!signalStop().requested())
      std::this_thread::sleep_for(milliseconds(20));
    std::this_thread::sleep_for(milliseconds(800));
    rowsLock.lock();
    fail(whatEnded());
    rowsSoFar->endEarly(signalStatus());
  }).detach();
}

/// False, and said, where what was printed did not arrive.
bool flushOutput() {
  if (std::fflush(stdout) == 0 && !std::ferror(stdout))
    return true;
  return fail(std::string("cannot write the standard output: ") +
              std::strerror(errno));
}

/// Adds the rows of a file; false on any failure.
bool addRows(const std::string &file, const Arguments &args) {
  bool good = runFile(file, args, rowsSoFar->rows);
  if (signalStop().requested()) {
    rowsLock.lock();
    fail(whatEnded());
    rowsSoFar->endEarly(signalStatus());
  }
  if (flushOutput())
    return good;
  rowsSoFar->endEarly(1);
}

/// What is asked of the tool itself; nothing if the argument is another one.
std::optional<int> answer(const char *argument) {
  int status = 0;
  if (!std::strcmp(argument, "--help") || !std::strcmp(argument, "-h"))
    status = usage(stdout);
  else if (!std::strcmp(argument, "--version"))
    std::printf("GauS %s\n", kVersion);
  else if (!std::strcmp(argument, "--formats"))
    status = printFormats();
  else
    return std::nullopt;
  return flushOutput() ? status : 1;
}

} // namespace

int gaus::bench::run(int argc, char **argv, ReadMlir readMlir) {
  Arguments args;
  args.readMlir = readMlir;
  for (int k = 1; k < argc; ++k) {
    if (std::optional<int> status = answer(argv[k]))
      return *status;
    if (!parseArgument(argv[k], args))
      return 1;
  }
  if (args.files.empty())
    return usage(stderr);
  static RowsSoFar known;
  rowsSoFar = &known;
  known.jsonFile = args.jsonFile;
  args.solver.stop = &signalStop();
  std::set_new_handler(outOfMemory);
  watchSignals();
  StopOnSignals stops;
  watchSlowEnds();
  printHeader(args);
  bool good = true;
  for (const std::string &file : args.files)
    good = addRows(file, args) && good;
  std::lock_guard guard(rowsLock);
  if (auto wrong = known.write())
    good = fail(wrong->message);
  return good ? 0 : 1;
}

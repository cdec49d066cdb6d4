//===- BindSolve.cpp - The solver and the verifier for Python -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bind.h"
#include "Convert.h"

#include "gaus/Core/Bounds.h"
#include "gaus/Core/Verifier.h"
#include "gaus/Core/Windows.h"
#include "gaus/Solver/Solver.h"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

#include <chrono>
#include <future>
#include <mutex>

using namespace gaus;
using namespace gaus::python;

namespace {

/// Options from pairs of texts (name, value).
Outcome<SolverOptions> parseOptions(const nb::list &options) {
  SolverOptions parsed;
  for (nb::handle entry : options) {
    auto pair = nb::cast<nb::tuple>(entry);
    if (auto wrong = setOption(parsed, nb::cast<std::string>(pair[0]),
                               nb::cast<std::string>(pair[1])))
      return *wrong;
  }
  return parsed;
}

/// What a search has reached, from its thread to Python's.
class Watch {
public:
  using Clock = std::chrono::steady_clock;

  void note(const Reached &r) {
    Event event{Clock::now(), r, std::string(r.part), !r.starts.empty()};
    event.at.starts = {};
    std::lock_guard guard(lock);
    events.push_back(std::move(event));
  }

  /// Hands on what came since; true if `callback` has seen enough. With the
  /// GIL; an exception of `callback` is in Python's state.
  bool deliver(const nb::object &callback) {
    std::vector<Event> seen;
    {
      std::lock_guard guard(lock);
      seen.swap(events);
    }
    for (const Event &event : seen)
      if (nb::cast<bool>(callback(describe(event))))
        return true;
    return false;
  }

private:
  struct Event {
    Clock::time_point when;
    Reached at;
    std::string part;
    bool found;
  };

  nb::dict describe(const Event &event) const {
    nb::dict out;
    out["seconds"] = std::chrono::duration<double>(event.when - begun).count();
    std::string_view objective = toString(event.at.objective);
    out["objective"] = nb::str(objective.data(), objective.size());
    out["ii"] = event.at.ii;
    out["length"] = event.at.length;
    out["part"] = event.part;
    out["begun"] = event.at.begun;
    out["parts"] = event.at.parts;
    out["bound"] = event.at.bound;
    out["cost"] = event.found ? nb::object(nb::int_(event.at.cost))
                              : nb::object(nb::none());
    return out;
  }

  const Clock::time_point begun = Clock::now();
  std::mutex lock;
  std::vector<Event> events;
};

/// A search in a thread of its own, and Python, which looks at its signals only
/// when it is asked to.
class Running {
public:
  Running(const Problem &p, SolverOptions options, Starts start,
          nb::object callback)
      : options(std::move(options)), start(std::move(start)),
        callback(std::move(callback)) {
    this->options.stop = &stop;
    if (!this->callback.is_none())
      this->options.observer = [this](const Reached &r) { watch.note(r); };
    solution = std::async(std::launch::async, [&p, this] {
      return solve(p, this->options, this->start);
    });
  }

  /// What a signal or the callback raised, or None.
  nb::object wait() {
    nb::object raised = nb::none();
    for (bool done = false; !done;) {
      {
        nb::gil_scoped_release release;
        done = solution.wait_for(std::chrono::milliseconds(20)) ==
               std::future_status::ready;
      }
      if (raised.is_none())
        raised = look(done);
    }
    return raised;
  }

  Outcome<Solution> get() { return solution.get(); }

private:
  nb::object look(bool done) {
    try {
      if (!callback.is_none() && watch.deliver(callback)) {
        stop.request();
        callback = nb::none();
      }
      if (!done && !stop.requested() && PyErr_CheckSignals() != 0)
        throw nb::python_error();
    } catch (nb::python_error &error) {
      stop.request();
      return nb::borrow(error.value());
    }
    return nb::none();
  }

  SolverOptions options;
  Starts start;
  nb::object callback;
  Stop stop;
  Watch watch;
  std::future<Outcome<Solution>> solution;
};

/// (solution, None, None), (None, error, None); what was raised meanwhile,
/// third, with the best solution so far or the error.
nb::tuple solveDict(const Problem &p, const nb::list &options,
                    const std::optional<Ints> &existing, nb::object callback) {
  Outcome<SolverOptions> parsed = parseOptions(options);
  if (!parsed)
    return nb::make_tuple(nb::none(), describe(parsed.error()), nb::none());
  Starts start;
  if (existing) {
    start = startsFrom(p, *existing);
    parsed->start = StartKind::Existing;
  }
  Running running(p, std::move(*parsed), std::move(start), std::move(callback));
  nb::object raised = running.wait();
  Outcome<Solution> s = running.get();
  if (!s)
    return nb::make_tuple(nb::none(), describe(s.error()), raised);
  return nb::make_tuple(solutionDict(*s), nb::none(), raised);
}

nb::tuple failed(const Diagnostic &d) {
  return nb::make_tuple(nb::none(), describe(d));
}

/// The problem with the length and II that the options choose.
Outcome<Problem> settle(const Problem &p, const SolverOptions &options) {
  Outcome<SettledOptions> settled = settleLength(p, options);
  if (!settled)
    return settled.error();
  return resolve(p, settled->options);
}

nb::tuple windowsOf(const Problem &p, const nb::list &options) {
  Outcome<SolverOptions> parsed = parseOptions(options);
  if (!parsed)
    return failed(parsed.error());
  Outcome<Problem> resolved = settle(p, *parsed);
  if (!resolved)
    return failed(resolved.error());
  Outcome<Windows> w = computeWindows(*resolved);
  if (!w)
    return failed(w.error());
  return nb::make_tuple(
      nb::make_tuple(toNumpy(std::move(w->asap)), toNumpy(std::move(w->alap))),
      nb::none());
}

/// What is known of every schedule before a search.
nb::tuple boundsOf(const Problem &p, const nb::list &options) {
  Outcome<SolverOptions> parsed = parseOptions(options);
  if (!parsed)
    return failed(parsed.error());
  Outcome<Recurrence> recurrence = criticalRecurrence(p);
  if (!recurrence)
    return failed(recurrence.error());
  Outcome<Problem> resolved = settle(p, *parsed);
  if (!resolved)
    return failed(resolved.error());
  Outcome<int32_t> depth = leastLength(*resolved);
  Outcome<Windows> w = computeWindows(*resolved);
  if (!depth || !w)
    return failed(depth ? w.error() : depth.error());
  std::vector<int32_t> cycle;
  for (int32_t edge : recurrence->edges)
    cycle.push_back(p.source[edge]);
  nb::dict out;
  out["cost"] = simpleBound(*resolved, *w, parsed->payment());
  out["depth"] = *depth;
  out["length"] = resolved->length;
  out["ii"] = resolved->ii;
  out["resource_ii"] = resourceMII(p);
  out["recurrence_ii"] = recurrence->ii;
  out["recurrence"] = toNumpy(std::move(cycle));
  return nb::make_tuple(out, nb::none());
}

/// Steps as rows (cycle, value); the resource -1 stands for live width.
nb::object steps(const Problem &given, const Ints &starts, int32_t ii,
                 int32_t resource) {
  Problem p = given;
  p.ii = ii;
  std::vector<ProfileStep> all =
      resource < 0 ? memorySteps(p, startsFrom(p, starts))
                   : useSteps(p, startsFrom(p, starts), resource);
  std::vector<int64_t> flat;
  for (const ProfileStep &step : all)
    flat.insert(flat.end(), {step.cycle, step.value});
  return toNumpy(std::move(flat)).attr("reshape")(-1, 2);
}

nb::object profile(const Problem &given, const Ints &starts, int32_t ii,
                   int32_t resource) {
  Problem p = given;
  p.ii = ii;
  Starts s = startsFrom(p, starts);
  return toNumpy(resource < 0 ? memoryProfile(p, s)
                              : useProfile(p, s, resource));
}

nb::list violations(const Problem &given, const Ints &starts, int32_t length,
                    int32_t ii, int64_t liveLimit, std::string_view model) {
  Problem p = given;
  p.length = length;
  p.ii = ii;
  p.liveLimit = liveLimit;
  p.memoryModel = modelFrom(model);
  nb::list out;
  std::vector<int64_t> wide = copy<int64_t>(starts);
  for (const Diagnostic &d : verify(p, wide))
    out.append(describe(d));
  return out;
}

} // namespace

void gaus::python::bindSolve(nb::module_ &m) {
  m.def("windows", &windowsOf,
        nb::sig("def windows(problem: Problem, options: list[tuple[str, str]], "
                "/) -> tuple[typing.Any, dict[str, typing.Any] | None]"));
  m.def("bounds", &boundsOf,
        nb::sig("def bounds(problem: Problem, options: list[tuple[str, str]], "
                "/) -> tuple[typing.Any, dict[str, typing.Any] | None]"));
  m.def("solve", &solveDict, nb::arg("problem"), nb::arg("options"),
        nb::arg("existing").none(), nb::arg("callback").none(),
        nb::sig("def solve(problem: Problem, options: list[tuple[str, str]], "
                "existing: typing.Any, callback: typing.Any) -> "
                "tuple[typing.Any, dict[str, typing.Any] | None, "
                "BaseException | None]"));
  m.def("verify", &violations,
        nb::sig("def verify(problem: Problem, starts: typing.Any, length: int, "
                "ii: int, live_limit: int, memory_model: str, /) -> "
                "list[dict[str, typing.Any]]"));
  m.def(
      "evaluate",
      [](const Problem &given, const Ints &starts, int32_t ii,
         std::string_view model) {
        Problem p = given;
        p.ii = ii;
        p.memoryModel = modelFrom(model);
        return costDict(evaluate(p, startsFrom(p, starts)));
      },
      nb::sig("def evaluate(problem: Problem, starts: typing.Any, ii: int, "
              "memory_model: str, /) -> dict[str, typing.Any]"));
  m.def("steps", &steps,
        nb::sig("def steps(problem: Problem, starts: typing.Any, ii: int, "
                "resource: int, /) -> typing.Any"));
  m.def("profile", &profile,
        nb::sig("def profile(problem: Problem, starts: typing.Any, ii: int, "
                "resource: int, /) -> typing.Any"));
  m.def(
      "options",
      [] {
        nb::list out;
        for (const OptionInfo &o : optionTable())
          out.append(nb::make_tuple(
              nb::str(o.name.data(), o.name.size()),
              nb::str(o.values.data(), o.values.size()),
              nb::str(o.defaultValue.data(), o.defaultValue.size()),
              nb::str(o.description.data(), o.description.size())));
        return out;
      },
      nb::sig("def options() -> list[tuple[str, str, str, str]]"));
}

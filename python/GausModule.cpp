//===- GausModule.cpp - Core and solver for Python ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The native half of the package: arrays in, arrays out, errors as values. The
/// Python half (gaus/*.py) checks arguments and raises gaus.Error.
///
//===----------------------------------------------------------------------===//

#include "Convert.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Core/Version.h"
#include "gaus/Core/Windows.h"
#include "gaus/IO/Formats.h"
#include "gaus/Solver/Solver.h"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <chrono>
#include <future>

using namespace gaus;
using namespace gaus::python;

namespace {

void setNodes(Problem &p, const Ints &latency, const Ints &occupancy,
              const Ints &width, const Ints &earliest, const Ints &latest,
              std::vector<double> delayIn, std::vector<double> delayOut,
              std::vector<std::string> names) {
  p.latency = copy<int32_t>(latency);
  p.occupancy = copy<int32_t>(occupancy);
  p.width = copy<int64_t>(width);
  p.earliest = copy<int32_t>(earliest);
  p.latest = copy<int32_t>(latest);
  p.delayIn = std::move(delayIn);
  p.delayOut = std::move(delayOut);
  p.nodeName = std::move(names);
}

void setUses(Problem &p, const Ints &begin, const Ints &resource,
             const Ints &units) {
  p.useBegin = copy<int32_t>(begin);
  p.useResource = copy<int32_t>(resource);
  p.useUnits = copy<int64_t>(units);
}

void setEdges(Problem &p, const Ints &source, const Ints &target,
              const Ints &distance, const Ints &lag, const Ints &weight,
              const Ints &carries) {
  p.source = copy<int32_t>(source);
  p.target = copy<int32_t>(target);
  p.distance = copy<int32_t>(distance);
  p.lag = copy<int32_t>(lag);
  p.weight = copy<int64_t>(weight);
  p.carries = copy<uint8_t>(carries);
}

void setInterface(Problem &p, const Ints &width, const Ints &begin,
                  const Ints &user, const Ints &stays, const Ints &leaves) {
  p.interface.width = copy<int64_t>(width);
  p.interface.useBegin = copy<int32_t>(begin);
  p.interface.user = copy<int32_t>(user);
  p.interface.stays = copy<uint8_t>(stays);
  p.interface.leaves = copy<int32_t>(leaves);
}

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

/// (solution, None, None), (None, error, None); what a signal raised, third,
/// with the best solution so far or the error.
nb::tuple solveDict(const Problem &p, const nb::list &options,
                    const std::optional<Ints> &existing) {
  Outcome<SolverOptions> parsed = parseOptions(options);
  if (!parsed)
    return nb::make_tuple(nb::none(), describe(parsed.error()), nb::none());
  Starts start;
  if (existing) {
    start = startsFrom(p, *existing);
    parsed->start = StartKind::Existing;
  }
  Stop stop;
  parsed->stop = &stop;
  std::future<Outcome<Solution>> running =
      std::async(std::launch::async, [&] { return solve(p, *parsed, start); });
  // Python looks at its signals only when it is asked to.
  nb::object raised = nb::none();
  for (bool done = false; !done;) {
    {
      nb::gil_scoped_release release;
      done = running.wait_for(std::chrono::milliseconds(20)) ==
             std::future_status::ready;
    }
    if (!done && !stop.requested() && PyErr_CheckSignals() != 0) {
      stop.request();
      nb::python_error error;
      raised = nb::borrow(error.value());
    }
  }
  Outcome<Solution> s = running.get();
  if (!s)
    return nb::make_tuple(nb::none(), describe(s.error()), raised);
  return nb::make_tuple(solutionDict(*s), nb::none(), raised);
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

std::string report(const Problem &given, const Ints &starts, int32_t ii,
                   const std::string &format, const nb::dict &facts) {
  ReportedScope scope{given, {}, {}};
  scope.problem.ii = ii;
  scope.starts = startsFrom(given, starts);
  scope.facts = factsOf(scope.problem, facts);
  const ReportInfo *form = findReport(format);
  if (!form)
    throw nb::value_error("there is no such report");
  return form->write({&scope, 1});
}

/// A schedule in one of the formats of files.
std::string exportText(const Problem &given, const Ints &starts, int32_t ii,
                       const std::string &format) {
  Problem p = given;
  p.ii = ii;
  const FormatInfo *row = findFormat(format);
  if (!row || !row->write)
    throw nb::value_error("there is no such format to write");
  return row->write(p, startsFrom(p, starts));
}

nb::tuple readText(const std::string &format, const nb::bytes &text,
                   std::optional<int32_t> latency) {
  const FormatInfo *row = findFormat(format);
  if (!row || !row->read)
    throw nb::value_error("there is no such format to read");
  Reading reading;
  reading.nodeLatency = latency;
  return result(
      row->read(std::string_view(text.c_str(), text.size()), reading));
}

nb::list formats() {
  auto text = [](std::string_view s) { return nb::str(s.data(), s.size()); };
  nb::list out;
  for (const FormatInfo &f : formatTable())
    out.append(nb::make_tuple(text(f.name), text(f.endings), f.read != nullptr,
                              f.write != nullptr, f.needsStarts,
                              text(f.sentence)));
  return out;
}

void bindProblem(nb::module_ &m) {
  nb::class_<Problem>(m, "Problem")
      .def(nb::init<>())
      .def_rw("name", &Problem::name)
      .def_rw("ii", &Problem::ii)
      .def_rw("length", &Problem::length)
      .def_rw("clock", &Problem::clock)
      .def_rw("live_limit", &Problem::liveLimit)
      .def_prop_ro("num_nodes", &Problem::numNodes)
      .def_prop_ro("num_edges", &Problem::numEdges)
      .def_prop_ro("num_resources", &Problem::numResources)
      .def("add_resource",
           [](Problem &p, std::string_view name, int64_t limit, int64_t price) {
             return p.addResource(name, limit, price);
           })
      .def("set_nodes", &setNodes)
      .def("set_uses", &setUses)
      .def("set_edges", &setEdges)
      .def("set_interface", &setInterface)
      .def("node_label",
           [](const Problem &p, int32_t i) {
             return i >= 0 && i < p.numNodes() ? p.nodeLabel(i) : std::string();
           })
      .def("resource_label",
           [](const Problem &p, int32_t r) {
             return r >= 0 && r < p.numResources() ? p.resourceLabel(r)
                                                   : std::string();
           })
      .def("array",
           [](const Problem &p, const std::string &name) {
             if (name == "latency")
               return toNumpy(p.latency);
             if (name == "occupancy")
               return toNumpy(p.occupancy);
             if (name == "width")
               return toNumpy(p.width);
             if (name == "source")
               return toNumpy(p.source);
             if (name == "target")
               return toNumpy(p.target);
             if (name == "distance")
               return toNumpy(p.distance);
             return nb::object(nb::none());
           })
      .def("validate", [](const Problem &p) -> nb::object {
        auto wrong = p.validate();
        return wrong ? nb::object(describe(*wrong)) : nb::object(nb::none());
      });
}

void bindFunctions(nb::module_ &m) {
  m.def("read", [](const std::string &path, std::optional<int32_t> latency,
                   const std::string &resources) {
    return result(readProblem(path, latency, resources));
  });
  m.def("read_text", &readText, nb::arg("format"), nb::arg("text"),
        nb::arg("latency").none());
  m.def("formats", &formats);
  m.def("windows", [](const Problem &p, const nb::list &options) {
    Outcome<SolverOptions> parsed = parseOptions(options);
    if (!parsed)
      return nb::make_tuple(nb::none(), describe(parsed.error()));
    Outcome<SettledOptions> settled = settleLength(p, *parsed);
    if (!settled)
      return nb::make_tuple(nb::none(), describe(settled.error()));
    Outcome<Problem> resolved = resolve(p, settled->options);
    if (!resolved)
      return nb::make_tuple(nb::none(), describe(resolved.error()));
    Outcome<Windows> w = computeWindows(*resolved);
    if (!w)
      return nb::make_tuple(nb::none(), describe(w.error()));
    return nb::make_tuple(nb::make_tuple(toNumpy(std::move(w->asap)),
                                         toNumpy(std::move(w->alap)),
                                         resolved->length, resolved->ii),
                          nb::none());
  });
  m.def("solve", &solveDict, nb::arg("problem"), nb::arg("options"),
        nb::arg("existing").none());
  m.def("verify", [](const Problem &given, const Ints &starts, int32_t length,
                     int32_t ii) {
    Problem p = given;
    p.length = length;
    p.ii = ii;
    nb::list out;
    std::vector<int64_t> wide = copy<int64_t>(starts);
    for (const Diagnostic &d : verify(p, wide))
      out.append(describe(d));
    return out;
  });
  m.def("evaluate", [](const Problem &given, const Ints &starts, int32_t ii) {
    Problem p = given;
    p.ii = ii;
    return costDict(evaluate(p, startsFrom(p, starts)));
  });
  m.def("steps", &steps);
  m.def("profile", [](const Problem &given, const Ints &starts, int32_t ii,
                      int32_t resource) {
    Problem p = given;
    p.ii = ii;
    Starts s = startsFrom(p, starts);
    return toNumpy(resource < 0 ? memoryProfile(p, s)
                                : useProfile(p, s, resource));
  });
  m.def("report", &report);
  m.def("export_text", &exportText);
  m.def("write",
        [](const nb::bytes &path, const std::string &text) -> nb::object {
          auto wrong = writeFile(std::string(path.c_str(), path.size()), text);
          return wrong ? nb::object(describe(*wrong)) : nb::object(nb::none());
        });
  m.def("options", [] {
    nb::list out;
    for (const OptionInfo &o : optionTable())
      out.append(
          nb::make_tuple(nb::str(o.name.data(), o.name.size()),
                         nb::str(o.values.data(), o.values.size()),
                         nb::str(o.defaultValue.data(), o.defaultValue.size()),
                         nb::str(o.description.data(), o.description.size())));
    return out;
  });
}

} // namespace

NB_MODULE(_gaus, m) {
  m.attr("UNLIMITED") = kUnlimited;
  m.attr("MAX_CYCLE") = kMaxCycle;
  m.attr("VERSION") = kVersion;
  m.attr("READ_ENDINGS") = readEndings();
  bindProblem(m);
  bindFunctions(m);
}

//===- BindFiles.cpp - Formats and reports for Python ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bind.h"
#include "Convert.h"

#include "gaus-bench/Bench.h"
#include "gaus/IO/Formats.h"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

using namespace gaus;
using namespace gaus::python;

namespace {

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

nb::tuple readPath(const std::string &path, std::optional<int32_t> latency,
                   const std::string &resources) {
  std::optional<Outcome<Problem>> read;
  {
    nb::gil_scoped_release release;
    read.emplace(readProblem(path, latency, resources));
  }
  return result(std::move(*read));
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

nb::object writePath(const nb::bytes &path, const std::string &text) {
  auto wrong = writeFile(std::string(path.c_str(), path.size()), text);
  return wrong ? nb::object(describe(*wrong)) : nb::object(nb::none());
}

/// gaus-bench, which takes over the process.
int runBench(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "gaus-bench");
  std::vector<char *> words;
  for (std::string &argument : arguments)
    words.push_back(argument.data());
  nb::gil_scoped_release release;
  return gaus::bench::run(static_cast<int>(words.size()), words.data(),
                          nullptr);
}

} // namespace

void gaus::python::bindFiles(nb::module_ &m) {
  m.def("read", &readPath, nb::arg("path"), nb::arg("latency").none(),
        nb::arg("resources"),
        nb::sig("def read(path: str, latency: int | None, resources: str) -> "
                "tuple[Problem, dict[str, typing.Any] | None]"));
  m.def("read_text", &readText, nb::arg("format"), nb::arg("text"),
        nb::arg("latency").none(),
        nb::sig("def read_text(format: str, text: bytes, latency: int | None) "
                "-> tuple[Problem, dict[str, typing.Any] | None]"));
  m.def("formats", &formats,
        nb::sig("def formats() -> "
                "list[tuple[str, str, bool, bool, bool, str]]"));
  m.def("report", &report,
        nb::sig("def report(problem: Problem, starts: typing.Any, ii: int, "
                "format: str, facts: dict[str, typing.Any], /) -> str"));
  m.def("export_text", &exportText,
        nb::sig("def export_text(problem: Problem, starts: typing.Any, "
                "ii: int, format: str, /) -> str"));
  m.def("bench", &runBench, nb::arg("arguments"));
  m.def("write", &writePath,
        nb::sig("def write(path: bytes, text: str, /) -> "
                "dict[str, typing.Any] | None"));
}

//===- Convert.cpp - What Python sees of results ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Convert.h"

#include <nanobind/stl/string.h>

using namespace gaus;
using namespace gaus::python;

nb::dict gaus::python::describe(const Diagnostic &d) {
  nb::dict out;
  out["code"] = d.code;
  out["message"] = d.message;
  out["node"] = d.node;
  out["line"] = d.line;
  nb::list notes;
  for (const Note &note : d.notes)
    notes.append(note.message);
  out["notes"] = notes;
  return out;
}

Starts gaus::python::startsFrom(const Problem &p, const Ints &array) {
  if (array.size() != static_cast<size_t>(p.numNodes()))
    throw nb::value_error("starts must have an entry a node");
  for (size_t i = 0; i < array.size(); ++i)
    if (array.data()[i] < 0 || array.data()[i] > kMaxCycle)
      throw nb::value_error("a start is out of range");
  return copy<int32_t>(array);
}

MemoryModel gaus::python::modelFrom(std::string_view word) {
  std::optional<MemoryModel> model = findMemoryModel(word);
  if (!model)
    throw nb::value_error("memory_model must be \"values\" or \"buffers\"");
  return *model;
}

nb::dict gaus::python::costDict(const Cost &cost) {
  nb::dict out;
  out["peaks"] = toNumpy(cost.peak);
  out["resources"] = cost.resources;
  out["communication"] = cost.communication;
  out["memory"] = cost.memory;
  out["cycles"] = cost.length;
  return out;
}

nb::dict gaus::python::solutionDict(const Solution &s) {
  nb::dict out = costDict(s.cost);
  out["starts"] = toNumpy(s.starts);
  out["ii"] = s.ii;
  out["ii_proof"] = std::string(toString(s.iiProof));
  out["ii_undecided"] = s.undecidedII;
  out["length"] = s.lengthBound > 0 ? int64_t(s.lengthBound) : s.cost.length;
  out["cost"] = s.value;
  out["bound"] = s.bound;
  out["method"] = std::string(toString(s.method));
  nb::dict methods;
  for (const MethodResult &m : s.methods)
    methods[std::string(toString(m.method)).c_str()] = m.cost;
  out["methods"] = methods;
  out["steps"] = s.work.descentSteps;
  out["legalizations"] = s.work.legalizations;
  out["proposals"] = s.work.polishProposals;
  out["windows"] = s.work.windows;
  out["backend"] = s.backend;
  out["backend_reason"] = s.backendReason;
  out["memory_reason"] = s.memoryReason;
  out["cut"] = std::string(toString(s.cut));
  return out;
}

ReportFacts gaus::python::factsOf(const Problem &p, const nb::dict &facts) {
  auto number = [&](const char *key) -> std::optional<int64_t> {
    if (!facts.contains(key))
      return std::nullopt;
    return nb::cast<int64_t>(facts[key]);
  };
  ReportFacts out;
  out.scope = p.name.empty() ? "problem" : p.name;
  out.length = number("length");
  out.ii = number("ii");
  if (out.ii == 0)
    out.ii.reset();
  out.cost = number("cost");
  out.bound = number("bound");
  return out;
}

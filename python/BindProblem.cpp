//===- BindProblem.cpp - Problems for Python ------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Arrays in, once, and views of them out.
///
//===----------------------------------------------------------------------===//

#include "Bind.h"
#include "Convert.h"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

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

/// What `array` has, by name.
template <class F> void forEachArray(const Problem &p, F &&f) {
  f("latency", p.latency);
  f("occupancy", p.occupancy);
  f("width", p.width);
  f("earliest", p.earliest);
  f("latest", p.latest);
  f("delay_in", p.delayIn);
  f("delay_out", p.delayOut);
  f("use_begin", p.useBegin);
  f("use_resource", p.useResource);
  f("use_units", p.useUnits);
  f("source", p.source);
  f("target", p.target);
  f("distance", p.distance);
  f("lag", p.lag);
  f("weight", p.weight);
  f("carries", p.carries);
  f("limit", p.limit);
  f("price", p.price);
  f("enter_width", p.interface.width);
  f("enter_begin", p.interface.useBegin);
  f("enter_user", p.interface.user);
  f("enter_stays", p.interface.stays);
  f("leave", p.interface.leaves);
}

/// The array itself, read-only, which keeps the problem.
nb::object arrayOf(nb::handle self, const std::string &name) {
  const auto &p = nb::cast<const Problem &>(self);
  nb::object out = nb::none();
  forEachArray(p, [&]<class T>(const char *its, const std::vector<T> &values) {
    if (name == its)
      out = nb::cast(nb::ndarray<nb::numpy, const T, nb::ndim<1>>(
          values.data(), {values.size()}, self));
  });
  if (out.is_none())
    throw nb::key_error(name.c_str());
  return out;
}

nb::list arrayNames() {
  nb::list out;
  forEachArray(Problem(), [&](const char *name, const auto &) {
    out.append(nb::str(name));
  });
  return out;
}

void setMemoryModel(Problem &p, std::string_view word) {
  p.memoryModel = modelFrom(word);
}

nb::list labels(const std::vector<std::string> &names) {
  nb::list out;
  for (const std::string &name : names)
    out.append(nb::str(name.data(), name.size()));
  return out;
}

} // namespace

void gaus::python::bindProblem(nb::module_ &m) {
  nb::class_<Problem>(m, "Problem")
      .def(nb::init<>())
      .def_rw("name", &Problem::name)
      .def_rw("ii", &Problem::ii)
      .def_rw("length", &Problem::length)
      .def_rw("clock", &Problem::clock)
      .def_rw("live_limit", &Problem::liveLimit)
      .def("memory_model",
           [](const Problem &p) { return toString(p.memoryModel); })
      .def("set_memory_model", &setMemoryModel)
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
      .def(
          "node_names", [](const Problem &p) { return labels(p.nodeName); },
          nb::sig("def node_names(self) -> list[str]"))
      .def(
          "resource_names",
          [](const Problem &p) { return labels(p.resourceName); },
          nb::sig("def resource_names(self) -> list[str]"))
      .def("array", &arrayOf,
           nb::sig("def array(self, name: str) -> typing.Any"))
      .def(
          "validate",
          [](const Problem &p) -> nb::object {
            auto wrong = p.validate();
            return wrong ? nb::object(describe(*wrong))
                         : nb::object(nb::none());
          },
          nb::sig("def validate(self) -> dict[str, typing.Any] | None"));
  m.def("arrays", &arrayNames, nb::sig("def arrays() -> list[str]"));
}

//===- Convert.h - What Python sees of results ------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Arrays in, and results out as Python's and numpy's own values.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_PYTHON_CONVERT_H
#define GAUS_PYTHON_CONVERT_H

#include "gaus/IO/Writers.h"
#include "gaus/Solver/Solver.h"

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <algorithm>

namespace nb = nanobind;

namespace gaus::python {

template <class T>
using Array = nb::ndarray<const T, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Ints = Array<int64_t>;

template <class T> std::vector<T> copy(const Ints &array) {
  std::vector<T> out(array.size());
  std::transform(array.data(), array.data() + array.size(), out.begin(),
                 [](int64_t x) { return static_cast<T>(x); });
  return out;
}

/// A numpy array of its own with the values of `v`.
template <class T> nb::object toNumpy(std::vector<T> v) {
  auto *owned = new std::vector<T>(std::move(v));
  nb::capsule owner(
      owned, [](void *p) noexcept { delete static_cast<std::vector<T> *>(p); });
  size_t size = owned->size();
  return nb::cast(
      nb::ndarray<nb::numpy, T, nb::ndim<1>>(owned->data(), {size}, owner));
}

/// The arguments of gaus.Error.
nb::dict describe(const Diagnostic &d);

/// (value, None) or (None, error).
template <class T> nb::tuple result(Outcome<T> outcome) {
  if (!outcome)
    return nb::make_tuple(nb::none(), describe(outcome.error()));
  return nb::make_tuple(nb::cast(std::move(*outcome)), nb::none());
}

/// Starts for the core. The Python half has checked them; this is the line
/// behind which nothing is checked any more.
Starts startsFrom(const Problem &p, const Ints &array);

/// "values" or "buffers".
MemoryModel modelFrom(std::string_view word);

nb::dict costDict(const Cost &cost);
/// The attributes of gaus.Schedule.
nb::dict solutionDict(const Solution &s);
/// The numbers that a report names, from a dictionary.
ReportFacts factsOf(const Problem &p, const nb::dict &facts);

} // namespace gaus::python

#endif // GAUS_PYTHON_CONVERT_H

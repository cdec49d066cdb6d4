//===- Bind.h - The parts of the module -------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_PYTHON_BIND_H
#define GAUS_PYTHON_BIND_H

#include <nanobind/nanobind.h>

namespace gaus::python {

void bindProblem(nanobind::module_ &m);
void bindSolve(nanobind::module_ &m);
void bindFiles(nanobind::module_ &m);

} // namespace gaus::python

#endif // GAUS_PYTHON_BIND_H

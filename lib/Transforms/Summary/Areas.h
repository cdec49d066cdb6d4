//===- Areas.h - What operators take of a device ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The areas of a scope's operators, added up.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SUMMARY_AREAS_H
#define GAUS_LIB_TRANSFORMS_SUMMARY_AREAS_H

#include "gaus/IO/Writers.h"
#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// Fills in ReportFacts::area and withoutArea of a scope with a schedule.
void addAreas(const Scope &scope, const gaus::Starts &starts,
              gaus::ReportFacts &facts);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SUMMARY_AREAS_H

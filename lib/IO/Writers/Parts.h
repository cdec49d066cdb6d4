//===- Parts.h - What reports share -----------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_IO_WRITERS_PARTS_H
#define GAUS_LIB_IO_WRITERS_PARTS_H

#include "gaus/IO/Summary.h"

namespace gaus::io {

/// The nodes by their starts; equal ones in their order.
std::vector<int32_t> byStart(std::span<const int32_t> starts);
/// A line: the scope, its length, interval, cost, bound and gap.
std::string factsLine(const ReportFacts &facts);
/// The JSON report with the texts of the sources, in one line.
std::string embeddedJson(const ReportedProgram &program);

} // namespace gaus::io

#endif // GAUS_LIB_IO_WRITERS_PARTS_H

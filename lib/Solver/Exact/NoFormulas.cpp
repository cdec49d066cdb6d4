//===- NoFormulas.cpp - A build without a library for formulas ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/Formula.h"

using namespace gaus;

struct Formula::Library {};

bool gaus::hasFormulas() { return false; }

Formula::Formula(int64_t literals) : limit(literals), left(0) {}
Formula::~Formula() = default;
void Formula::clause(std::span<const int>) {}
void Formula::prefer(int) {}
std::optional<bool> Formula::solve(int64_t, const Stop &) {
  return std::nullopt;
}
bool Formula::value(int) { return false; }

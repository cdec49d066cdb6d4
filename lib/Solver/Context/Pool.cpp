//===- Pool.cpp - Candidates for the local search -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Context/Pool.h"

#include "Model/SearchState.h"

#include <algorithm>
#include <tuple>

using namespace gaus;

bool gaus::isBetter(const Candidate &a, const Candidate &b) {
  return std::tie(a.overuse, a.cost) < std::tie(b.overuse, b.cost);
}

void Pool::add(std::span<const int32_t> starts, Method method) {
  SearchState state(instance, starts);
  add({Starts(starts.begin(), starts.end()), state.limitOveruse(),
       state.exactCost(), method});
}

void Pool::lastToFront() {
  std::rotate(candidates.begin(), candidates.end() - 1, candidates.end());
}

void Pool::sort() {
  std::stable_sort(candidates.begin(), candidates.end(), isBetter);
}

std::span<Candidate> Pool::first(size_t count) {
  return std::span(candidates).first(std::min(count, candidates.size()));
}

//===- NoMaximumFlow.cpp - A build without a library for cuts -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/MaximumFlow.h"

using namespace gaus;

struct MaximumFlow::Network {};

bool gaus::hasMaximumFlows() { return false; }

MaximumFlow::MaximumFlow(std::vector<std::pair<int32_t, int32_t>>, int32_t) {}
MaximumFlow::~MaximumFlow() = default;
int64_t MaximumFlow::unset(int32_t) const { return 0; }
int64_t MaximumFlow::set(int32_t) const { return 0; }
void MaximumFlow::setCosts(int32_t, int64_t, int64_t) {}
void MaximumFlow::clear() {}
std::optional<int64_t> MaximumFlow::push(int64_t &, const Stop &) {
  return std::nullopt;
}
bool MaximumFlow::isSet(int32_t) const { return false; }

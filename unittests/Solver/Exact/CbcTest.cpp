//===- CbcTest.cpp - Integer programs against enumeration -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/IntegerProgram.h"

#include "RandomProblem.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

using namespace gaus;
using gaus::test::Random;

namespace {

constexpr int32_t kColumns = 4, kMost = 3;

/// Four columns of 0 .. 3 and three rows of small factors, some columns twice
/// in a row.
IntegerProgram randomProgram(uint64_t seed) {
  Random random(seed);
  IntegerProgram program;
  for (int32_t c = 0; c < kColumns; ++c)
    program.addColumn(0, kMost, random.in(0, 10) - 5);
  for (int32_t r = 0; r < 3; ++r) {
    LinearSum sum;
    for (int32_t k = 0; k < 5; ++k)
      sum.terms.push_back({random.in(0, kColumns - 1), random.in(0, 6) - 3.0});
    sum.constant = random.in(0, 4) - 2;
    double least = random.in(0, 7) - 4;
    program.addRow(sum, r == 0 ? -IntegerProgram::kOpen : least,
                   r == 1 ? IntegerProgram::kOpen : least + 4);
  }
  return program;
}

double priceOf(const IntegerProgram &p, const std::vector<double> &values) {
  double sum = 0;
  for (int32_t c = 0; c < p.numColumns(); ++c)
    sum += p.price[c] * values[c];
  return sum;
}

bool satisfies(const IntegerProgram &p, const std::vector<double> &values) {
  for (int32_t r = 0; r < p.numRows(); ++r) {
    double sum = 0;
    for (int32_t e = p.rowBegin[r]; e < p.rowBegin[r + 1]; ++e)
      sum += p.entries[e].second * values[p.entries[e].first];
    if (sum < p.rowLeast[r] - 1e-6 || sum > p.rowMost[r] + 1e-6)
      return false;
  }
  return true;
}

/// The least price, or nothing, by trying all values.
std::optional<double> leastPrice(const IntegerProgram &p) {
  std::optional<double> least;
  std::vector<double> values(kColumns);
  for (int32_t code = 0; code < 1 << (2 * kColumns); ++code) {
    for (int32_t c = 0; c < kColumns; ++c)
      values[c] = code >> (2 * c) & 3;
    if (satisfies(p, values) && (!least || priceOf(p, values) < *least))
      least = priceOf(p, values);
  }
  return least;
}

TEST(Cbc, EqualsEnumeration) {
  if (!hasIntegerPrograms())
    GTEST_SKIP() << "this build has no library for integer programs";
  int32_t none = 0, some = 0;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    IntegerProgram p = randomProgram(seed);
    std::optional<double> least = leastPrice(p);
    ProgramResult r = solveProgram(p, {1000, seed % 2 == 0, nullptr});
    EXPECT_TRUE(r.complete) << seed;
    ASSERT_EQ(!r.values.empty(), least.has_value()) << seed;
    (least ? some : none) += 1;
    if (!least)
      continue;
    EXPECT_NEAR(priceOf(p, r.values), *least, 1e-6) << seed;
    for (double &value : r.values)
      value = std::round(value);
    EXPECT_TRUE(satisfies(p, r.values)) << seed;
  }
  EXPECT_GT(none, 20);
  EXPECT_GT(some, 20);
}

TEST(Cbc, BeginsFromTheHint) {
  if (!hasIntegerPrograms())
    GTEST_SKIP() << "this build has no library for integer programs";
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    IntegerProgram p = randomProgram(seed);
    std::optional<double> least = leastPrice(p);
    if (!least)
      continue;
    ProgramResult best = solveProgram(p, {1000, false, nullptr});
    ProgramResult again = solveProgram(p, {1000, false, nullptr}, best.values);
    ASSERT_FALSE(again.values.empty()) << seed;
    EXPECT_NEAR(priceOf(p, again.values), *least, 1e-6) << seed;
  }
}

TEST(Cbc, EndsBeforeItBegins) {
  Stop stop;
  stop.request();
  ProgramResult r = solveProgram(randomProgram(1), {1000, true, &stop});
  EXPECT_FALSE(r.complete);
}

} // namespace

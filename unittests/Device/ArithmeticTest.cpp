//===- ArithmeticTest.cpp - Errors of the float32 functions ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Device/Arithmetic.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace gaus;

namespace {

/// Every `stride`-th float between a and b (a < b, same sign).
template <class F> void forFloats(float a, float b, int32_t stride, F &&body) {
  int32_t from = dev::floatToBits(std::fabs(a) < std::fabs(b) ? a : b);
  int32_t to = dev::floatToBits(std::fabs(a) < std::fabs(b) ? b : a);
  for (int64_t bits = from; bits <= to; bits += stride)
    body(dev::bitsToFloat(static_cast<int32_t>(bits)));
}

/// Error of `got` in units of the last place of the correctly rounded value.
double ulps(float got, long double exact) {
  float rounded = static_cast<float>(exact);
  double unit = std::nextafter(std::fabs(rounded),
                               std::numeric_limits<float>::infinity()) -
                std::fabs(rounded);
  return std::fabs(static_cast<double>(got - exact)) / unit;
}

TEST(Arithmetic, ExpWithinTwoUlp) {
  double worst = 0;
  auto check = [&](float x) {
    worst = std::max(worst, ulps(dev::exp(x), std::exp((long double)x)));
  };
  forFloats(-87.0f, -0x1p-30f, 97, check);
  forFloats(0x1p-30f, 88.0f, 97, check);
  RecordProperty("worst_ulp_times_1000", static_cast<int>(worst * 1000));
  EXPECT_LE(worst, 2.0);
  EXPECT_EQ(dev::exp(0.0f), 1.0f);
  EXPECT_EQ(dev::exp(-1000.0f), dev::exp(-87.0f));
}

TEST(Arithmetic, LogWithinThreeUlpAwayFromOne) {
  double worst = 0, nearOne = 0;
  forFloats(0x1p-126f, 0x1.fffffep+126f, 1013, [&](float x) {
    long double exact = std::log((long double)x);
    if (std::fabs(x - 1.0f) > 0.3f)
      worst = std::max(worst, ulps(dev::log(x), exact));
    else
      nearOne = std::max(nearOne,
                         std::fabs(static_cast<double>(dev::log(x) - exact)));
  });
  EXPECT_LE(worst, 3.0);
  EXPECT_LE(nearOne, 2e-7);
  EXPECT_EQ(dev::log(1.0f), 0.0f);
}

TEST(Arithmetic, NormalDensityAndDistribution) {
  double density = 0, tail = 0, upper = 0;
  auto check = [&](float z) {
    dev::NormalPoint p = dev::normal(z);
    long double x = z;
    long double phi = std::exp(-x * x / 2) / std::sqrt(2 * M_PIl);
    long double below = std::erfc(-x / std::sqrt(2.0L)) / 2;
    density = std::max(density,
                       static_cast<double>(std::fabs(p.density - phi) / phi));
    if (z < 0)
      tail = std::max(tail,
                      static_cast<double>(std::fabs(p.below - below) / below));
    else
      upper = std::max(upper, std::fabs(static_cast<double>(p.below - below)));
  };
  forFloats(-5.0f, -0x1p-20f, 53, check);
  forFloats(0x1p-20f, 5.0f, 5303, check);
  EXPECT_LE(density, 2e-6);
  EXPECT_LE(tail, 2e-6);
  // Above the middle: one rounding of 1 - tail, whose unit is 6e-8, and the
  // tail's own error.
  EXPECT_LE(upper, 2e-7);
  EXPECT_NEAR(dev::normal(0.0f).below, 0.5f, 1e-7);
  EXPECT_EQ(dev::normal(9.0f).below, dev::normal(5.0f).below);
}

TEST(Arithmetic, DistributionFunctionNeverFalls) {
  float before = 0;
  for (int k = -5 * 4096; k <= 5 * 4096; ++k) {
    float now = dev::normal(static_cast<float>(k) / 4096.0f).below;
    EXPECT_GE(now + 1e-7f, before) << k;
    before = now;
  }
}

TEST(Arithmetic, FloorAndRound) {
  for (float x : {-2.5f, -2.0f, -0.25f, 0.0f, 0.75f, 3.0f, 1e6f, -1e6f - 0.5f})
    EXPECT_EQ(dev::floorToInt(x), static_cast<int32_t>(std::floor(x))) << x;
  for (float x : {-2.5f, -1.5f, -0.4f, 0.5f, 1.5f, 2.5f, 100.49f})
    EXPECT_EQ(dev::roundNearest(x), std::nearbyint(x)) << x;
}

/// Known answers of Philox4x32-10, from the paper's own test vectors.
TEST(Arithmetic, PhiloxKnownAnswers) {
  dev::Philox zero = dev::philox(0, 0, 0);
  EXPECT_EQ(zero.word[0], 0x6627e8d5u);
  EXPECT_EQ(zero.word[1], 0xe169c58du);
  EXPECT_EQ(zero.word[2], 0xbc57ac4cu);
  EXPECT_EQ(zero.word[3], 0x9b00dbd8u);
  dev::Philox ones = dev::philox(~uint64_t(0), ~uint64_t(0), ~uint64_t(0));
  EXPECT_EQ(ones.word[0], 0x408f276du);
  EXPECT_EQ(ones.word[1], 0x41c83b0eu);
  EXPECT_EQ(ones.word[2], 0xa20bc7c6u);
  EXPECT_EQ(ones.word[3], 0x6d5451fdu);
}

} // namespace

//===- OptionsTest.cpp - Every option from text ---------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Solver/Options.h"

#include "gaus/Core/MemoryLimit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace gaus;
using testing::HasSubstr;

namespace {

TEST(Options, TableIsInOrderAndComplete) {
  std::vector<std::string_view> names;
  for (const OptionInfo &info : optionTable()) {
    names.push_back(info.name);
    EXPECT_FALSE(info.values.empty());
    EXPECT_FALSE(info.defaultValue.empty());
    EXPECT_FALSE(info.description.empty());
  }
  EXPECT_THAT(names, testing::ElementsAre("objective", "length", "ii", "ratio",
                                          "alpha", "live-limit", "memory-model",
                                          "clock", "effort", "time-limit",
                                          "memory-limit", "seed", "threads",
                                          "backend", "start", "gradient",
                                          "polish", "windows", "trace"));
}

/// Sets one option on defaults; the value must be good.
SolverOptions with(std::string_view name, std::string_view value) {
  SolverOptions o;
  std::optional<Diagnostic> d = setOption(o, name, value);
  EXPECT_FALSE(d) << name << "=" << value << ": " << d->message;
  return o;
}

TEST(Options, ValidValues) {
  EXPECT_EQ(with("objective", "resources").objective, Objective::Resources);
  EXPECT_EQ(with("objective", "memory").objective, Objective::Memory);
  EXPECT_EQ(with("objective", "latency").objective, Objective::Latency);
  EXPECT_EQ(with("length", "17").length.cycles, 17);
  EXPECT_EQ(with("length", "17").length.kind, LengthChoice::Cycles);
  EXPECT_EQ(with("length", "1x").length.factorMillionths, 1000000);
  EXPECT_EQ(with("length", "1.25x").length.factorMillionths, 1250000);
  EXPECT_EQ(with("length", "2.000001x").length.factorMillionths, 2000001);
  EXPECT_EQ(with("length", "1.25x").length.kind, LengthChoice::Factor);
  EXPECT_EQ(with("ii", "none").ii.kind, IIChoice::None);
  EXPECT_EQ(with("ii", "auto").ii.kind, IIChoice::Auto);
  EXPECT_EQ(with("ii", "3").ii.cycles, 3);
  EXPECT_EQ(with("ratio", "0").weights.ratio, 0);
  EXPECT_EQ(with("alpha", "2147483648").weights.alpha, int64_t(1) << 31);
  EXPECT_EQ(SolverOptions().memoryModel, ModelChoice::Own);
  EXPECT_EQ(with("memory-model", "values").memoryModel, ModelChoice::Values);
  EXPECT_EQ(with("memory-model", "buffers").memoryModel, ModelChoice::Buffers);
  EXPECT_EQ(with("clock", "3.5").clock, 3.5);
  EXPECT_EQ(with("clock", "none").clock, 0);
  EXPECT_EQ(with("effort", "0").effort, 0);
  EXPECT_EQ(with("effort", "5").effort, 5);
  EXPECT_EQ(with("time-limit", "0.25").timeLimit, 0.25);
  EXPECT_EQ(with("time-limit", "none").timeLimit, 0);
  EXPECT_EQ(with("memory-limit", "1").memoryLimit, 1);
  EXPECT_EQ(with("memory-limit", "1K").memoryLimit, 1024);
  EXPECT_EQ(with("memory-limit", "64M").memoryLimit, 64 << 20);
  EXPECT_EQ(with("memory-limit", "3G").memoryLimit, int64_t(3) << 30);
  EXPECT_EQ(with("memory-limit", "8388607T").memoryLimit, int64_t(8388607)
                                                              << 40);
  EXPECT_EQ(with("memory-limit", "none").memoryLimit, kNoMemoryLimit);
  EXPECT_EQ(SolverOptions().memoryLimit, 0);
  EXPECT_EQ(with("seed", "18446744073709551615").seed, ~uint64_t(0));
  EXPECT_EQ(with("threads", "4").threads, 4);
  EXPECT_EQ(with("gradient", "false").gradient, false);
  EXPECT_EQ(with("polish", "0").polish, false);
  EXPECT_EQ(with("polish", "true").polish, true);
  EXPECT_EQ(with("trace", "/tmp/x y.json").trace, "/tmp/x y.json");
  for (BackendKind b : {BackendKind::Auto, BackendKind::Cpu, BackendKind::Cuda,
                        BackendKind::Simt})
    EXPECT_EQ(with("backend", toString(b)).backend, b);
  for (StartKind s : {StartKind::Portfolio, StartKind::Midpoint,
                      StartKind::List, StartKind::Flow, StartKind::Existing})
    EXPECT_EQ(with("start", toString(s)).start, s);
}

TEST(Options, MalformedAndOutOfRange) {
  const std::pair<const char *, std::vector<const char *>> bad[] = {
      {"objective", {"", "area", "Memory", "memory "}},
      {"length",
       {"", "0", "-1", "x", "0.5x", "1.x", ".5x", "1.2345678x", "1.-5x", "1e3",
        "536870912", "99999999999999", "1.25", "2000000x", "-1x", "nanx"}},
      {"ii", {"", "0", "-2", "Auto", "1.5", "536870912"}},
      {"ratio", {"", "-1", "1.5", "2147483649", "0x10", " 1"}},
      {"alpha", {"-1", "a"}},
      {"memory-model", {"", "own", "Buffers", "tensors"}},
      {"clock", {"", "0", "-1", "inf", "nan", "5ns"}},
      {"effort", {"", "-1", "6", "2.0"}},
      {"time-limit", {"", "0", "-1", "inf", "nan", "1s"}},
      {"memory-limit",
       {"", "0", "0K", "-1", "K", "1k", "1KB", "1.5G", "8388608T",
        "9223372036854775807", " 1", "inf"}},
      {"seed", {"", "-1", "18446744073709551616"}},
      {"threads", {"", "-1", "4097"}},
      {"backend", {"", "gpu"}},
      {"start", {"", "middle"}},
      {"gradient", {"", "yes", "TRUE"}},
      {"polish", {"", "no"}},
  };
  for (const auto &[name, values] : bad)
    for (const char *value : values) {
      SolverOptions o;
      std::optional<Diagnostic> d = setOption(o, name, value);
      ASSERT_TRUE(d) << name << "=" << value;
      EXPECT_EQ(d->code, "option");
      EXPECT_THAT(d->message, HasSubstr(std::string("'") + name + "'"));
      EXPECT_THAT(d->message, HasSubstr("expected")) << name;
    }
}

TEST(Options, ABadValueLeavesTheOptionAsItWas) {
  SolverOptions o;
  ASSERT_FALSE(setOption(o, "length", "9"));
  ASSERT_TRUE(setOption(o, "length", "1.x"));
  EXPECT_EQ(o.length.kind, LengthChoice::Cycles);
  EXPECT_EQ(o.length.cycles, 9);
}

TEST(Options, UnknownOptionListsTheOthers) {
  SolverOptions o;
  std::optional<Diagnostic> d = setOption(o, "lenght", "1");
  ASSERT_TRUE(d);
  EXPECT_EQ(d->code, "option");
  EXPECT_THAT(d->message, HasSubstr("unknown option 'lenght'"));
  EXPECT_THAT(d->message, HasSubstr("length"));
}

} // namespace

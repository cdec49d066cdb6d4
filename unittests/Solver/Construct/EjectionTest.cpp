//===- EjectionTest.cpp - Ejection against enumeration --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Enumerated.h"

#include "Construct/Ejection.h"
#include "gaus/Core/Verifier.h"

using namespace gaus;
using namespace gaus::test;

namespace {

/// What comes out is legal, and mostly something does where there is anything.
TEST(Ejection, LegalOrNothing) {
  int found = 0, possible = 0;
  forMany(60, [&](const Enumerated &e) {
    std::vector<float> priority(e.d.instance.alap.begin(),
                                e.d.instance.alap.end());
    Starts s = ejectionSchedule(e.d.instance, priority, {}, 40);
    if (!s.empty()) {
      EXPECT_TRUE(verify(e.d.p, s).empty());
    }
    possible += !e.all.empty();
    found += !s.empty();
  });
  EXPECT_GT(possible, 200);
  EXPECT_LE(found, possible);
  EXPECT_GT(found * 10, possible * 9);
}

/// Starts that are wanted and legal are kept, in whatever order they come.
TEST(Ejection, KeepsWhatIsLegal) {
  forMany(20, [&](const Enumerated &e) {
    if (e.all.empty())
      return;
    const Starts &wanted = e.all[e.all.size() / 2];
    std::vector<float> byIndex(wanted.size());
    for (size_t i = 0; i < wanted.size(); ++i)
      byIndex[i] = static_cast<float>(i * 5 % 7);
    EXPECT_EQ(ejectionSchedule(e.d.instance, byIndex, wanted, 20), wanted);
  });
}

/// Units that are taken are not used.
TEST(Ejection, LeavesWhatIsTaken) {
  Problem p = sharedUnits(1, 2);
  p.ii = 3;
  p.length = 9;
  std::optional<ProblemData> d = problemData(p, Objective::Latency, 9);
  ASSERT_TRUE(d);
  std::vector<float> priority{0, 1};
  auto at = [&](const std::vector<int64_t> &taken) {
    std::vector<std::vector<int64_t>> all{taken};
    return ejectionSchedule(d->instance, priority, {}, 20, all);
  };
  EXPECT_EQ(at({}), Starts({0, 1}));
  EXPECT_EQ(at({0, 1, 0}), Starts({0, 2}));
  EXPECT_TRUE(at({1, 1, 0}).empty());
}

} // namespace

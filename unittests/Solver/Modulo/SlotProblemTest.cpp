//===- SlotProblemTest.cpp - The core that decides an II ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Modulo/Loops.h"

#include "Modulo/SlotProblem.h"
#include "gaus/Core/Verifier.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

using Role = SlotProblem::Role;

struct Slots {
  Problem p;
  Adjacency adj;
  Components components;
  Windows windows;

  explicit Slots(const Problem &problem)
      : p(problem), adj(p), components(findComponents(p, adj)),
        windows(*computeWindows(p)) {}
  SlotProblem of(bool evenly) const {
    return *SlotProblem::of(p, adj, components, windows, evenly, nullptr);
  }
};

/// A ring of two with a unit each, a node alone with the same unit, and one
/// that uses nothing.
Problem mixed() {
  Problem p;
  int32_t unit = p.addResource("unit", 1), other = p.addResource("other", 1);
  for (const char *name : {"a", "b"}) {
    p.addNode(name, 1);
    p.addUse(unit, 1);
  }
  p.addNode("alone", 1);
  p.addUse(unit, 1);
  p.addNode("long", 1);
  p.occupancy.back() = 2;
  p.addUse(other, 1);
  p.addNode("free", 1);
  p.addEdge(0, 1);
  p.addEdge(1, 0, 1);
  p.addEdge(2, 4);
  p.ii = 3;
  return p;
}

TEST(SlotProblem, Roles) {
  Slots slots(mixed());
  SlotProblem s = slots.of(false);
  EXPECT_TRUE(s.workFits);
  EXPECT_EQ(s.role, std::vector<Role>({Role::Window, Role::Window, Role::Filler,
                                       Role::Slot, Role::Free}));
  // Only the ring's edges matter.
  EXPECT_EQ(s.edges, std::vector<int32_t>({0, 1}));
  EXPECT_FALSE(s.restricted);
  // Evenly spread starts make the long hold a number of starts, too.
  SlotProblem even = slots.of(true);
  EXPECT_TRUE(even.restricted);
  EXPECT_EQ(even.role[3], Role::Filler);
  EXPECT_EQ(even.hold[3], 1);
}

/// With a length every node has a last start, and all are in the core.
TEST(SlotProblem, ALengthBindsAll) {
  Problem p = mixed();
  p.length = 8;
  SlotProblem s = Slots(p).of(false);
  EXPECT_EQ(s.role, std::vector<Role>(5, Role::Window));
}

TEST(SlotProblem, WorkThatDoesNotFit) {
  Problem p = sharedUnits(1, 4);
  p.ii = 3;
  EXPECT_FALSE(Slots(p).of(false).workFits);
  p.ii = 4;
  EXPECT_TRUE(Slots(p).of(false).workFits);
}

/// Any choice that keeps edges, windows and limits of the core is a part of a
/// schedule of the whole.
TEST(SlotProblem, CompletesWhatIsChosen) {
  Slots slots(mixed());
  SlotProblem s = slots.of(false);
  int completed = 0;
  for (int64_t a = s.lo[0]; a <= s.hi[0]; ++a)
    for (int64_t b = s.lo[1]; b <= s.hi[1]; ++b)
      for (int64_t slot = 0; slot < 3; ++slot) {
        bool edges = b >= a + 1 && a + 3 >= b + 1;
        if (!edges || (b - a) % 3 == 0)
          continue;
        Starts starts = s.complete({a, b, 0, slot, 0}, nullptr);
        EXPECT_TRUE(verify(slots.p, starts).empty());
        ++completed;
      }
  EXPECT_GT(completed, 3);
}

} // namespace

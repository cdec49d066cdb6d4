//===- Schedule.h - Start cycles and their exact cost -----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A schedule, and the exact integer costs of docs/spec.md.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_SCHEDULE_H
#define GAUS_CORE_SCHEDULE_H

#include "gaus/Core/Problem.h"

#include <string_view>

namespace gaus {

/// Start cycle of every node, >= 0.
using Starts = std::vector<int32_t>;

/// What is minimised: the rows of Objectives.def.
enum class Objective {
#define GAUS_OBJECTIVE(name, ...) name,
#include "gaus/Core/Objectives.def"
};
inline constexpr Objective kObjectives[] = {
#define GAUS_OBJECTIVE(name, ...) Objective::name,
#include "gaus/Core/Objectives.def"
};

/// The words of them all, and what each one minimises, for users.
inline constexpr std::string_view kObjectiveWords = std::string_view(
#define GAUS_OBJECTIVE(name, word, ...) ", " word
#include "gaus/Core/Objectives.def"
                                                        )
                                                        .substr(2);
inline constexpr std::string_view kObjectiveMeanings = std::string_view(
#define GAUS_OBJECTIVE(name, word, meaning, ...) "; " word ": " meaning
#include "gaus/Core/Objectives.def"
                                                           )
                                                           .substr(2);

/// Weights that an objective may have.
struct CostWeights {
  int64_t ratio = 100;
  int64_t alpha = 1;
};

/// What an objective pays for a unit of each cost, >= 0.
struct Payment {
  int64_t resources = 0, communication = 0, memory = 0, length = 0;

  /// For the use of units and what it costs to spread it.
  bool units() const { return resources > 0 || communication > 0; }
  bool lengthAlone() const {
    return resources == 0 && communication == 0 && memory == 0 && length > 0;
  }
};
Payment paymentOf(Objective objective, const CostWeights &weights);

/// The costs of a schedule, each as docs/spec.md defines it.
struct Cost {
  /// [R] peak use of each resource, and its price-weighted sum.
  std::vector<int64_t> peak;
  int64_t resources = 0;
  /// [Com]
  int64_t communication = 0;
  /// [Mem] (folded with an II)
  int64_t memory = 0;
  /// [T]
  int64_t length = 0;

  /// The value of `objective`: what is paid for all of them, at most kMaxSum.
  int64_t value(Objective objective, const CostWeights &weights) const;
};

/// Exact cost of `starts` (size numNodes, each >= 0, not necessarily legal).
/// O(nodes + edges + length) time and space.
Cost evaluate(const Problem &p, std::span<const int32_t> starts);

/// [T] The first cycle at which every node of `starts` (size numNodes) has
/// ended; 0 without nodes. Starts may lie beyond kMaxCycle.
int64_t endOf(const Problem &p, std::span<const int32_t> starts);

/// Use of `resource` in each cycle (0 .. the last one in use), or in each slot
/// (size II) with an II.
std::vector<int64_t>
useProfile(const Problem &p, std::span<const int32_t> starts, int32_t resource);
/// Live width in each cycle, or in each slot with an II.
std::vector<int64_t> memoryProfile(const Problem &p,
                                   std::span<const int32_t> starts);

/// From `cycle` to the next step's the profile has `value`.
struct ProfileStep {
  int64_t cycle = 0, value = 0;
  bool operator==(const ProfileStep &) const = default;
};
/// The same profiles as their steps, cycles ascending from 0, neighbours of
/// different value. Without an II the last one is 0, for good; with an II it
/// holds up to slot II - 1. In time and space by the number of nodes, however
/// long the schedule is.
std::vector<ProfileStep>
useSteps(const Problem &p, std::span<const int32_t> starts, int32_t resource);
std::vector<ProfileStep> memorySteps(const Problem &p,
                                     std::span<const int32_t> starts);

} // namespace gaus

#endif // GAUS_CORE_SCHEDULE_H

//===- Random.h - The streams of random choices -----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Every random number of the solver is a function of the seed, a stream and a
/// counter, so that no choice depends on how often another part has drawn. The
/// numbers of the streams are part of the result's definition.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_MODEL_RANDOM_H
#define GAUS_LIB_SOLVER_MODEL_RANDOM_H

#include "gaus/Device/Arithmetic.h"

namespace gaus {

/// Who draws. Those with members have one stream a member, from here on.
enum class Stream : uint64_t {
  Moves = 0,              ///< of the local search
  MovesToMeasure = 1,     ///< those that set its scale
  Targets = 2,            ///< of its profiles; a member a profile
  Neighbourhoods = 11,    ///< what an integer program frees
  Crossings = 15,         ///< pairs of elites
  ShorterPriorities = 16, ///< of the ejection; a member an attempt
  SlotPriorities = 4096,  ///< the same in slots; a member an attempt
  Lists = 1 << 20,        ///< orders that are crossed
  Replicas = 0,           ///< where descents start; a member see replicaMember
};

/// Member of `Replicas`: the effort's steps are above all other streams.
inline uint64_t replicaMember(int32_t steps, uint64_t replica) {
  return (uint64_t(steps) << 32) + replica;
}

inline dev::Philox draw(Stream stream, uint64_t seed, uint64_t counter,
                        uint64_t member = 0) {
  return dev::philox(seed, counter, static_cast<uint64_t>(stream) + member);
}

/// In [0, 1), of 24 bits.
inline float unitOf(uint32_t bits) {
  return static_cast<float>(bits >> 8) * 0x1p-24f;
}

} // namespace gaus

#endif // GAUS_LIB_SOLVER_MODEL_RANDOM_H

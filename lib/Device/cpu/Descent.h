//===- Descent.h - One replica's gradient descent ---------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The descent of one replica on the CPU. A step is: distributions into
/// profiles, profiles into prices, prices into gradients, forces of violated
/// constraints, Adam. Nodes are cut into chunks whose number depends on the
/// problem alone; all sums between chunks are integers, so the number of
/// threads changes nothing.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_CPU_DESCENT_H
#define GAUS_LIB_DEVICE_CPU_DESCENT_H

#include "../plan/Plan.h"
#include "../plan/Steps.h"
#include "Profiles.h"
#include "Rounding.h"

#include "gaus/Device/Backend.h"
#include "gaus/Device/Distribution.h"

namespace gaus::cpu {

/// What the replicas of a batch share.
struct Shared {
  const Instance &instance;
  const dev::Plan &plan;
  const DescentOptions &options;
  const std::vector<dev::Step> &steps;
};

class Descent {
public:
  Descent(const Shared &shared, Replica &replica);
  void run(const Stop &stop);

  /// Loss and gradient at the present means with the present forces, without a
  /// step; for tests. `fraction` is the share of the steps done.
  double lossAndGradient(float fraction, std::vector<float> &gradientOut);

private:
  void setUpProfiles();
  void setStep(int32_t step);
  void forward();
  void forwardChunk(int32_t chunk);
  void addLastUse(int32_t node, int32_t chunk);
  void backward();
  void backwardChunk(int32_t chunk);
  enum class Then : uint8_t { Step, Stay };
  void gatherChunk(int32_t chunk, Then then);
  void updateMultipliers();
  void roundAndKeep(int32_t step);
  double smoothLoss() const;

  template <class F> void forChunks(const F &body);

  const Instance &instance;
  const dev::Plan &plan;
  const DescentOptions &options;
  const std::vector<dev::Step> &steps;
  Replica &replica;

  int32_t chunks = 1, chunkSize = 0;
  int32_t memoryProfile = -1;  ///< index in `profiles`, -1 = none
  std::vector<float> unitLoss; ///< profile -> loss of one unit's peak
  std::vector<Profile> profiles;

  std::vector<float> stddevFactor;
  std::vector<float> moment, variance;
  std::vector<float> objectiveGradient;
  // The value's last use: mean, stddev, and the gradient by its mean.
  std::vector<float> lastMean, lastStddev, lastGradient;
  // By edge, in rows by source: share of the last use, force, multiplier.
  std::vector<float> share, force, multiplier;
  std::vector<float> largestViolation;
  std::vector<int64_t> gradientSum; ///< by chunk: sum of |gradient|, fixed
  std::vector<Candidate> candidates;

  dev::StepParameters now{};
  float penalty = 0, meanGradient = 0;
};

} // namespace gaus::cpu

#endif // GAUS_LIB_DEVICE_CPU_DESCENT_H

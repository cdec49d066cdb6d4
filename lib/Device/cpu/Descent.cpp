//===- Descent.cpp - One replica's gradient descent -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Descent.h"

#include "NodeKernels.h"

#include "gaus/Device/Parallel.h"

#include <algorithm>
#include <cmath>

using namespace gaus;
using namespace gaus::cpu;

template <class F> void Descent::forChunks(const F &body) {
  if (chunks == 1)
    return body(0);
  parallelFor(int32_t(0), chunks, body);
}

Descent::Descent(const Shared &shared, Replica &replica)
    : instance(shared.instance), plan(shared.plan), options(shared.options),
      steps(shared.steps), replica(replica) {
  int32_t n = instance.numNodes;
  chunks = std::clamp(n / kChunkNodes, 1, kMaxChunks);
  chunkSize = (n + chunks - 1) / chunks;
  setUpProfiles();
  stddevFactor = replica.stddev;
  if (stddevFactor.empty())
    stddevFactor.assign(n, 1.0f);
  replica.stddev.assign(n, options.stddevFloor);
  moment.assign(n, 0);
  variance.assign(n, 0);
  objectiveGradient.assign(n, 0);
  force.assign(instance.numEdges, 0);
  multiplier.assign(instance.numEdges, 0);
  largestViolation.assign(chunks, 0);
  gradientSum.assign(chunks, 0);
  candidates.assign(kCandidates, Candidate(instance));
  if (memoryProfile < 0)
    return;
  share.assign(instance.numEdges, 0);
  lastMean.assign(n, 0);
  lastStddev.assign(n, 1);
  lastGradient.assign(n, 0);
}

void Descent::setUpProfiles() {
  memoryProfile = plan.memoryProfile;
  for (const dev::ProfileInfo &info : plan.profiles) {
    profiles.emplace_back(instance.numCycles, instance.ii, chunks,
                          ProfileRules{info.peak != 0, info.limit});
    unitLoss.push_back(info.unitLoss);
  }
}

void Descent::setStep(int32_t step) {
  now = steps[step].now;
  penalty = replica.rho * meanGradient * now.penaltyGrowth;
}

//===----------------------------------------------------------------------===//
// Forward: means to profiles
//===----------------------------------------------------------------------===//

void Descent::forward() {
  for (Profile &p : profiles)
    p.clear();
  forChunks([&](int32_t c) { forwardChunk(c); });
  float overuse = replica.rho * now.penaltyGrowth;
  for (Profile &p : profiles)
    p.price(now.peakTemperature, overuse);
}

/// Softmax over the consumers: mean and stddev of the last use. The weights are
/// summed in fixed point, so that their order is free.
void Descent::addLastUse(int32_t i, int32_t chunk) {
  float largest = -1e30f, inverse = 1.0f / options.lastUseTemperature;
  int32_t begin = instance.outBegin[i], end = instance.outBegin[i + 1];
  for (int32_t k = begin; k < end; ++k)
    if (instance.outShift[k] >= 0)
      largest =
          dev::maxf(largest, replica.mean[instance.outTarget[k]] +
                                 static_cast<float>(instance.outShift[k]));
  int64_t total = 0, spread = 0;
  for (int32_t k = begin; k < end; ++k) {
    share[k] = 0;
    if (instance.outShift[k] < 0)
      continue;
    int32_t j = instance.outTarget[k];
    float at = replica.mean[j] + static_cast<float>(instance.outShift[k]);
    share[k] = dev::exp((at - largest) * inverse);
    int64_t w = static_cast<int64_t>(share[k] * dev::kUseShareUnit);
    total += w;
    spread += w * dev::fixedStddev(replica.stddev[j]);
  }
  float norm = dev::kUseShareUnit / static_cast<float>(total);
  for (int32_t k = begin; k < end; ++k)
    share[k] *= norm;
  lastMean[i] = largest;
  float stddev =
      static_cast<float>(spread) / (static_cast<float>(total) * 256.0f);
  lastStddev[i] = dev::maxf(stddev, options.stddevFloor);
  CellTable table;
  CellRates rates;
  table.fill(lastMean[i], lastStddev[i], plan.lastFirst[i], plan.lastFinal[i]);
  rates.fill(table);
  addEvent(table, rates, -instance.profileWidth[i], 0,
           profiles[memoryProfile].second(chunk));
}

void Descent::forwardChunk(int32_t chunk) {
  int32_t begin = chunk * chunkSize;
  int32_t end = std::min(instance.numNodes, begin + chunkSize);
  float violation = 0;
  CellTable table;
  CellRates rates;
  for (int32_t i = begin; i < end; ++i) {
    table.fill(replica.mean[i], replica.stddev[i], instance.asap[i],
               instance.alap[i]);
    rates.fill(table);
    for (int32_t k = instance.useBegin[i]; k < instance.useBegin[i + 1]; ++k) {
      int32_t p = plan.profileOf[instance.useResource[k]];
      if (p < 0)
        continue;
      addEvent(table, rates, instance.profileUnits[k], 0,
               profiles[p].second(chunk));
      addEvent(table, rates, -instance.profileUnits[k], instance.occupancy[i],
               profiles[p].second(chunk));
    }
    if (memoryProfile >= 0 && instance.profileWidth[i] > 0) {
      addEvent(table, rates, instance.profileWidth[i], instance.bornAfter[i],
               profiles[memoryProfile].second(chunk));
      addLastUse(i, chunk);
    }
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k) {
      float v = replica.mean[i] + static_cast<float>(instance.outGap[k]) -
                replica.mean[instance.outTarget[k]];
      violation = dev::maxf(violation, v);
      force[k] = dev::maxf(0.0f, dev::fma(penalty, v, multiplier[k]));
    }
  }
  largestViolation[chunk] = violation;
}

//===----------------------------------------------------------------------===//
// Backward: prices to gradients
//===----------------------------------------------------------------------===//

void Descent::backward() {
  forChunks([&](int32_t c) { backwardChunk(c); });
}

void Descent::backwardChunk(int32_t chunk) {
  int32_t begin = chunk * chunkSize;
  int32_t end = std::min(instance.numNodes, begin + chunkSize);
  CellTable table;
  alignas(32) float value[CellTable::kSize];
  for (int32_t i = begin; i < end; ++i) {
    bool remembered = memoryProfile >= 0 && instance.profileWidth[i] > 0;
    if (remembered) {
      const Profile &p = profiles[memoryProfile];
      float amount = static_cast<float>(instance.profileWidth[i]) *
                     unitLoss[memoryProfile] * p.priceUnit();
      table.fill(lastMean[i], lastStddev[i], plan.lastFirst[i],
                 plan.lastFinal[i]);
      std::fill_n(value, table.padded, 0.0f);
      addValue(table, p.priceSums(), -amount, 0, value);
      lastGradient[i] = cpu::meanGradient(table, value);
    }
    objectiveGradient[i] = instance.commGradient[i];
    if (instance.asap[i] == instance.alap[i])
      continue;
    table.fill(replica.mean[i], replica.stddev[i], instance.asap[i],
               instance.alap[i]);
    std::fill_n(value, table.padded, 0.0f);
    if (remembered) {
      const Profile &p = profiles[memoryProfile];
      float amount = static_cast<float>(instance.profileWidth[i]) *
                     unitLoss[memoryProfile] * p.priceUnit();
      addValue(table, p.priceSums(), amount, instance.bornAfter[i], value);
    }
    for (int32_t k = instance.useBegin[i]; k < instance.useBegin[i + 1]; ++k) {
      int32_t at = plan.profileOf[instance.useResource[k]];
      if (at < 0)
        continue;
      float amount = static_cast<float>(instance.profileUnits[k]) *
                     unitLoss[at] * profiles[at].priceUnit();
      addValue(table, profiles[at].priceSums(), amount, 0, value);
      addValue(table, profiles[at].priceSums(), -amount, instance.occupancy[i],
               value);
    }
    objectiveGradient[i] += cpu::meanGradient(table, value);
  }
}

//===----------------------------------------------------------------------===//
// Constraints and the step
//===----------------------------------------------------------------------===//

/// Adds what the neighbours contribute, and takes the step, if asked to.
void Descent::gatherChunk(int32_t chunk, Then then) {
  int32_t begin = chunk * chunkSize;
  int32_t end = std::min(instance.numNodes, begin + chunkSize);
  int64_t sum = 0;
  for (int32_t i = begin; i < end; ++i) {
    int64_t objective = dev::toFixed(objectiveGradient[i]), push = 0;
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
      push += dev::toFixed(force[k]);
    for (int32_t k = instance.inBegin[i]; k < instance.inBegin[i + 1]; ++k) {
      int32_t at = instance.inPosition[k];
      push -= dev::toFixed(force[at]);
      if (memoryProfile >= 0)
        objective +=
            dev::toFixed(lastGradient[instance.inSource[k]] * share[at]);
    }
    sum += objective < 0 ? -objective : objective;
    float gradient = dev::fromFixed(objective + push);
    objectiveGradient[i] = gradient;
    if (then == Then::Step && instance.asap[i] < instance.alap[i])
      replica.mean[i] =
          dev::adamStep(replica.mean[i], gradient, moment[i], variance[i],
                        instance.asap[i], instance.alap[i], now);
  }
  gradientSum[chunk] = sum;
}

void Descent::updateMultipliers() {
  multiplier = force;
  for (Profile &p : profiles)
    p.updateMultipliers();
}

/// The order of the sum is part of the result: see kernels::LossParts.
double Descent::smoothLoss() const {
  constexpr int32_t kLanes = dev::kLossLanes * dev::kLossBlocks;
  double lanes[kLanes] = {}, loss = 0;
  for (int32_t i = 0; i < instance.numNodes; ++i)
    lanes[i % kLanes] += double(instance.commGradient[i]) * replica.mean[i];
  for (size_t p = 0; p < profiles.size(); ++p)
    loss += double(unitLoss[p]) * profiles[p].smoothPeak();
  int32_t used = std::min(instance.numNodes, kLanes);
  for (int32_t begin = 0; begin < used; begin += dev::kLossLanes) {
    double part = 0;
    for (int32_t k = begin; k < begin + dev::kLossLanes; ++k)
      part += lanes[k];
    loss += part;
  }
  return loss;
}

double Descent::lossAndGradient(float at, std::vector<float> &gradientOut) {
  setStep(static_cast<int32_t>(at * static_cast<float>(options.steps - 1)));
  for (int32_t i = 0; i < instance.numNodes; ++i)
    replica.stddev[i] =
        dev::scheduledStddev(now.kappa, instance.alap[i] - instance.asap[i],
                             stddevFactor[i], options.stddevFloor);
  forward();
  backward();
  forChunks([&](int32_t c) { gatherChunk(c, Then::Stay); });
  gradientOut = objectiveGradient;
  return smoothLoss();
}

void Descent::roundAndKeep(int32_t step) {
  auto one = [&](int32_t c) { candidates[c].round(instance, replica.mean, c); };
  if (chunks == 1)
    for (int32_t c = 0; c < kCandidates; ++c)
      one(c);
  else
    parallelFor(int32_t(0), kCandidates, one);
  replica.legalizations += kCandidates;
  for (const Candidate &c : candidates)
    if (replica.bestStarts.empty() || c.overuse < replica.bestOveruse ||
        (c.overuse == replica.bestOveruse && c.cost < replica.bestCost)) {
      replica.bestStarts = c.starts;
      replica.bestOveruse = c.overuse;
      replica.bestCost = c.cost;
    }
  float violation =
      *std::max_element(largestViolation.begin(), largestViolation.end());
  replica.trace.push_back(
      {step, smoothLoss(), static_cast<double>(violation), replica.bestCost});
}

void Descent::run(const Stop &stop) {
  for (int32_t step = 0; step < options.steps; ++step) {
    setStep(step);
    for (int32_t i = 0; i < instance.numNodes; ++i)
      replica.stddev[i] =
          dev::scheduledStddev(now.kappa, instance.alap[i] - instance.asap[i],
                               stddevFactor[i], options.stddevFloor);
    forward();
    backward();
    forChunks([&](int32_t c) { gatherChunk(c, Then::Step); });
    int64_t sum = 0;
    for (int64_t s : gradientSum)
      sum += s;
    meanGradient = dev::fromFixed(sum) / static_cast<float>(instance.numNodes);
    ++replica.steps;
    bool last = step + 1 == options.steps || stop.requested();
    if ((step + 1) % options.period == 0 || last) {
      updateMultipliers();
      roundAndKeep(step);
    }
    if (steps[step].snapshot >= 0 || last)
      replica.snapshots.push_back(replica.mean);
    if (last)
      break;
  }
}

//===- CycleTimes.cpp - Times within the cycle ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ssp/CycleTimes.h"

#include "llvm/Support/Format.h"

using namespace mlir;
using namespace gaus::ir;

namespace {

class CycleTimes {
public:
  explicit CycleTimes(SspInstance &of)
      : instance(of), scope(of.scope), p(of.scope.problem) {}

  LogicalResult find();

private:
  LogicalResult findEarliest();
  LogicalResult checkTimes();
  LogicalResult checkTime(int32_t i);
  bool touches(const SspEdge &edge, int32_t i) const;
  std::vector<int32_t> raiseAlongPaths();
  bool raiseTime(int32_t i);

  SspInstance &instance;
  const Scope &scope;
  const gaus::Problem &p;
  std::vector<float> earliest; ///< by node
};

} // namespace

/// Whether the value arrives in the cycle in which node i starts, and chains.
bool CycleTimes::touches(const SspEdge &edge, int32_t i) const {
  return !edge.named && instance.starts[edge.source] + p.latency[edge.source] ==
                            instance.starts[i] + edge.distance * instance.ii;
}

/// Raises the time of node i to what its operands ask for; false if it stays.
/// In floats, as CIRCT compares them.
bool CycleTimes::raiseTime(int32_t i) {
  float time = earliest[i];
  for (const SspEdge &edge : instance.edges[i]) {
    int32_t from = edge.source;
    if (!touches(edge, i))
      continue;
    float begin = p.latency[from] == 0 ? earliest[from] : 0.0f;
    time = std::max(time, begin + instance.delayOut(from));
  }
  bool raised = time > earliest[i];
  earliest[i] = time;
  return raised;
}

/// Nodes that share a cycle depend on each other without a register: along
/// longest paths, each node behind those it waits for. Returns by node how many
/// of these never come: those on or behind combinational cycles.
std::vector<int32_t> CycleTimes::raiseAlongPaths() {
  const std::vector<int64_t> &starts = instance.starts;
  int32_t n = p.numNodes();
  std::vector<int32_t> waits(n, 0), order;
  std::vector<llvm::SmallVector<int32_t, 2>> followers(n);
  for (int32_t i = 0; i < n; ++i)
    for (const SspEdge &edge : instance.edges[i])
      if (!edge.named && p.latency[edge.source] == 0 &&
          starts[edge.source] == starts[i] + edge.distance * instance.ii) {
        followers[edge.source].push_back(i);
        ++waits[i];
      }
  for (int32_t i = 0; i < n; ++i)
    if (waits[i] == 0)
      order.push_back(i);
  for (size_t at = 0; at < order.size(); ++at) {
    raiseTime(order[at]);
    for (int32_t i : followers[order[at]])
      if (--waits[i] == 0)
        order.push_back(i);
  }
  return waits;
}

LogicalResult CycleTimes::findEarliest() {
  int32_t n = p.numNodes();
  earliest.assign(n, 0.0f);
  std::vector<int32_t> waits = raiseAlongPaths();
  // Combinational cycles are fine without delays: then the times settle.
  for (int32_t round = 0; round <= n; ++round) {
    bool raised = false;
    for (int32_t i = 0; i < n; ++i)
      if (waits[i] > 0 && raiseTime(i)) {
        raised = true;
        if (round == n)
          return scope.nodes[i]->emitError()
                 << "has no time within its cycle: it is on a combinational "
                    "cycle or behind one";
      }
    if (!raised)
      break;
  }
  return success();
}

/// A time as a person writes it.
static std::string text(double time) {
  std::string all;
  llvm::raw_string_ostream(all) << llvm::format("%g", time);
  return all;
}

/// Whether the written time of node i is what SSP and the clock allow.
LogicalResult CycleTimes::checkTime(int32_t i) {
  const auto &times = instance.times;
  float z = *times[i];
  auto complain = [&] {
    return mlir::emitError(scope.nodes[i]->getLoc())
           << "[Chain] z is " << text(z);
  };
  if (!(z >= 0))
    return complain() << "; times within a cycle are >= 0";
  for (const SspEdge &edge : instance.edges[i]) {
    int32_t from = edge.source;
    if (!touches(edge, i))
      continue;
    float begin = p.latency[from] == 0 ? *times[from] : 0.0f;
    float end = begin + instance.delayOut(from);
    if (z >= end)
      continue;
    InFlightDiagnostic error = complain()
                               << ", but a value arrives at " << text(end)
                               << " in cycle " << instance.starts[i];
    error.attachNote(scope.nodes[from]->getLoc()) << "it is made here";
    return error;
  }
  // The earliest time has met the clock.
  if (p.clock > 0 && z > earliest[i] && z + instance.delayIn(i) > p.clock)
    return complain() << " and " << text(instance.delayIn(i))
                      << " ns follow, over the clock period of "
                      << text(p.clock);
  return success();
}

/// All times that are written, or none.
LogicalResult CycleTimes::checkTimes() {
  int64_t missing = 0, operations = 0;
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    operations += !instance.isRelay(i);
    missing += !instance.isRelay(i) && !instance.times[i];
  }
  if (missing > 0)
    return instance.graph.emitError()
           << "z is missing on " << missing << " of " << operations
           << " operations of " << scope.name;
  bool good = true;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (!instance.isRelay(i))
      good &= succeeded(checkTime(i));
  return success(good);
}

/// Those written, checked if they belong to a schedule; else the earliest.
LogicalResult CycleTimes::find() {
  std::vector<std::optional<float>> written(p.numNodes());
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (auto z = scope.nodes[i]->getAttrOfType<FloatAttr>(kSspTime)) {
      written[i] = float(z.getValueAsDouble());
      if (!instance.kind->chaining)
        instance.losses.add(scope.nodes[i],
                            "times within the cycle in a " +
                                Twine(instance.kind->name),
                            /*refuse=*/false);
    }
  if (!instance.kind->chaining)
    return success();
  bool any = llvm::any_of(written, [](auto z) { return z.has_value(); });
  if (any)
    instance.times = std::move(written);
  if (instance.starts.empty())
    return success();
  if (failed(findEarliest()))
    return failure();
  if (any)
    return checkTimes();
  instance.times.assign(earliest.begin(), earliest.end());
  return success();
}

LogicalResult gaus::ir::findCycleTimes(SspInstance &instance) {
  return CycleTimes(instance).find();
}

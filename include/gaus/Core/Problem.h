//===- Problem.h - A scheduling problem as plain arrays ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The problem: nodes, edges and resources as flat arrays, one entry an item.
/// It knows nothing of MLIR, of files or of devices. docs/spec.md defines what
/// every field means; the symbols in brackets are those of that page.
///
/// \code
///   Problem P;
///   int32_t X = P.addNode("x", /*latency=*/1), Y = P.addNode("y", 1);
///   P.addEdge(X, Y);
///   P.length = 4;
/// \endcode
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_PROBLEM_H
#define GAUS_CORE_PROBLEM_H

#include "gaus/Core/Diagnostic.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gaus {

/// The last cycle of an open window, and the largest cycle number that a
/// problem may reach: windows, latencies, lags and lengths stay within it, so
/// that int32 arithmetic on two of them never overflows.
inline constexpr int32_t kMaxCycle = (1 << 29) - 1;
/// A resource, or live memory, without a limit.
inline constexpr int64_t kUnlimited = -1;

/// From when to when a value counts in [Mem].
enum class MemoryModel : uint8_t {
  Values,  ///< registers: from the end of what makes it to the last use's start
  Buffers, ///< tensors: from the start of what makes it to the last use's end
};
/// "values", "buffers".
inline constexpr std::string_view kMemoryModels[] = {"values", "buffers"};
constexpr std::string_view toString(MemoryModel model) {
  return kMemoryModels[static_cast<size_t>(model)];
}
/// None for any other word.
std::optional<MemoryModel> findMemoryModel(std::string_view word);

/// Values that are there before, or after. They count in [Mem] alone.
struct Interface {
  /// Values that enter, there at cycle 0 and live to their last use: the width,
  /// >= 0, of each; its users in compressed rows, `user[k]` for k in
  /// [useBegin[v], useBegin[v+1]); 1 where it is live to the end.
  std::vector<int64_t> width;
  std::vector<int32_t> useBegin{0}, user;
  std::vector<uint8_t> stays;
  /// Nodes, ascending, whose values leave: live to the end of the schedule.
  std::vector<int32_t> leaves;

  bool empty() const { return width.empty() && leaves.empty(); }
  /// Whether something is live to the end.
  bool hasLeaving() const {
    for (uint8_t stay : stays)
      if (stay)
        return true;
    return !leaves.empty();
  }
  /// Appends a value that enters.
  void addEntering(int64_t valueWidth, std::span<const int32_t> users,
                   bool staysToEnd) {
    width.push_back(valueWidth);
    user.insert(user.end(), users.begin(), users.end());
    useBegin.push_back(static_cast<int32_t>(user.size()));
    stays.push_back(staysToEnd);
  }
};

/// A scheduling problem. All arrays of one group have the same size; addNode,
/// addUse, addEdge and addResource keep it so, and `validate` checks it.
struct Problem {
  std::string name;

  //===--- Nodes, one entry each -----------------------------------------===//
  /// [l] cycles from the start to the result, >= 0.
  std::vector<int32_t> latency;
  /// [o] cycles for which the node holds its units, >= 1.
  std::vector<int32_t> occupancy;
  /// [b] width of the value made, >= 0 (bits, or any unit).
  std::vector<int64_t> width;
  /// [e], [f] first and last allowed start; 0 and kMaxCycle by default.
  std::vector<int32_t> earliest, latest;
  /// [din], [dout] delay before the first and after the last register in ns,
  /// >= 0. With latency 0 both are the combinational delay.
  std::vector<double> delayIn, delayOut;
  /// Names for messages and reports; may be empty, then nodes are numbered.
  std::vector<std::string> nodeName;
  /// [u] uses in compressed rows: node i uses units `useUnits[k]` of resource
  /// `useResource[k]` for k in [useBegin[i], useBegin[i+1]).
  std::vector<int32_t> useBegin{0};
  std::vector<int32_t> useResource;
  std::vector<int64_t> useUnits;

  //===--- Edges, one entry each -----------------------------------------===//
  std::vector<int32_t> source, target;
  /// [k] distance in iterations, >= 0.
  std::vector<int32_t> distance;
  /// [a] extra delay in cycles, of any sign.
  std::vector<int32_t> lag;
  /// [c] weight of the communication, >= 0.
  std::vector<int64_t> weight;
  /// 1: carries the source's value; 0: precedence alone.
  std::vector<uint8_t> carries;
  /// The last so many edges stand for [Chain], see Chains.h.
  int32_t numChainEdges = 0;

  //===--- Resources, one entry each -------------------------------------===//
  std::vector<std::string> resourceName;
  /// Units in every cycle, >= 1, or kUnlimited.
  std::vector<int64_t> limit;
  /// Price of a unit of peak use in [R], >= 0; 1 by default.
  std::vector<int64_t> price;

  Interface interface;

  //===--- The whole -----------------------------------------------------===//
  /// [II] initiation interval, >= 1; 0 = no pipelining.
  int32_t ii = 0;
  /// [L] number of cycles, >= 1; 0 = unbounded.
  int32_t length = 0;
  /// [tau] clock period in ns, > 0; 0 = absent.
  double clock = 0;
  /// [M] the most live memory, >= 0, in any cycle or slot; or kUnlimited.
  int64_t liveLimit = kUnlimited;
  /// What [Mem] counts, and so [Live].
  MemoryModel memoryModel = MemoryModel::Values;

  int32_t numNodes() const { return static_cast<int32_t>(latency.size()); }
  int32_t numEdges() const { return static_cast<int32_t>(source.size()); }
  int32_t numResources() const { return static_cast<int32_t>(limit.size()); }

  /// Appends a node without uses and returns its index.
  int32_t addNode(std::string_view nodeName, int32_t latencyCycles,
                  int64_t widthBits = 0);
  /// Adds `units` of `resource` to the node appended last.
  void addUse(int32_t resource, int64_t units);
  /// Appends an edge and returns its index.
  int32_t addEdge(int32_t from, int32_t to, int32_t distanceIterations = 0,
                  int32_t lagCycles = 0, int64_t commWeight = 1,
                  bool carriesValue = true);
  /// Removes the edges that stand for [Chain].
  void dropChainEdges();
  /// Removes the edges of a distance, which hold where iterations run one after
  /// the other; the others keep their order.
  void dropCarriedEdges();
  /// Removes what the nodes use of which `isDropped` is true.
  void dropUses(const std::function<bool(int32_t node)> &isDropped);

  /// Whether a node uses a resource that has a limit, or live memory has one.
  bool usesLimits() const;
  bool limitsLive() const { return liveLimit != kUnlimited; }
  bool hasBuffers() const { return memoryModel == MemoryModel::Buffers; }
  /// Appends a resource and returns its index.
  int32_t addResource(std::string_view resourceName,
                      int64_t limitUnits = kUnlimited, int64_t unitPrice = 1);

  /// "x" or, without a name, "node 7".
  std::string nodeLabel(int32_t node) const;
  /// "mul" or, without a name, "resource 0".
  std::string resourceLabel(int32_t resource) const;

  /// Checks sizes and ranges (every rule above; node and resource indices;
  /// sums that must fit in 62 bits; units of one node above a limit) and
  /// returns the first violation. A problem that passes can be handed to every
  /// other function of the core without overflow or out-of-bounds access. A
  /// distance without an II is allowed here: `ii` may be found later.
  std::optional<Diagnostic> validate() const;
};

/// The duration of a node, max(latency, 1): cycles from the start until the
/// value is born, plus one; what [Lat], [Mem] and [T] count.
inline int32_t durationOf(const Problem &p, int32_t node) {
  return p.latency[node] > 1 ? p.latency[node] : 1;
}

/// [Mem] Cycles from a node's start to the first in which its value is live.
inline int32_t bornAfter(const Problem &p, int32_t node) {
  return p.hasBuffers() ? 0 : durationOf(p, node) - 1;
}

/// [Mem] Cycles from a reader's start to the first in which it no longer needs
/// what it reads.
inline int32_t readFor(const Problem &p, int32_t reader) {
  return p.hasBuffers() ? durationOf(p, reader) : 0;
}

/// Edges of a problem by node, in compressed rows, in ascending order of the
/// edge's index.
struct Adjacency {
  /// Sizes numNodes + 1 and numEdges.
  std::vector<int32_t> outBegin, outEdge, inBegin, inEdge;

  explicit Adjacency(const Problem &p);
  std::span<const int32_t> out(int32_t node) const {
    return {outEdge.data() + outBegin[node],
            static_cast<size_t>(outBegin[node + 1] - outBegin[node])};
  }
  std::span<const int32_t> in(int32_t node) const {
    return {inEdge.data() + inBegin[node],
            static_cast<size_t>(inBegin[node + 1] - inBegin[node])};
  }
};

} // namespace gaus

#endif // GAUS_CORE_PROBLEM_H

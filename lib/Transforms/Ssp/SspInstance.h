//===- SspInstance.h - A gaus.graph as an instance of SSP -------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What convert-gaus-to-ssp writes of a graph, and what it cannot: the kind of
/// problem, the edges, uses and interval in the terms of that kind, and the
/// times within the cycle of a solution. Names and operations are the writer's.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SSP_SSPINSTANCE_H
#define GAUS_LIB_TRANSFORMS_SSP_SSPINSTANCE_H

#include "Ssp/SspLosses.h"
#include "Ssp/SspSupport.h"

#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// An edge as it will be written.
struct SspEdge {
  int32_t source;
  int64_t distance;
  bool named;           ///< an auxiliary dependence
  int64_t result;       ///< of the source, of an operand
  mlir::ArrayAttr kept; ///< other properties; may be null
};

/// A graph as SSP has it. Its nodes are those of the scope; the vectors have an
/// entry for each, unless they are empty.
struct SspInstance {
  explicit SspInstance(const Scope &from)
      : scope(from), graph(mlir::cast<GraphOp>(from.carrier)) {}

  /// Nodes that stand for no operation; edges lead past them.
  bool isRelay(int32_t i) const { return relayEdge[i] >= 0; }
  /// Without a register inside, the two delays are one.
  float delayOut(int32_t i) const;
  float delayIn(int32_t i) const;

  const Scope &scope;
  GraphOp graph;
  LibraryOp library;       ///< of the graph, if it is in the module
  bool ownLibrary = false; ///< it comes from the instance: all of it is written
  const SspKind *kind = nullptr;
  int32_t ii = 0;              ///< 0: there is none
  std::vector<int64_t> starts; ///< empty: not scheduled
  /// Within the cycle, as written or the earliest; empty: there are none.
  std::vector<std::optional<float>> times;
  std::vector<int32_t> relayEdge; ///< the edge into a relay, or -1
  std::vector<llvm::SmallVector<int32_t, 2>> uses;  ///< resources, each once
  std::vector<llvm::SmallVector<SspEdge, 2>> edges; ///< operands first
  /// Of a gaus.operator; the resource that stood for it is in no use.
  llvm::DenseMap<mlir::Operation *, int64_t> limitOf;
  SspLosses losses;
};

/// The graph of a scope that has been built, as the kind `wanted`, or if that
/// is null as the kind it was or the least that has what it needs. Takes the
/// interval and the length of the schedule, which must be whole and legal with
/// the times within the cycle that are written, into the problem.
mlir::FailureOr<SspInstance> readSspInstance(Scope &scope,
                                             const SspKind *wanted);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SSP_SSPINSTANCE_H

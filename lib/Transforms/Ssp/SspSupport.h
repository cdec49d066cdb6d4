//===- SspSupport.h - What the two SSP conversions share --------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Kinds of problems, and the attributes in which convert-ssp-to-gaus leaves on
/// gaus operations what gaus has no place for, so that convert-gaus-to-ssp
/// writes it back. docs/formats.md has the whole mapping.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SSP_SSPSUPPORT_H
#define GAUS_LIB_TRANSFORMS_SSP_SSPSUPPORT_H

#include "gaus/Dialect/GausNames.h"
#include "gaus/Dialect/Ssp.h"

#include <string>

namespace gaus::ir {

/// A kind of problem: which properties count in it. CIRCT ignores the others.
struct SspKind {
  llvm::StringLiteral name;
  bool cyclic;   ///< distances and II
  bool chaining; ///< delays and z
  bool limits;   ///< limits
};

/// The kind of that name, or null.
const SspKind *findSspKind(llvm::StringRef name);
/// The kind with just these properties, or null.
const SspKind *findSspKind(bool cyclic, bool chaining, bool limits);
/// "Problem, CyclicProblem, ..." for messages.
std::string sspKindNames();

// On gaus.graph: the kind; the attributes of ssp.graph.
inline constexpr char kSspProblem[] = "ssp.problem";
inline constexpr char kSspGraphAttributes[] = "ssp.graph_attributes";
// Where gaus has another name: the name, empty for none.
inline constexpr char kSspName[] = "ssp.name";
// Properties without a meaning for the kind, or of other dialects.
inline constexpr char kSspProperties[] = "ssp.properties";
// Discardable attributes, as a dictionary.
inline constexpr char kSspAttributes[] = "ssp.attributes";
// On gaus.node: properties an operand; results; the result an operand is.
inline constexpr char kSspEdges[] = "ssp.edges";
inline constexpr char kSspResults[] = "ssp.results";
inline constexpr char kSspOperands[] = "ssp.operands";
// On a gaus.node that is no operation: it stands between the source and the
// users of auxiliary dependences in a chaining problem.
inline constexpr char kSspRelay[] = "ssp.relay";
// On gaus.operator and gaus.resource: where it stands, outside the instance.
inline constexpr char kSspRef[] = "ssp.ref";
// On gaus.resource: it is the limit of that gaus.operator.
inline constexpr char kSspLimitOf[] = "ssp.limit_of";
// On gaus.library: name and attributes of ssp.resource; "library" or "resource"
// where it comes from one outside an instance.
inline constexpr char kSspResourceName[] = "ssp.resource_name";
inline constexpr char kSspResourceAttributes[] = "ssp.resource_attributes";
inline constexpr char kSspStandalone[] = "ssp.standalone";

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SSP_SSPSUPPORT_H

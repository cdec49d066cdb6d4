//===- ScopeDatapath.h - A scope's datapath, and its binding ----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What of a scheduled scope is bound, and the binding as attributes:
/// docs/binding.md.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_BINDING_SCOPEDATAPATH_H
#define GAUS_LIB_TRANSFORMS_BINDING_SCOPEDATAPATH_H

#include "gaus/Binding/Binding.h"
#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// Which operations share units.
enum class UnitSharing {
  None,    ///< as few as limits demand
  Limited, ///< those with a limit
  All,     ///< those of a latency of 1 or more
};

/// The datapath of a scope with an interval or a length, and these starts. A
/// loop without an interval is as one whose interval is its length.
gaus::Datapath datapathOf(const Scope &scope, llvm::ArrayRef<int32_t> starts,
                          UnitSharing sharing);

void writeBinding(Scope &scope, const gaus::Datapath &d,
                  const gaus::Binding &binding);
/// Removes what a binding has written on a scope.
void dropBinding(const Scope &scope);

/// Errors where the binding that is written on a scope is none for these
/// starts. Nothing is wrong with none at all.
mlir::LogicalResult checkWrittenBinding(const Scope &scope,
                                        llvm::ArrayRef<int32_t> starts);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_BINDING_SCOPEDATAPATH_H

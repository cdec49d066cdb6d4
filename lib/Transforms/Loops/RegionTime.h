//===- RegionTime.h - How long blocks that branch take ----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The longest way that control can take through a region of several blocks,
/// from the times of its scopes and how often its loops run.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LOOPS_REGIONTIME_H
#define GAUS_LIB_TRANSFORMS_LOOPS_REGIONTIME_H

#include "Loops/BranchLoops.h"

#include "mlir/IR/Operation.h"

#include <optional>

namespace gaus::ir {

/// How often the loop of branches with this header is begun at most, where that
/// is no more than kMaxCycle.
std::optional<int64_t> mostIterations(mlir::Block &header,
                                      BranchLoopTable &loops);

/// Cycles, or why they are not known.
struct RegionTime {
  std::optional<int64_t> cycles;
  llvm::StringRef reason;
};

/// Cycles of one run of a scope, its blocks as BranchLoops lists them: of a
/// loop all iterations that there may be.
using ScopeTime =
    llvm::function_ref<RegionTime(llvm::ArrayRef<mlir::Block *> blocks)>;

/// The most cycles from the entry of the region until control leaves it, each
/// block after the one before. At most kMaxCycle.
RegionTime longestWay(mlir::Region &region, BranchLoopTable &loops,
                      ScopeTime timeOf);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LOOPS_REGIONTIME_H

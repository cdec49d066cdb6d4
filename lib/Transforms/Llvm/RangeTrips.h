//===- RangeTrips.h - How often loops run at most by ranges -----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LLVM_RANGETRIPS_H
#define GAUS_LIB_TRANSFORMS_LLVM_RANGETRIPS_H

#include "Loops/BranchLoops.h"

#include <optional>

namespace gaus::ir {

/// How often a loop of branches is begun at most that goes on while what steps
/// is below a value which may be only so large, as it is masked, shifted or a
/// remainder, or until it meets one that a branch on the way says is not
/// behind it; nullopt where that says nothing. `loops`: those of its region.
std::optional<int64_t> tripsByRange(mlir::CFGLoop &loop,
                                    const BranchLoops &loops);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LLVM_RANGETRIPS_H

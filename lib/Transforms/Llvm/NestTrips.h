//===- NestTrips.h - How often loops of branches run in nests ---*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LLVM_NESTTRIPS_H
#define GAUS_LIB_TRANSFORMS_LLVM_NESTTRIPS_H

#include "Loops/BranchLoops.h"
#include "Loops/Trips.h"

namespace gaus::ir {

/// Whether control leaves the loop by one edge, which every iteration comes by
/// that goes on.
bool endsInOnePlace(mlir::CFGLoop &loop);

/// How often a loop that branches make is begun each time that control comes to
/// it: by going through the iterations of the loops around it that its end
/// depends on, where all of it steps by constants, without those for which a
/// branch on the way goes elsewhere. `loops`: those of its region.
TripRange tripsInNest(mlir::CFGLoop &loop, const BranchLoops &loops);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LLVM_NESTTRIPS_H

//===- CbcStop.h - A running integer program ends ---------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_EXACT_CBCSTOP_H
#define GAUS_LIB_SOLVER_EXACT_CBCSTOP_H

#include "gaus/Core/Stop.h"

namespace gaus {

/// Lets Cbc_solve(model) end soon after `stop` (may be null) is requested: it
/// is asked at every pivot and every event of the branching. `model` is a
/// Cbc_Model. Without a request the program takes the same way as ever.
void endWith(void *model, const Stop *stop);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_EXACT_CBCSTOP_H

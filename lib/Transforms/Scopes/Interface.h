//===- Interface.h - Values that enter and leave scopes ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SCOPES_INTERFACE_H
#define GAUS_LIB_TRANSFORMS_SCOPES_INTERFACE_H

#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// Fills in what enters and leaves the scope's problem, unless `gaus.interface`
/// around it is "none": docs/spec.md, "Values that enter and leave".
void addInterface(Scope &scope);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SCOPES_INTERFACE_H

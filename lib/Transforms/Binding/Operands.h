//===- Operands.h - What operations read ------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_BINDING_OPERANDS_H
#define GAUS_LIB_TRANSFORMS_BINDING_OPERANDS_H

#include "gaus/Binding/Datapath.h"
#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// Tells what comes to which input: `d` is the datapath of the scope's problem,
/// whose operands stay, at no input. Through arguments of loops and branches an
/// operand is all that it may be; constants and what is outside are wires.
void readOperands(const Scope &scope, gaus::Datapath &d);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_BINDING_OPERANDS_H

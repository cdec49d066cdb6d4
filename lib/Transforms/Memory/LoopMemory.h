//===- LoopMemory.h - Conflicts of memory between iterations ----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which accesses of an iteration have to wait for those of earlier ones, and
/// how many iterations lie between.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_MEMORY_LOOPMEMORY_H
#define GAUS_LIB_TRANSFORMS_MEMORY_LOOPMEMORY_H

#include "Llvm/LlvmMemory.h"

#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// Appends an edge for each conflict, with the least distance that is known,
/// else 1 and a remark that names both ends. `memory` is of the scope's block.
void addLoopMemory(Scope &scope, LlvmMemory &memory);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_MEMORY_LOOPMEMORY_H

//===- Translate.h - From functions to what the machine runs ----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One function as the machine runs it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_REPLAY_PROGRAM_TRANSLATE_H
#define GAUS_LIB_REPLAY_PROGRAM_TRANSLATE_H

#include "Program/Code.h"

namespace gaus::ir::replaying {

/// Fills in the code of a function; false if something in it is not supported,
/// which the program then says.
bool translateFunction(Program &program, mlir::Operation *function,
                       FunctionCode &code);

} // namespace gaus::ir::replaying

#endif // GAUS_LIB_REPLAY_PROGRAM_TRANSLATE_H

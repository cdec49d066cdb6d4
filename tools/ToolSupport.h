//===- ToolSupport.h - What the tools share ---------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// How a tool of LLVM's kind writes its output, runs out of memory, and ends on
/// signals.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_TOOLS_TOOLSUPPORT_H
#define GAUS_TOOLS_TOOLSUPPORT_H

#include "llvm/ADT/STLFunctionalExtras.h"

namespace gaus::tools {

/// Runs `body` with the arguments and returns its code, but where `-o` names a
/// file, that of a file beside, which replaces it after success: LLVM's drivers
/// would empty the file before they read their input, and remove it on failure.
/// Where no memory is left, the tool says so and ends with 1. A signal that cut
/// a search short makes the code 128 + its number.
int runTool(int argc, char **argv, llvm::function_ref<int(int, char **)> body);

/// --version says that of GauS; runTool does it.
void setVersion();

} // namespace gaus::tools

#endif // GAUS_TOOLS_TOOLSUPPORT_H

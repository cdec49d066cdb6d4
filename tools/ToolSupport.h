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

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

namespace gaus::tools {

/// Runs `body` with the arguments and returns its code, but where `-o` names a
/// file, that of a file beside, which replaces it after success: LLVM's drivers
/// would empty the file before they read their input, and remove it on failure.
/// Where no memory is left, the tool says so and ends with 1. A signal that cut
/// a search short makes the code 128 + its number.
int runTool(int argc, char **argv, llvm::function_ref<int(int, char **)> body);

/// A line of --help: "--progress=KIND" and what it is.
struct HelpLine {
  llvm::StringRef option, text;
};
/// What --help says: LLVM's drivers have more than a thousand options that are
/// not of this project, which --help-all lists.
struct Help {
  llvm::StringRef overview, usage;
  llvm::ArrayRef<HelpLine> options;
  /// Prints what follows; may be null.
  void (*more)() = nullptr;
};
/// Prints `lines` below each other.
void printHelpLines(llvm::ArrayRef<HelpLine> lines);

/// Answers --help and its short forms: true if the tool has nothing else to do.
/// Turns --help-all into what LLVM's own parser knows.
bool answerHelp(int argc, char **argv, const Help &help);

/// --version says that of GauS; runTool does it.
void setVersion();

} // namespace gaus::tools

#endif // GAUS_TOOLS_TOOLSUPPORT_H

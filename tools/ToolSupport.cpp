//===- ToolSupport.cpp - What the tools share -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ToolSupport.h"

#include "gaus/Core/Version.h"
#include "gaus/IO/Replacement.h"
#include "gaus/IO/Signals.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <unistd.h>

using namespace gaus;

/// Nothing here may ask for memory.
static void reportBadAlloc(void *, const char *, bool) {
  constexpr llvm::StringLiteral text = "error: out of memory\n";
  ssize_t ignored = ::write(STDERR_FILENO, text.data(), text.size());
  (void)ignored;
  ::_exit(1);
}

namespace {

/// The value of `-o` among the arguments.
struct OutputArgument {
  int index = 0; ///< 0: there is none
  std::string before, path;
};

} // namespace

static OutputArgument findOutput(int argc, char **argv) {
  for (int k = 1; k < argc; ++k) {
    llvm::StringRef text = argv[k];
    if (text == "--")
      break;
    if ((text == "-o" || text == "--o") && k + 1 < argc)
      return {k + 1, "", argv[k + 1]};
    for (llvm::StringRef form : {"-o=", "--o="})
      if (text.starts_with(form))
        return {k, form.str(), text.drop_front(form.size()).str()};
  }
  return {};
}

static void printVersion(llvm::raw_ostream &out) {
  out << "GauS " << kVersion << ", with LLVM " << LLVM_VERSION_STRING << "\n";
}

void gaus::tools::printHelpLines(llvm::ArrayRef<HelpLine> lines) {
  constexpr size_t kWidth = 32;
  for (const HelpLine &line : lines) {
    llvm::outs() << "  " << line.option;
    llvm::outs().indent(line.option.size() < kWidth
                            ? static_cast<unsigned>(kWidth - line.option.size())
                            : 1);
    llvm::outs() << line.text << "\n";
  }
}

bool gaus::tools::answerHelp(int argc, char **argv, const Help &help) {
  static char all[] = "--help";
  for (int k = 1; k < argc; ++k) {
    llvm::StringRef text = argv[k];
    if (text == "--")
      return false;
    if (text == "--help-all") {
      argv[k] = all;
      return false;
    }
    if (text != "--help" && text != "-help" && text != "-h")
      continue;
    llvm::outs() << "OVERVIEW: " << help.overview << "\n\nUSAGE: " << help.usage
                 << "\n\nOPTIONS:\n";
    printHelpLines(help.options);
    printHelpLines({{"--version", "print the version"},
                    {"--help-all", "print all options, those of LLVM too"}});
    if (help.more)
      help.more();
    return true;
  }
  return false;
}

void gaus::tools::setVersion() { llvm::cl::SetVersionPrinter(printVersion); }

int gaus::tools::runTool(int argc, char **argv,
                         llvm::function_ref<int(int, char **)> body) {
  llvm::install_bad_alloc_error_handler(reportBadAlloc);
  setVersion();
  watchSignals();
  OutputArgument output = findOutput(argc, argv);
  // What a signal cut short is written, but no success.
  auto status = [](int code) { return signalStatus() ? signalStatus() : code; };
  if (output.index == 0 || !Replacement::isFor(output.path))
    return status(body(argc, argv));
  auto fail = [&](const Diagnostic &d) {
    llvm::errs() << argv[0] << ": error: " << d.message << "\n";
    return 1;
  };
  Outcome<Replacement> made = Replacement::make(output.path);
  if (!made)
    return fail(made.error());
  std::string argument = output.before + made->name();
  llvm::SmallVector<char *> replaced(argv, argv + argc);
  replaced[output.index] = argument.data();
  replaced.push_back(nullptr);
  int code = body(argc, replaced.data());
  if (code == 0 && llvm::sys::fs::exists(made->name()))
    if (auto failed = made->commit())
      return fail(*failed);
  return status(code);
}

//===- ToolSupport.cpp - What the tools share -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ToolSupport.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
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

/// Where a symbolic link leads, so that it stays one; empty for what is written
/// as it comes: the standard output, devices, pipes.
static std::string fileToReplace(const std::string &path) {
  if (path.empty() || path == "-")
    return "";
  llvm::sys::fs::file_status status;
  if (llvm::sys::fs::status(path, status))
    return path;
  llvm::SmallString<256> real;
  if (!llvm::sys::fs::is_regular_file(status) ||
      llvm::sys::fs::real_path(path, real))
    return "";
  return real.str().str();
}

int gaus::tools::runTool(int argc, char **argv,
                         llvm::function_ref<int(int, char **)> body) {
  llvm::install_bad_alloc_error_handler(reportBadAlloc);
  OutputArgument output = findOutput(argc, argv);
  std::string target = fileToReplace(output.path);
  if (output.index == 0 || target.empty())
    return body(argc, argv);
  std::string beside = target + "." + std::to_string(::getpid()) + ".tmp";
  std::string argument = output.before + beside;
  llvm::SmallVector<char *> replaced(argv, argv + argc);
  replaced[output.index] = argument.data();
  replaced.push_back(nullptr);
  int code = body(argc, replaced.data());
  if (!llvm::sys::fs::exists(beside))
    return code;
  std::error_code failed;
  if (code == 0) {
    if (auto old = llvm::sys::fs::getPermissions(target))
      failed = llvm::sys::fs::setPermissions(beside, *old);
    if (!failed)
      failed = llvm::sys::fs::rename(beside, target);
  }
  if (code != 0 || failed)
    llvm::sys::fs::remove(beside);
  if (!failed)
    return code;
  llvm::errs() << argv[0] << ": error: cannot write '" << output.path
               << "': " << failed.message() << "\n";
  return 1;
}

//===- gaus-opt.cpp - mlir-opt with gaus ----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Progress.h"
#include "../ToolSupport.h"

#include "gaus/Transforms/Passes.h"
#include "gaus/Transforms/Watch.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

#include "llvm/Support/CommandLine.h"

using namespace gaus::tools;

/// In the order of --help; a test finds those that are missing.
static constexpr llvm::StringLiteral kPasses[] = {
    "gaus-use-library",   "gaus-schedule",       "gaus-verify",
    "gaus-report",        "gaus-bind",           "gaus-annotate",
    "gaus-relax",         "gaus-commit",         "gaus-strip",
    "gaus-flatten-loops", "gaus-pipeline-loops", "convert-ssp-to-gaus",
    "convert-gaus-to-ssp"};
static constexpr llvm::StringLiteral kSolving[] = {
    "gaus-verify", "gaus-annotate", "gaus-relax", "gaus-commit"};

static llvm::cl::opt<ProgressKind> progressKind(
    "progress", llvm::cl::desc("What is said of searches while they run"),
    llvm::cl::init(ProgressKind::Auto),
    llvm::cl::values(
        clEnumValN(ProgressKind::Auto, "auto", "line on a terminal, else none"),
        clEnumValN(ProgressKind::Line, "line",
                   "a line that is written over, and summary"),
        clEnumValN(ProgressKind::Summary, "summary", "a line a scope"),
        clEnumValN(ProgressKind::Json, "json", "JSON, an object a line"),
        clEnumValN(ProgressKind::None, "none", "nothing")));

static constexpr HelpLine kOptions[] = {
    {"-o FILE", "where the program goes; - is the standard output"},
    {"--progress=KIND",
     "what is said of searches on the standard error output: auto, line, "
     "summary, json, none"},
    {"--remarks-filter=REGEX",
     "remarks of the category, as gaus: costs, bounds, work; why what waits"},
    {"--pass-pipeline=TEXT", "passes as the stock mlir-opt writes them"},
    {"--mlir-print-debuginfo", "keep files and lines in the output"},
    {"--mlir-print-op-on-diagnostic", "print whole operations with messages"},
    {"--split-input-file", "take the parts between // ----- one by one"},
    {"--verify-diagnostics", "check the expected-... comments of the input"},
};

/// The passes of the project with their options. Those that schedule have the
/// same ones, which are said once.
static void printPasses() {
  llvm::outs() << "\nPASSES, with their options as in "
                  "--gaus-schedule=\"objective=memory ii=2\":\n";
  constexpr size_t kColumn = 38;
  for (llvm::StringRef pass : kPasses) {
    const mlir::PassInfo *info = mlir::PassInfo::lookup(pass);
    if (!info)
      continue;
    if (!llvm::is_contained(kSolving, pass)) {
      info->printHelpStr(/*indent=*/2, kColumn);
      continue;
    }
    llvm::outs() << "  --" << pass;
    llvm::outs().indent(static_cast<unsigned>(kColumn - pass.size() - 4));
    llvm::outs() << " -   " << info->getPassDescription()
                 << " (options of the search as above)\n";
  }
}

static constexpr Help kHelp = {
    "GauS: operator scheduling in mlir-opt",
    "gaus-opt [FILE] [--PASS[=\"OPTION=VALUE ...\"]]... [-o FILE]", kOptions,
    printPasses};

namespace {

/// Shows what is searched.
class Watcher final : public gaus::ir::SearchWatcher {
public:
  gaus::Observer begins(const gaus::ir::WatchedScope &scope) override {
    return progress().begins(nameOf(scope));
  }
  void ends(const gaus::ir::WatchedScope &scope, const gaus::Solution *solution,
            gaus::Objective objective) override {
    progress().ends(nameOf(scope), solution, objective);
  }

private:
  static std::string nameOf(const gaus::ir::WatchedScope &scope) {
    return scope.where.empty() ? scope.name : scope.where + ": " + scope.name;
  }
  /// Made when the options are known.
  static Progress &progress() {
    static Progress only(progressKind);
    return only;
  }
};

} // namespace

/// A message has its place; the whole operation, which may be a program, is
/// printed for who asks for it.
static void addDefaults(int argc, char **argv,
                        llvm::SmallVectorImpl<char *> &arguments) {
  static char quiet[] = "--mlir-print-op-on-diagnostic=false";
  arguments.assign(argv, argv + argc);
  auto isIt = [](llvm::StringRef text) {
    return text.contains("-mlir-print-op-on-diagnostic");
  };
  if (llvm::none_of(arguments, isIt))
    arguments.insert(arguments.begin() + 1, quiet);
  arguments.push_back(nullptr);
}

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registry.insert<gaus::ir::GausDialect, gaus::ssp::SspDialect>();
  mlir::registerAllPasses();
  gaus::ir::registerGausPasses();
  if (answerHelp(argc, argv, kHelp))
    return 0;
  llvm::SmallVector<char *> all;
  addDefaults(argc, argv, all);
  Watcher watcher;
  gaus::ir::setSearchWatcher(&watcher);
  return runTool(static_cast<int>(all.size()) - 1, all.data(),
                 [&](int count, char **arguments) {
                   return mlir::asMainReturnCode(mlir::MlirOptMain(
                       count, arguments, kHelp.overview, registry));
                 });
}

//===- gaus-replay.cpp - Executes scheduled programs by cycle -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../ToolSupport.h"

#include "gaus/Dialect/Gaus.h"
#include "gaus/Replay/Replay.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace gaus::ir;

static llvm::cl::OptionCategory category("gaus-replay options");
static llvm::cl::opt<std::string> input(llvm::cl::Positional,
                                        llvm::cl::desc("FILE"),
                                        llvm::cl::init("-"),
                                        llvm::cl::cat(category));
static llvm::cl::opt<std::string>
    only("function", llvm::cl::desc("the function to run; default: all"),
         llvm::cl::cat(category));
static llvm::cl::list<std::string>
    arguments("args", llvm::cl::CommaSeparated,
              llvm::cl::desc("numbers, or @k for the memory of argument k, "
                             "@k+n from its element n on, <FILE for memory "
                             "with the bytes of a file; empty: from the seed"),
              llvm::cl::cat(category));
static llvm::cl::opt<std::string>
    calls("calls",
          llvm::cl::desc("FILE of calls, one a line: the name of a function, a "
                         "space, what --args would have"),
          llvm::cl::cat(category));
static llvm::cl::opt<uint64_t> seed("seed",
                                    llvm::cl::desc("of arguments and memory"),
                                    llvm::cl::init(1), llvm::cl::cat(category));
static llvm::cl::opt<bool>
    runOnly("run", llvm::cl::desc("only run in order, print what it prints"),
            llvm::cl::cat(category));

static llvm::cl::opt<double>
    period("clock", llvm::cl::desc("period in ns within which values chain"),
           llvm::cl::init(0), llvm::cl::cat(category));

static llvm::cl::opt<bool> dependences(
    "dependences",
    llvm::cl::desc("print which operations of pipelined loops meet in "
                   "memory, and how many iterations apart"),
    llvm::cl::cat(category));

static llvm::cl::opt<bool>
    use("use", llvm::cl::desc("print the largest use of each limited resource"),
        llvm::cl::cat(category));

static llvm::cl::opt<bool>
    fifos("fifos",
          llvm::cl::desc("print how often each argument with gaus.fifo is "
                         "accessed"),
          llvm::cl::cat(category));

static const char *const kOverview =
    R"(Executes scheduled programs by cycle and compares with the program in order

Every operation runs at its gaus.start, iterations gaus.ii apart, loops and calls
at their place; where something takes as long as it needs, its scope waits. Judged
by the program alone: operands are there in time [operand], loads see what they
see in order and memory ends as it does [memory], no cycle uses more than the
limits and no two calls the same function [limit], what decides is known
[control], what chains fits into --clock [chain], all of a block is scheduled
[missing].

exit status: 0 as in order, 1 differs, 2 the program does what has no meaning,
3 something is not executed here, 4 the input cannot be read
)";

/// 0 = same, 1 = differs, 2 = undefined, 3 = unsupported.
static int report(Operation *function, const ReplayResult &result) {
  llvm::StringRef name = cast<SymbolOpInterface>(function).getName();
  Location where = result.where.value_or(function->getLoc());
  llvm::outs() << result.output;
  llvm::outs().flush();
  if (result.status == ReplayStatus::Unsupported) {
    emitError(where) << "unsupported: " << result.reason;
    llvm::outs() << "@" << name << ": unsupported\n";
    return 3;
  }
  if (result.status == ReplayStatus::Undefined) {
    emitError(where) << "undefined: the program " << result.reason;
    llvm::outs() << "@" << name << ": undefined\n";
    return 2;
  }
  for (const ReplayLoop &loop : result.loops) {
    auto in = loop.carrier->getParentOfType<FunctionOpInterface>();
    llvm::outs() << "loop @" << in.getName() << " ii " << loop.ii
                 << " iterations " << loop.iterations << " decider "
                 << loop.decider << ":";
    for (const ReplayLoop::Meeting &m : loop.meetings)
      llvm::outs() << " " << m.from << m.kind << m.to << "@" << m.distance;
    llvm::outs() << "\n";
  }
  for (const ReplayUse &u : result.uses)
    if (use)
      llvm::outs() << "use @" << name << " " << u.resource << " " << u.peak
                   << " of " << u.limit << "\n";
  for (auto [argument, accesses] : result.fifos)
    if (fifos)
      llvm::outs() << "fifo @" << name << " arg" << argument << " " << accesses
                   << "\n";
  for (Location loc : result.inOrder)
    if (!runOnly)
      emitRemark(loc) << "without starts: run one operation after the other";
  for (const ReplayFinding &f : result.findings) {
    InFlightDiagnostic error = emitError(f.where)
                               << "[" << f.kind << "] " << f.message;
    for (const auto &[loc, text] : f.notes)
      error.attachNote(loc) << text;
  }
  if (!runOnly)
    llvm::outs() << "@" << name << ": "
                 << (result.findings.empty() ? "as in order" : "differs")
                 << ", " << result.operations << " operations in "
                 << result.cycles << " cycles\n";
  llvm::outs().flush();
  return result.findings.empty() ? 0 : 1;
}

/// The calls that a file lists; the worst of their statuses.
static int replayCalls(ModuleOp module, ReplayOptions options) {
  auto file = llvm::MemoryBuffer::getFile(calls);
  if (!file) {
    llvm::errs() << "gaus-replay: cannot read '" << calls << "'\n";
    return 4;
  }
  int worst = 0;
  llvm::SmallVector<llvm::StringRef> lines;
  (*file)->getBuffer().split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : lines) {
    auto [name, passed] = line.split(' ');
    auto function = module.lookupSymbol<FunctionOpInterface>(name);
    if (!function || function.isExternal()) {
      llvm::errs() << "gaus-replay: there is no function '" << name << "'\n";
      return 4;
    }
    llvm::SmallVector<llvm::StringRef> each;
    passed.split(each, ',');
    options.arguments.assign(each.begin(), each.end());
    worst = std::max(worst, report(function, replay(function, options)));
  }
  return worst;
}

static int replayFunctions(ModuleOp module, ReplayOptions options) {
  options.arguments.assign(arguments.begin(), arguments.end());
  int worst = 0;
  bool found = false;
  module->walk([&](FunctionOpInterface function) {
    if (function.isExternal() || (!only.empty() && function.getName() != only))
      return;
    found = true;
    worst = std::max(worst, report(function, replay(function, options)));
  });
  if (!found) {
    llvm::errs() << "gaus-replay: there is no such function\n";
    return 4;
  }
  return worst;
}

static int replayAll(int argc, char **argv) {
  llvm::cl::HideUnrelatedOptions(category);
  llvm::cl::ParseCommandLineOptions(argc, argv, kOverview);
  DialectRegistry registry;
  registerAllDialects(registry);
  registry.insert<GausDialect>();
  MLIRContext context(registry);
  llvm::SourceMgr sources;
  SourceMgrDiagnosticHandler handler(sources, &context);
  OwningOpRef<ModuleOp> module =
      parseSourceFile<ModuleOp>(input, sources, &context);
  if (!module)
    return 4;
  ReplayOptions options;
  options.seed = seed;
  options.inOrderOnly = runOnly;
  options.dependences = dependences;
  options.clock = period;
  return calls.empty() ? replayFunctions(*module, options)
                       : replayCalls(*module, options);
}

int main(int argc, char **argv) {
  return gaus::tools::runTool(argc, argv, replayAll);
}

//===- gaus-translate.cpp - Formats in and out ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../ToolSupport.h"

#include "gaus/Dialect/GausNames.h"
#include "gaus/Hardware/Export.h"
#include "gaus/Hardware/HwText.h"
#include "gaus/Hardware/PipelineText.h"
#include "gaus/Hardware/Verilog.h"
#include "gaus/IO/Formats.h"
#include "gaus/Transforms/AsLoops.h"
#include "gaus/Transforms/WrittenSchedule.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllTranslations.h"
#include "mlir/Tools/mlir-translate/MlirTranslateMain.h"
#include "mlir/Tools/mlir-translate/Translation.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace gaus::ir;

static llvm::cl::opt<int> nodeLatency(
    "node-latency", llvm::cl::init(1),
    llvm::cl::desc("Latency of every imported node, in cycles (default: 1)"));
static llvm::cl::opt<std::string> resourceFile(
    "resources", llvm::cl::init(""),
    llvm::cl::desc("Resource model of --import-graphml (default: the _RM.xml "
                   "beside the graph)"));
static llvm::cl::list<std::string> scopeNames(
    "scope",
    llvm::cl::desc("Scope to export where there are several, as the error for "
                   "several names them; of hardware may be given again"));
static llvm::cl::opt<bool> keepGoing(
    "keep-going", llvm::cl::init(false),
    llvm::cl::desc("Of hardware: leave out functions that cannot become it"));

//===----------------------------------------------------------------------===//
// Import
//===----------------------------------------------------------------------===//

/// A gaus.node without its edges.
static NodeOp createNode(OpBuilder &b, Location loc, const gaus::Problem &p,
                         int32_t i) {
  StringAttr label;
  if (!p.nodeName.empty() && !p.nodeName[i].empty())
    label = b.getStringAttr(p.nodeName[i]);
  SmallVector<Attribute> uses;
  SmallVector<int64_t> units;
  for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k) {
    uses.push_back(FlatSymbolRefAttr::get(b.getContext(),
                                          p.resourceLabel(p.useResource[k])));
    units.push_back(p.useUnits[k]);
  }
  DenseI64ArrayAttr window;
  if (p.earliest[i] > 0 || p.latest[i] < gaus::kMaxCycle)
    window = b.getDenseI64ArrayAttr({p.earliest[i], p.latest[i]});
  // The two are written together.
  bool delays = p.delayIn[i] > 0 || p.delayOut[i] > 0;
  auto delay = [&](double ns) {
    return delays ? b.getF64FloatAttr(ns) : FloatAttr();
  };
  return NodeOp::create(
      b, loc, ValueType::get(b.getContext()), ValueRange(), ValueRange(), label,
      DenseI64ArrayAttr(), DenseI64ArrayAttr(), DenseI64ArrayAttr(),
      SymbolRefAttr(), b.getI64IntegerAttr(p.latency[i]),
      p.occupancy[i] != 1 ? b.getI64IntegerAttr(p.occupancy[i]) : IntegerAttr(),
      uses.empty() ? ArrayAttr() : b.getArrayAttr(uses),
      uses.empty() ? DenseI64ArrayAttr() : b.getDenseI64ArrayAttr(units),
      window, b.getI64IntegerAttr(p.width[i]), delay(p.delayIn[i]),
      delay(p.delayOut[i]), TypeAttr());
}

/// The edges into a node: those that carry a value come first.
static void setEdges(NodeOp node, const gaus::Problem &p,
                     llvm::MutableArrayRef<NodeOp> nodes,
                     std::span<const int32_t> edges) {
  SmallVector<Value> inputs, after;
  SmallVector<int64_t> distances, lags, weights;
  for (bool carries : {true, false})
    for (int32_t e : edges) {
      if ((p.carries[e] != 0) != carries)
        continue;
      (carries ? inputs : after).push_back(nodes[p.source[e]].getResult());
      distances.push_back(p.distance[e]);
      lags.push_back(p.lag[e]);
      // A precedence edge has no weight.
      weights.push_back(carries ? p.weight[e] : 1);
    }
  node.getInputsMutable().assign(inputs);
  node.getAfterMutable().assign(after);
  if (llvm::any_of(distances, [](int64_t k) { return k != 0; }))
    node.setDistances(distances);
  if (llvm::any_of(lags, [](int64_t a) { return a != 0; }))
    node.setLags(lags);
  if (llvm::any_of(weights, [](int64_t w) { return w != 1; }))
    node.setWeights(weights);
}

/// A library of the problem's resources, if one of them has a limit or a price.
/// Two of one name cannot be told apart without it, and are an error in it.
static FlatSymbolRefAttr createLibrary(OpBuilder &b, Location loc,
                                       const gaus::Problem &p) {
  llvm::StringSet<> names;
  bool needed = false;
  for (int32_t r = 0; r < p.numResources(); ++r)
    needed |= p.limit[r] != gaus::kUnlimited || p.price[r] != 1 ||
              !names.insert(p.resourceLabel(r)).second;
  if (!needed)
    return {};
  std::string name = p.name + "_resources";
  OpBuilder::InsertionGuard guard(b);
  auto library = LibraryOp::create(b, loc, name, StringAttr());
  b.setInsertionPointToStart(&library.getBody().emplaceBlock());
  for (int32_t r = 0; r < p.numResources(); ++r)
    ResourceOp::create(
        b, loc, p.resourceLabel(r), StringAttr(),
        p.limit[r] == gaus::kUnlimited ? IntegerAttr()
                                       : b.getI64IntegerAttr(p.limit[r]),
        p.price[r] == 1 ? IntegerAttr() : b.getI64IntegerAttr(p.price[r]));
  return FlatSymbolRefAttr::get(b.getContext(), name);
}

/// A module with one graph: a node a line, in the order of the problem.
static OwningOpRef<ModuleOp>
makeGraph(const gaus::Problem &p, const gaus::Starts &starts, Location loc) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  OpBuilder b = OpBuilder::atBlockEnd(module->getBody());
  FlatSymbolRefAttr library = createLibrary(b, loc, p);
  IntegerAttr none;
  auto graph =
      GraphOp::create(b, loc, p.name, StringAttr(), library,
                      p.ii > 0 ? b.getI64IntegerAttr(p.ii) : none,
                      p.length > 0 ? b.getI64IntegerAttr(p.length) : none,
                      p.clock > 0 ? b.getF64FloatAttr(p.clock) : FloatAttr());
  if (p.limitsLive())
    graph->setAttr(kLiveLimit, b.getI64IntegerAttr(p.liveLimit));
  if (p.hasBuffers())
    graph->setAttr(kMemoryModel,
                   b.getStringAttr(gaus::toString(p.memoryModel)));
  b.setInsertionPointToStart(&graph.getBody().emplaceBlock());
  std::vector<NodeOp> nodes;
  nodes.reserve(p.numNodes());
  for (int32_t i = 0; i < p.numNodes(); ++i)
    nodes.push_back(createNode(b, loc, p, i));
  for (size_t i = 0; i < starts.size(); ++i)
    nodes[i]->setAttr(kStart, b.getI64IntegerAttr(starts[i]));
  gaus::Adjacency adj(p);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    setEdges(nodes[i], p, nodes, adj.in(i));
  return module;
}

static OwningOpRef<Operation *> import(llvm::SourceMgr &sources,
                                       MLIRContext *context,
                                       const gaus::FormatInfo &format) {
  context->loadDialect<GausDialect>();
  const llvm::MemoryBuffer *buffer =
      sources.getMemoryBuffer(sources.getMainFileID());
  llvm::StringRef bytes = buffer->getBuffer();
  std::string file = buffer->getBufferIdentifier().str();
  auto at = [&](llvm::StringRef name, int64_t line) {
    return FileLineColLoc::get(context, name, static_cast<unsigned>(line), 1);
  };
  if (nodeLatency < 0 || nodeLatency > gaus::kMaxCycle) {
    emitError(UnknownLoc::get(context))
        << "node-latency must be in [0, " << gaus::kMaxCycle << "], got "
        << nodeLatency.getValue();
    return nullptr;
  }
  gaus::Reading reading;
  reading.path = file;
  reading.resources = resourceFile;
  if (nodeLatency.getNumOccurrences() > 0)
    reading.nodeLatency = nodeLatency;
  gaus::Outcome<gaus::Problem> p =
      format.read({bytes.data(), bytes.size()}, reading);
  if (!p) {
    emitError(at(reading.wrong.empty() ? file : reading.wrong,
                 std::max<int64_t>(1, p.error().line)))
        << p.error().message;
    return nullptr;
  }
  p->name = file == "<stdin>" ? "graph" : gaus::fileStem(file);
  return makeGraph(*p, reading.starts, at(file, 1));
}

//===----------------------------------------------------------------------===//
// Export
//===----------------------------------------------------------------------===//

/// "function @f" also by "@f" and "f", as long as no other scope is in it.
static bool isCalled(llvm::StringRef own, llvm::StringRef name) {
  return own == name || own == ("function @" + name).str() ||
         own == ("function " + name).str();
}

static bool isChosen(llvm::StringRef own) {
  return scopeNames.empty() || llvm::any_of(scopeNames, [&](const auto &name) {
           return isCalled(own, name);
         });
}

/// The scope that the options choose, built.
static FailureOr<Scope> chooseScope(Operation *root) {
  constexpr size_t most = 20;
  loadLoopDialects(*root->getContext());
  writeLoops(root);
  std::vector<Scope> scopes = collectScopes(root);
  std::vector<size_t> found;
  for (auto [k, scope] : llvm::enumerate(scopes))
    if (isChosen(scope.name))
      found.push_back(k);
  if (found.size() != 1) {
    // Without the operation, which is the whole program.
    InFlightDiagnostic error = emitError(root->getLoc());
    error << "expected one scope to export, found " << found.size();
    if (!scopes.empty())
      error << "; choose one by --scope";
    for (size_t k = 0; k < scopes.size() && k < most; ++k)
      error.attachNote(scopes[k].carrier->getLoc())
          << "'" << scopes[k].name << "'";
    return failure();
  }
  Scope &scope = scopes[found[0]];
  if (failed(scope.build()))
    return failure();
  return std::move(scope);
}

static LogicalResult exportScope(Operation *root, raw_ostream &out,
                                 const gaus::FormatInfo &format) {
  FailureOr<Scope> scope = chooseScope(root);
  if (failed(scope))
    return failure();
  WrittenSchedule written = readWritten(*scope);
  size_t nodes = written.starts.size();
  if (!written.complete() && (format.needsStarts || written.missing < nodes))
    return emitError(scope->carrier->getLoc())
           << written.missing << " of " << nodes << " operations of "
           << scope->name << " have no gaus.start; run gaus-schedule first";
  if (failed(settleWritten(*scope, written)))
    return failure();
  out << format.write(scope->problem, written.complete32());
  return success();
}

static void registerImport(const gaus::FormatInfo &format) {
  std::string name = "import-" + std::string(format.name);
  std::string what = std::string(format.sentence) + " as a gaus.graph";
  TranslateToMLIRRegistration registration(
      name, what, [&format](llvm::SourceMgr &sources, MLIRContext *context) {
        return import(sources, context, format);
      });
}

static void registerExport(const gaus::FormatInfo &format) {
  std::string name = "export-" + std::string(format.name);
  std::string what(format.sentence);
  TranslateFromMLIRRegistration registration(
      name, what,
      [&format](Operation *root, raw_ostream &out) {
        return exportScope(root, out, format);
      },
      [](DialectRegistry &registry) {
        registerAllDialects(registry);
        registry.insert<GausDialect>();
      });
}

/// Exports each function, or those that --scope names.
static LogicalResult
exportFunctions(Operation *root,
                llvm::function_ref<LogicalResult(Operation *)> exportOne) {
  bool someFailed = false, someDone = false;
  for (Operation *function : functionsOf(root)) {
    llvm::StringRef name = SymbolTable::getSymbolName(function).getValue();
    if (!isChosen(("function @" + name).str()))
      continue;
    if (succeeded(exportOne(function))) {
      someDone = true;
      continue;
    }
    someFailed = true;
    if (!keepGoing)
      break;
    emitRemark(function->getLoc()) << "left out: @" << name;
  }
  if (someFailed && (!someDone || !keepGoing))
    return failure();
  if (!someDone)
    return emitError(root->getLoc())
           << "no function with a body to export"
           << (scopeNames.empty() ? "" : " has the name that --scope asks for");
  return success();
}

/// A module for each function.
static FailureOr<std::vector<gaus::hardware::Netlist>>
buildModules(Operation *root) {
  std::vector<gaus::hardware::Netlist> all;
  auto build = [&](Operation *function) -> LogicalResult {
    FailureOr<gaus::hardware::Netlist> netlist = buildHardware(function);
    if (succeeded(netlist))
      all.push_back(std::move(*netlist));
    return netlist;
  };
  if (failed(exportFunctions(root, build)))
    return failure();
  return all;
}

static LogicalResult exportVerilog(Operation *root, raw_ostream &out) {
  auto modules = buildModules(root);
  if (failed(modules))
    return failure();
  for (const gaus::hardware::Netlist &n : *modules)
    gaus::hardware::printVerilog(n, out);
  return success();
}

static LogicalResult exportHw(Operation *root, raw_ostream &out) {
  auto modules = buildModules(root);
  if (failed(modules))
    return failure();
  gaus::hardware::printHw(*modules, out);
  return success();
}

static LogicalResult exportPipelines(Operation *root, raw_ostream &out) {
  return exportFunctions(
      root, [&](Operation *function) { return printPipeline(function, out); });
}

static constexpr struct {
  llvm::StringLiteral name, what;
  LogicalResult (*run)(Operation *root, raw_ostream &out);
} kHardware[] = {
    {"export-verilog", "scheduled functions as Verilog, a module each",
     exportVerilog},
    {"export-hw", "scheduled functions as hw, comb and seq of CIRCT", exportHw},
    {"export-pipeline",
     "scheduled functions without control flow and memory as "
     "pipeline.scheduled of CIRCT, which starts in every cycle",
     exportPipelines},
};

static void registerHardware() {
  for (const auto &format : kHardware)
    TranslateFromMLIRRegistration registration(
        format.name, format.what, format.run, [](DialectRegistry &registry) {
          registerAllDialects(registry);
          registry.insert<GausDialect>();
        });
}

static constexpr gaus::tools::HelpLine kOptions[] = {
    {"-o FILE", "where the result goes; - is the standard output"},
    {"--node-latency=N",
     "latency of every imported node, in cycles (default: 1)"},
    {"--resources=FILE", "resource model of --import-graphml (default: the "
                         "_RM.xml beside the graph)"},
    {"--scope=NAME", "scope to export where there are several"},
    {"--keep-going", "hardware: leave out functions that cannot become it, "
                     "each with its error; fail where none can"},
};

static void printFormats() {
  for (const auto &format : kHardware)
    gaus::tools::printHelpLines(
        {{"--" + format.name.str(), format.what.str()}});
  for (const gaus::FormatInfo &format : gaus::formatTable()) {
    std::string name(format.name), what(format.sentence);
    if (format.read)
      gaus::tools::printHelpLines(
          {{"--import-" + name, what + " as a gaus.graph"}});
    if (format.write)
      gaus::tools::printHelpLines({{"--export-" + name, what}});
  }
}

static constexpr gaus::tools::Help kHelp = {
    "formats in and out", "gaus-translate [FILE] --import-... | --export-...",
    kOptions, printFormats};

int main(int argc, char **argv) {
  if (gaus::tools::answerHelp(argc, argv, kHelp))
    return 0;
  registerAllTranslations();
  registerHardware();
  for (const gaus::FormatInfo &format : gaus::formatTable()) {
    if (format.read)
      registerImport(format);
    if (format.write)
      registerExport(format);
  }
  return gaus::tools::runTool(argc, argv, [](int count, char **arguments) {
    return int(
        failed(mlirTranslateMain(count, arguments, "GauS translation tool")));
  });
}

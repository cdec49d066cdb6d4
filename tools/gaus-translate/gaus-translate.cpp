//===- gaus-translate.cpp - Formats in and out ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../ToolSupport.h"

#include "gaus/IO/Readers.h"
#include "gaus/IO/Writers.h"
#include "gaus/Transforms/WrittenSchedule.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllTranslations.h"
#include "mlir/Tools/mlir-translate/MlirTranslateMain.h"
#include "mlir/Tools/mlir-translate/Translation.h"

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
static llvm::cl::opt<std::string> scopeName(
    "scope", llvm::cl::init(""),
    llvm::cl::desc("Scope to export where there are several, as the error for "
                   "several names them"));

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
  return NodeOp::create(
      b, loc, ValueType::get(b.getContext()), ValueRange(), ValueRange(), label,
      DenseI64ArrayAttr(), DenseI64ArrayAttr(), DenseI64ArrayAttr(),
      SymbolRefAttr(), b.getI64IntegerAttr(p.latency[i]),
      p.occupancy[i] != 1 ? b.getI64IntegerAttr(p.occupancy[i]) : IntegerAttr(),
      uses.empty() ? ArrayAttr() : b.getArrayAttr(uses),
      uses.empty() ? DenseI64ArrayAttr() : b.getDenseI64ArrayAttr(units),
      DenseI64ArrayAttr(), b.getI64IntegerAttr(p.width[i]), FloatAttr(),
      FloatAttr(), TypeAttr());
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
      // An edge that only orders has no weight.
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

/// A library of the problem's resources, if one of them has a limit.
static FlatSymbolRefAttr createLibrary(OpBuilder &b, Location loc,
                                       const gaus::Problem &p) {
  if (llvm::all_of(p.limit, [](int64_t l) { return l == gaus::kUnlimited; }))
    return {};
  std::string name = p.name + "_resources";
  OpBuilder::InsertionGuard guard(b);
  auto library = LibraryOp::create(b, loc, name, StringAttr());
  b.setInsertionPointToStart(&library.getBody().emplaceBlock());
  for (int32_t r = 0; r < p.numResources(); ++r)
    ResourceOp::create(b, loc, p.resourceLabel(r), StringAttr(),
                       p.limit[r] == gaus::kUnlimited
                           ? IntegerAttr()
                           : b.getI64IntegerAttr(p.limit[r]),
                       IntegerAttr());
  return FlatSymbolRefAttr::get(b.getContext(), name);
}

/// A module with one graph: a node a line, in the order of the problem.
static OwningOpRef<ModuleOp> makeGraph(const gaus::Problem &p, Location loc) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  OpBuilder b = OpBuilder::atBlockEnd(module->getBody());
  FlatSymbolRefAttr library = createLibrary(b, loc, p);
  auto graph = GraphOp::create(b, loc, p.name, StringAttr(), library,
                               IntegerAttr(), IntegerAttr(), FloatAttr());
  b.setInsertionPointToStart(&graph.getBody().emplaceBlock());
  std::vector<NodeOp> nodes;
  nodes.reserve(p.numNodes());
  for (int32_t i = 0; i < p.numNodes(); ++i)
    nodes.push_back(createNode(b, loc, p, i));
  gaus::Adjacency adj(p);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    setEdges(nodes[i], p, nodes, adj.in(i));
  return module;
}

/// Reads bytes with a node latency. `file` is their file; a reader that fails
/// in another one says so there.
using Reader = gaus::Outcome<gaus::Problem> (*)(std::string_view, int32_t,
                                                std::string &file);

static gaus::Outcome<gaus::Problem>
readGraphMl(std::string_view bytes, int32_t latency, std::string &file) {
  std::string graph = file, model = resourceFile;
  if (model.empty())
    model = gaus::resourceModelBeside(graph);
  if (model.empty()) {
    gaus::Diagnostic missing;
    missing.code = "io";
    missing.message = "the graph needs a resource model: there is no " +
                      gaus::fileStem(graph) +
                      "_RM.xml beside it; name one by --resources=FILE";
    return missing;
  }
  file = model;
  gaus::Outcome<std::string> text = gaus::readFile(model);
  if (!text)
    return text.error();
  gaus::Outcome<gaus::ResourceModel> resources = gaus::readResourceModel(*text);
  if (!resources)
    return resources.error();
  file = graph;
  gaus::Outcome<gaus::Problem> p = gaus::readGraphMl(bytes, *resources);
  if (p && nodeLatency.getNumOccurrences() > 0)
    std::fill(p->latency.begin(), p->latency.end(), latency);
  return p;
}

static OwningOpRef<Operation *> import(llvm::SourceMgr &sources,
                                       MLIRContext *context, Reader reader) {
  context->loadDialect<GausDialect>();
  const llvm::MemoryBuffer *buffer =
      sources.getMemoryBuffer(sources.getMainFileID());
  llvm::StringRef bytes = buffer->getBuffer();
  std::string file = buffer->getBufferIdentifier().str();
  std::string wrong = file;
  auto at = [&](llvm::StringRef name, int64_t line) {
    return FileLineColLoc::get(context, name, static_cast<unsigned>(line), 1);
  };
  if (nodeLatency < 0 || nodeLatency > gaus::kMaxCycle) {
    emitError(UnknownLoc::get(context))
        << "node-latency must be in [0, " << gaus::kMaxCycle << "], got "
        << nodeLatency.getValue();
    return nullptr;
  }
  gaus::Outcome<gaus::Problem> p =
      reader({bytes.data(), bytes.size()}, nodeLatency, wrong);
  if (!p) {
    emitError(at(wrong, std::max<int64_t>(1, p.error().line)))
        << p.error().message;
    return nullptr;
  }
  p->name = file == "<stdin>" ? "graph" : gaus::fileStem(file);
  return makeGraph(*p, at(file, 1));
}

//===----------------------------------------------------------------------===//
// Export
//===----------------------------------------------------------------------===//

/// The scope that the options choose, built.
static FailureOr<Scope> chooseScope(Operation *root) {
  std::vector<Scope> scopes = collectScopes(root), found;
  for (Scope &scope : scopes)
    if (scopeName.empty() || scope.name == scopeName)
      found.push_back(std::move(scope));
  if (found.size() != 1) {
    InFlightDiagnostic error =
        root->emitError() << "expected one scope to export, found "
                          << found.size()
                          << (found.empty() ? "" : "; choose one by --scope");
    for (const Scope &scope : found)
      error.attachNote(scope.carrier->getLoc()) << "'" << scope.name << "'";
    return failure();
  }
  if (failed(found[0].build()))
    return failure();
  return std::move(found[0]);
}

using Writer = std::string (*)(const gaus::Problem &, std::span<const int32_t>);

static LogicalResult exportScope(Operation *root, raw_ostream &out,
                                 Writer writer, bool needsStarts) {
  FailureOr<Scope> scope = chooseScope(root);
  if (failed(scope))
    return failure();
  WrittenSchedule written = readWritten(*scope);
  size_t nodes = written.starts.size();
  if (!written.complete() && (needsStarts || written.missing < nodes))
    return scope->carrier->emitError()
           << written.missing << " of " << nodes << " operations of "
           << scope->name << " have no gaus.start; run gaus-schedule first";
  if (failed(settleWritten(*scope, written)))
    return failure();
  out << writer(scope->problem, written.complete32());
  return success();
}

static void registerImport(const char *name, const char *what, Reader reader) {
  TranslateToMLIRRegistration registration(
      name, what, [reader](llvm::SourceMgr &sources, MLIRContext *context) {
        return import(sources, context, reader);
      });
}

static void registerExport(const char *name, const char *what, Writer writer,
                           bool needsStarts) {
  TranslateFromMLIRRegistration registration(
      name, what,
      [writer, needsStarts](Operation *root, raw_ostream &out) {
        return exportScope(root, out, writer, needsStarts);
      },
      [](DialectRegistry &registry) {
        registerAllDialects(registry);
        registry.insert<GausDialect>();
      });
}

int main(int argc, char **argv) {
  registerAllTranslations();
  registerImport("import-gml", "a GML graph as a gaus.graph",
                 [](std::string_view bytes, int32_t latency, std::string &) {
                   return gaus::readGml(bytes, latency);
                 });
  registerImport("import-aiger", "an AIGER circuit as a gaus.graph",
                 [](std::string_view bytes, int32_t latency, std::string &) {
                   return gaus::readAiger(bytes, latency);
                 });
  registerImport("import-graphml",
                 "a GraphML graph with its resource model as a gaus.graph",
                 readGraphMl);
  registerExport(
      "export-csv", "start cycles as CSV: node,start",
      [](const gaus::Problem &, std::span<const int32_t> starts) {
        return gaus::toCsv(starts);
      },
      true);
  registerExport("export-json", "the problem and its schedule as JSON",
                 gaus::toJson, false);
  registerExport("export-dot", "the graph for Graphviz, by cycle", gaus::toDot,
                 false);
  registerExport("export-minimalloc", "lifetimes as id,lower,upper,size",
                 gaus::toMinimalloc, true);
  return gaus::tools::runTool(argc, argv, [](int count, char **arguments) {
    return int(
        failed(mlirTranslateMain(count, arguments, "GauS translation tool")));
  });
}

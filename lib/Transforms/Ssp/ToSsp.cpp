//===- ToSsp.cpp - Graphs as instances of SSP -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ssp/ToSsp.h"

#include "Ssp/SspInstance.h"
#include "Ssp/SspProperties.h"
#include "Ssp/SspTypes.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace gaus::ir;
namespace ssp = gaus::ssp;

namespace {

/// Writes an instance before its graph.
class InstanceWriter {
public:
  explicit InstanceWriter(const SspInstance &from)
      : instance(from), p(from.scope.problem), kind(*from.kind),
        graph(from.graph), library(from.library), context(graph->getContext()),
        b(graph) {}

  void nameNodes();
  void write();

private:
  std::vector<int64_t> countResults() const;
  ssp::OperationOp createOperation(int32_t i, int64_t results);
  void setDependences(ssp::OperationOp op, int32_t i);
  void writeOperations(ssp::GraphOp to);
  ssp::InstanceOp createInstance();

  const SspInstance &instance;
  const gaus::Problem &p;
  const SspKind &kind;
  GraphOp graph;
  LibraryOp library; ///< may be null
  MLIRContext *context;
  OpBuilder b;
  std::vector<StringAttr> names; ///< by node, may be null
  std::optional<SspTypes> types;
};

} // namespace

/// Labels become names; sources of auxiliary dependences need one.
void InstanceWriter::nameNodes() {
  int32_t n = p.numNodes();
  names.resize(n);
  FreshNames used;
  for (int32_t i = 0; i < n; ++i) {
    StringRef label =
        cast<NodeOp>(instance.scope.nodes[i]).getLabel().value_or("");
    if (label.empty() || instance.isRelay(i))
      continue;
    names[i] = b.getStringAttr(used.get(label));
    if (names[i].getValue() != label)
      mlir::emitWarning(instance.scope.nodes[i]->getLoc())
          << "another operation has this name: it becomes " << names[i];
  }
  for (int32_t i = 0; i < n; ++i)
    for (const SspEdge &edge : instance.edges[i])
      if (edge.named && !names[edge.source])
        names[edge.source] =
            b.getStringAttr(used.get("op" + std::to_string(edge.source)));
}

/// As many as each operation had, or as its users need.
std::vector<int64_t> InstanceWriter::countResults() const {
  std::vector<int64_t> results(p.numNodes(), 0);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (auto had =
            instance.scope.nodes[i]->getAttrOfType<IntegerAttr>(kSspResults))
      results[i] = std::clamp<int64_t>(had.getInt(), 0, 1 << 16);
  for (const auto &list : instance.edges)
    for (const SspEdge &edge : list)
      if (!edge.named)
        results[edge.source] = std::max(results[edge.source], edge.result + 1);
  return results;
}

/// Its operands follow when all are there: they may be of later operations.
ssp::OperationOp InstanceWriter::createOperation(int32_t i, int64_t results) {
  Operation *from = instance.scope.nodes[i];
  SmallVector<Attribute> properties{
      ssp::LinkedOperatorTypeAttr::get(context, types->typeOf(i))};
  SmallVector<Attribute> list;
  for (int32_t r : instance.uses[i])
    list.push_back(types->resourceOf(r));
  if (!list.empty())
    properties.push_back(
        ssp::LinkedResourceTypesAttr::get(context, b.getArrayAttr(list)));
  if (!instance.starts.empty())
    properties.push_back(ssp::StartTimeAttr::get(
        context, static_cast<unsigned>(instance.starts[i])));
  if (!instance.times.empty() && instance.times[i])
    properties.push_back(ssp::StartTimeInCycleAttr::get(
        context, b.getF32FloatAttr(*instance.times[i])));
  ssp::OperationOp::Properties q;
  q.sym_name = names[i];
  q.sspProperties = withKept(from, properties);
  SmallVector<Type> types(results, b.getNoneType());
  auto op = ssp::OperationOp::create(b, from->getLoc(), types, ValueRange(), q);
  restoreAttributes(from, op);
  return op;
}

void InstanceWriter::setDependences(ssp::OperationOp op, int32_t i) {
  SmallVector<Attribute> dependences;
  for (auto [index, edge] : llvm::enumerate(instance.edges[i])) {
    SmallVector<Attribute> properties;
    if (edge.distance > 0)
      properties.push_back(ssp::DistanceAttr::get(
          context, static_cast<unsigned>(edge.distance)));
    if (edge.kept)
      llvm::append_range(properties, edge.kept);
    ArrayAttr list =
        properties.empty() ? ArrayAttr() : b.getArrayAttr(properties);
    if (!edge.named && !list)
      continue;
    auto name = edge.named ? FlatSymbolRefAttr::get(names[edge.source])
                           : FlatSymbolRefAttr();
    dependences.push_back(ssp::DependenceAttr::get(
        context, static_cast<unsigned>(index), name, list));
  }
  if (!dependences.empty())
    op.setDependencesAttr(b.getArrayAttr(dependences));
}

void InstanceWriter::writeOperations(ssp::GraphOp to) {
  int32_t n = p.numNodes();
  std::vector<int64_t> results = countResults();
  b.setInsertionPointToStart(&to.getBody().front());
  std::vector<ssp::OperationOp> made(n);
  for (int32_t i = 0; i < n; ++i)
    if (!instance.isRelay(i))
      made[i] = createOperation(i, results[i]);
  for (int32_t i = 0; i < n; ++i) {
    if (instance.isRelay(i))
      continue;
    SmallVector<Value> operands;
    for (const SspEdge &edge : instance.edges[i])
      if (!edge.named)
        operands.push_back(made[edge.source]->getResult(edge.result));
    made[i]->setOperands(operands);
    setDependences(made[i], i);
  }
}

/// An instance with a library, resources and a graph, all empty.
ssp::InstanceOp InstanceWriter::createInstance() {
  SmallVector<Attribute> properties;
  if (instance.ii > 0)
    properties.push_back(ssp::InitiationIntervalAttr::get(
        context, static_cast<unsigned>(instance.ii)));
  auto name = [&](StringRef text) {
    return text.empty() ? StringAttr() : b.getStringAttr(text);
  };
  auto made = ssp::InstanceOp::create(b, graph.getLoc(), name(sspNameOf(graph)),
                                      b.getStringAttr(kind.name),
                                      withKept(graph, properties));
  restoreAttributes(graph, made);
  b.setInsertionPointToStart(&made.getBody().emplaceBlock());
  Location loc = library ? library.getLoc() : graph.getLoc();
  auto types = ssp::LibraryOp::create(
      b, loc, library ? name(sspNameOf(library)) : StringAttr());
  auto pool = ssp::ResourceLibraryOp::create(b, loc, StringAttr());
  auto to = ssp::GraphOp::create(b, graph.getLoc());
  if (library) {
    restoreAttributes(library, types);
    restoreAttributes(library, pool, kSspResourceAttributes);
    if (auto own = library->getAttrOfType<StringAttr>(kSspResourceName))
      pool.setSymNameAttr(own);
  }
  restoreAttributes(graph, to, kSspGraphAttributes);
  for (Region *region : {&types.getBody(), &pool.getBody(), &to.getBody()})
    region->emplaceBlock();
  return made;
}

/// Operations first: those with latencies or delays of their own add types.
void InstanceWriter::write() {
  types.emplace(instance);
  ssp::InstanceOp to = createInstance();
  writeOperations(to.getGraph());
  types->write(to);
}

LogicalResult gaus::ir::convertGraph(Scope &scope, const SspKind *wanted,
                                     bool lossy) {
  FailureOr<SspInstance> instance = readSspInstance(scope, wanted);
  if (failed(instance))
    return failure();
  InstanceWriter writer(*instance);
  writer.nameNodes();
  if (failed(instance->losses.report(lossy)))
    return failure();
  writer.write();
  return success();
}

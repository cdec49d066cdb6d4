//===- FromSsp.cpp - Instances of SSP as graphs ---------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ssp/FromSsp.h"

#include "Ssp/LibraryFromSsp.h"
#include "Ssp/SspProperties.h"

#include "gaus/Dialect/GausNames.h"

using namespace mlir;
using namespace gaus::ir;
namespace ssp = gaus::ssp;

namespace {

/// One instance: a gaus.library and a gaus.graph before it.
class InstanceConverter {
public:
  InstanceConverter(ssp::InstanceOp from, double clockPeriod, FreshNames &names,
                    const SspReferences &references)
      : instance(from), clock(clockPeriod), around(names), refs(references),
        b(from) {}

  LogicalResult run();

private:
  LogicalResult checkShape();
  LogicalResult makeGraph();
  LogicalResult makeNode(ssp::OperationOp op);
  LogicalResult addUses(ssp::OperationOp op, const TypeFacts &type,
                        ssp::LinkedResourceTypesAttr linked, NodeOp node);
  LogicalResult connect(ssp::OperationOp op);
  void setOperands(NodeOp node, ArrayRef<Value> values, size_t carrying,
                   ArrayRef<int64_t> distances, ArrayRef<int64_t> lags);
  NodeOp relayOf(Operation *source);
  bool hasLatency(Operation *source) {
    return library->latencyOf(refs.type.lookup(source)) != 0;
  }

  ssp::InstanceOp instance;
  double clock;
  FreshNames &around;
  const SspReferences &refs;
  OpBuilder b;
  const SspKind *kind = nullptr;
  std::optional<LibraryFromSsp> library;
  GraphOp graph;
  llvm::DenseMap<Operation *, NodeOp> nodes, relays;
};

} // namespace

/// The verifier has seen that they are there.
void SspReferences::add(ssp::InstanceOp instance) {
  ssp::GraphOp graph = instance.getGraph();
  for (auto op : graph.getBody().front().getOps<ssp::OperationOp>()) {
    if (auto linked = op.getProperty<ssp::LinkedOperatorTypeAttr>())
      type[op] = ssp::lookupOperatorType(symbols, instance, linked.getValue());
    if (auto linked = op.getProperty<ssp::LinkedResourceTypesAttr>())
      for (auto ref : linked.getValue().getAsRange<SymbolRefAttr>())
        resources[op].push_back(
            ssp::lookupResourceType(symbols, instance, ref));
    if (ArrayAttr all = op.getDependencesAttr())
      for (auto one : all.getAsRange<ssp::DependenceAttr>())
        if (FlatSymbolRefAttr name = one.getSourceRef())
          sources[op].push_back(symbols.lookupSymbolIn(graph, name));
  }
}

LogicalResult InstanceConverter::addUses(ssp::OperationOp op,
                                         const TypeFacts &type,
                                         ssp::LinkedResourceTypesAttr linked,
                                         NodeOp node) {
  auto refuse = [&](Operation *what, StringRef why) -> LogicalResult {
    InFlightDiagnostic error = op.emitOpError() << why;
    error.attachNote(what->getLoc()) << "the limit is set here";
    return error;
  };
  constexpr StringLiteral none = "uses what has a limit of 0";
  constexpr StringLiteral noLatency =
      "has latency 0 and a limit on its starts, which SSP does not allow";
  if (type.limitZero)
    return refuse(type.op, none);
  if (type.units && type.latency == 0)
    return refuse(type.op, noLatency);
  if (!linked || linked.getValue().empty())
    return success();
  SmallVector<Attribute> uses;
  if (type.units)
    uses.push_back(type.units);
  for (auto [ref, found] :
       llvm::zip_equal(linked.getValue().getAsRange<SymbolRefAttr>(),
                       refs.resources.find(op)->second)) {
    FailureOr<ResourceFacts *> facts = library->resourceFor(found, ref);
    if (failed(facts))
      return failure();
    if ((*facts)->limitZero)
      return refuse(found, none);
    if ((*facts)->limited && type.latency == 0)
      return refuse(found, noLatency);
    auto name = FlatSymbolRefAttr::get((*facts)->op.getSymNameAttr());
    // CIRCT counts an operation once a resource type.
    if (!llvm::is_contained(uses, Attribute(name)))
      uses.push_back(name);
  }
  node.setUsesAttr(b.getArrayAttr(uses));
  return success();
}

LogicalResult InstanceConverter::makeNode(ssp::OperationOp op) {
  PropertySet properties(op, op.getSspPropertiesAttr());
  ssp::LinkedOperatorTypeAttr linked;
  ssp::LinkedResourceTypesAttr uses;
  ssp::StartTimeInCycleAttr z;
  std::optional<int64_t> start;
  if (failed(properties.take(linked)) || failed(properties.take(uses)) ||
      (kind->chaining && failed(properties.take(z))) ||
      failed(properties.takeNumber<ssp::StartTimeAttr>(start)))
    return failure();
  if (!linked)
    return op.emitOpError() << "has no operator type";
  ssp::OperatorTypeOp found = refs.type.lookup(op);
  FailureOr<TypeFacts *> type = library->operatorFor(found, linked.getValue());
  if (failed(type))
    return failure();
  if (!(*type)->latency) {
    InFlightDiagnostic error = op.emitOpError()
                               << "has an operator type without latency";
    error.attachNote(found.getLoc()) << "it is this one";
    return error;
  }
  NodeOp::Properties p;
  p.label = op.getSymNameAttr();
  p.operator_type = FlatSymbolRefAttr::get((*type)->op.getSymNameAttr());
  auto node = NodeOp::create(b, op.getLoc(), ValueType::get(b.getContext()),
                             ValueRange(), p);
  if (start)
    node->setAttr(kStart, b.getI64IntegerAttr(*start));
  if (z)
    node->setAttr(kSspTime, z.getValue());
  node->setAttr(kSspResults, b.getI64IntegerAttr(op->getNumResults()));
  properties.keep(node);
  keepAttributes(op, node);
  nodes[op] = node;
  return addUses(op, **type, uses, node);
}

void InstanceConverter::setOperands(NodeOp node, ArrayRef<Value> values,
                                    size_t carrying,
                                    ArrayRef<int64_t> distances,
                                    ArrayRef<int64_t> lags) {
  auto set = [](int64_t x) { return x != 0; };
  node->setOperands(values);
  node.getProperties().operandSegmentSizes = {
      static_cast<int32_t>(carrying),
      static_cast<int32_t>(values.size() - carrying)};
  if (llvm::any_of(distances, set))
    node.setDistancesAttr(b.getDenseI64ArrayAttr(distances));
  if (llvm::any_of(lags, set))
    node.setLagsAttr(b.getDenseI64ArrayAttr(lags));
}

/// Edges of gaus take part in [Chain], auxiliary dependences of SSP within an
/// iteration do not: what carries a value could be an operand. One of an
/// earlier iteration could not, so it is an edge that chains. For the others, a
/// node between them, with a register and no delay, ends the chain: it starts
/// in the last cycle of the source, or with it if that has no latency, and the
/// lags make up for its own cycle. So it ends no later than the source.
NodeOp InstanceConverter::relayOf(Operation *source) {
  NodeOp &relay = relays[source];
  if (relay)
    return relay;
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToEnd(&graph.getBody().front());
  NodeOp::Properties p;
  p.latency = b.getI64IntegerAttr(1);
  relay = NodeOp::create(b, source->getLoc(), ValueType::get(b.getContext()),
                         ValueRange(), p);
  relay->setAttr(kSspRelay, b.getUnitAttr());
  setOperands(relay, {nodes[source].getResult()}, 0, {0},
              {hasLatency(source) ? -1 : 0});
  if (auto start = nodes[source]->getAttrOfType<IntegerAttr>(kStart)) {
    int64_t latency = *library->latencyOf(refs.type.lookup(source));
    relay->setAttr(kStart,
                   b.getI64IntegerAttr(std::min<int64_t>(
                       start.getInt() + std::max<int64_t>(latency - 1, 0),
                       gaus::kMaxCycle)));
  }
  return relay;
}

/// The operands of the node of `op`: its operands, then its auxiliary
/// dependences.
LogicalResult InstanceConverter::connect(ssp::OperationOp op) {
  NodeOp node = nodes[op];
  SmallVector<Value> values;
  SmallVector<int64_t> distances, lags, results;
  SmallVector<Attribute> kept;
  SmallVector<ssp::DependenceAttr> behind(op->getNumOperands());
  auto add = [&](Operation *source, ssp::DependenceAttr dependence,
                 bool named) -> LogicalResult {
    PropertySet properties(op,
                           dependence ? dependence.getProperties() : nullptr);
    std::optional<int64_t> distance;
    if (kind->cyclic &&
        failed(properties.takeNumber<ssp::DistanceAttr>(distance)))
      return failure();
    if (kind->chaining && distance.value_or(0) != 0 && !named)
      return op.emitOpError() << "has an operand of an earlier iteration, "
                                 "which a ChainingCyclicProblem does not "
                                 "allow; name the operation instead";
    bool relayed = named && kind->chaining && distance.value_or(0) == 0;
    values.push_back((relayed ? relayOf(source) : nodes[source]).getResult());
    lags.push_back(relayed && !hasLatency(source) ? -1 : 0);
    distances.push_back(distance.value_or(0));
    kept.push_back(properties.rest());
    return success();
  };
  if (ArrayAttr all = op.getDependencesAttr())
    for (auto one : all.getAsRange<ssp::DependenceAttr>())
      if (!one.getSourceRef())
        behind[one.getOperandIdx()] = one;
  for (auto [index, operand] : llvm::enumerate(op->getOperands())) {
    auto source = operand.getDefiningOp<ssp::OperationOp>();
    if (!source || !nodes.contains(source))
      return op.emitOpError() << "has an operand, number " << index
                              << ", that is no operation of the graph";
    results.push_back(cast<OpResult>(operand).getResultNumber());
    if (failed(add(source, behind[index], /*named=*/false)))
      return failure();
  }
  size_t named = 0;
  if (ArrayAttr all = op.getDependencesAttr())
    for (auto one : all.getAsRange<ssp::DependenceAttr>())
      if (one.getSourceRef() &&
          failed(
              add(refs.sources.find(op)->second[named++], one, /*named=*/true)))
        return failure();
  setOperands(node, values, results.size(), distances, lags);
  if (llvm::any_of(results, [](int64_t r) { return r != 0; }))
    node->setAttr(kSspOperands, b.getDenseI64ArrayAttr(results));
  if (llvm::any_of(kept,
                   [](Attribute a) { return !cast<ArrayAttr>(a).empty(); }))
    node->setAttr(kSspEdges, b.getArrayAttr(kept));
  return success();
}

LogicalResult InstanceConverter::makeGraph() {
  PropertySet properties(instance, instance.getSspPropertiesAttr());
  std::optional<int64_t> ii;
  if (kind->cyclic &&
      failed(properties.takeNumber<ssp::InitiationIntervalAttr>(ii)))
    return failure();
  if (ii == 0)
    return instance.emitOpError() << "has an initiation interval of 0";
  GraphOp::Properties p;
  p.sym_name = instance.getSymNameAttr();
  if (!p.sym_name)
    p.sym_name = b.getStringAttr(around.get("instance"));
  p.library = FlatSymbolRefAttr::get(library->get().getSymNameAttr());
  if (kind->chaining && clock > 0)
    p.clock = b.getF64FloatAttr(clock);
  graph = GraphOp::create(b, instance.getLoc(), TypeRange(), ValueRange(), p);
  graph->setAttr(kSspProblem, b.getStringAttr(kind->name));
  if (!instance.getSymName())
    graph->setAttr(kSspName, b.getStringAttr(""));
  properties.keep(graph);
  keepAttributes(instance, graph);
  // As the starts, it belongs to the solution.
  if (ii)
    graph->setAttr(kII, b.getI64IntegerAttr(*ii));
  keepAttributes(instance.getGraph(), graph, kSspGraphAttributes);
  b.setInsertionPointToStart(&graph.getBody().emplaceBlock());
  ssp::GraphOp from = instance.getGraph();
  if (failed(convertAll<ssp::OperationOp>(
          from, [&](ssp::OperationOp op) { return makeNode(op); })))
    return failure();
  return convertAll<ssp::OperationOp>(
      from, [&](ssp::OperationOp op) { return connect(op); });
}

LogicalResult InstanceConverter::checkShape() {
  kind = findSspKind(instance.getProblemName());
  if (!kind)
    return instance.emitOpError()
           << "is of unknown kind '" << instance.getProblemName()
           << "'; expected one of " << sspKindNames();
  if (!instance->getParentOp()->hasTrait<OpTrait::SymbolTable>())
    return instance.emitOpError() << "must stand in a module to be converted";
  ssp::ResourceLibraryOp pool = instance.getResources();
  for (Operation &op : instance.getBody().front())
    if (!isa<ssp::LibraryOp, ssp::GraphOp>(op) && &op != pool.getOperation())
      return op.emitOpError() << "cannot be converted: an 'instance' holds one "
                                 "'library', one 'resource' and one 'graph'";
  return success();
}

LogicalResult InstanceConverter::run() {
  if (failed(checkShape()))
    return failure();
  library.emplace(instance, *kind);
  return success(succeeded(library->make(around)) && succeeded(makeGraph()));
}

LogicalResult gaus::ir::convertInstance(ssp::InstanceOp instance,
                                        double clockPeriod, FreshNames &names,
                                        const SspReferences &references) {
  return InstanceConverter(instance, clockPeriod, names, references).run();
}

//===- SspInstance.cpp - A gaus.graph as an instance of SSP ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ssp/SspInstance.h"

#include "Ssp/CycleTimes.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Dialect/GausNames.h"
#include "gaus/Transforms/WrittenSchedule.h"

using namespace mlir;
using namespace gaus::ir;

float SspInstance::delayOut(int32_t i) const {
  const gaus::Problem &p = scope.problem;
  double out = p.delayOut[i];
  return float(p.latency[i] ? out : std::max(out, p.delayIn[i]));
}

float SspInstance::delayIn(int32_t i) const {
  const gaus::Problem &p = scope.problem;
  return p.latency[i] ? float(p.delayIn[i]) : delayOut(i);
}

namespace {

class InstanceReader {
public:
  explicit InstanceReader(Scope &s) : scope(s), p(s.problem), instance(s) {}

  FailureOr<SspInstance> run(const SspKind *wanted);

private:
  LogicalResult readSchedule();
  void findRelays();
  LogicalResult chooseKind(const SspKind *wanted);
  bool isLimited(int32_t node) const;
  bool hasDelays() const;
  void collectGraphLosses();
  void collectOperatorLosses();
  void collectNodeLosses(int32_t i);
  void collectUses();
  void collectEdges();
  void addEdge(int32_t e, size_t operand, NodeOp node);
  void leadPastRelay(SspEdge &edge, int64_t &lag) const;
  void orderEdges(int32_t i);
  void settleInterval();
  void findLimitsOfOperators();
  llvm::DenseMap<int32_t, OperatorOp> operatorsOfLimits() const;
  bool isUsedBy(int32_t resource, OperatorOp type) const;

  /// A loss that leaves a written schedule valid.
  bool unlessScheduled() const { return instance.starts.empty(); }

  Scope &scope;
  gaus::Problem &p;
  SspInstance instance;
};

} // namespace

/// All starts, verified, or none.
LogicalResult InstanceReader::readSchedule() {
  WrittenSchedule written = readWritten(scope);
  if (failed(settleWritten(scope, written)))
    return failure();
  size_t nodes = written.starts.size();
  if (written.missing == nodes)
    return success();
  if (!written.complete())
    return instance.graph.emitError()
           << "gaus.start is missing on " << written.missing << " of " << nodes
           << " operations of " << scope.name;
  std::vector<gaus::Diagnostic> violations = gaus::verify(p, written.starts);
  for (const gaus::Diagnostic &d : violations)
    scope.emit(d);
  instance.starts = std::move(written.starts);
  return success(violations.empty());
}

/// Nodes that convert-ssp-to-gaus put on auxiliary dependences.
void InstanceReader::findRelays() {
  std::vector<int32_t> into(p.numNodes(), 0);
  std::vector<int32_t> &relayEdge = instance.relayEdge;
  relayEdge.assign(p.numNodes(), -1);
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    ++into[p.target[e]];
    relayEdge[p.target[e]] = e;
  }
  auto marked = [&](int32_t i) { return scope.nodes[i]->hasAttr(kSspRelay); };
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (!marked(i) || into[i] != 1 || marked(p.source[relayEdge[i]]))
      relayEdge[i] = -1;
}

bool InstanceReader::isLimited(int32_t node) const {
  return llvm::any_of(
      llvm::seq(p.useBegin[node], p.useBegin[node + 1]),
      [&](int32_t k) { return p.limit[p.useResource[k]] >= 0; });
}

bool InstanceReader::hasDelays() const {
  auto positive = [](double d) { return d > 0; };
  return llvm::any_of(p.delayIn, positive) ||
         llvm::any_of(p.delayOut, positive);
}

LogicalResult InstanceReader::chooseKind(const SspKind *wanted) {
  GraphOp graph = instance.graph;
  instance.kind = wanted;
  auto from = graph->getAttrOfType<StringAttr>(kSspProblem);
  if (!wanted && from) {
    instance.kind = findSspKind(from.getValue());
    if (!instance.kind)
      return graph.emitOpError() << kSspProblem << " is " << from
                                 << "; expected one of " << sspKindNames();
  }
  if (instance.kind)
    return success();
  bool cyclic =
      p.ii > 0 || llvm::any_of(p.distance, [](int32_t d) { return d > 0; });
  bool limits = llvm::any_of(llvm::seq(0, p.numNodes()),
                             [&](int32_t i) { return isLimited(i); });
  // No kind has both; without a clock, delays constrain nothing.
  bool chaining = hasDelays() && !limits;
  instance.kind = findSspKind(cyclic, chaining, limits);
  return success();
}

//===----------------------------------------------------------------------===//
// Losses and uses
//===----------------------------------------------------------------------===//

void InstanceReader::collectGraphLosses() {
  GraphOp graph = instance.graph;
  const SspKind &kind = *instance.kind;
  SspLosses &losses = instance.losses;
  bool refuse = unlessScheduled();
  if (graph.getLength())
    losses.add(graph, "a length", refuse);
  if (p.limitsLive())
    losses.add(graph, "a limit of live memory", refuse);
  if (p.hasBuffers())
    losses.add(graph, "the memory model of buffers", /*refuse=*/false);
  if (!kind.chaining && hasDelays() && p.clock > 0)
    losses.add(graph, "delays within a clock period in a " + Twine(kind.name),
               refuse);
  else if (!kind.chaining && hasDelays())
    losses.add(graph, "delays in a " + Twine(kind.name), /*refuse=*/false);
  else if (kind.chaining && p.clock > 0 && !graph->hasAttr(kSspProblem))
    losses.add(graph, "the clock period (CIRCT's option 'cycle-time')",
               /*refuse=*/false);
  if (!kind.cyclic && p.ii > 0)
    losses.add(graph, "an initiation interval in a " + Twine(kind.name),
               refuse);
  for (const auto &[r, price] : llvm::enumerate(p.price))
    if (price != 1 && llvm::is_contained(p.useResource, int32_t(r)))
      losses.add(graph, "prices of resources", /*refuse=*/false);
}

void InstanceReader::collectOperatorLosses() {
  if (!instance.library)
    return;
  for (auto op : instance.library.getBody().getOps<OperatorOp>()) {
    if (op.getAreaAttr())
      instance.losses.add(op, "areas", /*refuse=*/false);
    if (op.getTimingsAttr())
      instance.losses.add(op, "timings at other clocks", /*refuse=*/false);
  }
}

void InstanceReader::collectNodeLosses(int32_t i) {
  Operation *op = scope.nodes[i];
  const SspKind &kind = *instance.kind;
  SspLosses &losses = instance.losses;
  bool refuse = unlessScheduled();
  if (p.width[i] > 0)
    losses.add(op, "widths", /*refuse=*/false);
  if (p.earliest[i] > 0 || p.latest[i] < gaus::kMaxCycle)
    losses.add(op, "windows of starts", refuse);
  if (p.occupancy[i] > 1 && !instance.uses[i].empty())
    losses.add(op, "an occupancy over 1", refuse && isLimited(i));
  if (!isLimited(i))
    return;
  if (!kind.limits)
    losses.add(op, "limits in a " + Twine(kind.name), refuse);
  else if (p.latency[i] == 0)
    losses.add(op, "a limit on operations of latency 0", /*refuse=*/true);
}

/// Each resource once a node, as SSP counts.
void InstanceReader::collectUses() {
  instance.uses.resize(p.numNodes());
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    llvm::SmallDenseMap<int32_t, int64_t> units;
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k) {
      int32_t r = p.useResource[k];
      if (p.latency[i] == 0 && instance.kind->limits && p.limit[r] >= 0)
        continue;
      if (units[r] == 0)
        instance.uses[i].push_back(r);
      units[r] += p.useUnits[k];
      if (units[r] > 1)
        instance.losses.add(scope.nodes[i],
                            "several units of a resource in one use",
                            p.limit[r] >= 0 && unlessScheduled());
    }
  }
}

/// The resources that stand for the limit of an operator type.
llvm::DenseMap<int32_t, OperatorOp> InstanceReader::operatorsOfLimits() const {
  LibraryOp library = instance.library;
  llvm::DenseMap<int32_t, OperatorOp> types;
  for (auto [r, name] : llvm::enumerate(p.resourceName)) {
    auto op = dyn_cast_or_null<ResourceOp>(
        SymbolTable::lookupSymbolIn(library, name));
    auto of = op ? op->getAttrOfType<FlatSymbolRefAttr>(kSspLimitOf) : nullptr;
    auto type = of ? dyn_cast_or_null<OperatorOp>(
                         SymbolTable::lookupSymbolIn(library, of.getAttr()))
                   : OperatorOp();
    if (type && p.limit[r] >= 0)
      types[int32_t(r)] = type;
  }
  return types;
}

/// True if just the operations of that type use the resource.
bool InstanceReader::isUsedBy(int32_t resource, OperatorOp type) const {
  return llvm::all_of(llvm::seq(0, p.numNodes()), [&](int32_t i) {
    auto node = cast<NodeOp>(scope.nodes[i]);
    auto ref = dyn_cast_or_null<FlatSymbolRefAttr>(node.getOperatorTypeAttr());
    bool same = ref && type.getSymName() == ref.getValue() &&
                !node.getLatency() && !node.getDelayInAttr();
    return same == llvm::is_contained(instance.uses[i], resource);
  });
}

/// A limit that stood on an operator type goes back there if all that use it
/// are the operations of that type, once each.
void InstanceReader::findLimitsOfOperators() {
  if (!instance.ownLibrary)
    return;
  llvm::DenseMap<int32_t, OperatorOp> typeOfResource = operatorsOfLimits();
  for (auto [r, type] : typeOfResource)
    if (isUsedBy(r, type))
      instance.limitOf[type] = p.limit[r];
  for (auto &list : instance.uses)
    llvm::erase_if(list, [&](int32_t r) {
      auto found = typeOfResource.find(r);
      return found != typeOfResource.end() &&
             instance.limitOf.contains(found->second);
    });
}

//===----------------------------------------------------------------------===//
// Edges
//===----------------------------------------------------------------------===//

/// An edge from a relay becomes one from the relay's own source.
void InstanceReader::leadPastRelay(SspEdge &edge, int64_t &lag) const {
  int32_t relay = edge.source;
  if (!instance.isRelay(relay))
    return;
  int32_t first = instance.relayEdge[relay];
  lag += p.latency[relay] + p.lag[first];
  edge.distance += p.distance[first];
  edge.source = p.source[first];
  edge.named = true;
}

/// Takes edge `e`, an operand of `node`, over, or counts it as lost.
void InstanceReader::addEdge(int32_t e, size_t operand, NodeOp node) {
  const SspKind &kind = *instance.kind;
  SspLosses &losses = instance.losses;
  const std::vector<int64_t> &starts = instance.starts;
  SspEdge edge{p.source[e], p.distance[e], !p.carries[e], 0, {}};
  int32_t j = p.target[e];
  int64_t lag = p.lag[e];
  if (instance.isRelay(j))
    return;
  leadPastRelay(edge, lag);
  int32_t i = edge.source;
  if (p.weight[e] != 1 && p.carries[e])
    losses.add(node, "weights of communication", /*refuse=*/false);
  if (lag > 0)
    losses.add(node, "lags", unlessScheduled());
  if (edge.distance > 0 && !kind.cyclic) {
    losses.add(node, "distances in a " + Twine(kind.name), /*refuse=*/true);
    return;
  }
  if (lag < 0) {
    bool holds = !starts.empty() &&
                 starts[j] + edge.distance * p.ii >= starts[i] + p.latency[i];
    losses.add(node, "negative lags", !holds);
    if (!holds)
      return;
  }
  auto results = node->getAttrOfType<DenseI64ArrayAttr>(kSspOperands);
  if (results && operand < static_cast<size_t>(results.size()) && p.carries[e])
    edge.result = std::clamp<int64_t>(results[operand], 0, (1 << 16) - 1);
  auto kept = node->getAttrOfType<ArrayAttr>(kSspEdges);
  if (kept && kept.size() == node->getNumOperands())
    edge.kept = dyn_cast<ArrayAttr>(kept[operand]);
  // A chain of this kind stays within an iteration.
  if (kind.chaining && edge.distance > 0)
    edge.named = true;
  instance.edges[j].push_back(edge);
}

/// Operands first; one auxiliary dependence a source, the tightest: CIRCT keeps
/// no more.
void InstanceReader::orderEdges(int32_t i) {
  llvm::SmallVector<SspEdge, 2> operands, named;
  for (const SspEdge &edge : instance.edges[i]) {
    if (!edge.named) {
      operands.push_back(edge);
      continue;
    }
    auto *other = llvm::find_if(
        named, [&](const SspEdge &n) { return n.source == edge.source; });
    if (other == named.end())
      named.push_back(edge);
    else
      other->distance = std::min(other->distance, edge.distance);
  }
  operands.append(named);
  instance.edges[i] = std::move(operands);
}

void InstanceReader::collectEdges() {
  instance.edges.resize(p.numNodes());
  // Scope::build appends the edges of each node in the order of its operands.
  size_t operand = 0;
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    operand = e > 0 && p.target[e] == p.target[e - 1] ? operand + 1 : 0;
    addEdge(e, operand, cast<NodeOp>(scope.nodes[p.target[e]]));
  }
  for (int32_t i = 0; i < p.numNodes(); ++i)
    orderEdges(i);
}

/// A cyclic solution has an interval: without pipelining, all its cycles.
void InstanceReader::settleInterval() {
  if (!instance.kind->cyclic)
    return;
  instance.ii = p.ii;
  if (p.ii > 0 || instance.starts.empty())
    return;
  instance.ii = 1;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    instance.ii = std::max<int32_t>(instance.ii, instance.starts[i] +
                                                     gaus::durationOf(p, i));
}

FailureOr<SspInstance> InstanceReader::run(const SspKind *wanted) {
  if (failed(readSchedule()) || failed(chooseKind(wanted)))
    return failure();
  GraphOp graph = instance.graph;
  if (FlatSymbolRefAttr name = graph.getLibraryAttr())
    instance.library =
        SymbolTable::lookupNearestSymbolFrom<LibraryOp>(graph, name);
  instance.ownLibrary = instance.library &&
                        instance.library->hasAttr(kSspName) &&
                        !instance.library->hasAttr(kSspStandalone);
  findRelays();
  collectUses();
  collectGraphLosses();
  collectOperatorLosses();
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (!instance.isRelay(i))
      collectNodeLosses(i);
  collectEdges();
  settleInterval();
  if (failed(findCycleTimes(instance)))
    return failure();
  // Behind the losses of nodes, which count these limits as uses.
  findLimitsOfOperators();
  return std::move(instance);
}

FailureOr<SspInstance> gaus::ir::readSspInstance(Scope &scope,
                                                 const SspKind *wanted) {
  return InstanceReader(scope).run(wanted);
}

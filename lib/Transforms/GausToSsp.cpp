//===- GausToSsp.cpp - convert-gaus-to-ssp --------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PassSupport.h"
#include "SspSupport.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Dialect/GausNames.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringSet.h"

namespace gaus::ir {
#define GEN_PASS_DEF_CONVERTGAUSTOSSP
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;
namespace ssp = gaus::ssp;

namespace {

//===----------------------------------------------------------------------===//
// What is lost
//===----------------------------------------------------------------------===//

/// What SSP cannot express, one diagnostic a matter.
class Losses {
public:
  /// `refuse`: an error unless losses are allowed.
  void add(Operation *op, const Twine &what, bool refuse) {
    std::string text = what.str();
    auto *known =
        llvm::find_if(all, [&](const Loss &loss) { return loss.what == text; });
    if (known == all.end()) {
      all.push_back({text, op, 0, false});
      known = &all.back();
    }
    ++known->count;
    known->refuse |= refuse;
  }

  LogicalResult report(bool allowed) const {
    bool good = true;
    for (const Loss &loss : all) {
      bool error = loss.refuse && !allowed;
      InFlightDiagnostic d = error ? mlir::emitError(loss.first->getLoc())
                                   : mlir::emitWarning(loss.first->getLoc());
      d << "SSP cannot express " << loss.what;
      if (loss.count > 1)
        d << " (here and in " << loss.count - 1 << " more)";
      d << (error ? "; with lossy=true it is left out" : "; left out");
      good &= !error;
    }
    return success(good);
  }

private:
  struct Loss {
    std::string what;
    Operation *first;
    int64_t count;
    bool refuse;
  };
  llvm::SmallVector<Loss, 4> all;
};

//===----------------------------------------------------------------------===//
// Small things
//===----------------------------------------------------------------------===//

/// Names in one symbol table of the result.
class Names {
public:
  StringAttr get(MLIRContext *context, StringRef wanted) {
    std::string name = wanted.str();
    for (unsigned n = 1; !taken.insert(name).second; ++n)
      name = (wanted + "_" + Twine(n)).str();
    return StringAttr::get(context, name);
  }

private:
  llvm::StringSet<> taken;
};

/// The name in SSP: `ssp.name`, else the symbol.
StringRef sspNameOf(Operation *op) {
  if (auto name = op->getAttrOfType<StringAttr>(kSspName))
    return name.getValue();
  return op->getAttrOfType<StringAttr>("sym_name").getValue();
}

/// Attributes that convert-ssp-to-gaus kept in a dictionary.
void restoreAttributes(Operation *from, Operation *to,
                       StringRef under = kSspAttributes) {
  if (auto kept = from->getAttrOfType<DictionaryAttr>(under))
    for (NamedAttribute one : kept)
      if (!to->getInherentAttr(one.getName()))
        to->setDiscardableAttr(one.getName(), one.getValue());
}

/// Properties with what was kept of them behind; null if there are none.
ArrayAttr withKept(Operation *from, ArrayRef<Attribute> properties) {
  SmallVector<Attribute> all(properties);
  if (auto kept = from->getAttrOfType<ArrayAttr>(kSspProperties))
    llvm::append_range(all, kept);
  return all.empty() ? ArrayAttr() : ArrayAttr::get(from->getContext(), all);
}

/// An edge as it will be written.
struct Edge {
  int32_t source;
  int64_t distance;
  bool named;     ///< an auxiliary dependence
  int64_t result; ///< of the source, of an operand
  ArrayAttr kept; ///< other properties; may be null
};

/// A type or resource of the library written.
struct Row {
  StringAttr name;
  ArrayAttr properties;
  Operation *from;
};

//===----------------------------------------------------------------------===//
// One graph
//===----------------------------------------------------------------------===//

class GraphConverter {
public:
  GraphConverter(Scope &s, const SspKind *wanted, bool lossyAllowed)
      : scope(s), p(s.problem), graph(cast<GraphOp>(s.carrier)), kind(wanted),
        lossy(lossyAllowed), context(graph.getContext()), b(graph) {}

  LogicalResult run();

private:
  LogicalResult readSchedule();
  void findRelays();
  LogicalResult chooseKind();
  bool isLimited(int32_t node) const;
  void collectGraphLosses();
  void collectNodeLosses(int32_t i);
  void collectUses();
  void collectEdges();
  bool isRelay(int32_t i) const { return relayEdge[i] >= 0; }
  void addEdge(int32_t e, size_t operand, NodeOp node);
  void orderEdges(int32_t i);
  void settleInterval();
  LogicalResult findTimesInCycle();
  bool raiseTime(int32_t i);
  void makeResourceRows();
  void addResourceRow(ResourceOp op, int32_t index);
  void findLimitsOfOperators();
  void makeTypeRows();
  SymbolRefAttr typeFor(int32_t i);
  ArrayAttr timing(int64_t latency, float in, float out, Operation *from);
  void nameNodes();
  void build();
  void buildOperations(ssp::GraphOp to);
  void setDependences(ssp::OperationOp op, int32_t i);
  int64_t resultsOf(int32_t i) const;

  /// A loss that leaves a written schedule valid.
  bool unlessScheduled() const { return starts.empty(); }
  float delayOut(int32_t i) const {
    double out = p.delayOut[i];
    return float(p.latency[i] ? out : std::max(out, p.delayIn[i]));
  }
  float delayIn(int32_t i) const {
    return p.latency[i] ? float(p.delayIn[i]) : delayOut(i);
  }

  Scope &scope;
  gaus::Problem &p;
  GraphOp graph;
  const SspKind *kind;
  bool lossy;
  MLIRContext *context;
  OpBuilder b;
  LibraryOp library;       ///< of the graph, if it is in the module
  bool ownLibrary = false; ///< it comes from the instance: all of it is written
  Losses losses;
  std::vector<int64_t> starts;    ///< empty: not scheduled
  std::vector<int32_t> relayEdge; ///< by node: the edge into a relay, or -1
  std::vector<float> times;
  std::vector<llvm::SmallVector<int32_t, 2>> uses; ///< by node
  std::vector<llvm::SmallVector<Edge, 2>> edges;   ///< by node
  std::vector<StringAttr> names;                   ///< by node, may be null
  std::vector<Row> typeRows, resourceRows;
  Names typeNames, resourceNames;
  llvm::StringMap<SymbolRefAttr> typeByKey;
  llvm::DenseMap<int32_t, SymbolRefAttr> resourceRef;
  llvm::DenseMap<Operation *, int64_t> limitOf; ///< of a gaus.operator
};

} // namespace

/// All starts, verified, or none.
LogicalResult GraphConverter::readSchedule() {
  size_t missing = 0;
  std::vector<int64_t> read = scope.readStarts(missing);
  p.ii = static_cast<int32_t>(scopeNumber(scope, kII).value_or(p.ii));
  if (missing == read.size())
    return success();
  if (missing > 0)
    return graph.emitError() << "gaus.start is missing on " << missing << " of "
                             << read.size() << " operations of " << scope.name;
  p.length =
      static_cast<int32_t>(scopeNumber(scope, kLength).value_or(p.length));
  std::vector<gaus::Diagnostic> violations = gaus::verify(p, read);
  for (const gaus::Diagnostic &d : violations)
    scope.emit(d);
  starts = std::move(read);
  return success(violations.empty());
}

/// Nodes that convert-ssp-to-gaus put on auxiliary dependences.
void GraphConverter::findRelays() {
  std::vector<int32_t> into(p.numNodes(), 0);
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

bool GraphConverter::isLimited(int32_t node) const {
  return llvm::any_of(
      llvm::seq(p.useBegin[node], p.useBegin[node + 1]),
      [&](int32_t k) { return p.limit[p.useResource[k]] >= 0; });
}

LogicalResult GraphConverter::chooseKind() {
  auto from = graph->getAttrOfType<StringAttr>(kSspProblem);
  if (!kind && from) {
    kind = findSspKind(from.getValue());
    if (!kind)
      return graph.emitOpError() << kSspProblem << " is " << from
                                 << "; expected one of " << sspKindNames();
  }
  if (kind)
    return success();
  bool cyclic =
      p.ii > 0 || llvm::any_of(p.distance, [](int32_t d) { return d > 0; });
  bool limits = llvm::any_of(llvm::seq(0, p.numNodes()),
                             [&](int32_t i) { return isLimited(i); });
  auto positive = [](double d) { return d > 0; };
  bool delays =
      llvm::any_of(p.delayIn, positive) || llvm::any_of(p.delayOut, positive);
  // No kind has both; without a clock, delays constrain nothing.
  bool chaining = delays && !limits;
  kind = findSspKind(cyclic, chaining, limits);
  return success();
}

//===----------------------------------------------------------------------===//
// Losses and edges
//===----------------------------------------------------------------------===//

void GraphConverter::collectGraphLosses() {
  bool refuse = unlessScheduled();
  if (graph.getLength())
    losses.add(graph, "a length", refuse);
  auto positive = [](double d) { return d > 0; };
  bool delays =
      llvm::any_of(p.delayIn, positive) || llvm::any_of(p.delayOut, positive);
  if (!kind->chaining && delays && p.clock > 0)
    losses.add(graph, "delays within a clock period in a " + Twine(kind->name),
               refuse);
  else if (!kind->chaining && delays)
    losses.add(graph, "delays in a " + Twine(kind->name), false);
  else if (kind->chaining && p.clock > 0 && !graph->hasAttr(kSspProblem))
    losses.add(graph, "the clock period (CIRCT's option 'cycle-time')", false);
  if (!kind->cyclic && p.ii > 0)
    losses.add(graph, "an initiation interval in a " + Twine(kind->name),
               refuse);
  for (const auto &[r, price] : llvm::enumerate(p.price))
    if (price != 1 && llvm::is_contained(p.useResource, int32_t(r)))
      losses.add(graph, "prices of resources", false);
}

void GraphConverter::collectNodeLosses(int32_t i) {
  Operation *op = scope.nodes[i];
  bool refuse = unlessScheduled();
  if (p.width[i] > 0)
    losses.add(op, "widths", false);
  if (p.earliest[i] > 0 || p.latest[i] < gaus::kMaxCycle)
    losses.add(op, "windows of starts", refuse);
  if (p.occupancy[i] > 1 && !uses[i].empty())
    losses.add(op, "an occupancy over 1", refuse && isLimited(i));
  if (!isLimited(i))
    return;
  if (!kind->limits)
    losses.add(op, "limits in a " + Twine(kind->name), refuse);
  else if (p.latency[i] == 0)
    losses.add(op, "a limit on operations of latency 0", true);
}

/// Each resource once a node, as SSP counts.
void GraphConverter::collectUses() {
  uses.resize(p.numNodes());
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    llvm::SmallDenseMap<int32_t, int64_t> units;
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k) {
      int32_t r = p.useResource[k];
      if (p.latency[i] == 0 && kind->limits && p.limit[r] >= 0)
        continue;
      if (units[r] == 0)
        uses[i].push_back(r);
      units[r] += p.useUnits[k];
      if (units[r] > 1)
        losses.add(scope.nodes[i], "several units of a resource in one use",
                   p.limit[r] >= 0 && unlessScheduled());
    }
  }
}

/// Takes edge `e`, an operand of `node`, over, or counts it as lost.
void GraphConverter::addEdge(int32_t e, size_t operand, NodeOp node) {
  int32_t i = p.source[e], j = p.target[e];
  Edge edge{i, p.distance[e], !p.carries[e], 0, {}};
  int64_t lag = p.lag[e];
  if (isRelay(j))
    return;
  if (isRelay(i)) {
    int32_t first = relayEdge[i];
    lag += p.latency[i] + p.lag[first];
    edge.distance += p.distance[first];
    edge.source = i = p.source[first];
    edge.named = true;
  }
  if (p.weight[e] != 1 && p.carries[e])
    losses.add(node, "weights of communication", false);
  if (lag > 0)
    losses.add(node, "lags", unlessScheduled());
  if (edge.distance > 0 && !kind->cyclic) {
    losses.add(node, "distances in a " + Twine(kind->name), true);
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
  if (kind->chaining && edge.distance > 0)
    edge.named = true;
  edges[j].push_back(edge);
}

/// Operands first; one auxiliary dependence a source, the tightest: CIRCT keeps
/// no more.
void GraphConverter::orderEdges(int32_t i) {
  llvm::SmallVector<Edge, 2> operands, named;
  for (const Edge &edge : edges[i]) {
    if (!edge.named) {
      operands.push_back(edge);
      continue;
    }
    auto *other = llvm::find_if(
        named, [&](const Edge &n) { return n.source == edge.source; });
    if (other == named.end())
      named.push_back(edge);
    else
      other->distance = std::min(other->distance, edge.distance);
  }
  operands.append(named);
  edges[i] = std::move(operands);
}

void GraphConverter::collectEdges() {
  edges.resize(p.numNodes());
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
void GraphConverter::settleInterval() {
  if (!kind->cyclic)
    p.ii = 0;
  if (!kind->cyclic || p.ii > 0 || starts.empty())
    return;
  p.ii = 1;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    p.ii = std::max<int32_t>(p.ii, starts[i] + gaus::spanOf(p, i));
}

//===----------------------------------------------------------------------===//
// Times within the cycle
//===----------------------------------------------------------------------===//

/// Raises the time of node i to what its operands ask for; false if it stays.
/// In floats, as CIRCT compares them.
bool GraphConverter::raiseTime(int32_t i) {
  float time = times[i];
  for (const Edge &edge : edges[i]) {
    int32_t from = edge.source;
    if (edge.named ||
        starts[from] + p.latency[from] != starts[i] + edge.distance * p.ii)
      continue;
    float begin = p.latency[from] == 0 ? times[from] : 0.0f;
    time = std::max(time, begin + delayOut(from));
  }
  bool raised = time > times[i];
  times[i] = time;
  return raised;
}

LogicalResult GraphConverter::findTimesInCycle() {
  if (!kind->chaining || starts.empty())
    return success();
  int32_t n = p.numNodes();
  times.assign(n, 0.0f);
  // Nodes that share a cycle depend on each other without a register: along
  // longest paths, each node behind those it waits for.
  std::vector<int32_t> waits(n, 0), order;
  std::vector<llvm::SmallVector<int32_t, 2>> followers(n);
  for (int32_t i = 0; i < n; ++i)
    for (const Edge &edge : edges[i])
      if (!edge.named && p.latency[edge.source] == 0 &&
          starts[edge.source] == starts[i] + edge.distance * p.ii) {
        followers[edge.source].push_back(i);
        ++waits[i];
      }
  for (int32_t i = 0; i < n; ++i)
    if (waits[i] == 0)
      order.push_back(i);
  for (size_t at = 0; at < order.size(); ++at) {
    raiseTime(order[at]);
    for (int32_t i : followers[order[at]])
      if (--waits[i] == 0)
        order.push_back(i);
  }
  // What is left is on or behind combinational cycles: fine without delays.
  for (int32_t round = 0; round <= n; ++round) {
    bool raised = false;
    for (int32_t i = 0; i < n; ++i)
      if (waits[i] > 0 && raiseTime(i)) {
        raised = true;
        if (round == n)
          return scope.nodes[i]->emitError()
                 << "has no time within its cycle: it is on a combinational "
                    "cycle or behind one";
      }
    if (!raised)
      break;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Types and resources
//===----------------------------------------------------------------------===//

/// A limit that stood on an operator type goes back there if all that use it
/// are the operations of that type, once each.
void GraphConverter::findLimitsOfOperators() {
  if (!ownLibrary)
    return;
  llvm::DenseMap<int32_t, Operation *> typeOfResource;
  for (auto [r, name] : llvm::enumerate(p.resourceName)) {
    auto op = dyn_cast_or_null<ResourceOp>(
        SymbolTable::lookupSymbolIn(library, name));
    auto of = op ? op->getAttrOfType<FlatSymbolRefAttr>(kSspLimitOf) : nullptr;
    auto type = of ? dyn_cast_or_null<OperatorOp>(
                         SymbolTable::lookupSymbolIn(library, of.getAttr()))
                   : OperatorOp();
    if (type && p.limit[r] >= 0)
      typeOfResource[int32_t(r)] = type;
  }
  for (auto [r, type] : typeOfResource) {
    bool clean = true;
    for (int32_t i = 0; i < p.numNodes(); ++i) {
      auto node = cast<NodeOp>(scope.nodes[i]);
      auto ref =
          dyn_cast_or_null<FlatSymbolRefAttr>(node.getOperatorTypeAttr());
      bool same = ref &&
                  cast<OperatorOp>(type).getSymName() == ref.getValue() &&
                  !node.getLatency() && !node.getDelayInAttr();
      clean &= same == llvm::is_contained(uses[i], r);
    }
    if (clean)
      limitOf[type] = p.limit[r];
  }
  for (auto &list : uses)
    llvm::erase_if(list, [&](int32_t r) {
      auto found = typeOfResource.find(r);
      return found != typeOfResource.end() && limitOf.contains(found->second);
    });
}

void GraphConverter::addResourceRow(ResourceOp op, int32_t index) {
  if (op)
    if (auto ref = op->getAttrOfType<SymbolRefAttr>(kSspRef)) {
      resourceRef[index] = ref;
      return;
    }
  Row row;
  row.from = op;
  row.name = resourceNames.get(context, op ? sspNameOf(op)
                                           : StringRef(p.resourceName[index]));
  SmallVector<Attribute> properties;
  if (p.limit[index] >= 0)
    properties.push_back(ssp::LimitAttr::get(
        context,
        static_cast<unsigned>(std::min<int64_t>(p.limit[index], UINT32_MAX))));
  if (op)
    row.properties = withKept(op, properties);
  else if (!properties.empty())
    row.properties = b.getArrayAttr(properties);
  resourceRef[index] = FlatSymbolRefAttr::get(row.name);
  resourceRows.push_back(row);
}

/// Of the instance's own library all resources, of another one those used.
void GraphConverter::makeResourceRows() {
  llvm::StringMap<int32_t> byName;
  for (auto [r, name] : llvm::enumerate(p.resourceName))
    byName.try_emplace(name, int32_t(r));
  auto isLimitOfType = [&](ResourceOp op) {
    auto of = op->getAttrOfType<FlatSymbolRefAttr>(kSspLimitOf);
    Operation *type =
        of ? SymbolTable::lookupSymbolIn(library, of.getAttr()) : nullptr;
    return type && limitOf.contains(type);
  };
  if (ownLibrary)
    for (auto op : library.getBody().getOps<ResourceOp>())
      if (!isLimitOfType(op))
        addResourceRow(op, byName.lookup(op.getSymName()));
  for (auto &list : uses)
    for (int32_t r : list)
      if (!resourceRef.contains(r))
        addResourceRow(
            library ? dyn_cast_or_null<ResourceOp>(SymbolTable::lookupSymbolIn(
                          library, p.resourceName[r]))
                    : ResourceOp(),
            r);
}

ArrayAttr GraphConverter::timing(int64_t latency, float in, float out,
                                 Operation *from) {
  SmallVector<Attribute> properties;
  if (latency >= 0)
    properties.push_back(
        ssp::LatencyAttr::get(context, static_cast<unsigned>(latency)));
  if (kind->chaining) {
    properties.push_back(
        ssp::IncomingDelayAttr::get(context, b.getF32FloatAttr(in)));
    properties.push_back(
        ssp::OutgoingDelayAttr::get(context, b.getF32FloatAttr(out)));
  }
  if (from && limitOf.contains(from))
    properties.push_back(ssp::LimitAttr::get(
        context,
        static_cast<unsigned>(std::min<int64_t>(limitOf[from], UINT32_MAX))));
  if (from)
    return withKept(from, properties);
  return properties.empty() ? ArrayAttr() : b.getArrayAttr(properties);
}

static std::string typeKey(StringRef base, int64_t latency, float in,
                           float out) {
  return (base + Twine('\0') + Twine(latency) + "/" + std::to_string(in) + "/" +
          std::to_string(out))
      .str();
}

/// The types of the instance's own library, in their order.
void GraphConverter::makeTypeRows() {
  if (!ownLibrary)
    return;
  for (auto op : library.getBody().getOps<OperatorOp>()) {
    int64_t latency = op.getLatency() ? int64_t(*op.getLatency()) : -1;
    auto number = [](FloatAttr f) {
      return f ? float(f.getValueAsDouble()) : 0.0f;
    };
    float in = number(op.getDelayInAttr()), out = number(op.getDelayOutAttr());
    if (latency == 0)
      in = out = std::max(in, out);
    if (!kind->chaining)
      in = out = 0;
    auto ref = op->getAttrOfType<SymbolRefAttr>(kSspRef);
    if (!ref) {
      Row row{typeNames.get(context, sspNameOf(op)),
              timing(latency, in, out, op), op};
      ref = FlatSymbolRefAttr::get(row.name);
      typeRows.push_back(row);
    }
    typeByKey.try_emplace(typeKey(op.getSymName(), latency, in, out), ref);
  }
}

/// The operator type of node i: its operator, or one made from what the node
/// itself says.
SymbolRefAttr GraphConverter::typeFor(int32_t i) {
  auto node = cast<NodeOp>(scope.nodes[i]);
  SymbolRefAttr ref = node.getOperatorTypeAttr();
  std::string base =
      ref ? ref.getLeafReference().str() : "_" + std::to_string(p.latency[i]);
  float in = kind->chaining ? delayIn(i) : 0.0f;
  float out = kind->chaining ? delayOut(i) : 0.0f;
  auto [entry, fresh] =
      typeByKey.try_emplace(typeKey(base, p.latency[i], in, out));
  if (fresh) {
    Row row{typeNames.get(context, base),
            timing(p.latency[i], in, out, nullptr), nullptr};
    entry->second = FlatSymbolRefAttr::get(row.name);
    typeRows.push_back(row);
  }
  return entry->second;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

/// Labels become names; sources of auxiliary dependences need one.
void GraphConverter::nameNodes() {
  int32_t n = p.numNodes();
  names.resize(n);
  Names used;
  for (int32_t i = 0; i < n; ++i) {
    StringRef label = cast<NodeOp>(scope.nodes[i]).getLabel().value_or("");
    if (label.empty() || isRelay(i))
      continue;
    names[i] = used.get(context, label);
    if (names[i].getValue() != label)
      mlir::emitWarning(scope.nodes[i]->getLoc())
          << "another operation has this name: it becomes " << names[i];
  }
  for (int32_t i = 0; i < n; ++i)
    for (const Edge &edge : edges[i])
      if (edge.named && !names[edge.source])
        names[edge.source] =
            used.get(context, "op" + std::to_string(edge.source));
}

/// As many as the operation had, or as its users need.
int64_t GraphConverter::resultsOf(int32_t i) const {
  auto had = scope.nodes[i]->getAttrOfType<IntegerAttr>(kSspResults);
  return had ? std::clamp<int64_t>(had.getInt(), 0, 1 << 16) : 0;
}

void GraphConverter::setDependences(ssp::OperationOp op, int32_t i) {
  SmallVector<Attribute> dependences;
  for (auto [index, edge] : llvm::enumerate(edges[i])) {
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

void GraphConverter::buildOperations(ssp::GraphOp to) {
  int32_t n = p.numNodes();
  std::vector<int64_t> results(n);
  for (int32_t i = 0; i < n; ++i)
    results[i] = resultsOf(i);
  for (int32_t i = 0; i < n; ++i)
    for (const Edge &edge : edges[i])
      if (!edge.named)
        results[edge.source] = std::max(results[edge.source], edge.result + 1);
  b.setInsertionPointToStart(&to.getBody().front());
  std::vector<ssp::OperationOp> made;
  for (int32_t i = 0; i < n; ++i) {
    if (isRelay(i)) {
      made.emplace_back();
      continue;
    }
    SmallVector<Attribute> properties{
        ssp::LinkedOperatorTypeAttr::get(context, typeFor(i))};
    SmallVector<Attribute> list;
    for (int32_t r : uses[i])
      list.push_back(resourceRef[r]);
    if (!list.empty())
      properties.push_back(
          ssp::LinkedResourceTypesAttr::get(context, b.getArrayAttr(list)));
    if (!starts.empty())
      properties.push_back(
          ssp::StartTimeAttr::get(context, static_cast<unsigned>(starts[i])));
    if (!times.empty())
      properties.push_back(
          ssp::StartTimeInCycleAttr::get(context, b.getF32FloatAttr(times[i])));
    ssp::OperationOp::Properties q;
    q.sym_name = names[i];
    q.sspProperties = withKept(scope.nodes[i], properties);
    SmallVector<Type> types(results[i], b.getNoneType());
    made.push_back(ssp::OperationOp::create(b, scope.nodes[i]->getLoc(), types,
                                            ValueRange(), q));
    restoreAttributes(scope.nodes[i], made.back());
  }
  for (int32_t i = 0; i < n; ++i) {
    if (isRelay(i))
      continue;
    SmallVector<Value> operands;
    for (const Edge &edge : edges[i])
      if (!edge.named)
        operands.push_back(made[edge.source]->getResult(edge.result));
    made[i]->setOperands(operands);
    setDependences(made[i], i);
  }
}

void GraphConverter::build() {
  SmallVector<Attribute> properties;
  if (kind->cyclic && p.ii > 0)
    properties.push_back(
        ssp::InitiationIntervalAttr::get(context, static_cast<unsigned>(p.ii)));
  auto name = [&](StringRef text) {
    return text.empty() ? StringAttr() : b.getStringAttr(text);
  };
  auto instance = ssp::InstanceOp::create(
      b, graph.getLoc(), name(sspNameOf(graph)), b.getStringAttr(kind->name),
      withKept(graph, properties));
  restoreAttributes(graph, instance);
  b.setInsertionPointToStart(&instance.getBody().emplaceBlock());
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
  buildOperations(to);
  auto write = [&](auto container, auto &rows, auto create) {
    b.setInsertionPointToStart(&container.getBody().front());
    for (const Row &row : rows) {
      Operation *op = create(row.from ? row.from->getLoc() : loc, row);
      if (row.from)
        restoreAttributes(row.from, op);
    }
  };
  write(types, typeRows, [&](Location at, const Row &row) {
    return ssp::OperatorTypeOp::create(b, at, row.name, row.properties);
  });
  write(pool, resourceRows, [&](Location at, const Row &row) {
    return ssp::ResourceTypeOp::create(b, at, row.name, row.properties);
  });
}

LogicalResult GraphConverter::run() {
  if (failed(readSchedule()) || failed(chooseKind()))
    return failure();
  if (FlatSymbolRefAttr name = graph.getLibraryAttr())
    library = SymbolTable::lookupNearestSymbolFrom<LibraryOp>(graph, name);
  findRelays();
  ownLibrary = library && library->hasAttr(kSspName) &&
               !library->hasAttr(kSspStandalone);
  collectUses();
  collectGraphLosses();
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (!isRelay(i))
      collectNodeLosses(i);
  collectEdges();
  settleInterval();
  if (failed(findTimesInCycle()))
    return failure();
  nameNodes();
  if (failed(losses.report(lossy)))
    return failure();
  findLimitsOfOperators();
  makeResourceRows();
  makeTypeRows();
  build();
  return success();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// A library that stood outside instances, as it was.
static void restoreLibrary(LibraryOp from) {
  OpBuilder b(from);
  StringRef name = sspNameOf(from);
  StringAttr symbol = name.empty() ? StringAttr() : b.getStringAttr(name);
  Operation *to;
  if (from->getAttrOfType<StringAttr>(kSspStandalone).getValue() == "resource")
    to = ssp::ResourceLibraryOp::create(b, from.getLoc(), symbol);
  else
    to = ssp::LibraryOp::create(b, from.getLoc(), symbol);
  restoreAttributes(from, to);
  b.setInsertionPointToStart(&to->getRegion(0).emplaceBlock());
  for (Operation &op : from.getBody().front()) {
    auto symbolName = op.getAttrOfType<StringAttr>("sym_name");
    Operation *made;
    if (isa<ssp::ResourceLibraryOp>(to))
      made = ssp::ResourceTypeOp::create(b, op.getLoc(), symbolName,
                                         withKept(&op, {}));
    else
      made = ssp::OperatorTypeOp::create(b, op.getLoc(), symbolName,
                                         withKept(&op, {}));
    restoreAttributes(&op, made);
  }
  from.erase();
}

namespace {

struct ConvertGausToSspPass
    : gaus::ir::impl::ConvertGausToSspBase<ConvertGausToSspPass> {
  using ConvertGausToSspBase::ConvertGausToSspBase;

  LogicalResult initialize(MLIRContext *context) override {
    if (problem == "auto" || findSspKind(problem))
      return success();
    return emitError(UnknownLoc::get(context))
           << "invalid value '" << problem
           << "' for option 'problem'; expected auto, " << sspKindNames();
  }

  void runOnOperation() override {
    bool good = true;
    SmallVector<Operation *> done;
    for (Scope &scope : collectScopes(getOperation())) {
      if (!scope.isGraph)
        continue;
      good &=
          succeeded(scope.build()) &&
          succeeded(GraphConverter(scope, findSspKind(problem), lossy).run());
      done.push_back(scope.carrier);
    }
    if (!good)
      return signalPassFailure();
    for (Operation *op : done)
      op->erase();
    SmallVector<LibraryOp> libraries;
    getOperation()->walk([&](LibraryOp op) { libraries.push_back(op); });
    for (LibraryOp op : libraries) {
      if (op->getAttrOfType<StringAttr>(kSspStandalone))
        restoreLibrary(op);
      else if (SymbolTable::symbolKnownUseEmpty(op, getOperation()))
        op.erase();
    }
  }
};

} // namespace

//===- SspToGaus.cpp - convert-ssp-to-gaus --------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ssp/SspSupport.h"

#include "gaus/Core/Problem.h"
#include "gaus/Dialect/GausNames.h"
#include "gaus/Transforms/Passes.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringSet.h"

#include <charconv>
#include <cmath>

namespace gaus::ir {
#define GEN_PASS_DEF_CONVERTSSPTOGAUS
#include "gaus/Transforms/Passes.h.inc"
} // namespace gaus::ir

using namespace mlir;
using namespace gaus::ir;
namespace ssp = gaus::ssp;

namespace {

/// Properties of one operation, taken out one by one; what is left over is
/// kept.
class PropertySet {
public:
  PropertySet(Operation *holder, ArrayAttr list) : op(holder) {
    if (list)
      left.assign(list.begin(), list.end());
  }

  /// Sets `found`, to null where there is none; an error where there are two.
  template <class Property> LogicalResult take(Property &found) {
    found = {};
    SmallVector<Attribute> others;
    for (Attribute one : left) {
      auto match = dyn_cast<Property>(one);
      if (match && found)
        return op->emitOpError()
               << "has the property '" << Property::getMnemonic() << "' twice";
      if (match)
        found = match;
      else
        others.push_back(one);
    }
    left = std::move(others);
    return success();
  }

  /// Takes a number that is cycles or iterations; nullopt if it is missing.
  template <class Property>
  LogicalResult takeNumber(std::optional<int64_t> &number) {
    Property found;
    number = std::nullopt;
    if (failed(take(found)))
      return failure();
    if (!found)
      return success();
    number = found.getValue();
    if (*number <= gaus::kMaxCycle)
      return success();
    return op->emitOpError()
           << "has '" << Property::getMnemonic() << "' of " << *number
           << ", over the largest number " << gaus::kMaxCycle;
  }

  void keep(Operation *on) const {
    if (!left.empty())
      on->setAttr(kSspProperties, ArrayAttr::get(op->getContext(), left));
  }
  ArrayAttr rest() const { return ArrayAttr::get(op->getContext(), left); }

private:
  Operation *op;
  SmallVector<Attribute> left;
};

/// Discardable attributes of `from` go into one dictionary on `to`; ours, which
/// mean something on a graph or node, stay what they are.
void keepAttributes(Operation *from, Operation *to,
                    StringRef under = kSspAttributes) {
  SmallVector<NamedAttribute> kept;
  for (NamedAttribute one : from->getDiscardableAttrs()) {
    if (one.getName().getValue().starts_with("gaus.") &&
        isa<GraphOp, NodeOp>(to))
      to->setAttr(one.getName(), one.getValue());
    else
      kept.push_back(one);
  }
  if (!kept.empty())
    to->setAttr(under, DictionaryAttr::get(from->getContext(), kept));
}

/// A delay in ns; of an f32 the shortest decimal that gives it, so that sums of
/// delays as 0.1 meet a clock as they do on paper.
double delayOf(FloatAttr attr) {
  double value = attr.getValueAsDouble();
  if (!attr.getType().isF32())
    return value;
  char text[64];
  auto end = std::to_chars(text, text + sizeof(text), float(value));
  std::from_chars(text, end.ptr, value);
  return value;
}

/// Names that are not yet taken by symbols of an operation.
class FreshNames {
public:
  FreshNames() = default;
  explicit FreshNames(Operation *table) {
    for (Operation &op : table->getRegion(0).getOps())
      if (auto name = op.getAttrOfType<StringAttr>("sym_name"))
        taken.insert(name.getValue());
  }
  std::string get(const Twine &wanted) {
    std::string base = wanted.str(), name = base;
    for (unsigned n = 1; !taken.insert(name).second; ++n)
      name = base + "_" + std::to_string(n);
    return name;
  }

private:
  llvm::StringSet<> taken;
};

/// What is known of an operator type once it is in the gaus.library.
struct TypeFacts {
  OperatorOp op;
  std::optional<int64_t> latency;
  FlatSymbolRefAttr units; ///< a resource that stands for its own limit
  bool limitZero = false;
};

struct ResourceFacts {
  ResourceOp op;
  bool limited = false, limitZero = false;
};

/// What the references of all operations name. Looked up before anything is
/// converted, as what is new has the names of what it replaces.
struct References {
  llvm::DenseMap<Operation *, ssp::OperatorTypeOp> type;
  llvm::DenseMap<Operation *, SmallVector<ssp::ResourceTypeOp, 1>> resources;
  llvm::DenseMap<Operation *, SmallVector<Operation *, 1>> sources;

  void add(ssp::InstanceOp instance);

private:
  SymbolTableCollection symbols;
};

/// One instance: a gaus.library and a gaus.graph before it.
class InstanceConverter {
public:
  InstanceConverter(ssp::InstanceOp from, double clockPeriod, FreshNames &names,
                    const References &references)
      : instance(from), clock(clockPeriod), around(names), refs(references),
        b(from) {}

  LogicalResult run();

private:
  LogicalResult checkShape();
  LogicalResult makeLibrary();
  LogicalResult addDelays(ssp::OperatorTypeOp type, PropertySet &properties,
                          const TypeFacts &facts);
  FailureOr<TypeFacts *> operatorFor(ssp::OperatorTypeOp type,
                                     SymbolRefAttr ref);
  FailureOr<ResourceFacts *> resourceFor(ssp::ResourceTypeOp type,
                                         SymbolRefAttr ref);
  void addLimit(TypeFacts &facts, int64_t limit);
  LogicalResult makeGraph();
  LogicalResult makeNode(ssp::OperationOp op);
  LogicalResult addUses(ssp::OperationOp op, const TypeFacts &type,
                        ssp::LinkedResourceTypesAttr linked, NodeOp node);
  LogicalResult connect(ssp::OperationOp op);
  void setOperands(NodeOp node, ArrayRef<Value> values, size_t carrying,
                   ArrayRef<int64_t> distances, ArrayRef<int64_t> lags);
  NodeOp relayOf(Operation *source);
  bool hasLatency(Operation *source) {
    return types[refs.type.lookup(source)].latency != 0;
  }

  template <class Op> Op create(Location loc, StringRef name);

  ssp::InstanceOp instance;
  double clock;
  FreshNames &around, inside;
  const References &refs;
  OpBuilder b;
  const SspKind *kind = nullptr;
  LibraryOp library;
  GraphOp graph;
  llvm::DenseMap<Operation *, TypeFacts> types;
  llvm::DenseMap<Operation *, ResourceFacts> resources;
  llvm::DenseMap<Operation *, NodeOp> nodes, relays;
};

} // namespace

/// The verifier has seen that they are there.
void References::add(ssp::InstanceOp instance) {
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

//===----------------------------------------------------------------------===//
// The library
//===----------------------------------------------------------------------===//

/// A symbol at the end of the library under a name like `name`.
template <class Op> Op InstanceConverter::create(Location loc, StringRef name) {
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToEnd(&library.getBody().front());
  std::string fresh = inside.get(name);
  typename Op::Properties p;
  p.sym_name = b.getStringAttr(fresh);
  auto op = Op::create(b, loc, TypeRange(), ValueRange(), p);
  if (fresh != name)
    op->setAttr(kSspName, b.getStringAttr(name));
  return op;
}

/// In older text a limit stands on the operator type: a resource of its own.
void InstanceConverter::addLimit(TypeFacts &facts, int64_t limit) {
  std::string name = facts.op.getSymName().str() + "_units";
  auto resource = create<ResourceOp>(facts.op.getLoc(), name);
  resource.setLimit(limit);
  resource->removeAttr(kSspName);
  resource->setAttr(kSspLimitOf,
                    FlatSymbolRefAttr::get(facts.op.getSymNameAttr()));
  facts.units = FlatSymbolRefAttr::get(resource.getSymNameAttr());
  facts.op.setUsesAttr(b.getArrayAttr({facts.units}));
}

LogicalResult InstanceConverter::addDelays(ssp::OperatorTypeOp type,
                                           PropertySet &properties,
                                           const TypeFacts &facts) {
  ssp::IncomingDelayAttr in;
  ssp::OutgoingDelayAttr out;
  if (failed(properties.take(in)) || failed(properties.take(out)))
    return failure();
  if (!in || !out)
    return type.emitOpError() << "has no '" << (in ? "outDelay" : "incDelay")
                              << "', which a " << kind->name << " needs";
  double delayIn = delayOf(in.getValue()), delayOut = delayOf(out.getValue());
  for (double delay : {delayIn, delayOut})
    if (!(delay >= 0) || std::isinf(delay))
      return type.emitOpError()
             << "has a delay of " << delay << "; delays are finite and >= 0";
  if (facts.latency == 0 && delayIn != delayOut)
    return type.emitOpError()
           << "has latency 0 and two delays, " << delayIn << " and " << delayOut
           << "; without a register inside they are one";
  facts.op->setAttr("delay_in", b.getF64FloatAttr(delayIn));
  facts.op->setAttr("delay_out", b.getF64FloatAttr(delayOut));
  return success();
}

/// `ref` is how operations name a type outside the instance; null within.
FailureOr<TypeFacts *> InstanceConverter::operatorFor(ssp::OperatorTypeOp type,
                                                      SymbolRefAttr ref) {
  if (auto known = types.find(type); known != types.end())
    return &known->second;
  TypeFacts facts;
  facts.op = create<OperatorOp>(type.getLoc(), type.getSymName());
  keepAttributes(type, facts.op);
  PropertySet properties(type, type.getSspPropertiesAttr());
  if (failed(properties.takeNumber<ssp::LatencyAttr>(facts.latency)))
    return failure();
  if (facts.latency)
    facts.op.setLatency(*facts.latency);
  if (kind->chaining && failed(addDelays(type, properties, facts)))
    return failure();
  if (kind->limits) {
    PropertySet others = properties;
    std::optional<int64_t> limit;
    if (failed(others.takeNumber<ssp::LimitAttr>(limit)))
      return failure();
    facts.limitZero = limit == 0;
    if (limit.value_or(0) > 0) {
      addLimit(facts, *limit);
      properties = others;
    }
  }
  properties.keep(facts.op);
  if (ref)
    facts.op->setAttr(kSspRef, ref);
  return &(types[type] = facts);
}

FailureOr<ResourceFacts *>
InstanceConverter::resourceFor(ssp::ResourceTypeOp type, SymbolRefAttr ref) {
  if (auto known = resources.find(type); known != resources.end())
    return &known->second;
  ResourceFacts facts;
  facts.op = create<ResourceOp>(type.getLoc(), type.getSymName());
  keepAttributes(type, facts.op);
  PropertySet properties(type, type.getSspPropertiesAttr());
  if (kind->limits) {
    PropertySet others = properties;
    std::optional<int64_t> limit;
    if (failed(others.takeNumber<ssp::LimitAttr>(limit)))
      return failure();
    facts.limitZero = limit == 0;
    facts.limited = limit.value_or(0) > 0;
    if (facts.limited) {
      facts.op.setLimit(*limit);
      properties = others;
    }
  }
  properties.keep(facts.op);
  if (ref)
    facts.op->setAttr(kSspRef, ref);
  return &(resources[type] = facts);
}

/// Converts what a library, resource or graph holds, all of one kind.
template <class Op, class Container>
static LogicalResult convertAll(Container from,
                                llvm::function_ref<LogicalResult(Op)> convert) {
  for (Operation &op : from.getBody().front()) {
    auto one = dyn_cast<Op>(op);
    if (!one)
      return op.emitOpError()
             << "cannot be converted: a '" << from->getName().stripDialect()
             << "' holds only '" << Op::getOperationName().split('.').second
             << "'";
    if (failed(convert(one)))
      return failure();
  }
  return success();
}

LogicalResult InstanceConverter::makeLibrary() {
  ssp::LibraryOp own = instance.getLibrary();
  ssp::ResourceLibraryOp pool = instance.getResources();
  std::string name =
      around.get((instance.getSymName().value_or("instance")) + "_lib");
  library = LibraryOp::create(b, own.getLoc(), name, StringAttr());
  library.getBody().emplaceBlock();
  library->setAttr(kSspName, b.getStringAttr(own.getSymName().value_or("")));
  keepAttributes(own, library);
  if (pool && pool.getSymName())
    library->setAttr(kSspResourceName, pool.getSymNameAttr());
  if (pool)
    keepAttributes(pool, library, kSspResourceAttributes);
  if (failed(
          convertAll<ssp::OperatorTypeOp>(own, [&](ssp::OperatorTypeOp type) {
            return LogicalResult(operatorFor(type, {}));
          })))
    return failure();
  if (!pool)
    return success();
  return convertAll<ssp::ResourceTypeOp>(pool, [&](ssp::ResourceTypeOp type) {
    return LogicalResult(resourceFor(type, {}));
  });
}

//===----------------------------------------------------------------------===//
// The graph
//===----------------------------------------------------------------------===//

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
    FailureOr<ResourceFacts *> facts = resourceFor(found, ref);
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
  FailureOr<TypeFacts *> type = operatorFor(found, linked.getValue());
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
    int64_t latency = *types[refs.type.lookup(source)].latency;
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
    if (failed(add(source, behind[index], false)))
      return failure();
  }
  size_t named = 0;
  if (ArrayAttr all = op.getDependencesAttr())
    for (auto one : all.getAsRange<ssp::DependenceAttr>())
      if (one.getSourceRef() &&
          failed(add(refs.sources.find(op)->second[named++], one, true)))
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
  p.library = FlatSymbolRefAttr::get(library.getSymNameAttr());
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
  return success(succeeded(checkShape()) && succeeded(makeLibrary()) &&
                 succeeded(makeGraph()));
}

//===----------------------------------------------------------------------===//
// Libraries outside instances
//===----------------------------------------------------------------------===//

/// They stay where they are, as gaus.library, and are copied into the library
/// of every instance that names them.
template <class Op, class Type, class Result>
static LogicalResult convertStandalone(Op from, StringRef what,
                                       FreshNames &names) {
  if (!from->getParentOp()->template hasTrait<OpTrait::SymbolTable>())
    return from.emitOpError() << "must stand in a module to be converted";
  OpBuilder b(from);
  std::string name =
      from.getSymName() ? from.getSymName()->str() : names.get(what);
  auto to = LibraryOp::create(b, from.getLoc(), name, StringAttr());
  if (!from.getSymName())
    to->setAttr(kSspName, b.getStringAttr(""));
  to->setAttr(kSspStandalone, b.getStringAttr(what));
  keepAttributes(from, to);
  b.setInsertionPointToStart(&to.getBody().emplaceBlock());
  for (Operation &op : from.getBody().front()) {
    auto type = dyn_cast<Type>(op);
    if (!type)
      return op.emitOpError()
             << "cannot be converted: it stands in a '" << what << "'";
    typename Result::Properties p;
    p.sym_name = type.getSymNameAttr();
    auto made = Result::create(b, type.getLoc(), TypeRange(), ValueRange(), p);
    PropertySet(type, type.getSspPropertiesAttr()).keep(made);
    keepAttributes(type, made);
  }
  return success();
}

namespace {

struct ConvertSspToGausPass
    : gaus::ir::impl::ConvertSspToGausBase<ConvertSspToGausPass> {
  using ConvertSspToGausBase::ConvertSspToGausBase;

  LogicalResult initialize(MLIRContext *context) override {
    if (std::isfinite(clock) && clock >= 0)
      return success();
    return emitError(UnknownLoc::get(context))
           << "invalid value for option 'clock'; expected a period in ns";
  }

  void runOnOperation() override {
    SmallVector<Operation *> found;
    getOperation()->walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (!isa<ssp::InstanceOp, ssp::LibraryOp, ssp::ResourceLibraryOp>(op))
        return WalkResult::advance();
      found.push_back(op);
      return WalkResult::skip();
    });
    // What is replaced stays until all is converted: references go through it.
    State state;
    for (Operation *op : found)
      if (auto instance = dyn_cast<ssp::InstanceOp>(op))
        state.references.add(instance);
    for (Operation *op : found)
      if (failed(convert(op, state)))
        return signalPassFailure();
    for (Operation *op : found)
      op->erase();
  }

private:
  struct State {
    llvm::DenseMap<Operation *, FreshNames> fresh;
    References references;
  };

  LogicalResult convert(Operation *op, State &state) {
    Operation *parent = op->getParentOp();
    auto [names, first] = state.fresh.try_emplace(parent);
    if (first && parent->getNumRegions() == 1 &&
        parent->hasTrait<OpTrait::SymbolTable>())
      names->second = FreshNames(parent);
    if (auto instance = dyn_cast<ssp::InstanceOp>(op))
      return InstanceConverter(instance, clock, names->second, state.references)
          .run();
    if (auto library = dyn_cast<ssp::LibraryOp>(op))
      return convertStandalone<ssp::LibraryOp, ssp::OperatorTypeOp, OperatorOp>(
          library, "library", names->second);
    return convertStandalone<ssp::ResourceLibraryOp, ssp::ResourceTypeOp,
                             ResourceOp>(cast<ssp::ResourceLibraryOp>(op),
                                         "resource", names->second);
  }
};

} // namespace

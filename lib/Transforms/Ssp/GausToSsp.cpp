//===- GausToSsp.cpp - convert-gaus-to-ssp --------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ssp/SspInstance.h"

#include "gaus/Dialect/GausNames.h"
#include "gaus/Transforms/Passes.h"

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

/// A type or resource of the library written.
struct Row {
  StringAttr name;
  ArrayAttr properties;
  Operation *from;
};

//===----------------------------------------------------------------------===//
// One instance
//===----------------------------------------------------------------------===//

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
  Attribute limitProperty(int64_t limit);
  void addResourceRow(ResourceOp op, int32_t index);
  void makeResourceRows();
  ArrayAttr timing(int64_t latency, float in, float out, Operation *from);
  void makeTypeRows();
  SymbolRefAttr typeFor(int32_t i);
  std::vector<int64_t> countResults() const;
  ssp::OperationOp createOperation(int32_t i, int64_t results);
  void setDependences(ssp::OperationOp op, int32_t i);
  void writeOperations(ssp::GraphOp to);
  ssp::InstanceOp createInstance();
  template <class Type, class Container>
  void writeRows(Container to, ArrayRef<Row> rows);

  const SspInstance &instance;
  const gaus::Problem &p;
  const SspKind &kind;
  GraphOp graph;
  LibraryOp library; ///< may be null
  MLIRContext *context;
  OpBuilder b;
  std::vector<StringAttr> names; ///< by node, may be null
  std::vector<Row> typeRows, resourceRows;
  Names typeNames, resourceNames;
  llvm::StringMap<SymbolRefAttr> typeByKey;
  llvm::DenseMap<int32_t, SymbolRefAttr> resourceRef;
};

} // namespace

//===----------------------------------------------------------------------===//
// Types and resources
//===----------------------------------------------------------------------===//

Attribute InstanceWriter::limitProperty(int64_t limit) {
  return ssp::LimitAttr::get(
      context, static_cast<unsigned>(std::min<int64_t>(limit, UINT32_MAX)));
}

void InstanceWriter::addResourceRow(ResourceOp op, int32_t index) {
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
    properties.push_back(limitProperty(p.limit[index]));
  if (op)
    row.properties = withKept(op, properties);
  else if (!properties.empty())
    row.properties = b.getArrayAttr(properties);
  resourceRef[index] = FlatSymbolRefAttr::get(row.name);
  resourceRows.push_back(row);
}

/// Of the instance's own library all resources, of another one those used.
void InstanceWriter::makeResourceRows() {
  llvm::StringMap<int32_t> byName;
  for (auto [r, name] : llvm::enumerate(p.resourceName))
    byName.try_emplace(name, int32_t(r));
  auto isLimitOfType = [&](ResourceOp op) {
    auto of = op->getAttrOfType<FlatSymbolRefAttr>(kSspLimitOf);
    Operation *type =
        of ? SymbolTable::lookupSymbolIn(library, of.getAttr()) : nullptr;
    return type && instance.limitOf.contains(type);
  };
  if (instance.ownLibrary)
    for (auto op : library.getBody().getOps<ResourceOp>())
      if (!isLimitOfType(op))
        addResourceRow(op, byName.lookup(op.getSymName()));
  for (const auto &list : instance.uses)
    for (int32_t r : list)
      if (!resourceRef.contains(r))
        addResourceRow(
            library ? dyn_cast_or_null<ResourceOp>(SymbolTable::lookupSymbolIn(
                          library, p.resourceName[r]))
                    : ResourceOp(),
            r);
}

ArrayAttr InstanceWriter::timing(int64_t latency, float in, float out,
                                 Operation *from) {
  SmallVector<Attribute> properties;
  if (latency >= 0)
    properties.push_back(
        ssp::LatencyAttr::get(context, static_cast<unsigned>(latency)));
  if (kind.chaining) {
    properties.push_back(
        ssp::IncomingDelayAttr::get(context, b.getF32FloatAttr(in)));
    properties.push_back(
        ssp::OutgoingDelayAttr::get(context, b.getF32FloatAttr(out)));
  }
  if (auto limit = instance.limitOf.find(from); limit != instance.limitOf.end())
    properties.push_back(limitProperty(limit->second));
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
void InstanceWriter::makeTypeRows() {
  if (!instance.ownLibrary)
    return;
  for (auto op : library.getBody().getOps<OperatorOp>()) {
    int64_t latency = op.getLatency() ? int64_t(*op.getLatency()) : -1;
    auto number = [](FloatAttr f) {
      return f ? float(f.getValueAsDouble()) : 0.0f;
    };
    float in = number(op.getDelayInAttr()), out = number(op.getDelayOutAttr());
    if (latency == 0)
      in = out = std::max(in, out);
    if (!kind.chaining)
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
SymbolRefAttr InstanceWriter::typeFor(int32_t i) {
  auto node = cast<NodeOp>(instance.scope.nodes[i]);
  SymbolRefAttr ref = node.getOperatorTypeAttr();
  std::string base =
      ref ? ref.getLeafReference().str() : "_" + std::to_string(p.latency[i]);
  float in = kind.chaining ? instance.delayIn(i) : 0.0f;
  float out = kind.chaining ? instance.delayOut(i) : 0.0f;
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
void InstanceWriter::nameNodes() {
  int32_t n = p.numNodes();
  names.resize(n);
  Names used;
  for (int32_t i = 0; i < n; ++i) {
    StringRef label =
        cast<NodeOp>(instance.scope.nodes[i]).getLabel().value_or("");
    if (label.empty() || instance.isRelay(i))
      continue;
    names[i] = used.get(context, label);
    if (names[i].getValue() != label)
      mlir::emitWarning(instance.scope.nodes[i]->getLoc())
          << "another operation has this name: it becomes " << names[i];
  }
  for (int32_t i = 0; i < n; ++i)
    for (const SspEdge &edge : instance.edges[i])
      if (edge.named && !names[edge.source])
        names[edge.source] =
            used.get(context, "op" + std::to_string(edge.source));
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
      ssp::LinkedOperatorTypeAttr::get(context, typeFor(i))};
  SmallVector<Attribute> list;
  for (int32_t r : instance.uses[i])
    list.push_back(resourceRef[r]);
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

template <class Type, class Container>
void InstanceWriter::writeRows(Container to, ArrayRef<Row> rows) {
  b.setInsertionPointToStart(&to.getBody().front());
  for (const Row &row : rows) {
    Location loc = row.from ? row.from->getLoc() : to.getLoc();
    auto op = Type::create(b, loc, row.name, row.properties);
    if (row.from)
      restoreAttributes(row.from, op);
  }
}

/// Operations first: those with latencies or delays of their own add types.
void InstanceWriter::write() {
  makeResourceRows();
  makeTypeRows();
  ssp::InstanceOp to = createInstance();
  writeOperations(to.getGraph());
  writeRows<ssp::OperatorTypeOp>(to.getLibrary(), typeRows);
  writeRows<ssp::ResourceTypeOp>(to.getResources(), resourceRows);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// The instance goes before its graph, which stays.
static LogicalResult convertGraph(Scope &scope, const SspKind *wanted,
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
      good &= succeeded(scope.build()) &&
              succeeded(convertGraph(scope, findSspKind(problem), lossy));
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

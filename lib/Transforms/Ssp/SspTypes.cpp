//===- SspTypes.cpp - Operator and resource types that are written --------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ssp/SspTypes.h"

#include "Ssp/SspProperties.h"

#include "gaus/Dialect/GausNames.h"

using namespace mlir;
using namespace gaus::ir;

Attribute SspTypes::limitProperty(int64_t limit) {
  return ssp::LimitAttr::get(
      context, static_cast<unsigned>(std::min<int64_t>(limit, UINT32_MAX)));
}

void SspTypes::addResourceRow(ResourceOp op, int32_t index) {
  if (op)
    if (auto ref = op->getAttrOfType<SymbolRefAttr>(kSspRef)) {
      resourceRef[index] = ref;
      return;
    }
  Row row;
  row.from = op;
  row.name = nameOf(resourceNames,
                    op ? sspNameOf(op) : StringRef(p.resourceName[index]));
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
void SspTypes::makeResourceRows() {
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

ArrayAttr SspTypes::timing(int64_t latency, float in, float out,
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
void SspTypes::makeTypeRows() {
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
      Row row{nameOf(typeNames, sspNameOf(op)), timing(latency, in, out, op),
              op};
      ref = FlatSymbolRefAttr::get(row.name);
      typeRows.push_back(row);
    }
    typeByKey.try_emplace(typeKey(op.getSymName(), latency, in, out), ref);
  }
}

/// The operator type of node i: its operator, or one made from what the node
/// itself says.
SymbolRefAttr SspTypes::typeOf(int32_t i) {
  auto node = cast<NodeOp>(instance.scope.nodes[i]);
  SymbolRefAttr ref = node.getOperatorTypeAttr();
  std::string base =
      ref ? ref.getLeafReference().str() : "_" + std::to_string(p.latency[i]);
  float in = kind.chaining ? instance.delayIn(i) : 0.0f;
  float out = kind.chaining ? instance.delayOut(i) : 0.0f;
  auto [entry, fresh] =
      typeByKey.try_emplace(typeKey(base, p.latency[i], in, out));
  if (fresh) {
    Row row{nameOf(typeNames, base), timing(p.latency[i], in, out, nullptr),
            nullptr};
    entry->second = FlatSymbolRefAttr::get(row.name);
    typeRows.push_back(row);
  }
  return entry->second;
}

template <class Type, class Container>
void SspTypes::writeRows(Container to, ArrayRef<Row> rows) {
  b.setInsertionPointToStart(&to.getBody().front());
  for (const Row &row : rows) {
    Location loc = row.from ? row.from->getLoc() : to.getLoc();
    auto op = Type::create(b, loc, row.name, row.properties);
    if (row.from)
      restoreAttributes(row.from, op);
  }
}

void SspTypes::write(ssp::InstanceOp to) {
  writeRows<ssp::OperatorTypeOp>(to.getLibrary(), typeRows);
  writeRows<ssp::ResourceTypeOp>(to.getResources(), resourceRows);
}

void gaus::ir::restoreLibrary(LibraryOp from) {
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

//===- Library.cpp - What is known of an operation ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Dialect/Library.h"

#include "Suggestions.h"
#include "Timings.h"

#include "gaus/Core/Problem.h"
#include "gaus/Dialect/GausNames.h"

#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Parser/Parser.h"

using namespace mlir;
using namespace gaus::ir;

FailureOr<std::unique_ptr<OperatorLibrary>>
OperatorLibrary::create(Operation *scope, PortFinder *finder) {
  auto library = std::make_unique<OperatorLibrary>();
  library->ports = finder;
  library->defaults = parseSourceString<ModuleOp>(
      defaultLibraryText(), ParserConfig(scope->getContext()),
      kDefaultLibraryFile);
  if (!library->defaults)
    return scope->emitError("the default operator library does not parse");
  library->fallback = *library->defaults->getOps<LibraryOp>().begin();
  library->clock = clockAt(scope);
  SymbolRefAttr name;
  Operation *holder = scope;
  for (; holder && !name; holder = holder->getParentOp()) {
    name = holder->getAttrOfType<SymbolRefAttr>(kLibrary);
    if (auto graph = dyn_cast<GraphOp>(holder); graph && !name)
      name = graph.getLibraryAttr();
    if (name)
      break;
  }
  if (name && name.getRootReference().getValue() != "gaus_default") {
    library->named =
        SymbolTable::lookupNearestSymbolFrom<LibraryOp>(holder, name);
    if (!library->named)
      return holder->emitError() << "there is no gaus.library " << name
                                 << suggestLibrary(holder, name);
    if (failed(library->addLibrary(library->named, library->byName)))
      return failure();
  }
  if (failed(library->addLibrary(library->fallback, library->byNameDefault)))
    return failure();
  return library;
}

double gaus::ir::clockAt(Operation *scope) {
  for (Operation *op = scope; op; op = op->getParentOp()) {
    if (auto period = op->getAttrOfType<FloatAttr>(kClock))
      return period.getValueAsDouble();
    if (auto graph = dyn_cast<GraphOp>(op); graph && graph.getClock())
      return graph.getClock()->convertToDouble();
  }
  return 0;
}

void gaus::ir::setClock(Operation *root, double period) {
  auto attr = FloatAttr::get(Float64Type::get(root->getContext()), period);
  root->walk([&](Operation *op) {
    op->removeAttr(kClock);
    // Its own is as near.
    if (auto graph = dyn_cast<GraphOp>(op); graph && graph.getClock())
      graph->setAttr(kClock, attr);
  });
  root->setAttr(kClock, attr);
}

LogicalResult OperatorLibrary::addLibrary(LibraryOp library, Table &table) {
  for (auto op : library.getBody().getOps<ResourceOp>()) {
    auto [entry, fresh] = resourceIndex.try_emplace(
        op.getSymName(), static_cast<int32_t>(resourceList.size()));
    auto limit = op.getLimit();
    if (fresh)
      resourceList.push_back(
          {op.getSymName().str(), limit ? static_cast<int64_t>(*limit) : -1,
           static_cast<int64_t>(op.getPrice().value_or(1)), op.getPerMemory()});
  }
  for (auto op : library.getBody().getOps<OperatorOp>()) {
    FailureOr<OperatorInfo> info = fromOperator(op);
    if (failed(info))
      return failure();
    if (ArrayAttr names = op.getOpsAttr())
      for (Attribute name : names) {
        Selector selector(name);
        table[selector.name].push_back({selector, op});
      }
    known[op] = std::move(*info);
  }
  for (auto &entry : table)
    llvm::stable_sort(entry.second, [](const Entry &a, const Entry &b) {
      return a.selector.rank() < b.selector.rank();
    });
  return success();
}

/// Which resource of the library may have been meant.
std::string OperatorLibrary::suggestResource(llvm::StringRef name) const {
  Suggestion nearest(name);
  nearest.offerSymbols<ResourceOp>(named);
  return nearest.text();
}

int32_t OperatorLibrary::resource(llvm::StringRef name, Operation *user) {
  auto [entry, fresh] = resourceIndex.try_emplace(
      name, static_cast<int32_t>(resourceList.size()));
  if (fresh) {
    resourceList.push_back({name.str(), -1, 1});
    // Once a pipeline: what is scheduled has been warned of.
    if (named && !user->hasAttr(kStart))
      user->emitWarning() << "resource @" << name << " is not in the library @"
                          << named.getSymName() << ": it counts as unlimited"
                          << suggestResource(name);
  }
  return entry->second;
}

FailureOr<OperatorInfo> OperatorLibrary::fromOperator(OperatorOp op) {
  OperatorInfo info;
  Timing timing = timingAt(op, clock);
  info.latency = timing.latency;
  info.occupancy = timing.occupancy;
  info.delayIn = timing.delayIn;
  info.delayOut = timing.delayOut;
  info.name = op.getSymNameAttr();
  info.area = timing.area;
  if (auto width = op.getWidth())
    info.width = static_cast<int64_t>(*width);
  if (ArrayAttr uses = op.getUsesAttr())
    for (auto [index, use] : llvm::enumerate(uses)) {
      int64_t units = op.getUnitsAttr() ? op.getUnitsAttr()[index] : 1;
      info.uses.push_back(
          {resource(cast<FlatSymbolRefAttr>(use).getValue(), op), units});
    }
  return info;
}

FailureOr<const OperatorInfo *>
OperatorLibrary::findOperator(Operation *op, SymbolRefAttr ref) {
  OperatorOp found;
  llvm::StringRef root = ref.getRootReference().getValue();
  if (ref.getNestedReferences().empty()) {
    for (LibraryOp library : {named, fallback})
      if (library && !found)
        found = dyn_cast_or_null<OperatorOp>(
            SymbolTable::lookupSymbolIn(library, ref.getRootReference()));
  } else if (root == "gaus_default") {
    found = dyn_cast_or_null<OperatorOp>(
        SymbolTable::lookupSymbolIn(fallback, ref.getLeafReference()));
  } else {
    found = SymbolTable::lookupNearestSymbolFrom<OperatorOp>(op, ref);
  }
  if (!found) {
    Suggestion nearest(ref.getLeafReference());
    if (ref.getNestedReferences().empty())
      for (LibraryOp library : {named, fallback})
        nearest.offerSymbols<OperatorOp>(library);
    op->emitError() << "there is no gaus.operator " << ref << nearest.text();
    return failure();
  }
  auto entry = known.find(found);
  if (entry == known.end()) {
    // An operator of another library than the scope's.
    FailureOr<OperatorInfo> info = fromOperator(found);
    if (failed(info))
      return failure();
    entry = known.try_emplace(found, std::move(*info)).first;
  }
  return &entry->second;
}

void OperatorLibrary::applyNode(NodeOp node, OperatorInfo &info) {
  if (auto latency = node.getLatency())
    info.latency = static_cast<int64_t>(*latency);
  if (auto occupancy = node.getOccupancy())
    info.occupancy = static_cast<int64_t>(*occupancy);
  if (auto width = node.getWidth())
    info.width = static_cast<int64_t>(*width);
  if (ArrayAttr uses = node.getUsesAttr()) {
    info.uses.clear();
    for (auto [index, use] : llvm::enumerate(uses)) {
      int64_t units = node.getUnitsAttr() ? node.getUnitsAttr()[index] : 1;
      info.uses.push_back(
          {resource(cast<FlatSymbolRefAttr>(use).getValue(), node), units});
    }
  }
  if (node.getDelayInAttr())
    info.delayIn = node.getDelayInAttr().getValueAsDouble();
  if (node.getDelayOutAttr())
    info.delayOut = node.getDelayOutAttr().getValueAsDouble();
}

LogicalResult OperatorLibrary::applyAttributes(Operation *op,
                                               OperatorInfo &info) {
  auto integer = [&](llvm::StringRef name) -> std::optional<int64_t> {
    if (auto attr = op->getAttrOfType<IntegerAttr>(name))
      return attr.getInt();
    return std::nullopt;
  };
  if (auto latency = integer(kLatency))
    info.latency = *latency;
  if (auto occupancy = integer(kOccupancy))
    info.occupancy = *occupancy;
  if (auto width = integer(kWidth))
    info.width = width;
  if (auto uses = op->getAttrOfType<DictionaryAttr>(kUses)) {
    info.uses.clear();
    for (NamedAttribute use : uses)
      info.uses.push_back({resource(use.getName().getValue(), op),
                           cast<IntegerAttr>(use.getValue()).getInt()});
  }
  if (auto delay = op->getAttrOfType<FloatAttr>(kDelay))
    info.delayIn = info.delayOut = delay.getValueAsDouble();
  if (auto delays = op->getAttrOfType<DenseF64ArrayAttr>(kDelay)) {
    info.delayIn = delays[0];
    info.delayOut = delays[1];
  }
  return success();
}

/// Ports in the place of resources that are per(memory).
LogicalResult OperatorLibrary::findPorts(Operation *op, OperatorInfo &info) {
  auto isPerMemory = [&](auto use) {
    return use.second > 0 && resourceList[use.first].isPerMemory;
  };
  if (!ports || llvm::none_of(info.uses, isPerMemory))
    return success();
  llvm::SmallVector<std::pair<int32_t, int64_t>, 2> uses;
  for (auto [index, units] : info.uses) {
    if (!isPerMemory(std::pair(index, units))) {
      uses.push_back({index, units});
      continue;
    }
    llvm::SmallVector<ResourceInfo> found;
    // A copy: the list may grow.
    if (failed(ports->find(op, ResourceInfo(resourceList[index]), found)))
      return failure();
    for (ResourceInfo &port : found) {
      auto [entry, fresh] = resourceIndex.try_emplace(
          port.name, static_cast<int32_t>(resourceList.size()));
      uses.push_back({entry->second, units});
      if (fresh)
        resourceList.push_back(std::move(port));
    }
  }
  info.uses = std::move(uses);
  return success();
}

static LogicalResult checkUnits(Operation *op, const OperatorInfo &info,
                                llvm::ArrayRef<ResourceInfo> resources) {
  for (auto [index, units] : info.uses) {
    const ResourceInfo &r = resources[index];
    if (r.limit >= 0 && units > r.limit)
      return op->emitError()
             << "uses " << units << " units of resource " << (r.port ? "" : "@")
             << r.name << ", over its limit of " << r.limit;
  }
  return success();
}

/// "@sqrt" for a call of that function; empty for what is no such call.
static std::string calleeName(Operation *op) {
  auto call = dyn_cast<CallOpInterface>(op);
  auto name =
      call ? dyn_cast_if_present<SymbolRefAttr>(call.getCallableForCallee())
           : SymbolRefAttr();
  return name ? "@" + name.getLeafReference().str() : "";
}

bool OperatorLibrary::fitsClock(OperatorOp op) const {
  if (clock <= 0)
    return true;
  Timing timing = timingAt(op, clock);
  return std::max(timing.delayIn, timing.delayOut) <= clock * (1 + 1e-9);
}

OperatorOp OperatorLibrary::find(const Table &table, Operation *op) const {
  std::optional<Shape> shape;
  OperatorOp first;
  std::string callee = calleeName(op);
  for (llvm::StringRef name :
       {llvm::StringRef(callee), op->getName().getStringRef()}) {
    auto entries = table.find(name);
    if (entries == table.end())
      continue;
    for (const Entry &entry : entries->second) {
      bool isPlain = !entry.selector.hasType() && !entry.selector.constant;
      if (!isPlain && !shape)
        shape = shapes.of(op);
      if (!isPlain && !entry.selector.matches(*shape))
        continue;
      if (fitsClock(entry.op))
        return entry.op;
      if (!first)
        first = entry.op;
    }
    if (first)
      break;
  }
  return first;
}

bool OperatorLibrary::hasEntry(Operation *op) const {
  return find(byName, op) || find(byNameDefault, op);
}

FailureOr<OperatorInfo> OperatorLibrary::describe(Operation *op) {
  OperatorInfo info;
  auto node = dyn_cast<NodeOp>(op);
  auto ref = op->getAttrOfType<SymbolRefAttr>(kOperator);
  if (!ref)
    ref = op->getAttrOfType<SymbolRefAttr>(kOperatorAlias);
  if (!ref && node)
    ref = node.getOperatorTypeAttr();
  if (ref) {
    FailureOr<const OperatorInfo *> found = findOperator(op, ref);
    if (failed(found))
      return failure();
    info = **found;
  } else if (OperatorOp own = find(byName, op)) {
    info = known[own];
  } else if (auto scheduled = dyn_cast<SchedulableOpInterface>(op)) {
    info.latency = scheduled.getScheduleLatency().value_or(1);
    info.occupancy = scheduled.getScheduleOccupancy().value_or(1);
    info.width = scheduled.getScheduleWidth();
  } else if (OperatorOp other = find(byNameDefault, op)) {
    info = known[other];
  }
  if (node)
    applyNode(node, info);
  if (failed(applyAttributes(op, info)) || failed(findPorts(op, info)) ||
      failed(checkUnits(op, info, resourceList)))
    return failure();
  return info;
}

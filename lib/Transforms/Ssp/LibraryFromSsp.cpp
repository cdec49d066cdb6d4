//===- LibraryFromSsp.cpp - Operator and resource types of SSP ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ssp/LibraryFromSsp.h"

#include "Ssp/SspProperties.h"

#include <cmath>

using namespace mlir;
using namespace gaus::ir;

/// A symbol at the end of the library under a name like `name`.
template <class Op> Op LibraryFromSsp::create(Location loc, StringRef name) {
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
void LibraryFromSsp::addLimit(TypeFacts &facts, int64_t limit) {
  std::string name = facts.op.getSymName().str() + "_units";
  auto resource = create<ResourceOp>(facts.op.getLoc(), name);
  resource.setLimit(limit);
  resource->removeAttr(kSspName);
  resource->setAttr(kSspLimitOf,
                    FlatSymbolRefAttr::get(facts.op.getSymNameAttr()));
  facts.units = FlatSymbolRefAttr::get(resource.getSymNameAttr());
  facts.op.setUsesAttr(b.getArrayAttr({facts.units}));
}

LogicalResult LibraryFromSsp::addDelays(ssp::OperatorTypeOp type,
                                        PropertySet &properties,
                                        const TypeFacts &facts) {
  ssp::IncomingDelayAttr in;
  ssp::OutgoingDelayAttr out;
  if (failed(properties.take(in)) || failed(properties.take(out)))
    return failure();
  if (!in || !out)
    return type.emitOpError() << "has no '" << (in ? "outDelay" : "incDelay")
                              << "', which a " << kind.name << " needs";
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

/// The limit of a type, 0 for none: one that limits is taken from the
/// properties, any other stays among them.
FailureOr<int64_t> LibraryFromSsp::takeLimit(PropertySet &properties,
                                             bool &isZero) const {
  if (!kind.limits)
    return int64_t(0);
  PropertySet others = properties;
  std::optional<int64_t> limit;
  if (failed(others.takeNumber<ssp::LimitAttr>(limit)))
    return failure();
  isZero = limit == 0;
  if (limit.value_or(0) <= 0)
    return int64_t(0);
  properties = others;
  return *limit;
}

/// `ref` is how operations name a type outside the instance; null within.
FailureOr<TypeFacts *> LibraryFromSsp::operatorFor(ssp::OperatorTypeOp type,
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
  if (kind.chaining && failed(addDelays(type, properties, facts)))
    return failure();
  FailureOr<int64_t> limit = takeLimit(properties, facts.limitZero);
  if (failed(limit))
    return failure();
  if (*limit > 0)
    addLimit(facts, *limit);
  properties.keep(facts.op);
  if (ref)
    facts.op->setAttr(kSspRef, ref);
  return &(types[type] = facts);
}

FailureOr<ResourceFacts *> LibraryFromSsp::resourceFor(ssp::ResourceTypeOp type,
                                                       SymbolRefAttr ref) {
  if (auto known = resources.find(type); known != resources.end())
    return &known->second;
  ResourceFacts facts;
  facts.op = create<ResourceOp>(type.getLoc(), type.getSymName());
  keepAttributes(type, facts.op);
  PropertySet properties(type, type.getSspPropertiesAttr());
  FailureOr<int64_t> limit = takeLimit(properties, facts.limitZero);
  if (failed(limit))
    return failure();
  facts.limited = *limit > 0;
  if (facts.limited)
    facts.op.setLimit(*limit);
  properties.keep(facts.op);
  if (ref)
    facts.op->setAttr(kSspRef, ref);
  return &(resources[type] = facts);
}

LogicalResult LibraryFromSsp::make(FreshNames &around) {
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

LogicalResult gaus::ir::convertLibrary(ssp::LibraryOp from, FreshNames &names) {
  return convertStandalone<ssp::LibraryOp, ssp::OperatorTypeOp, OperatorOp>(
      from, "library", names);
}

LogicalResult gaus::ir::convertLibrary(ssp::ResourceLibraryOp from,
                                       FreshNames &names) {
  return convertStandalone<ssp::ResourceLibraryOp, ssp::ResourceTypeOp,
                           ResourceOp>(from, "resource", names);
}

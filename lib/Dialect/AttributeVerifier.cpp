//===- AttributeVerifier.cpp - gaus.* attributes on any operation ---------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Suggestions.h"

#include "gaus/Core/Problem.h"
#include "gaus/Dialect/Gaus.h"
#include "gaus/Dialect/GausNames.h"
#include "gaus/Dialect/HardwareNames.h"
#include "gaus/Dialect/MemoryFacts.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace mlir;
using namespace gaus::ir;

namespace {

/// A check of one attribute; emits its own error.
using Check = LogicalResult (*)(Operation *, NamedAttribute);

LogicalResult checkInteger(Operation *op, NamedAttribute attr, int64_t least,
                           int64_t most) {
  auto value = dyn_cast<IntegerAttr>(attr.getValue());
  if (!value || !value.getType().isSignlessInteger(64))
    return op->emitOpError()
           << attr.getName() << " must be an i64, got " << attr.getValue();
  int64_t number = value.getValue().getSExtValue();
  if (number < least || number > most)
    return op->emitOpError() << attr.getName() << " must be in [" << least
                             << ", " << most << "], got " << number;
  return success();
}

LogicalResult checkCycle(Operation *op, NamedAttribute attr) {
  return checkInteger(op, attr, 0, gaus::kMaxCycle);
}
LogicalResult checkPositiveCycle(Operation *op, NamedAttribute attr) {
  return checkInteger(op, attr, 1, gaus::kMaxCycle);
}
/// The last operation may end behind the last cycle in which one may start.
LogicalResult checkLength(Operation *op, NamedAttribute attr) {
  return checkInteger(op, attr, 0, 2 * int64_t(gaus::kMaxCycle));
}
LogicalResult checkCount(Operation *op, NamedAttribute attr) {
  return checkInteger(op, attr, 0, int64_t(1) << 62);
}

LogicalResult checkLimit(Operation *op, NamedAttribute attr) {
  return checkInteger(op, attr, 0, std::numeric_limits<int64_t>::max());
}

/// One name or several.
LogicalResult checkUnitNames(Operation *op, NamedAttribute attr) {
  auto list = dyn_cast<ArrayAttr>(attr.getValue());
  if (isa<StringAttr>(attr.getValue()) ||
      (list && llvm::all_of(list, llvm::IsaPred<StringAttr>)))
    return success();
  return op->emitOpError() << attr.getName()
                           << " must be a string or an array of them, got "
                           << attr.getValue();
}

LogicalResult checkUnitCounts(Operation *op, NamedAttribute attr) {
  auto counts = dyn_cast<DictionaryAttr>(attr.getValue());
  if (counts && llvm::all_of(counts, [](NamedAttribute count) {
        return isa<IntegerAttr>(count.getValue());
      }))
    return success();
  return op->emitOpError() << attr.getName()
                           << " must be a dictionary of numbers, got "
                           << attr.getValue();
}

LogicalResult checkNumbers(Operation *op, NamedAttribute attr) {
  if (isa<DenseI64ArrayAttr>(attr.getValue()))
    return success();
  return op->emitOpError() << attr.getName() << " must be an array<i64>, got "
                           << attr.getValue();
}

LogicalResult checkNumbersOfEach(Operation *op, NamedAttribute attr) {
  auto list = dyn_cast<ArrayAttr>(attr.getValue());
  if (list && llvm::all_of(list, llvm::IsaPred<DenseI64ArrayAttr>))
    return success();
  return op->emitOpError() << attr.getName()
                           << " must be an array of array<i64>, got "
                           << attr.getValue();
}

LogicalResult checkProof(Operation *op, NamedAttribute attr) {
  auto text = dyn_cast<StringAttr>(attr.getValue());
  if (text && (text == "bound" || text == "exact" || text == "undecided"))
    return success();
  return op->emitOpError() << attr.getName()
                           << " must be \"bound\", \"exact\" or "
                              "\"undecided\", got "
                           << attr.getValue();
}

LogicalResult checkDist(Operation *op, NamedAttribute attr) {
  if (isa<NormalAttr>(attr.getValue()))
    return success();
  return op->emitOpError() << attr.getName() << " must be a #gaus.normal, got "
                           << attr.getValue();
}

LogicalResult checkWindow(Operation *op, NamedAttribute attr) {
  auto ends = dyn_cast<DenseI64ArrayAttr>(attr.getValue());
  if (!ends || ends.size() != 2)
    return op->emitOpError()
           << attr.getName() << " must be array<i64: first, last>, got "
           << attr.getValue();
  if (ends[0] < 0 || ends[1] > gaus::kMaxCycle)
    return op->emitOpError()
           << attr.getName() << " must lie in [0, " << gaus::kMaxCycle
           << "], got " << ends[0] << ", " << ends[1];
  if (ends[0] > ends[1])
    return op->emitOpError() << attr.getName() << " is empty: " << ends[0]
                             << " is after " << ends[1];
  return success();
}

LogicalResult checkUses(Operation *op, NamedAttribute attr) {
  auto uses = dyn_cast<DictionaryAttr>(attr.getValue());
  if (!uses)
    return op->emitOpError()
           << attr.getName()
           << " must be a dictionary of units by resource, as {mul = 1 : i64}, "
              "got "
           << attr.getValue();
  for (NamedAttribute use : uses) {
    auto units = dyn_cast<IntegerAttr>(use.getValue());
    if (!units || !units.getType().isSignlessInteger(64))
      return op->emitOpError()
             << attr.getName() << ": units of " << use.getName()
             << " must be an i64, got " << use.getValue();
    if (units.getInt() < 0)
      return op->emitOpError()
             << attr.getName() << ": units of " << use.getName()
             << " must not be negative, got " << units.getInt();
  }
  return success();
}

/// One delay, or one in and one out.
LogicalResult checkDelay(Operation *op, NamedAttribute attr) {
  auto bad = [](double x) { return !(x >= 0) || std::isinf(x); };
  if (auto one = dyn_cast<FloatAttr>(attr.getValue()))
    if (one.getType().isF64() && !bad(one.getValueAsDouble()))
      return success();
  if (auto two = dyn_cast<DenseF64ArrayAttr>(attr.getValue()))
    if (two.size() == 2 && !bad(two[0]) && !bad(two[1]))
      return success();
  return op->emitOpError()
         << attr.getName()
         << " must be an f64 >= 0 in ns or array<f64: in, out>, got "
         << attr.getValue();
}

LogicalResult checkClock(Operation *op, NamedAttribute attr) {
  auto period = dyn_cast<FloatAttr>(attr.getValue());
  if (period && period.getType().isF64() && period.getValueAsDouble() > 0 &&
      std::isfinite(period.getValueAsDouble()))
    return success();
  return op->emitOpError()
         << attr.getName()
         << " must be an f64 > 0, the clock period in ns, got "
         << attr.getValue();
}

LogicalResult checkUnit(Operation *op, NamedAttribute attr) {
  if (isa<UnitAttr>(attr.getValue()))
    return success();
  return op->emitOpError() << attr.getName() << " must be a unit attribute";
}

/// The default library needs no definition in the module.
bool isDefaultLibrary(SymbolRefAttr ref) {
  return ref.getRootReference().getValue() == "gaus_default";
}

LogicalResult checkLibrary(Operation *op, NamedAttribute attr) {
  auto ref = dyn_cast<SymbolRefAttr>(attr.getValue());
  if (!ref)
    return op->emitOpError()
           << attr.getName() << " must be a symbol of a gaus.library, got "
           << attr.getValue();
  if (isDefaultLibrary(ref) ||
      SymbolTable::lookupNearestSymbolFrom<LibraryOp>(op, ref))
    return success();
  return op->emitOpError() << attr.getName() << ": there is no gaus.library "
                           << ref << suggestLibrary(op, ref);
}

LogicalResult checkOperator(Operation *op, NamedAttribute attr) {
  auto ref = dyn_cast<SymbolRefAttr>(attr.getValue());
  if (!ref)
    return op->emitOpError()
           << attr.getName() << " must be a symbol as @library::@operator, got "
           << attr.getValue();
  // An operator without its library is looked up in the scope's library when
  // the problem is built.
  if (ref.getNestedReferences().empty() || isDefaultLibrary(ref))
    return success();
  Operation *found = SymbolTable::lookupNearestSymbolFrom(op, ref);
  if (isa_and_nonnull<OperatorOp>(found))
    return success();
  InFlightDiagnostic error = op->emitOpError()
                             << attr.getName() << ": there is no gaus.operator "
                             << ref << suggestOperator(op, ref);
  if (found)
    error.attachNote(found->getLoc()) << "this is what it names";
  return error;
}

/// What the words mean is for the passes, which know the options.
LogicalResult checkRequest(Operation *op, NamedAttribute attr) {
  if (!isa<DictionaryAttr>(attr.getValue()))
    return op->emitOpError()
           << attr.getName() << " must be a dictionary as {ii = 2, length = "
           << "\"1.5x\", objective = \"memory\"}, got " << attr.getValue();
  if (op->getNumRegions() == 0 && !op->hasTrait<OpTrait::IsTerminator>() &&
      !isa<CallOpInterface>(op))
    return op->emitOpError()
           << attr.getName() << " belongs on what is scheduled: a function, a "
           << "loop, a graph, a call, or the terminator of a block";
  return success();
}

LogicalResult checkInterface(Operation *op, NamedAttribute attr) {
  auto text = dyn_cast<StringAttr>(attr.getValue());
  if (text && (text == "registered" || text == "none"))
    return success();
  return op->emitOpError() << attr.getName()
                           << " must be \"registered\" or \"none\", got "
                           << attr.getValue();
}

LogicalResult checkMemoryModel(Operation *op, NamedAttribute attr) {
  auto text = dyn_cast<StringAttr>(attr.getValue());
  if (text && gaus::findMemoryModel(text.getValue()))
    return success();
  return op->emitOpError() << attr.getName()
                           << " must be \"values\" or \"buffers\", got "
                           << attr.getValue();
}

/// Least and most iterations.
LogicalResult checkTrips(Operation *op, NamedAttribute attr) {
  auto array = dyn_cast<DenseI64ArrayAttr>(attr.getValue());
  if (!array || array.size() != 2 || array[0] < 0 || array[1] < array[0] ||
      array[1] > gaus::kMaxCycle)
    return op->emitOpError()
           << attr.getName() << " must be array<i64: least, most> with 0 <= "
           << "least <= most <= " << gaus::kMaxCycle;
  return success();
}

LogicalResult checkPortsOf(Operation *op, NamedAttribute attr) {
  return checkPorts(attr.getValue(), [&] { return op->emitOpError(); });
}
LogicalResult checkBanksOf(Operation *op, NamedAttribute attr) {
  return checkBanks(attr.getValue(), memoryTypeOf(op),
                    [&] { return op->emitOpError(); });
}

/// Which words and ports there are is checked where modules are written.
LogicalResult checkHardware(Operation *op, NamedAttribute attr) {
  auto entries = dyn_cast<DictionaryAttr>(attr.getValue());
  if (!entries || !entries.getAs<StringAttr>(kHardwareModule))
    return op->emitOpError()
           << attr.getName()
           << " must be a dictionary as {module = \"my_mul\"}, "
           << "got " << attr.getValue();
  if (!isa<OperatorOp>(op))
    return op->emitOpError() << attr.getName() << " belongs on a gaus.operator";
  for (NamedAttribute entry : entries) {
    llvm::StringRef name = entry.getName().getValue();
    bool isKnown =
        name == kHardwareModule ? isa<StringAttr>(entry.getValue())
        : name == kHardwareStart || name == kHardwareValid
            ? isa<UnitAttr>(entry.getValue())
            : (name == kHardwareParameters || name == kHardwarePorts) &&
                  isa<DictionaryAttr>(entry.getValue());
    if (!isKnown)
      return op->emitOpError()
             << attr.getName() << " has no entry '" << name << " = "
             << entry.getValue() << "': it has 'module', 'start', 'valid', "
             << "'parameters' and 'ports'";
  }
  return success();
}

struct NamedCheck {
  llvm::StringLiteral name;
  Check check;
};

constexpr NamedCheck kChecks[] = {
    {kStart, checkCycle},
    {kLength, checkLength},
    {kII, checkPositiveCycle},
    {kIIProof, checkProof},
    {kCost, checkCount},
    {kBound, checkCount},
    {kDist, checkDist},
    {kOperator, checkOperator},
    {kLatency, checkCycle},
    {kOccupancy, checkPositiveCycle},
    {kWidth, checkCount},
    {kUses, checkUses},
    {kDelay, checkDelay},
    {kClock, checkClock},
    {kWindow, checkWindow},
    {kIndependent, checkUnit},
    {kLibrary, checkLibrary},
    {kRequest, checkRequest},
    {kTrips, checkTrips},
    {kDistance, checkPositiveCycle},
    {kLatencyMin, checkCycle},
    {kAlternative, checkCount},
    {kUnrolled, checkPositiveCycle},
    {kPorts, checkPortsOf},
    {kBanks, checkBanksOf},
    {kFifo, checkUnit},
    {kInterface, checkInterface},
    {kLiveLimit, checkLimit},
    {kMemoryModel, checkMemoryModel},
    {kUnit, checkUnitNames},
    {kSwapped, checkUnit},
    {kUnits, checkUnitCounts},
    {kRegisters, checkNumbers},
    {kRegisterWidths, checkNumbers},
    {kEnteringRegisters, checkNumbersOfEach},
    {kRegisterCount, checkCount},
    {kRegisterBits, checkCount},
    {kMultiplexerInputs, checkCount},
    {kHardware, checkHardware},
};

} // namespace

LogicalResult GausDialect::verifyOperationAttribute(Operation *op,
                                                    NamedAttribute attr) {
  for (const NamedCheck &entry : kChecks)
    if (attr.getName().getValue() == entry.name)
      return entry.check(op, attr);
  InFlightDiagnostic error = op->emitOpError()
                             << "unknown attribute '"
                             << attr.getName().getValue() << "'";
  Suggestion nearest(attr.getName().getValue());
  for (const NamedCheck &entry : kChecks)
    nearest.offer(entry.name);
  error << nearest.text("'", "'");
  return error;
}

LogicalResult GausDialect::verifyRegionArgAttribute(Operation *op,
                                                    unsigned /*region*/,
                                                    unsigned argument,
                                                    NamedAttribute attr) {
  auto emitError = [&] {
    return op->emitOpError() << "argument " << argument << ": ";
  };
  llvm::StringRef name = attr.getName().getValue();
  if (name == kPorts)
    return checkPorts(attr.getValue(), emitError);
  Type type;
  if (auto function = dyn_cast<FunctionOpInterface>(op))
    type = function.getArgumentTypes()[argument];
  if (name == kBanks)
    return checkBanks(attr.getValue(), memoryTypeOf(type), emitError);
  if (name == kFifo)
    return isa<UnitAttr>(attr.getValue())
               ? success()
               : emitError() << kFifo << " must be a unit attribute";
  return emitError() << "unknown attribute '" << name << "'; there are '"
                     << kPorts << "', '" << kBanks << "' and '" << kFifo << "'";
}

//===- Places.cpp - Files and lines of operations -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Llvm/Places.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

#include "llvm/Support/Path.h"

using namespace mlir;
using namespace gaus::ir;

std::string Place::text() const {
  return known() ? file + ":" + std::to_string(line) : "";
}

std::string Place::textIn(llvm::StringRef inside) const {
  return known() && file == inside ? "line " + std::to_string(line) : text();
}

static Place placeIn(llvm::StringRef path, int64_t line) {
  if (path.empty() || line <= 0)
    return {};
  return {llvm::sys::path::filename(path).str(), line};
}

/// What debug information says of a function.
static Place placeOfScope(Attribute metadata) {
  auto function = dyn_cast_or_null<LLVM::DISubprogramAttr>(metadata);
  if (!function || !function.getFile())
    return {};
  return placeIn(function.getFile().getName().getValue(), function.getLine());
}

Place gaus::ir::placeOf(Location location) {
  if (auto file = dyn_cast<FileLineColRange>(location))
    return placeIn(file.getFilename().getValue(), file.getStartLine());
  if (auto named = dyn_cast<NameLoc>(location))
    return placeOf(named.getChildLoc());
  if (auto call = dyn_cast<CallSiteLoc>(location)) {
    Place inner = placeOf(call.getCallee());
    return inner.known() ? inner : placeOf(call.getCaller());
  }
  if (auto opaque = dyn_cast<OpaqueLoc>(location))
    return placeOf(opaque.getFallbackLocation());
  if (auto fused = dyn_cast<FusedLoc>(location)) {
    if (Place function = placeOfScope(fused.getMetadata()); function.known())
      return function;
    for (Location part : fused.getLocations())
      if (Place place = placeOf(part); place.known())
        return place;
  }
  return {};
}

Place gaus::ir::placeOf(Operation *op) {
  auto annotation =
      op->getAttrOfType<LLVM::LoopAnnotationAttr>("loop_annotation");
  if (annotation && annotation.getStartLoc())
    if (Place start = placeOf(annotation.getStartLoc()); start.known())
      return start;
  return placeOf(op->getLoc());
}

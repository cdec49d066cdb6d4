//===- SspProperties.cpp - What gaus has no place for ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Ssp/SspProperties.h"

#include <charconv>

using namespace mlir;
using namespace gaus::ir;

void gaus::ir::keepAttributes(Operation *from, Operation *to, StringRef under) {
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

void gaus::ir::restoreAttributes(Operation *from, Operation *to,
                                 StringRef under) {
  if (auto kept = from->getAttrOfType<DictionaryAttr>(under))
    for (NamedAttribute one : kept)
      if (!to->getInherentAttr(one.getName()))
        to->setDiscardableAttr(one.getName(), one.getValue());
}

ArrayAttr gaus::ir::withKept(Operation *from, ArrayRef<Attribute> properties) {
  SmallVector<Attribute> all(properties);
  if (auto kept = from->getAttrOfType<ArrayAttr>(kSspProperties))
    llvm::append_range(all, kept);
  return all.empty() ? ArrayAttr() : ArrayAttr::get(from->getContext(), all);
}

StringRef gaus::ir::sspNameOf(Operation *op) {
  if (auto name = op->getAttrOfType<StringAttr>(kSspName))
    return name.getValue();
  return op->getAttrOfType<StringAttr>("sym_name").getValue();
}

double gaus::ir::delayOf(FloatAttr attr) {
  double value = attr.getValueAsDouble();
  if (!attr.getType().isF32())
    return value;
  char text[64];
  auto end = std::to_chars(text, text + sizeof(text), float(value));
  std::from_chars(text, end.ptr, value);
  return value;
}

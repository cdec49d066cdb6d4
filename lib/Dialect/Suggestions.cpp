//===- Suggestions.cpp - Did you mean ...? --------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Suggestions.h"

#include "gaus/Dialect/Gaus.h"

#include "mlir/IR/SymbolTable.h"

#include <algorithm>

using namespace mlir;
using namespace gaus::ir;

/// Further away a name is another one.
static unsigned limitFor(llvm::StringRef name) {
  return std::clamp(static_cast<unsigned>(name.size()) / 2, 1u, 3u);
}

Suggestion::Suggestion(llvm::StringRef name)
    : wrong(name), best(limitFor(name) + 1) {}

void Suggestion::offer(llvm::StringRef other) {
  unsigned distance = wrong.edit_distance(other, true, best);
  if (distance >= best)
    return;
  best = distance;
  nearest = other.str();
}

std::string Suggestion::text(llvm::StringRef open,
                             llvm::StringRef close) const {
  return found() ? ("; did you mean " + open + nearest + close + "?").str()
                 : std::string();
}

std::string gaus::ir::suggestLibrary(Operation *from, SymbolRefAttr wrong) {
  Suggestion nearest(wrong.getLeafReference());
  for (Operation *table = from; table; table = table->getParentOp())
    if (table->hasTrait<OpTrait::SymbolTable>())
      nearest.offerSymbols<LibraryOp>(table);
  return nearest.text();
}

std::string gaus::ir::suggestOperator(Operation *from, SymbolRefAttr ref) {
  auto root = FlatSymbolRefAttr::get(ref.getRootReference());
  Operation *table = SymbolTable::lookupNearestSymbolFrom(from, root);
  if (!isa_and_nonnull<LibraryOp>(table))
    return suggestLibrary(from, root);
  Suggestion nearest(ref.getLeafReference());
  nearest.offerSymbols<OperatorOp>(table);
  return nearest.text(("@" + root.getValue() + "::@").str());
}

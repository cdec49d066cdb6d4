//===- Suggestions.h - Did you mean ...? -----------------------------*- C++
//-*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What may have been meant by a name that is not known.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DIALECT_SUGGESTIONS_H
#define GAUS_LIB_DIALECT_SUGGESTIONS_H

#include "mlir/IR/Operation.h"

#include <string>

namespace gaus::ir {

/// The nearest of the names offered to one that is wrong.
class Suggestion {
public:
  explicit Suggestion(llvm::StringRef name);

  /// Of names that are equally near the first one offered stays.
  void offer(llvm::StringRef other);
  /// Names of `Op` in `table`, which may be null.
  template <class Op> void offerSymbols(mlir::Operation *table) {
    if (table)
      for (auto op : table->getRegion(0).template getOps<Op>())
        offer(op.getSymName());
  }
  bool found() const { return !nearest.empty(); }
  /// "; did you mean @mul?" with `open` and `close` around the name, or
  /// nothing.
  std::string text(llvm::StringRef open = "@",
                   llvm::StringRef close = "") const;

private:
  llvm::StringRef wrong;
  std::string nearest;
  /// Only what is nearer than this is offered.
  unsigned best;
};

/// Which library that `from` sees may have been meant.
std::string suggestLibrary(mlir::Operation *from, mlir::SymbolRefAttr wrong);
/// Of `ref`, as @library::@operator, which library or operator may have been.
std::string suggestOperator(mlir::Operation *from, mlir::SymbolRefAttr ref);

} // namespace gaus::ir

#endif // GAUS_LIB_DIALECT_SUGGESTIONS_H

//===- FreshNames.h - Names that are not taken ------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Names for symbols and labels, no two alike.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SSP_FRESHNAMES_H
#define GAUS_LIB_TRANSFORMS_SSP_FRESHNAMES_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/StringSet.h"

#include <string>

namespace gaus::ir {

/// Names that are not yet taken by symbols of an operation.
class FreshNames {
public:
  FreshNames() = default;
  explicit FreshNames(mlir::Operation *table) {
    for (mlir::Operation &op : table->getRegion(0).getOps())
      if (auto name = op.getAttrOfType<mlir::StringAttr>("sym_name"))
        taken.insert(name.getValue());
  }
  std::string get(const llvm::Twine &wanted) {
    std::string base = wanted.str(), name = base;
    for (unsigned n = 1; !taken.insert(name).second; ++n)
      name = base + "_" + std::to_string(n);
    return name;
  }

private:
  llvm::StringSet<> taken;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SSP_FRESHNAMES_H

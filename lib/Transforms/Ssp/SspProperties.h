//===- SspProperties.h - What gaus has no place for -------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Properties and attributes of SSP that mean something to gaus are taken; what
/// is left over is kept on the gaus operation under the names of SspSupport,
/// and written back from there.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SSP_SSPPROPERTIES_H
#define GAUS_LIB_TRANSFORMS_SSP_SSPPROPERTIES_H

#include "Ssp/SspSupport.h"

#include "gaus/Core/Problem.h"
#include "gaus/Dialect/Gaus.h"

namespace gaus::ir {

/// Properties of one operation, taken out one by one; what is left over is
/// kept.
class PropertySet {
public:
  PropertySet(mlir::Operation *holder, mlir::ArrayAttr list) : op(holder) {
    if (list)
      left.assign(list.begin(), list.end());
  }

  /// Sets `found`, to null where there is none; an error where there are two.
  template <class Property> mlir::LogicalResult take(Property &found) {
    found = {};
    mlir::SmallVector<mlir::Attribute> others;
    for (mlir::Attribute one : left) {
      auto match = mlir::dyn_cast<Property>(one);
      if (match && found)
        return op->emitOpError()
               << "has the property '" << Property::getMnemonic() << "' twice";
      if (match)
        found = match;
      else
        others.push_back(one);
    }
    left = std::move(others);
    return mlir::success();
  }

  /// Takes a number that is cycles or iterations; nullopt if it is missing.
  template <class Property>
  mlir::LogicalResult takeNumber(std::optional<int64_t> &number) {
    Property found;
    number = std::nullopt;
    if (mlir::failed(take(found)))
      return mlir::failure();
    if (!found)
      return mlir::success();
    number = found.getValue();
    if (*number <= gaus::kMaxCycle)
      return mlir::success();
    return op->emitOpError()
           << "has '" << Property::getMnemonic() << "' of " << *number
           << ", over the largest number " << gaus::kMaxCycle;
  }

  void keep(mlir::Operation *on) const {
    if (!left.empty())
      on->setAttr(kSspProperties, mlir::ArrayAttr::get(op->getContext(), left));
  }
  mlir::ArrayAttr rest() const {
    return mlir::ArrayAttr::get(op->getContext(), left);
  }

private:
  mlir::Operation *op;
  mlir::SmallVector<mlir::Attribute> left;
};

/// Discardable attributes of `from` go into one dictionary on `to`; ours, which
/// mean something on a graph or node, stay what they are.
void keepAttributes(mlir::Operation *from, mlir::Operation *to,
                    llvm::StringRef under = kSspAttributes);
/// The way back: what is kept on `from` becomes attributes of `to`.
void restoreAttributes(mlir::Operation *from, mlir::Operation *to,
                       llvm::StringRef under = kSspAttributes);
/// Properties with those kept on `from` behind; null if there are none.
mlir::ArrayAttr withKept(mlir::Operation *from,
                         llvm::ArrayRef<mlir::Attribute> properties);
/// The name in SSP: `ssp.name`, else the symbol.
llvm::StringRef sspNameOf(mlir::Operation *op);

/// A delay in ns; of an f32 the shortest decimal that gives it, so that sums of
/// delays as 0.1 meet a clock as they do on paper.
double delayOf(mlir::FloatAttr attr);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SSP_SSPPROPERTIES_H

//===- Flatten.h - Nests as one loop ----------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A perfect nest is loops of which each but the innermost holds nothing but
/// the next one, and hands on what that hands on. One loop over all its
/// iterations, in their order, does the same. Of two loops the outer one may
/// hold more: what touches no memory runs in every iteration then, the rest in
/// the first or last one of the inner loop, under a condition.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LOOPS_FLATTEN_H
#define GAUS_LIB_TRANSFORMS_LOOPS_FLATTEN_H

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace gaus::ir {

/// An scf.for or affine.for whose variable is an index and takes `trips` >= 1
/// values from `lower` on.
struct CountedLoop {
  mlir::Operation *op = nullptr;
  int64_t lower = 0, step = 1, trips = 1;

  mlir::Block &body() const { return op->getRegion(0).front(); }
  mlir::Value variable() const { return body().getArgument(0); }
  mlir::ValueRange arguments() const {
    return body().getArguments().drop_front();
  }
  mlir::ValueRange inits() const;
  mlir::ValueRange handedOn() const {
    return body().getTerminator()->getOperands();
  }
};

/// The loops of a nest, outermost first.
using LoopNest = llvm::SmallVector<CountedLoop>;

/// The reason of `findNest` for loops that `flattenedAny` may still take.
inline constexpr llvm::StringLiteral kNotCounted =
    "how often its loops run is no constant, or 0";

/// The largest nest with this innermost loop whose loops all run a constant
/// number of times, at least once, and have no wishes of their own: a perfect
/// one, or two loops of which the outer one holds more. The loop alone, or
/// nothing, if there is none; `reason` says why the loop around it, if there is
/// one, is not part of it.
LoopNest findNest(mlir::Operation *innermost, llvm::StringRef &reason);

bool isPerfect(const CountedLoop &outer, const CountedLoop &inner);

/// How often the body of the innermost loop runs.
int64_t iterationsOf(llvm::ArrayRef<CountedLoop> nest);

/// A loop before the nest that does the same; the nest stays as it is. Each
/// variable of the nest is an affine.apply of the new loop's variable. Null
/// where a value of the nest has no form in it.
mlir::affine::AffineForOp flattened(llvm::ArrayRef<CountedLoop> nest);

/// Says of the one loop over a perfect nest, whose loops these are from the
/// outermost one, what is said of the innermost one and holds for all.
void sayOfFlattened(mlir::Operation *loop,
                    llvm::ArrayRef<mlir::Operation *> perfect);

/// Why what is said of a loop forbids to make it a part of another one, and why
/// what is said in an outer loop does; else empty.
llvm::StringRef spokenFor(mlir::Operation *loop);
llvm::StringRef speaksOfIterations(mlir::Operation *loop);

/// A loop before two loops, of which the inner one is all that the outer one
/// holds, that does the same however often they run, also never, but not 2^63
/// times or more: an scf.for whose variables come of a division. Null, and why,
/// where the inner loop runs differently often from one iteration of the outer
/// one to the next, or what is in them has no form without the affine dialect.
/// `before` gets what it needs from before it, in order.
mlir::scf::ForOp flattenedAny(mlir::Operation *outer, mlir::Operation *inner,
                              llvm::SmallVectorImpl<mlir::Operation *> &before,
                              llvm::StringRef &reason);

/// A loop before `outer` that does the same without the loop `inner` in it, of
/// which all iterations follow each other. Null where that fails.
mlir::Operation *withoutInner(const CountedLoop &outer,
                              const CountedLoop &inner);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LOOPS_FLATTEN_H

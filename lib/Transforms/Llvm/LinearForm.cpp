//===- LinearForm.cpp - Integers of a block as sums -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Llvm/LinearForm.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace gaus::ir;

/// Chains of operations deeper than this stand as one value.
static constexpr unsigned kMaxDepth = 32;

void LinearForm::addTerm(Value value, bool isUnsigned, uint64_t factor) {
  for (Term &t : terms)
    if (t.value == value && t.isUnsigned == isUnsigned) {
      t.factor += factor;
      if (t.factor == 0)
        terms.erase(&t);
      return;
    }
  if (factor)
    terms.push_back({value, isUnsigned, factor});
}

void LinearForm::add(const LinearForm &other, uint64_t factor) {
  for (const Term &t : other.terms)
    addTerm(t.value, t.isUnsigned, factor * t.factor);
  stride += factor * other.stride;
  constant += factor * other.constant;
}

void LinearForm::sort() {
  llvm::sort(terms, [](const Term &x, const Term &y) {
    return std::make_pair(x.value.getAsOpaquePointer(), x.isUnsigned) <
           std::make_pair(y.value.getAsOpaquePointer(), y.isUnsigned);
  });
}

/// The sum that `op` makes, as it is when extended to 64 bits; nullopt where
/// the result may wrap at its own width or is no sum.
std::optional<LinearForm> LinearForms::expand(Operation *op, bool isUnsigned,
                                              bool wide, unsigned depth) {
  if (auto apply = dyn_cast<affine::AffineApplyOp>(op))
    return of(apply.getAffineMap().getResult(0),
              apply.getAffineMap().getNumDims(), apply.getOperands(),
              depth + 1);
  if (isa<arith::IndexCastOp>(op))
    return of(op->getOperand(0), /*isUnsigned=*/false, depth + 1);
  bool exact = wide;
  if (auto flags = dyn_cast<LLVM::IntegerOverflowFlagsInterface>(op))
    exact |= isUnsigned ? flags.hasNoUnsignedWrap() : flags.hasNoSignedWrap();
  if (auto flags = dyn_cast<arith::ArithIntegerOverflowFlagsInterface>(op))
    exact |= isUnsigned ? flags.hasNoUnsignedWrap() : flags.hasNoSignedWrap();
  auto operand = [&](unsigned i, bool asUnsigned) {
    return of(op->getOperand(i), asUnsigned, depth + 1);
  };
  if (isa<LLVM::SExtOp, arith::ExtSIOp>(op))
    return isUnsigned ? std::nullopt : operand(0, false);
  if (auto zext = dyn_cast<LLVM::ZExtOp>(op))
    return operand(0, !zext.getNonNeg());
  auto trunc = dyn_cast<LLVM::TruncOp>(op);
  if (trunc)
    return exact ? operand(0, isUnsigned) : std::nullopt;
  auto orOp = dyn_cast<LLVM::OrOp>(op);
  bool isSum = isa<LLVM::AddOp, arith::AddIOp>(op);
  bool isAdd = isSum || (orOp && orOp.getIsDisjoint());
  if (!isAdd && !(exact && isa<LLVM::SubOp, LLVM::MulOp, LLVM::ShlOp,
                               arith::SubIOp, arith::MulIOp>(op)))
    return std::nullopt;
  if (isSum && !exact)
    return std::nullopt;
  std::optional<LinearForm> left = operand(0, isUnsigned);
  std::optional<LinearForm> right = operand(1, isUnsigned);
  if (!left || !right)
    return std::nullopt;
  if (isAdd || isa<LLVM::SubOp, arith::SubIOp>(op)) {
    left->add(*right, isAdd ? 1 : -1);
    return left;
  }
  if (isa<LLVM::MulOp, arith::MulIOp>(op) && left->terms.empty())
    std::swap(left, right);
  if (!right->terms.empty())
    return std::nullopt;
  uint64_t factor = right->constant;
  if (isa<LLVM::ShlOp>(op)) {
    if (factor >= 64)
      return std::nullopt;
    factor = uint64_t(1) << factor;
  }
  LinearForm scaled;
  scaled.add(*left, factor);
  return scaled;
}

std::optional<LinearForm> LinearForms::of(AffineExpr e, unsigned numDims,
                                          ValueRange operands, unsigned depth) {
  LinearForm sum;
  if (auto constant = dyn_cast<AffineConstantExpr>(e)) {
    sum.constant = static_cast<uint64_t>(constant.getValue());
    return sum;
  }
  if (auto dim = dyn_cast<AffineDimExpr>(e))
    return of(operands[dim.getPosition()], /*isUnsigned=*/false, depth);
  if (auto symbol = dyn_cast<AffineSymbolExpr>(e))
    return of(operands[numDims + symbol.getPosition()], /*isUnsigned=*/false,
              depth);
  auto both = cast<AffineBinaryOpExpr>(e);
  std::optional<LinearForm> left = of(both.getLHS(), numDims, operands, depth),
                            right = of(both.getRHS(), numDims, operands, depth);
  if (!left || !right)
    return std::nullopt;
  if (e.getKind() == AffineExprKind::Add) {
    sum.add(*left);
    sum.add(*right);
    return sum;
  }
  if (e.getKind() != AffineExprKind::Mul || !right->terms.empty())
    return std::nullopt;
  sum.add(*left, right->constant);
  return sum;
}

std::optional<LinearForm> LinearForms::of(Value v, bool isUnsigned,
                                          unsigned depth) {
  auto type = dyn_cast<IntegerType>(v.getType());
  bool isIndex = isa<IndexType>(v.getType());
  if (!isIndex && (!type || type.getWidth() > 64))
    return std::nullopt;
  bool wide = isIndex || type.getWidth() == 64;
  isUnsigned &= !wide;
  auto key = std::make_pair(v, unsigned(isUnsigned));
  if (auto found = forms.find(key); found != forms.end())
    return found->second;
  // A value that depends on itself, in code that is never reached, ends here.
  LinearForm itself;
  itself.addTerm(v, isUnsigned, 1);
  forms[key] = itself;
  std::optional<LinearForm> form;
  APInt constant;
  if (matchPattern(v, m_ConstantInt(&constant))) {
    form.emplace();
    form->constant = isUnsigned
                         ? constant.getZExtValue()
                         : static_cast<uint64_t>(constant.getSExtValue());
  } else if (Operation *op = v.getDefiningOp(); op && depth < kMaxDepth) {
    form = expand(op, isUnsigned, wide, depth);
  }
  if (!form || form->terms.size() > kMaxTerms)
    form = std::move(itself);
  return forms[key] = form;
}

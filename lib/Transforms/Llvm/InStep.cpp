//===- InStep.cpp - Values that step together -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Llvm/InStep.h"

#include "mlir/Interfaces/ControlFlowInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

namespace {

/// Of two arguments, on one edge into their block: the constant that the first
/// is above the second; or that it is what it was.
struct OnEdge {
  std::optional<uint64_t> constant;
  bool asBefore = false;
};

} // namespace

static OnEdge onEdge(BlockArgument a, BlockArgument b, BranchOpInterface branch,
                     unsigned successor, LinearForms &forms) {
  SuccessorOperands passed = branch.getSuccessorOperands(successor);
  Value x = passed[a.getArgNumber()], y = passed[b.getArgNumber()];
  if (!x || !y)
    return {};
  std::optional<LinearForm> gap = forms.of(x, /*isUnsigned=*/false),
                            less = forms.of(y, /*isUnsigned=*/false);
  if (!gap || !less)
    return {};
  gap->add(*less, -1);
  if (gap->terms.empty())
    return {gap->constant};
  // The difference of the arguments themselves.
  gap->addTerm(a, /*isUnsigned=*/false, -1);
  gap->addTerm(b, /*isUnsigned=*/false, 1);
  return {std::nullopt, gap->terms.empty() && gap->constant == 0};
}

/// The constant that the first argument is above the second, modulo 2^64, by
/// induction over the edges into their block.
static std::optional<uint64_t> above(BlockArgument a, BlockArgument b,
                                     LinearForms &forms) {
  std::optional<uint64_t> all;
  Block *block = a.getOwner();
  for (auto it = block->pred_begin(), e = block->pred_end(); it != e; ++it) {
    Operation *end = (*it)->getTerminator();
    auto branch = dyn_cast<BranchOpInterface>(end);
    if (!branch)
      return std::nullopt;
    OnEdge edge = onEdge(a, b, branch, it.getSuccessorIndex(), forms);
    if (edge.asBefore)
      continue;
    if (!edge.constant || (all && *all != *edge.constant))
      return std::nullopt;
    all = edge.constant;
  }
  return all;
}

/// Narrower values may wrap where what they extend to does not.
static bool isWide(Value v) {
  return isa<IndexType>(v.getType()) || v.getType().isInteger(64);
}

void gaus::ir::joinInStep(LinearForm &form, LinearForms &forms) {
  for (size_t i = 0; i < form.terms.size(); ++i)
    for (size_t j = i + 1; j < form.terms.size(); ++j) {
      auto a = dyn_cast<BlockArgument>(form.terms[i].value);
      auto b = dyn_cast<BlockArgument>(form.terms[j].value);
      uint64_t factor = form.terms[i].factor;
      if (!a || !b || a.getOwner() != b.getOwner() || !isWide(a) ||
          !isWide(b) || factor + form.terms[j].factor != 0)
        continue;
      std::optional<uint64_t> constant = above(a, b, forms);
      if (!constant)
        continue;
      form.constant += factor * *constant;
      form.terms.erase(form.terms.begin() + j);
      form.terms.erase(form.terms.begin() + i);
      return joinInStep(form, forms);
    }
}

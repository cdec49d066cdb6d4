//===- Aliasing.cpp - What operations say of their memory -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Llvm/Aliasing.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

/// Trees of types deeper than this are not followed.
static constexpr unsigned kMaxDepth = 32;

Tags::Tags(Operation *op) {
  if (auto said = dyn_cast_or_null<LLVM::AliasAnalysisOpInterface>(op)) {
    scopes = said.getAliasScopesOrNull();
    notScopes = said.getNoAliasScopesOrNull();
    types = said.getTBAATagsOrNull();
  }
}

/// True if the scalar type `above` is `below` or one of its parents.
static bool isAncestor(Attribute above, Attribute below) {
  for (unsigned depth = 0; depth < kMaxDepth; ++depth) {
    if (above == below)
      return true;
    auto type = dyn_cast<LLVM::TBAATypeDescriptorAttr>(below);
    if (!type || type.getMembers().empty())
      return false;
    below = type.getMembers().front().getTypeDesc();
  }
  return true;
}

/// The tree of a scalar type; null for an aggregate.
static Attribute rootOf(Attribute node) {
  for (unsigned depth = 0; depth < kMaxDepth; ++depth) {
    auto type = dyn_cast<LLVM::TBAATypeDescriptorAttr>(node);
    if (!type)
      return node;
    if (type.getMembers().size() != 1)
      return Attribute();
    node = type.getMembers().front().getTypeDesc();
  }
  return Attribute();
}

bool gaus::ir::apartByType(const Tags &a, const Tags &b) {
  if (!a.types || !b.types || a.types.size() != 1 || b.types.size() != 1)
    return false;
  Attribute x = cast<LLVM::TBAATagAttr>(a.types[0]).getAccessType();
  Attribute y = cast<LLVM::TBAATagAttr>(b.types[0]).getAccessType();
  Attribute root = rootOf(x);
  return root && root == rootOf(y) && !isAncestor(x, y) && !isAncestor(y, x);
}

/// True if for some domain all of `scopes` are among those that the other
/// access is said to stay away from.
static bool covered(ArrayAttr scopes, ArrayAttr away) {
  if (!scopes || !away)
    return false;
  auto domain = [](Attribute scope) {
    return cast<LLVM::AliasScopeAttr>(scope).getDomain();
  };
  for (Attribute wanted : scopes) {
    bool all = true;
    for (Attribute scope : scopes)
      all &= domain(scope) != domain(wanted) || llvm::is_contained(away, scope);
    if (all)
      return true;
  }
  return false;
}

bool gaus::ir::readsConstant(Operation *op) {
  auto load = dyn_cast_or_null<LLVM::LoadOp>(op);
  return load && load.getInvariant();
}

bool gaus::ir::apartByScope(const Tags &a, const Tags &b) {
  return covered(a.scopes, b.notScopes) || covered(b.scopes, a.notScopes);
}

ObjectKind gaus::ir::kindOf(Value base) {
  if (auto arg = dyn_cast<BlockArgument>(base)) {
    auto function =
        dyn_cast<FunctionOpInterface>(arg.getOwner()->getParentOp());
    if (!function || !arg.getOwner()->isEntryBlock())
      return ObjectKind::Other;
    return function.getArgAttr(arg.getArgNumber(),
                               LLVM::LLVMDialect::getNoAliasAttrName())
               ? ObjectKind::OwnArgument
               : ObjectKind::Argument;
  }
  if (base.getDefiningOp<LLVM::AllocaOp>())
    return ObjectKind::Alloca;
  if (auto of = base.getDefiningOp<LLVM::AddressOfOp>())
    if (isa_and_nonnull<LLVM::GlobalOp>(
            SymbolTable::lookupNearestSymbolFrom(of, of.getGlobalNameAttr())))
      return ObjectKind::Global;
  return ObjectKind::Other;
}

bool gaus::ir::apartByObject(Value a, Value b) {
  ObjectKind x = kindOf(a), y = kindOf(b);
  if (a == b || x == ObjectKind::Other || y == ObjectKind::Other)
    return false;
  auto named = [](ObjectKind o) { return o != ObjectKind::Argument; };
  if (named(x) && named(y))
    return true;
  // An argument that may be anything is no fresh object and nothing that
  // another argument has for itself.
  ObjectKind known = named(x) ? x : y;
  return known == ObjectKind::Alloca || known == ObjectKind::OwnArgument;
}

//===- Interface.cpp - Values that enter and leave scopes -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scopes/Interface.h"

#include "Scopes/Kinds.h"
#include "Scopes/Widths.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/LoopLikeInterface.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace gaus::ir;

/// By the nearest operation that says something.
static bool hasInterface(Operation *carrier) {
  for (Operation *op = carrier; op; op = op->getParentOp())
    if (auto said = op->getAttrOfType<StringAttr>(kInterface))
      return said.getValue() != "none";
  return true;
}

namespace {

class InterfaceBuilder {
public:
  explicit InterfaceBuilder(Scope &s) : scope(s), widths(s.carrier) {
    for (auto [i, op] : llvm::enumerate(scope.nodes))
      index[op] = static_cast<int32_t>(i);
  }

  void run() {
    if (scope.isLoop)
      addVariable();
    else
      addBlock();
  }

private:
  struct Entering {
    llvm::SmallVector<int32_t> users;
    bool stays = false;
  };

  void add(Value v, const Entering &value) {
    // Memories are no values.
    if (isa<BaseMemRefType, LLVM::LLVMPointerType>(v.getType()))
      return;
    if (int64_t width = widths.bitsOf(v.getType())) {
      scope.problem.interface.addEntering(width, value.users, value.stays);
      scope.entering.push_back(v);
    }
  }

  /// The node of the scope that an operation is, or is in; -1 if there is none.
  int32_t nodeAround(Operation *op) const {
    for (; op; op = op->getParentOp())
      if (auto found = index.find(op); found != index.end())
        return found->second;
    return -1;
  }

  llvm::SmallVector<int32_t> usersOf(Value v) const {
    llvm::SmallVector<int32_t> users;
    for (Operation *user : v.getUsers())
      if (int32_t node = nodeAround(user); node >= 0)
        users.push_back(node);
    llvm::sort(users);
    users.erase(llvm::unique(users), users.end());
    return users;
  }

  /// Iterations overlap: what is outside of them is there all the time, and
  /// what they hand on are edges.
  void addVariable() {
    auto loop = dyn_cast<LoopLikeOpInterface>(scope.carrier);
    std::optional<Value> variable =
        loop ? loop.getSingleInductionVar() : std::nullopt;
    if (variable)
      if (auto users = usersOf(*variable); !users.empty())
        add(*variable, {users, false});
  }

  /// Whether a value is there before the block runs.
  bool isOutside(Value v) const {
    if (Operation *op = v.getDefiningOp())
      return op->getBlock() != scope.block && isScheduled(*op) &&
             isAround(op->getParentRegion());
    return isAround(v.getParentRegion());
  }
  bool isAround(Region *region) const {
    return region->isAncestor(scope.block->getParent());
  }

  /// Whether a use is behind the block's end.
  bool isBehind(Operation *user) const { return nodeAround(user) < 0; }

  void addBlock() {
    llvm::MapVector<Value, Entering> entering;
    auto use = [&](Value v, int32_t node) {
      if (!isOutside(v))
        return;
      Entering &value = entering[v];
      if (node >= 0 && (value.users.empty() || value.users.back() != node))
        value.users.push_back(node);
      // What loops around others use is needed again, as is what others use.
      value.stays |= node < 0 || staysAround(v);
    };
    for (Operation *op : scope.nodes)
      op->walk([&](Operation *inner) {
        for (Value operand : inner->getOperands())
          use(operand, index.lookup(op));
      });
    for (Value operand : scope.block->getTerminator()->getOperands())
      use(operand, -1);
    for (auto &[v, value] : entering)
      add(v, value);
    for (auto [i, op] : llvm::enumerate(scope.nodes))
      if (llvm::any_of(op->getUsers(),
                       [&](Operation *user) { return isBehind(user); }))
        scope.problem.interface.leaves.push_back(static_cast<int32_t>(i));
  }

  bool staysAround(Value v) const {
    bool own = v.getParentBlock() == scope.block;
    if (isForLoop(scope.carrier) || isParallelLoop(scope.carrier))
      return !own;
    // In another block of the function.
    return scope.block->getParent() == v.getParentRegion() &&
           llvm::any_of(v.getUsers(), [&](Operation *user) {
             return isBehind(user) && user->getBlock() != v.getParentBlock();
           });
  }

  Scope &scope;
  Widths widths;
  llvm::DenseMap<Operation *, int32_t> index;
};

} // namespace

void gaus::ir::addInterface(Scope &scope) {
  if (!scope.isGraph && !scope.nodes.empty() && hasInterface(scope.carrier))
    InterfaceBuilder(scope).run();
}

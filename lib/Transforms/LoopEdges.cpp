//===- LoopEdges.cpp - What one iteration owes to those before ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MemoryOrder.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Analysis/AliasAnalysis.h"
#include "mlir/Dialect/Affine/Analysis/AffineAnalysis.h"
#include "mlir/Dialect/Affine/Analysis/Utils.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include <map>

using namespace mlir;
using namespace gaus::ir;

namespace {

class LoopEdges {
public:
  explicit LoopEdges(Scope &s) : scope(s), aliases(s.carrier), memory(s.block) {
    for (auto [i, op] : llvm::enumerate(scope.nodes))
      index[op] = static_cast<int32_t>(i);
    if (auto loop = dyn_cast<LoopLikeOpInterface>(s.carrier)) {
      args = llvm::to_vector(loop.getRegionIterArgs());
      passed = llvm::to_vector(loop.getYieldedValues());
      variable = loop.getSingleInductionVar().value_or(Value());
    } else {
      args = llvm::to_vector(s.block->getArguments());
      passed = *backEdgeValues(s.block);
    }
  }

  void run() {
    addValues();
    addMemory();
    addControl();
  }

private:
  //===--- Values --------------------------------------------------------===//

  /// What an argument of the iteration is: the value that `distance` iterations
  /// before made; null for one from outside of the loop.
  Value made(BlockArgument arg, int32_t &distance) {
    Value value = arg;
    // A chain of arguments is a shift register; a ring of them stays as it was.
    for (distance = 0; distance <= static_cast<int32_t>(args.size());
         ++distance) {
      auto next = dyn_cast<BlockArgument>(value);
      if (!next || next.getOwner() != scope.block)
        return value;
      auto at = llvm::find(args, next);
      if (at == args.end())
        return Value();
      value = passed[at - args.begin()];
    }
    return Value();
  }

  void addValues() {
    for (BlockArgument arg : args) {
      int32_t distance = 0;
      Value value = made(arg, distance);
      auto source = value ? index.find(value.getDefiningOp()) : index.end();
      if (source == index.end())
        continue;
      llvm::SmallDenseSet<int32_t, 4> users;
      for (Operation *user : arg.getUsers()) {
        Operation *node = scope.block->findAncestorOpInBlock(*user);
        if (auto found = index.find(node); found != index.end())
          users.insert(found->second);
      }
      llvm::SmallVector<int32_t, 4> ordered(users.begin(), users.end());
      llvm::sort(ordered);
      for (int32_t user : ordered)
        scope.problem.addEdge(source->second, user, distance);
    }
  }

  //===--- Memory --------------------------------------------------------===//

  /// An index that is this loop's own variable takes another value in every
  /// iteration.
  bool isVariable(Value v) { return variable && v == variable; }

  /// Whether a value is the same in all iterations: subscripts of a view that
  /// an iteration makes say nothing about those of the next one.
  bool isInvariant(Value v) {
    return v.getParentBlock() != scope.block &&
           !scope.carrier->isAncestor(v.getParentRegion()->getParentOp());
  }

  /// True if two accesses of one memref have the variable at the same place of
  /// their subscripts: then different iterations touch different elements.
  bool apartBySubscript(const NodeAccess &a, const NodeAccess &b) {
    auto subscripts = [](Operation *op) -> OperandRange {
      if (auto load = dyn_cast<memref::LoadOp>(op))
        return load.getIndices();
      if (auto store = dyn_cast<memref::StoreOp>(op))
        return store.getIndices();
      return OperandRange(op->operand_end(), op->operand_end());
    };
    if (!a.address || a.address != b.address || !isInvariant(a.address))
      return false;
    for (auto [x, y] : llvm::zip(subscripts(a.op), subscripts(b.op)))
      if (isVariable(x) && isVariable(y))
        return true;
    return false;
  }

  /// The least distance of a dependence carried by this loop from `a` to `b`;
  /// 0 if there is none, nullopt if it is not known.
  std::optional<int64_t> affineDistance(const NodeAccess &a,
                                        const NodeAccess &b) {
    auto loop = dyn_cast<affine::AffineForOp>(scope.carrier);
    // Accesses of several elements (vectors) are not what the analysis sees.
    if (!loop || !isa<affine::AffineLoadOp, affine::AffineStoreOp>(a.op) ||
        !isa<affine::AffineLoadOp, affine::AffineStoreOp>(b.op) ||
        a.address != b.address || !isInvariant(a.address))
      return std::nullopt;
    affine::MemRefAccess from(a.op), to(b.op);
    unsigned depth = affine::getNestingDepth(a.op);
    affine::FlatAffineValueConstraints constraints;
    llvm::SmallVector<affine::DependenceComponent, 2> components;
    affine::DependenceResult r = affine::checkMemrefAccessDependence(
        from, to, depth, &constraints, &components, /*allowRAR=*/true);
    if (r.value == affine::DependenceResult::NoDependence)
      return 0;
    if (r.value != affine::DependenceResult::HasDependence ||
        components.empty() || !components.back().lb)
      return std::nullopt;
    // The analysis counts in units of the variable.
    return std::max<int64_t>(
        1, llvm::divideCeilSigned(*components.back().lb, loop.getStepAsInt()));
  }

  void addCarried(const NodeAccess &a, const NodeAccess &b) {
    if (!a.writes && !b.writes)
      return;
    std::optional<int64_t> exact;
    if (a.address && b.address)
      exact = memory.distance(a, b);
    if (!exact && a.address && b.address && a.address != b.address &&
        aliases.alias(a.address, b.address).isNo())
      return;
    if (apartBySubscript(a, b))
      return;
    if (!exact)
      exact = affineDistance(a, b);
    if (exact == 0)
      return;
    int64_t distance = std::min<int64_t>(exact.value_or(1), gaus::kMaxCycle);
    auto key = std::make_pair(a.node, b.node);
    auto [entry, fresh] = carried.try_emplace(key, distance);
    entry->second = std::min(entry->second, distance);
    if (!exact && fresh && a.node != b.node)
      remark(a, b);
  }

  /// The user may know better: which pair keeps iterations apart.
  void remark(const NodeAccess &a, const NodeAccess &b) {
    using namespace mlir::remark;
    std::string other;
    llvm::raw_string_ostream os(other);
    b.op->getLoc().print(os);
    missed(a.op->getLoc(), RemarkOpts::name("LoopCarried").category("gaus"))
        << metric("Operation", scope.problem.nodeLabel(a.node))
        << "may conflict with"
        << metric("Other", scope.problem.nodeLabel(b.node))
        << metric("At", other)
        << "in the next iteration; gaus.independent says that it does not";
  }

  void addMemory() {
    std::vector<NodeAccess> all;
    for (NodeAccess a : collectAccesses(scope)) {
      if (a.op->hasAttr(kIndependent))
        continue;
      // What lies in regions counts as touching anything.
      if (a.op->getNumRegions())
        a.address = Value();
      all.push_back(a);
    }
    for (const NodeAccess &a : all)
      for (const NodeAccess &b : all)
        // From an earlier to a later operation the order within the iteration
        // implies that of the next ones, unless only the latter exists.
        addCarried(a, b);
    for (auto [ends, distance] : carried)
      scope.problem.addEdge(ends.first, ends.second,
                            static_cast<int32_t>(distance), 0, 0,
                            /*carriesValue=*/false);
  }

  //===--- Control -------------------------------------------------------===//

  /// Where the end depends on what the iterations compute, the next iteration
  /// touches no memory before it is known to take place.
  void addControl() {
    if (memory.isCounted())
      return;
    for (Value v : memory.conditions()) {
      int32_t distance = 0;
      if (auto arg = dyn_cast<BlockArgument>(v))
        v = made(arg, distance);
      auto source = v ? index.find(v.getDefiningOp()) : index.end();
      if (source == index.end())
        continue;
      for (auto [i, op] : llvm::enumerate(scope.nodes))
        if (!isMemoryEffectFree(op) && !isMarker(op))
          scope.problem.addEdge(source->second, static_cast<int32_t>(i),
                                distance + 1, 0, 0, /*carriesValue=*/false);
    }
  }

  Scope &scope;
  /// What an iteration hands to the next one: passed[i] becomes args[i].
  llvm::SmallVector<BlockArgument> args;
  llvm::SmallVector<Value> passed;
  Value variable; ///< null without a single one
  AliasAnalysis aliases;
  LlvmMemory memory;
  llvm::DenseMap<Operation *, int32_t> index;
  std::map<std::pair<int32_t, int32_t>, int64_t> carried;
};

} // namespace

void gaus::ir::addLoopEdges(Scope &scope) { LoopEdges(scope).run(); }

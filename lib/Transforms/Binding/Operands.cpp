//===- Operands.cpp - What operations read --------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Binding/Operands.h"

#include "Scopes/Kinds.h"
#include "Scopes/Widths.h"

#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/LoopLikeInterface.h"

#include <map>
#include <set>

using namespace mlir;
using namespace gaus::ir;

namespace {

class OperandReader {
public:
  OperandReader(const Scope &s, gaus::Datapath &datapath)
      : scope(s), d(datapath), widths(s.carrier), valueOf(s.nodes.size(), -1) {
    for (auto [i, op] : llvm::enumerate(scope.nodes))
      index[op] = static_cast<int32_t>(i);
    size_t next = 0;
    for (int32_t v = 0; v < d.numValues(); ++v)
      if (d.producer[v] >= 0)
        valueOf[d.producer[v]] = v;
      else if (next < scope.entering.size())
        entering[scope.entering[next++]] = v;
  }

  void run() {
    for (gaus::Operand &o : d.operands)
      o.input = -1;
    for (Operation *op : scope.nodes)
      addOperands(op);
  }

private:
  /// A value or a wire, and how many iterations before.
  struct Read {
    int32_t value, wire, distance;
    bool operator<(const Read &o) const {
      return std::tie(value, wire, distance) <
             std::tie(o.value, o.wire, o.distance);
    }
  };
  using Reads = std::set<Read>;
  using Seen = std::map<const void *, int32_t>;

  /// Equal constants are one wire.
  void addWire(Value v, Reads &reads) {
    const void *what = v.getAsOpaquePointer();
    if (Operation *op = v.getDefiningOp();
        op && op->hasTrait<OpTrait::ConstantLike>())
      if (Attribute constant = op->getAttr("value"))
        what = constant.getAsOpaquePointer();
    auto number = static_cast<int32_t>(wires.size());
    reads.insert({-1, wires.try_emplace(what, number).first->second, 0});
  }

  void collect(Value v, int32_t distance, Reads &reads, Seen &seen) {
    auto [entry, fresh] = seen.try_emplace(v.getAsOpaquePointer(), distance);
    if (!fresh && entry->second <= distance)
      return;
    entry->second = distance;
    if (auto made = index.find(v.getDefiningOp()); made != index.end()) {
      if (int32_t value = valueOf[made->second]; value >= 0)
        reads.insert({value, -1, distance});
      return;
    }
    if (auto found = entering.find(v); found != entering.end()) {
      reads.insert({found->second, -1, distance});
      return;
    }
    auto arg = dyn_cast<BlockArgument>(v);
    if (arg && scope.isLoop && llvm::is_contained(scope.blocks, arg.getOwner()))
      return collectArgument(arg, distance, reads, seen);
    addWire(v, reads);
  }

  void collectArgument(BlockArgument arg, int32_t distance, Reads &reads,
                       Seen &seen) {
    Block *block = arg.getOwner();
    int32_t before = block == scope.block ? 1 : 0;
    // A ring of arguments stays as it was before the loop.
    if (distance + before > static_cast<int32_t>(block->getNumArguments()) + 1)
      return;
    if (auto loop = dyn_cast<LoopLikeOpInterface>(scope.carrier)) {
      OpOperand *first = loop.getTiedLoopInit(arg);
      OpOperand *next = loop.getTiedLoopYieldedValue(arg);
      if (!first || !next)
        return addWire(arg, reads);
      collect(next->get(), distance + 1, reads, seen);
      return addWire(first->get(), reads);
    }
    for (auto it = block->pred_begin(), e = block->pred_end(); it != e; ++it) {
      auto branch = dyn_cast<BranchOpInterface>((*it)->getTerminator());
      Value passed = branch ? branch.getSuccessorOperands(
                                  it.getSuccessorIndex())[arg.getArgNumber()]
                            : Value();
      if (passed && llvm::is_contained(scope.blocks, *it))
        collect(passed, distance + before, reads, seen);
      else
        addWire(passed ? passed : arg, reads);
    }
  }

  /// What is stored comes last, so that loads and stores agree on addresses.
  static int32_t inputOf(Operation *op, size_t operand) {
    size_t input = operand;
    if (op->getName().stripDialect() == "store")
      input = operand == 0 ? op->getNumOperands() - 1 : operand - 1;
    return inRange(input);
  }
  static int32_t inRange(size_t input) {
    return static_cast<int32_t>(
        std::min<size_t>(input, gaus::Datapath::kMostInputs - 1));
  }

  void add(Operation *op, int32_t input, Value v) {
    if (isa<BaseMemRefType>(v.getType()))
      return;
    Reads reads;
    Seen seen;
    collect(v, 0, reads, seen);
    int64_t width = widths.bitsOf(v.getType());
    for (const Read &r : reads)
      // Iterations that follow none.
      if (r.distance == 0 || d.period > 0)
        d.operands.push_back(
            {index[op], input, r.value, r.wire, r.distance, width});
  }

  void addOperands(Operation *op) {
    bool isJoin = scope.isJoin(op);
    if (mayHaveInside(op) && !isJoin)
      return;
    for (auto [k, v] : llvm::enumerate(op->getOperands()))
      add(op, inputOf(op, k), v);
    if (!isJoin)
      return;
    // A result is one of what the regions end with.
    for (Region &region : op->getRegions())
      if (!region.empty())
        for (auto [k, v] :
             llvm::enumerate(region.front().getTerminator()->getOperands()))
          add(op, inRange(op->getNumOperands() + k), v);
  }

  const Scope &scope;
  gaus::Datapath &d;
  Widths widths;
  std::vector<int32_t> valueOf; ///< by node
  llvm::DenseMap<Operation *, int32_t> index;
  llvm::DenseMap<Value, int32_t> entering;
  std::map<const void *, int32_t> wires;
};

} // namespace

void gaus::ir::readOperands(const Scope &scope, gaus::Datapath &d) {
  OperandReader(scope, d).run();
}

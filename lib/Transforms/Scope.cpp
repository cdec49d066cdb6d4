//===- Scope.cpp - What is scheduled as one problem -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Transforms/Scope.h"

#include "LlvmMemory.h"

#include "gaus/Dialect/GausNames.h"
#include "gaus/Dialect/Library.h"

#include "mlir/Dialect/Affine/Analysis/LoopAnalysis.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

//===----------------------------------------------------------------------===//
// Finding scopes
//===----------------------------------------------------------------------===//

static bool isLoop(Operation *op) {
  return isa<scf::ForOp, affine::AffineForOp>(op);
}

static bool isInnermost(Operation *loop) {
  return !loop->getRegion(0)
              .walk([](Operation *inner) {
                return isLoop(inner) ? WalkResult::interrupt()
                                     : WalkResult::advance();
              })
              .wasInterrupted();
}

static std::string symbolOf(Operation *op) {
  for (; op; op = op->getParentOp())
    if (auto name =
            op->getAttrOfType<StringAttr>(SymbolTable::getSymbolAttrName()))
      return "@" + name.getValue().str();
  return "";
}

/// Whether the block holds an operation that would be a node.
static bool isNode(Operation &op) {
  return !op.hasTrait<OpTrait::IsTerminator>() &&
         !op.hasTrait<OpTrait::ConstantLike>();
}

static void addFunction(Operation *op, std::vector<Scope> &scopes) {
  bool single = op->getRegion(0).hasOneBlock();
  for (auto [index, block] : llvm::enumerate(op->getRegion(0))) {
    if (!single && llvm::none_of(block, isNode))
      continue;
    Scope scope;
    scope.carrier = single ? op : block.getTerminator();
    scope.block = &block;
    scope.name = "function " + symbolOf(op);
    if (!single)
      scope.name = "block " + std::to_string(index) + " of " + scope.name;
    scope.isLoop = backEdgeValues(&block).has_value();
    if (scope.isLoop)
      scope.name = "loop in " + scope.name;
    scopes.push_back(std::move(scope));
  }
}

std::vector<Scope> gaus::ir::collectScopes(Operation *root) {
  std::vector<Scope> scopes;
  // Loops come before what holds them: their length is a node's latency there.
  root->walk<WalkOrder::PostOrder>([&](Operation *op) {
    if (isLoop(op) && isInnermost(op)) {
      Scope scope;
      scope.carrier = op;
      scope.block = &op->getRegion(0).front();
      scope.name = op->getName().getStringRef().str() + " in " + symbolOf(op);
      scope.isLoop = true;
      if (llvm::any_of(*scope.block, isNode))
        scopes.push_back(std::move(scope));
    } else if (auto graph = dyn_cast<GraphOp>(op)) {
      Scope scope;
      scope.carrier = op;
      scope.block = &graph.getBody().front();
      scope.name = "graph @" + graph.getSymName().str();
      scope.isGraph = true;
      scopes.push_back(std::move(scope));
    } else if (isa<FunctionOpInterface>(op) && op->getNumRegions() == 1 &&
               !op->getRegion(0).empty()) {
      addFunction(op, scopes);
    }
  });
  return scopes;
}

//===----------------------------------------------------------------------===//
// Building the problem
//===----------------------------------------------------------------------===//

namespace {

class ProblemBuilder {
public:
  explicit ProblemBuilder(Scope &s)
      : scope(s), p(s.problem), layout(DataLayout::closest(s.carrier)) {}

  LogicalResult build() {
    FailureOr<std::unique_ptr<OperatorLibrary>> made =
        OperatorLibrary::create(scope.carrier);
    if (failed(made))
      return failure();
    library = std::move(*made);
    p = gaus::Problem();
    p.name = scope.name;
    scope.nodes.clear();
    for (Operation &op : *scope.block)
      if (isNode(op) && failed(addNode(op)))
        return failure();
    for (const ResourceInfo &r : library->resources())
      p.addResource(r.name, r.limit, r.price);
    if (scope.isGraph) {
      if (failed(addGraph(cast<GraphOp>(scope.carrier))))
        return failure();
    } else {
      addValueEdges();
      addMemoryEdges(scope);
      if (scope.isLoop)
        addLoopEdges(scope);
    }
    if (auto invalid = p.validate()) {
      scope.emit(*invalid);
      return failure();
    }
    return success();
  }

private:
  LogicalResult addNode(Operation &op) {
    FailureOr<OperatorInfo> info = library->describe(&op);
    if (failed(info))
      return failure();
    index[&op] = p.numNodes();
    scope.nodes.push_back(&op);
    int64_t latency = info->latency;
    if (op.getNumRegions() > 0 && !op.hasAttr(kLatency) &&
        !op.hasAttr(kOperator))
      latency = loopLatency(&op).value_or(latency);
    latency = std::min<int64_t>(latency, gaus::kMaxCycle);
    p.addNode(nameOf(op), static_cast<int32_t>(latency),
              info->width ? *info->width : widthOf(op));
    p.occupancy.back() = static_cast<int32_t>(info->occupancy);
    p.delayIn.back() = info->delayIn;
    p.delayOut.back() = info->delayOut;
    for (auto [resource, units] : info->uses)
      if (units > 0)
        p.addUse(resource, units);
    std::optional<std::pair<int64_t, int64_t>> window;
    if (auto array = op.getAttrOfType<DenseI64ArrayAttr>(kWindow))
      window = {array[0], array[1]};
    else if (auto node = dyn_cast<NodeOp>(op); node && node.getWindowAttr())
      window = {node.getWindowAttr()[0], node.getWindowAttr()[1]};
    if (window) {
      p.earliest.back() = static_cast<int32_t>(window->first);
      p.latest.back() = static_cast<int32_t>(window->second);
    }
    return success();
  }

  /// A graph's label, else the operation's name and its number in the scope.
  std::string nameOf(Operation &op) const {
    if (auto node = dyn_cast<NodeOp>(op)) {
      if (node.getLabel())
        return node.getLabel()->str();
      return "";
    }
    return op.getName().getStringRef().str() + " #" +
           std::to_string(p.numNodes());
  }

  /// Cycles of a scheduled loop with a constant trip count.
  static std::optional<int64_t> loopLatency(Operation *op) {
    auto length = op->getAttrOfType<IntegerAttr>(kLength);
    std::optional<int64_t> trips;
    if (auto loop = dyn_cast<scf::ForOp>(op)) {
      if (std::optional<APInt> count = loop.getStaticTripCount();
          count && count->getActiveBits() < 31)
        trips = count->getZExtValue();
    } else if (auto loop = dyn_cast<affine::AffineForOp>(op)) {
      if (std::optional<uint64_t> count = affine::getConstantTripCount(loop);
          count && *count < (uint64_t(1) << 31))
        trips = *count;
    }
    if (!length || !trips)
      return std::nullopt;
    auto ii = op->getAttrOfType<IntegerAttr>(kII);
    int64_t each = ii && ii.getInt() > 0 ? ii.getInt() : length.getInt();
    if (*trips == 0)
      return 0;
    return length.getInt() + (*trips - 1) * each;
  }

  /// Bits of all results.
  int64_t widthOf(Operation &op) const {
    if (auto node = dyn_cast<NodeOp>(op))
      return node.getTypeAttr() ? bitsOf(node.getTypeAttr().getValue()) : 0;
    int64_t bits = 0;
    for (Type type : op.getResultTypes())
      bits += bitsOf(type);
    return bits;
  }

  int64_t bitsOf(Type type) const {
    if (isa<LLVM::LLVMVoidType, LLVM::LLVMTokenType, NoneType>(type))
      return 0;
    if (auto shaped = dyn_cast<ShapedType>(type);
        shaped && isa<RankedTensorType, VectorType>(type)) {
      int64_t elements = shaped.hasStaticShape() ? shaped.getNumElements() : 1;
      int64_t each = bitsOf(shaped.getElementType());
      constexpr int64_t most = int64_t(1) << 40;
      return each && elements > most / each ? most : elements * each;
    }
    if (isa<IndexType, IntegerType, FloatType, ComplexType>(type) ||
        isa<DataLayoutTypeInterface>(type)) {
      llvm::TypeSize size = layout.getTypeSizeInBits(type);
      return static_cast<int64_t>(size.getKnownMinValue());
    }
    // A reference to memory is an address.
    return static_cast<int64_t>(
        layout.getTypeSizeInBits(IndexType::get(scope.carrier->getContext()))
            .getKnownMinValue());
  }

  /// One edge for each pair of a producer and a consumer, also if the value is
  /// used inside the consumer's regions.
  void addValueEdges() {
    for (Operation *user : scope.nodes) {
      llvm::SmallVector<int32_t, 4> sources;
      user->walk([&](Operation *inner) {
        for (Value operand : inner->getOperands())
          if (Operation *def = operand.getDefiningOp();
              def && def->getBlock() == scope.block)
            if (auto found = index.find(def); found != index.end())
              sources.push_back(found->second);
      });
      llvm::sort(sources);
      sources.erase(llvm::unique(sources), sources.end());
      for (int32_t source : sources)
        p.addEdge(source, index[user]);
    }
  }

  LogicalResult addGraph(GraphOp graph) {
    for (Operation *op : scope.nodes) {
      auto node = cast<NodeOp>(op);
      size_t carrying = node.getInputs().size();
      auto number = [](DenseI64ArrayAttr array, size_t k, int64_t otherwise) {
        return array ? array[k] : otherwise;
      };
      for (auto [k, operand] : llvm::enumerate(node->getOperands()))
        p.addEdge(index[operand.getDefiningOp()], index[op],
                  static_cast<int32_t>(number(node.getDistancesAttr(), k, 0)),
                  static_cast<int32_t>(number(node.getLagsAttr(), k, 0)),
                  number(node.getWeightsAttr(), k, 1), k < carrying);
    }
    if (graph.getIi())
      p.ii = static_cast<int32_t>(*graph.getIi());
    if (graph.getLength())
      p.length = static_cast<int32_t>(*graph.getLength());
    if (graph.getClock())
      p.clock = graph.getClock()->convertToDouble();
    return success();
  }

  Scope &scope;
  gaus::Problem &p;
  DataLayout layout;
  std::unique_ptr<OperatorLibrary> library;
  llvm::DenseMap<Operation *, int32_t> index;
};

} // namespace

LogicalResult Scope::build() { return ProblemBuilder(*this).build(); }

void Scope::dropCarriedEdges() {
  gaus::Problem kept = problem;
  for (auto *array : {&kept.source, &kept.target, &kept.distance, &kept.lag})
    array->clear();
  kept.weight.clear();
  kept.carries.clear();
  for (int32_t e = 0; e < problem.numEdges(); ++e)
    if (problem.distance[e] == 0)
      kept.addEdge(problem.source[e], problem.target[e], 0, problem.lag[e],
                   problem.weight[e], problem.carries[e]);
  problem = std::move(kept);
}

//===----------------------------------------------------------------------===//
// Diagnostics
//===----------------------------------------------------------------------===//

void Scope::emit(const gaus::Diagnostic &d) const {
  auto at = [&](int32_t node) {
    return node >= 0 && node < static_cast<int32_t>(nodes.size()) ? nodes[node]
                                                                  : carrier;
  };
  InFlightDiagnostic error = mlir::emitError(at(d.node)->getLoc());
  error << "[" << d.code << "] " << d.message;
  for (const gaus::Note &note : d.notes) {
    int32_t node = note.node;
    if (node < 0 && note.edge >= 0 && note.edge < problem.numEdges())
      node = problem.target[note.edge];
    error.attachNote(at(node)->getLoc()) << note.message;
  }
}

//===- Scope.cpp - What is scheduled as one problem -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Transforms/Scope.h"

#include "Scopes/Insides.h"
#include "Scopes/WholeUse.h"
#include "Llvm/LlvmMemory.h"

#include "gaus/Dialect/GausNames.h"
#include "gaus/Dialect/Library.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

//===----------------------------------------------------------------------===//
// Finding scopes
//===----------------------------------------------------------------------===//

static bool isInnermost(Operation *loop) {
  return !loop->getRegion(0)
              .walk([](Operation *inner) {
                return isForLoop(inner) ? WalkResult::interrupt()
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

/// The blocks of a region: of a function, or of an operation within.
static void addBlocks(Region &region, const std::string &name,
                      Operation *carrier, std::vector<Scope> &scopes) {
  bool isFunction = isa<FunctionOpInterface>(region.getParentOp());
  bool single = region.hasOneBlock();
  for (auto [index, block] : llvm::enumerate(region)) {
    if (!(isFunction && single) &&
        (llvm::none_of(block, isScheduled) || !block.mightHaveTerminator()))
      continue;
    Scope scope;
    scope.carrier = single && carrier ? carrier : block.getTerminator();
    scope.block = &block;
    scope.name = name;
    if (!single)
      scope.name = "block " + std::to_string(index) + " of " + scope.name;
    scope.isLoop = backEdgeValues(&block).has_value();
    if (scope.isLoop)
      scope.name = "loop in " + scope.name;
    scope.isNeverPipelined = !isFunction && !scope.isLoop;
    scopes.push_back(std::move(scope));
  }
}

static void addScopes(Operation *op, std::vector<Scope> &scopes) {
  std::string in = op->getName().getStringRef().str() + " in " + symbolOf(op);
  if (isForLoop(op)) {
    size_t before = scopes.size();
    addBlocks(op->getRegion(0), in, op, scopes);
    if (scopes.size() > before) {
      scopes.back().isLoop = isInnermost(op);
      scopes.back().isNeverPipelined = !scopes.back().isLoop;
    }
  } else if (auto graph = dyn_cast<GraphOp>(op)) {
    Scope scope;
    scope.carrier = op;
    scope.block = &graph.getBody().front();
    scope.name = "graph @" + graph.getSymName().str();
    scope.isGraph = true;
    scopes.push_back(std::move(scope));
  } else if (isa<FunctionOpInterface>(op) && op->getNumRegions() == 1 &&
             !op->getRegion(0).empty()) {
    addBlocks(op->getRegion(0), "function " + symbolOf(op), op, scopes);
  } else if (hasScheduledRegions(op)) {
    for (Region &region : op->getRegions())
      addBlocks(region,
                op->getNumRegions() == 1
                    ? in
                    : "region " + std::to_string(region.getRegionNumber()) +
                          " of " + in,
                nullptr, scopes);
  }
}

/// The function that an operation is in, below `root`; else the operation.
static Operation *outermostFunction(Operation *op, Operation *root) {
  Operation *found = op;
  for (Operation *at = op; at; at = at->getParentOp()) {
    if (isa<FunctionOpInterface>(at))
      found = at;
    if (at == root)
      break;
  }
  return found;
}

/// The places of functions (of everything of which there are scopes), those
/// that are called first, else as they come.
static llvm::DenseMap<Operation *, size_t>
callOrder(llvm::ArrayRef<Operation *> functions, Operation *root) {
  SymbolTableCollection symbols;
  llvm::DenseMap<Operation *, size_t> place;
  llvm::DenseSet<Operation *> seen, wanted(functions.begin(), functions.end());
  struct Visit {
    Operation *function;
    llvm::SmallVector<Operation *> callees;
    size_t next = 0;
  };
  std::vector<Visit> stack;
  auto enter = [&](Operation *function) {
    if (!wanted.contains(function) || !seen.insert(function).second)
      return;
    Visit visit{function, {}};
    function->walk([&](CallOpInterface call) {
      llvm::StringRef reason;
      if (Operation *callee = calleeOf(call, root, symbols, reason))
        visit.callees.push_back(callee);
    });
    stack.push_back(std::move(visit));
  };
  for (Operation *function : functions) {
    enter(function);
    while (!stack.empty()) {
      Visit &top = stack.back();
      if (top.next < top.callees.size()) {
        enter(top.callees[top.next++]);
        continue;
      }
      place.try_emplace(top.function, place.size());
      stack.pop_back();
    }
  }
  return place;
}

std::vector<Scope> gaus::ir::collectScopes(Operation *root) {
  std::vector<Scope> scopes;
  // What is inside comes before what holds it: its schedule is what the node
  // there takes and holds.
  root->walk<WalkOrder::PostOrder>(
      [&](Operation *op) { addScopes(op, scopes); });
  std::vector<Operation *> functions;
  functions.reserve(scopes.size());
  auto insides = std::make_shared<Insides>(root);
  for (Scope &scope : scopes) {
    scope.root = root;
    scope.insides = insides;
    functions.push_back(outermostFunction(scope.carrier, root));
  }
  llvm::DenseMap<Operation *, size_t> place = callOrder(functions, root);
  std::vector<std::pair<size_t, size_t>> order;
  order.reserve(scopes.size());
  for (size_t k = 0; k < scopes.size(); ++k)
    order.push_back({place[functions[k]], k});
  llvm::sort(order);
  std::vector<Scope> sorted;
  sorted.reserve(scopes.size());
  for (auto [function, k] : order)
    sorted.push_back(std::move(scopes[k]));
  return sorted;
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
    scope.holdsInside.clear();
    if (failed(describeNodes()))
      return failure();
    for (Operation *op : scope.nodes)
      addNode(*op);
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
  /// Resources come first: those that the scope sees, then what insides hold
  /// beside.
  LogicalResult describeNodes() {
    if (!scope.insides)
      scope.insides =
          std::make_shared<Insides>(scope.root ? scope.root : scope.carrier);
    for (Operation &op : *scope.block) {
      if (!isScheduled(op))
        continue;
      FailureOr<NodeUse> use = scope.insides->describe(&op, *library);
      if (failed(use))
        return failure();
      scope.nodes.push_back(&op);
      scope.holdsInside.push_back(!use->held.empty());
      uses.push_back(std::move(*use));
    }
    for (const ResourceInfo &r : library->resources())
      p.addResource(r.name, r.limit, r.price);
    for (NodeUse &use : uses)
      for (const Held &held : use.held)
        use.info.uses.push_back({resourceOf(held), held.units});
    return success();
  }

  int32_t resourceOf(const Held &held) {
    if (held.owner && held.owner == library->getNamed())
      for (auto [index, r] : llvm::enumerate(library->resources()))
        if (r.name == held.name.getValue())
          return static_cast<int32_t>(index);
    auto [entry, fresh] = others.try_emplace(
        {held.owner, held.name.getAsOpaquePointer()}, p.numResources());
    if (fresh) {
      p.addResource(labelOf(held, library->getNamed()), held.limit, 0);
    }
    return entry->second;
  }

  /// Nothing is counted as short in silence.
  void remarkTime(Operation &op, const NodeUse &use, int64_t latency) {
    using namespace mlir::remark;
    if (use.reason.empty() || op.hasAttr(kStart))
      return;
    missed(op.getLoc(), RemarkOpts::name("UnknownTime").category("gaus"))
        << metric("Operation", scope.problem.nodeLabel(p.numNodes() - 1))
        << "counts as" << metric("Cycles", latency)
        << "cycles:" << use.reason.str()
        << "; nothing that needs its limited units overlaps with it";
  }

  void addNode(Operation &op) {
    const NodeUse &use = uses[p.numNodes()];
    const OperatorInfo &info = use.info;
    index[&op] = p.numNodes();
    int64_t latency = std::min<int64_t>(info.latency, gaus::kMaxCycle);
    p.addNode(nameOf(op), static_cast<int32_t>(latency),
              info.width ? *info.width : widthOf(op));
    remarkTime(op, use, latency);
    p.occupancy.back() = static_cast<int32_t>(
        std::min<int64_t>(info.occupancy, gaus::kMaxCycle));
    p.delayIn.back() = info.delayIn;
    p.delayOut.back() = info.delayOut;
    for (auto [resource, units] : info.uses)
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
  std::vector<NodeUse> uses;
  /// Limited units that the scope's library does not have.
  std::map<std::pair<Operation *, const void *>, int32_t> others;
};

} // namespace

LogicalResult Scope::build() { return ProblemBuilder(*this).build(); }

gaus::Problem Scope::withoutInsides() const {
  gaus::Problem own = problem;
  own.useResource.clear();
  own.useUnits.clear();
  for (int32_t i = 0; i < problem.numNodes(); ++i) {
    own.useBegin[i] = static_cast<int32_t>(own.useResource.size());
    for (int32_t k = problem.useBegin[i];
         k < problem.useBegin[i + 1] && !holdsInside[i]; ++k) {
      own.useResource.push_back(problem.useResource[k]);
      own.useUnits.push_back(problem.useUnits[k]);
    }
  }
  own.useBegin.back() = static_cast<int32_t>(own.useResource.size());
  return own;
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

//===- Scope.cpp - The problem of a scope ---------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Transforms/Scope.h"

#include "AsLoops/Obstacle.h"
#include "Loops/Alternatives.h"
#include "Loops/BranchEdges.h"
#include "Scopes/Insides.h"
#include "Scopes/Interface.h"
#include "Scopes/Kinds.h"
#include "Scopes/WholeUse.h"
#include "Scopes/Widths.h"

#include "gaus/Dialect/GausNames.h"
#include "gaus/Dialect/Library.h"

#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/CallInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

namespace {

class ProblemBuilder {
public:
  explicit ProblemBuilder(Scope &s)
      : scope(s), p(s.problem), widths(s.carrier) {}

  LogicalResult build() {
    if (!scope.insides)
      scope.insides =
          std::make_shared<Insides>(scope.root ? scope.root : scope.carrier);
    FailureOr<std::unique_ptr<OperatorLibrary>> made =
        OperatorLibrary::create(scope.carrier, &scope.insides->portFinder());
    if (failed(made))
      return failure();
    library = std::move(*made);
    p = gaus::Problem();
    p.name = scope.name;
    p.clock = clockAt(scope.carrier);
    if (auto limit = scope.carrier->getAttrOfType<IntegerAttr>(kLiveLimit))
      p.liveLimit = limit.getInt();
    if (auto model = scope.carrier->getAttrOfType<StringAttr>(kMemoryModel))
      p.memoryModel = gaus::findMemoryModel(model.getValue())
                          .value_or(gaus::MemoryModel::Values);
    scope.nodes.clear();
    scope.holdsInside.clear();
    scope.waits.clear();
    scope.areas.clear();
    scope.memoryOf.clear();
    scope.mayMeet.clear();
    scope.entering.clear();
    if (failed(describeNodes()))
      return failure();
    for (Operation *op : scope.nodes)
      addNode(*op);
    if (scope.isGraph) {
      if (failed(addGraph(cast<GraphOp>(scope.carrier))))
        return failure();
    } else {
      if (!BranchEdges::areNeeded(scope))
        addValueEdges();
      addMemoryEdges(scope);
      if (scope.isLoop)
        addLoopEdges(scope);
      scope.insides->portFinder().addFifoEdges(scope);
      addInterface(scope);
    }
    if (failed(joinAlternatives(scope)))
      return failure();
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
    for (Operation *op : nodesOf(scope.blocks)) {
      FailureOr<NodeUse> use = scope.insides->describe(op, *library);
      if (failed(use))
        return failure();
      scope.nodes.push_back(op);
      scope.holdsInside.push_back(!use->held.empty());
      scope.waits.push_back(!use->reason.empty());
      uses.push_back(std::move(*use));
    }
    for (const ResourceInfo &r : library->resources()) {
      numbers.push_back(r.isPerMemory ? -1 : p.numResources());
      if (!r.isPerMemory)
        addResource(r.name, r.limit, r.price, r.port);
    }
    for (NodeUse &use : uses) {
      for (auto &[resource, units] : use.info.uses)
        resource = numbers[resource];
      for (const Held &held : use.held)
        use.info.uses.push_back({resourceOf(held), held.units});
    }
    for (auto [i, use] : llvm::enumerate(uses))
      spread(*scope.nodes[i], use);
    return success();
  }

  void addResource(const std::string &name, int64_t limit, int64_t price,
                   const Port &port) {
    p.addResource(name, port && limit == kManyPorts ? gaus::kUnlimited : limit,
                  price);
    ports.push_back(port);
    scope.memoryOf.push_back(memoryIn(name, port));
  }

  /// Of "port[h][1]".
  static std::string memoryIn(llvm::StringRef label, const Port &port) {
    if (!port || port.isAny)
      return "";
    llvm::StringRef memory = label.split('[').second;
    if (port.bank < 0)
      return memory.drop_back().str();
    return (memory.rsplit("][").first + ", bank " + std::to_string(port.bank))
        .str();
  }

  int32_t resourceOf(const Held &held) {
    if (held.owner && held.owner == library->getNamed())
      for (auto [index, r] : llvm::enumerate(library->resources()))
        if (r.name == held.name.getValue())
          return numbers[index];
    auto [entry, fresh] = others.try_emplace(
        {held.owner, held.name.getAsOpaquePointer()}, p.numResources());
    if (fresh)
      addResource(labelOf(held, library->getNamed()), held.limit, 0, held.port);
    return entry->second;
  }

  /// What is somewhere takes a port of every memory. An inside never has more
  /// than there are.
  void spread(Operation &op, NodeUse &use) {
    llvm::SmallVector<PortUse, 2> taken;
    for (auto [resource, units] : use.info.uses)
      taken.push_back({ports[resource], units});
    for (int32_t resource = 0; resource < p.numResources(); ++resource) {
      int64_t units = takenAnywhere(taken, ports[resource]);
      if (units == 0)
        continue;
      auto same = llvm::find_if(use.info.uses, [&](const auto &own) {
        return own.first == resource;
      });
      if (same == use.info.uses.end())
        same = use.info.uses.insert(same, {resource, 0});
      same->second += units;
      if (!use.held.empty() && p.limit[resource] != gaus::kUnlimited)
        same->second = std::min(same->second, p.limit[resource]);
    }
    bool isOwn = use.held.empty() && !op.hasAttr(kStart);
    if (isOwn && llvm::any_of(use.info.uses,
                              [&](auto own) { return ports[own.first].isAny; }))
      emitRemark(op.getLoc())
          << "which memory this accesses is not known: it takes a port of "
             "every one";
    if (isOwn)
      remarkBanks(op, taken);
  }

  static void remarkBanks(Operation &op, llvm::ArrayRef<PortUse> taken) {
    for (const PortUse &use : taken) {
      auto banks = llvm::count_if(taken, [&](const PortUse &other) {
        return other.port.bank >= 0 && other.port.memory == use.port.memory &&
               other.port.global == use.port.global &&
               other.port.resource == use.port.resource;
      });
      if (use.port.bank != 0 || banks < 2)
        continue;
      emitRemark(op.getLoc())
          << "in which bank this is is not known, or not the same in all "
             "iterations: it takes a port of all "
          << banks;
      return;
    }
  }

  /// "@f"; empty where the function is not named.
  static std::string calleeName(Operation &call) {
    auto name = dyn_cast_if_present<SymbolRefAttr>(
        cast<CallOpInterface>(call).getCallableForCallee());
    return name ? "@" + name.getLeafReference().getValue().str() : "";
  }

  static llvm::StringRef whyNoLoops(Operation *op) {
    llvm::StringRef obstacle = linalgObstacle(op);
    return obstacle.empty() ? "gaus-schedule makes its loops of it" : obstacle;
  }

  /// Nothing is counted as short in silence.
  void remarkTime(Operation &op, const NodeUse &use, int64_t latency) {
    using namespace mlir::remark;
    if (use.reason.empty() || op.hasAttr(kStart))
      return;
    if (!hasScheduledRegions(&op)) {
      std::string name = op.getName().getStringRef().str();
      bool isCall = isa<CallOpInterface>(op);
      InFlightDiagnostic remark = emitRemark(op.getLoc());
      remark << (isCall ? "this call" : "'" + name + "'") << " counts as "
             << latency << (latency == 1 ? " cycle" : " cycles")
             << " and what follows waits for it: " << use.reason;
      if (isCall)
        name = calleeName(op);
      if (isLinalg(&op))
        remark << "; " << whyNoLoops(&op);
      else if (!name.empty())
        remark << "; an operator of the library with for(\"" << name
               << "\") says its time";
      return;
    }
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
              info.width ? *info.width : widths.of(op));
    remarkTime(op, use, latency);
    p.occupancy.back() = static_cast<int32_t>(
        std::min<int64_t>(info.occupancy, gaus::kMaxCycle));
    p.delayIn.back() = info.delayIn;
    p.delayOut.back() = info.delayOut;
    scope.areas.push_back({info.name, info.area});
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

  /// What decides on a condition, and what its regions end with.
  static void forEnds(Operation *join,
                      llvm::function_ref<void(Operation *)> body) {
    body(join);
    for (Region &region : join->getRegions())
      if (!region.empty())
        body(region.front().getTerminator());
  }

  /// One edge for each pair of a producer and a consumer, also if the value is
  /// used inside the consumer's regions.
  void addValueEdges() {
    for (Operation *user : scope.nodes) {
      llvm::SmallVector<int32_t, 4> sources;
      auto add = [&](Operation *inner) {
        for (Value operand : inner->getOperands())
          if (auto found = index.find(operand.getDefiningOp());
              found != index.end())
            sources.push_back(found->second);
      };
      if (scope.isJoin(user))
        forEnds(user, add);
      else
        user->walk(add);
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
    return success();
  }

  Scope &scope;
  gaus::Problem &p;
  Widths widths;
  std::unique_ptr<OperatorLibrary> library;
  llvm::DenseMap<Operation *, int32_t> index;
  std::vector<NodeUse> uses;
  std::vector<int32_t> numbers; ///< of the library's resources; -1 = none
  std::vector<Port> ports;      ///< by resource
  /// Limited units that the scope's library does not have.
  std::map<std::pair<Operation *, const void *>, int32_t> others;
};

} // namespace

bool Scope::hasConditions() const {
  return blocks.size() > 1 && carrier->getBlock() != block;
}

bool Scope::isJoin(Operation *op) const {
  return hasConditions() && insides->isJoin(op);
}

LogicalResult Scope::build() { return ProblemBuilder(*this).build(); }

gaus::Problem Scope::withoutInsides() const {
  gaus::Problem own = problem;
  own.dropUses([&](int32_t node) { return holdsInside[node]; });
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

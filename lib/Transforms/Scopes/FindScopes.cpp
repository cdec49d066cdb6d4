//===- FindScopes.cpp - What is scheduled as one problem ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Transforms/Scope.h"

#include "Loops/BranchLoops.h"
#include "Scopes/Insides.h"
#include "Scopes/Kinds.h"
#include "Scopes/WholeUse.h"
#include "Scopes/Wishes.h"

#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

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
  BranchLoops loops(region);
  llvm::DenseMap<Block *, llvm::StringRef> reasons;
  for (const RefusedLoop &refused : loops.refused())
    reasons[refused.header] = refused.reason;
  for (auto [index, block] : llvm::enumerate(region)) {
    llvm::ArrayRef<Block *> loop = loops.around(&block);
    if (!loop.empty() && loop.front() != &block)
      continue;
    Scope scope;
    scope.block = &block;
    scope.blocks = {&block};
    if (!loop.empty())
      scope.blocks.assign(loop.begin(), loop.end());
    auto isEmpty = [](Block *b) { return llvm::none_of(*b, isScheduled); };
    if (!(isFunction && single) &&
        (llvm::all_of(scope.blocks, isEmpty) || !block.mightHaveTerminator()))
      continue;
    scope.carrier = single && carrier ? carrier : block.getTerminator();
    scope.name = name;
    if (!single)
      scope.name = "block " + std::to_string(index) + " of " + scope.name;
    scope.notPipelined = reasons.lookup(&block);
    scope.isLoop = !loop.empty();
    if (scope.isLoop)
      scope.name = "loop in " + scope.name;
    scope.isNeverPipelined = !isFunction && !scope.isLoop;
    scopes.push_back(std::move(scope));
  }
}

static void addScopes(Operation *op, Insides &insides,
                      std::vector<Scope> &scopes) {
  std::string in = op->getName().getStringRef().str() + " in " + symbolOf(op);
  if (isForLoop(op)) {
    size_t before = scopes.size();
    addBlocks(op->getRegion(0), in, op, scopes);
    if (scopes.size() > before) {
      scopes.back().isLoop = isInnermost(op);
      scopes.back().isNeverPipelined = !scopes.back().isLoop;
      scopes.back().blocks = insides.scopeOf(*scopes.back().block);
    }
  } else if (auto graph = dyn_cast<GraphOp>(op)) {
    Scope scope;
    scope.carrier = op;
    scope.block = &graph.getBody().front();
    scope.blocks = {scope.block};
    scope.name = "graph @" + graph.getSymName().str();
    scope.isGraph = true;
    scopes.push_back(std::move(scope));
  } else if (isa<FunctionOpInterface>(op) && op->getNumRegions() == 1 &&
             !op->getRegion(0).empty()) {
    addBlocks(op->getRegion(0), "function " + symbolOf(op), op, scopes);
  } else if (hasScheduledRegions(op) && !insides.isJoin(op)) {
    for (Region &region : op->getRegions())
      addBlocks(region,
                op->getNumRegions() == 1
                    ? in
                    : "region " + std::to_string(region.getRegionNumber()) +
                          " of " + in,
                isParallelLoop(op) ? op : nullptr, scopes);
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
  auto insides = std::make_shared<Insides>(root);
  auto whole = std::make_shared<WholeUse>(root);
  // What is inside comes before what holds it: its schedule is what the node
  // there takes and holds.
  root->walk<WalkOrder::PostOrder>(
      [&](Operation *op) { addScopes(op, *insides, scopes); });
  std::vector<Operation *> functions;
  functions.reserve(scopes.size());
  llvm::DenseMap<Operation *, Operation *> calls = callsWithWishes(root);
  for (Scope &scope : scopes) {
    scope.root = root;
    scope.insides = insides;
    scope.whole = whole;
    functions.push_back(outermostFunction(scope.carrier, root));
    scope.askedBy = calls.lookup(functions.back());
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

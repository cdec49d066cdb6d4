//===- Tree.cpp - The summary of a program --------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Summary/Tree.h"

#include "Loops/Trips.h"
#include "Scopes/Kinds.h"
#include "Summary/Names.h"
#include "Summary/Peaks.h"
#include "Summary/Reasons.h"
#include "Llvm/LlvmMemory.h"

#include "mlir/Analysis/CFGLoopInfo.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/LoopLikeInterface.h"

using namespace mlir;
using namespace gaus::ir;

/// "loop i", "if", "call @f".
static std::string titleOf(Operation *op) {
  if (auto call = dyn_cast<CallOpInterface>(op)) {
    auto callee = dyn_cast<SymbolRefAttr>(call.getCallableForCallee());
    return callee ? "call @" + callee.getLeafReference().str() : "call";
  }
  if (!isForLoop(op))
    return op->getName().stripDialect().str();
  std::string variable = variableOf(op);
  return variable.empty() ? "loop" : "loop " + variable;
}

static std::string titleOf(Region &region) {
  unsigned number = region.getRegionNumber();
  Operation *op = region.getParentOp();
  llvm::StringRef kind = op->getName().stripDialect();
  if (kind == "if" && number < 2)
    return number == 0 ? "then" : "else";
  if (isa<scf::WhileOp>(op))
    return number == 0 ? "condition" : "body";
  if (auto branch = dyn_cast<scf::IndexSwitchOp>(op))
    return number == 0
               ? "default"
               : "case " + std::to_string(branch.getCases()[number - 1]);
  return "region " + std::to_string(number);
}

namespace {

/// One function or graph.
class PartBuilder {
public:
  PartBuilder(Operation *op, Times &t, WholeUse &w)
      : top(op), times(t), whole(w), file(placeOf(op).file) {}

  gaus::SummaryPart make(std::string name) {
    size_t row = add(0, std::move(name), placeOf(top));
    Region &region = top->getRegion(0);
    bool isFunction = isa<FunctionOpInterface>(top);
    if (region.hasOneBlock())
      fill(row, region.front());
    if (isFunction) {
      part.rows[row].uses.clear();
      for (gaus::FunctionUse &use : functionUse(top, whole))
        addUse(row, std::move(use));
    }
    // A graph with an interval has no last iteration.
    if (!part.rows[row].ii)
      setCycles(row, times.ofRegion(region));
    addRegion(region, 1);
    if (isFunction && !part.rows[row].cyclesKnown && unknownWays)
      reasons.time("which of its blocks run is not known", subject(row));
    finish();
    return std::move(part);
  }

private:
  size_t add(int32_t depth, std::string name, const Place &place) {
    gaus::SummaryRow row;
    row.depth = depth;
    row.name = std::move(name);
    row.where = place.text();
    if (file.empty())
      file = place.file;
    part.rows.push_back(std::move(row));
    lines.push_back(place.textIn(file));
    own.push_back(0);
    return part.rows.size() - 1;
  }

  /// "loop i (line 12)".
  std::string subject(size_t row) const {
    const std::string &name = part.rows[row].name;
    return lines[row].empty() || row == 0 ? name
                                          : name + " (" + lines[row] + ")";
  }

  void setCycles(size_t row, Time time) {
    part.rows[row].cyclesKnown = time.known;
    part.rows[row].cycles.reset();
    if (time.known || time.least > 0)
      part.rows[row].cycles = time.least;
  }

  /// The one instance of a function is no unit that anyone has set a limit to.
  void addUse(size_t row, gaus::FunctionUse use) {
    bool isInstance = use.resource[0] == '@' && use.limit == 1 &&
                      use.resource.find("::") == std::string::npos;
    if (use.peak > 0 && !isInstance)
      part.rows[row].uses.push_back(std::move(use));
  }

  //===--- What is written on a block ------------------------------------===//

  void fill(size_t row, Block &block) {
    const ScopeFacts *facts = times.of(block);
    if (!facts || facts->scope.nodes.empty())
      return;
    for (Operation *op : facts->scope.nodes)
      own[row] += !isMarker(op);
    if (!facts->scheduled()) {
      reasons.unscheduled(*facts, subject(row));
      return;
    }
    const gaus::Problem &p = facts->scope.problem;
    gaus::SummaryRow &r = part.rows[row];
    r.scope = facts - times.all().begin();
    r.length = facts->length;
    std::vector<int64_t> peaks =
        insidePeaks(facts->scope, facts->starts, whole);
    if (peaks.empty())
      peaks = gaus::evaluate(p, facts->starts).peak;
    for (int32_t k = 0; k < p.numResources(); ++k)
      if (p.limit[k] != gaus::kUnlimited)
        addUse(row, {p.resourceLabel(k), p.limit[k], peaks[k], true});
    for (auto [op, why] : llvm::zip(facts->scope.nodes, facts->reasons))
      if (!why.empty())
        reasons.time(why.str(), opSubject(op));
    if (p.ii > 0)
      fillInterval(row, *facts);
  }

  std::string opSubject(Operation *op) const {
    std::string line = placeOf(op).textIn(file);
    return titleOf(op) + (line.empty() ? "" : " (" + line + ")");
  }

  void fillInterval(size_t row, const ScopeFacts &facts) {
    const gaus::Problem &p = facts.scope.problem;
    gaus::SummaryRow &r = part.rows[row];
    gaus::IntervalFacts interval = intervalOf(facts, subject(row), file);
    r.ii = p.ii;
    r.proven = gaus::provenText(p, interval);
    r.resources = gaus::resourceMII(p);
    if (gaus::Outcome<int32_t> least = gaus::recurrenceMII(p))
      r.recurrences = *least;
    if (p.ii > 1)
      reasons.interval(gaus::explainInterval(p, interval));
  }

  //===--- What blocks hold ----------------------------------------------===//

  void addContents(Block &block, int32_t depth) {
    for (Operation &op : block) {
      if (isa<CallOpInterface>(op)) {
        setCycles(add(depth, titleOf(&op), placeOf(&op)),
                  times.ofOperation(&op));
      } else if (times.isJoin(op)) {
        for (Region &region : op.getRegions())
          addRegion(region, depth);
      } else if (hasScheduledRegions(&op) || isForLoop(&op)) {
        addOperation(op, depth);
      }
    }
  }

  void addOperation(Operation &op, int32_t depth) {
    size_t row = add(depth, titleOf(&op), placeOf(&op));
    bool isLoop = isa<LoopLikeOpInterface>(op);
    if (isLoop)
      part.rows[row].trips = tripsOf(&op).text();
    setCycles(row, times.ofOperation(&op));
    bool single = op.getNumRegions() == 1 && op.getRegion(0).hasOneBlock();
    if (single)
      fill(row, op.getRegion(0).front());
    if (isLoop && !part.rows[row].ii)
      reasons.apart(op, single ? times.of(op.getRegion(0).front()) : nullptr,
                    subject(row));
    for (Region &region : op.getRegions()) {
      if (op.getNumRegions() == 1)
        addRegion(region, depth + 1);
      else if (!region.empty())
        addNamed(region, depth + 1);
    }
  }

  void addNamed(Region &region, int32_t depth) {
    size_t row = add(depth, titleOf(region), placeOf(region.front()));
    if (region.hasOneBlock())
      fill(row, region.front());
    setCycles(row, times.ofRegion(region));
    addRegion(region, depth + 1);
    // Only a terminator.
    if (row + 1 == part.rows.size() && own[row] == 0)
      pop();
  }

  void pop() {
    part.rows.pop_back();
    lines.pop_back();
    own.pop_back();
  }

  void addRegion(Region &region, int32_t depth) {
    if (region.hasOneBlock()) {
      addContents(region.front(), depth);
      return;
    }
    if (region.empty())
      return;
    addBlocks(region, times.loopsOf(region), nullptr, depth);
  }

  //===--- Loops of blocks -----------------------------------------------===//

  /// The blocks that are in `around` (null: in no loop), and the loops there.
  void addBlocks(Region &region, CFGLoopInfo &loops, CFGLoop *around,
                 int32_t depth) {
    llvm::SmallPtrSet<CFGLoop *, 4> seen;
    for (auto [index, block] : llvm::enumerate(region)) {
      CFGLoop *loop = loops.getLoopFor(&block);
      if (around && !around->contains(&block))
        continue;
      if (loop == around) {
        addBlock(block, index, depth, around);
        continue;
      }
      while (loop->getParentLoop() != around)
        loop = loop->getParentLoop();
      if (seen.insert(loop).second)
        addLoop(region, loops, *loop, depth);
    }
  }

  void addBlock(Block &block, size_t index, int32_t depth, CFGLoop *around) {
    if (!around && block.getNumSuccessors() > 1)
      unknownWays = true;
    const ScopeFacts *facts = times.of(block);
    if (!facts)
      return;
    size_t row = add(depth, "block " + std::to_string(index), placeOf(block));
    fill(row, block);
    setCycles(row, times.ofBlock(block));
    addContents(block, depth + 1);
    // That of a loop is said of the loop.
    if (!around || around->getHeader() != &block)
      reasons.apart(*facts, subject(row));
  }

  void addLoop(Region &region, CFGLoopInfo &loops, CFGLoop &loop,
               int32_t depth) {
    Block &header = *loop.getHeader();
    auto inLoop = [&](Block *block) { return loop.contains(block); };
    std::string variable = variableOf(header, inLoop);
    size_t row = add(depth, variable.empty() ? "loop" : "loop " + variable,
                     placeOfLoop(header, inLoop));
    const ScopeFacts *scope = times.loopAt(header);
    TripRange count = times.trips(loop);
    part.rows[row].trips = count.text();
    if (count.most != count.least)
      reasons.time((count.most ? kVaryingTrips : kUnknownTrips).str(),
                   subject(row));
    // Of one block it may be a scope that is no loop.
    bool whole = scope || loop.getNumBlocks() == 1;
    if (whole)
      fill(row, header);
    setCycles(row, whole ? times.ofBlock(header) : times.ofLoop(loop));
    if (!part.rows[row].ii)
      reasons.apart(loop, times.of(header), subject(row));
    if (!whole)
      addBlocks(region, loops, &loop, depth + 1);
    for (Block &block : region)
      if (whole && loop.contains(&block))
        addContents(block, depth + 1);
  }

  //===--- The whole -----------------------------------------------------===//

  void finish() {
    size_t count = part.rows.size();
    std::vector<int64_t> total(own.begin(), own.end());
    for (size_t i = count; i-- > 0;)
      for (size_t j = i + 1;
           j < count && part.rows[j].depth > part.rows[i].depth; ++j)
        if (part.rows[j].depth == part.rows[i].depth + 1)
          total[i] += total[j];
    for (size_t i = 0; i < count; ++i)
      if (total[i] > 0)
        part.rows[i].operations = total[i];
    part.sections = reasons.sections();
  }

  Operation *top;
  Times &times;
  WholeUse &whole;
  std::string file;
  gaus::SummaryPart part;
  Reasons reasons;
  /// By row: where it is within the file; operations of its own block.
  std::vector<std::string> lines;
  std::vector<int64_t> own;
  bool unknownWays = false;
};

} // namespace

std::vector<gaus::SummaryPart>
gaus::ir::summarize(Operation *root, std::vector<ScopeFacts> scopes) {
  Times times(root, std::move(scopes));
  WholeUse whole(root);
  std::vector<gaus::SummaryPart> parts;
  llvm::DenseSet<Operation *> tops;
  auto topOf = [](Operation *op) {
    while (op->getParentOp() && !isa<FunctionOpInterface, GraphOp>(op))
      op = op->getParentOp();
    return op;
  };
  for (const ScopeFacts &facts : times.all())
    if (!facts.scope.nodes.empty())
      tops.insert(topOf(facts.scope.carrier));
  root->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (!tops.contains(op) || op->getNumRegions() != 1)
      return;
    bool isGraph = isa<GraphOp>(op);
    std::string kind = isGraph                        ? "graph"
                       : isa<FunctionOpInterface>(op) ? "function"
                                                      : "";
    auto symbol =
        op->getAttrOfType<StringAttr>(SymbolTable::getSymbolAttrName());
    std::string name = kind.empty() ? op->getName().getStringRef().str() : kind;
    if (symbol)
      name += " @" + symbol.str();
    parts.push_back(PartBuilder(op, times, whole).make(std::move(name)));
  });
  return parts;
}

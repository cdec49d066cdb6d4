//===- PipelineText.cpp - Straight lines as pipelines for CIRCT -----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Hardware/PipelineText.h"

#include "FunctionHardware.h"
#include "Netlist/HwExpressions.h"
#include "ReadSchedule.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

namespace {

/// What comes from an earlier stage has a name of its own in each that reads
/// it.
struct Source {
  Expr here, there;
};

struct StagedOp {
  Expr result, value;
  int64_t latency;
};

struct Stage {
  std::vector<Source> sources;
  std::vector<StagedOp> operations;
};

/// The stages of a function, made of a netlist's expressions.
class Pipeline {
public:
  explicit Pipeline(Operation *function)
      : function(cast<FunctionOpInterface>(function)),
        n(this->function.getName().str()) {
    n.name = n.freshName(n.name);
  }

  LogicalResult build();

  FunctionOpInterface function;
  Netlist n;
  std::vector<Stage> stages;
  std::vector<Expr> arguments, results;

private:
  InFlightDiagnostic refuse(Operation *op) {
    return emitError(op->getLoc()) << "'" << op->getName().getStringRef()
                                   << "' cannot be part of a pipeline: ";
  }
  InFlightDiagnostic refuse() {
    return emitError(function.getLoc())
           << "@" << function.getName() << " cannot be a pipeline: ";
  }
  LogicalResult readScopes();
  LogicalResult addArguments(Block &block);
  LogicalResult addOperations(Block &block);
  LogicalResult check(Operation *op, const ScheduledOp *at);
  LogicalResult add(Operation *op, const ScheduledOp &at);
  Expr read(Value v, int64_t stage);

  Schedule schedule;
  int64_t length = 0;
  bool startsAlways = false; ///< in every cycle, whatever limits there are
  /// By value, the stage that it is made in and its signal there.
  llvm::DenseMap<Value, std::pair<int64_t, Expr>> made;
  llvm::DenseMap<std::pair<Value, int64_t>, Expr> taken;
};

} // namespace

/// An integer of up to 64 bits, or an index.
static bool isInteger(Type type) {
  return isa<IntegerType, IndexType>(type) && hardwareWidth(type) > 0;
}

Expr Pipeline::read(Value v, int64_t stage) {
  if (Operation *op = v.getDefiningOp(); op && isInteger(v.getType()))
    if (auto bits = constantBits(op, hardwareWidth(v.getType())))
      return n.constant(*bits);
  auto at = made.find(v);
  if (at == made.end())
    return kNoExpr;
  auto [from, there] = at->second;
  if (from == stage)
    return there;
  auto [entry, fresh] = taken.try_emplace({v, stage}, kNoExpr);
  if (fresh) {
    std::string wanted = n.nameOf(there).str() + "_s" + std::to_string(stage);
    entry->second = n.signal(wanted, n.width(there));
    stages[stage].sources.push_back({entry->second, there});
  }
  return entry->second;
}

LogicalResult Pipeline::check(Operation *op, const ScheduledOp *at) {
  if (op->getNumRegions() > 0)
    return refuse(op) << "it has regions";
  if (accessOf(op) || isMemory(op))
    return refuse(op) << "it is about memory";
  if (isa<CallOpInterface>(op))
    return refuse(op) << "it is a call";
  for (Type type : op->getOperandTypes())
    if (!isInteger(type))
      return refuse(op) << "an operand of type " << type;
  for (Type type : op->getResultTypes())
    if (!isInteger(type))
      return refuse(op) << "a result of type " << type;
  if (!at)
    return success();
  if (at->waits || at->hardware)
    return refuse(op) << (at->waits ? "its time is not known"
                                    : "its operator names a module");
  if (at->isLimited && !startsAlways)
    return refuse(op) << "it uses a resource with a limit, and without ii=1 "
                         "nothing says that it can start in every cycle";
  return success();
}

LogicalResult Pipeline::add(Operation *op, const ScheduledOp &at) {
  llvm::SmallVector<Expr> in;
  for (Value operand : op->getOperands())
    in.push_back(read(operand, at.start));
  Expr value = computeOfIntegers(n, op, in);
  if (value == kNoExpr)
    return refuse(op) << "an operation of this kind is not exported";
  Expr result = n.signal(op->getName().stripDialect(), n.width(value));
  made[op->getResult(0)] = {at.start, result};
  stages[at.start].operations.push_back({result, value, at.latency});
  return success();
}

/// How many stages there are, and whether it starts in every cycle.
LogicalResult Pipeline::readScopes() {
  if (failed(readSchedule(function->getParentOp(), function.getOperation(),
                          schedule)))
    return failure();
  for (const ScheduledScope &scope : schedule.scopes) {
    length = std::max(length, scope.length);
    startsAlways |= scope.ii == 1;
    if (int64_t every = scope.ii.value_or(1); every > 1)
      return refuse() << "it starts every " << every
                      << " cycles, and a pipeline in every one";
  }
  for (auto &[op, at] : schedule.operations)
    length = std::max(length, at.start + std::max<int64_t>(at.latency, 1));
  stages.resize(static_cast<size_t>(length) + 1);
  return success();
}

LogicalResult Pipeline::addArguments(Block &block) {
  for (Value v : block.getArguments()) {
    if (!isInteger(v.getType()))
      return refuse() << "an argument of type " << v.getType();
    arguments.push_back(n.signal("a" + std::to_string(arguments.size()),
                                 hardwareWidth(v.getType())));
    made[v] = {0, arguments.back()};
  }
  return success();
}

/// In the order of starts; those of one cycle in that of the program.
LogicalResult Pipeline::addOperations(Block &block) {
  std::vector<std::pair<int64_t, Operation *>> order;
  for (Operation &op : block.without_terminator()) {
    if (isNothing(&op) || op.hasTrait<OpTrait::ConstantLike>())
      continue;
    auto at = schedule.operations.find(&op);
    bool isNode = at != schedule.operations.end();
    if (failed(check(&op, isNode ? &at->second : nullptr)))
      return failure();
    if (isNode)
      order.emplace_back(at->second.start, &op);
  }
  llvm::stable_sort(order, llvm::less_first());
  for (auto [start, op] : order)
    if (failed(add(op, schedule.operations.at(op))))
      return failure();
  return success();
}

LogicalResult Pipeline::build() {
  if (!function.getFunctionBody().hasOneBlock())
    return refuse() << "it has control flow";
  Block &block = function.getFunctionBody().front();
  Operation *last = block.getTerminator();
  if (last->getNumOperands() == 0)
    return refuse() << "no results";
  if (failed(readScopes()) || failed(addArguments(block)) ||
      failed(addOperations(block)))
    return failure();
  for (Value v : last->getOperands()) {
    results.push_back(read(v, length));
    if (results.back() == kNoExpr)
      return refuse(last) << "a result of type " << v.getType();
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

namespace {

class PipelinePrinter : gaus::hardware::HwExpressions {
public:
  PipelinePrinter(const Pipeline &p, llvm::raw_ostream &out)
      : HwExpressions(p.n, out), p(p) {}

  void print();

private:
  void printConstants();
  void printStage(size_t stage);
  void printOperation(const StagedOp &op);
  /// "BEFORE0 : i32, BEFORE1 : i1" with the types of the expressions.
  std::string list(llvm::ArrayRef<Expr> all, llvm::StringRef before) const;

  const Pipeline &p;
};

} // namespace

std::string PipelinePrinter::list(llvm::ArrayRef<Expr> all,
                                  llvm::StringRef before) const {
  std::string joined;
  for (auto [k, e] : llvm::enumerate(all))
    joined +=
        (k ? ", " : "") + before.str() + std::to_string(k) + " : " + typeOf(e);
  return joined;
}

/// Outside of the pipeline, so that no stage hands them on.
void PipelinePrinter::printConstants() {
  for (Expr e = 0; e < n.expressions.size(); ++e)
    if (n.isConstant(e))
      name(e);
}

void PipelinePrinter::printOperation(const StagedOp &op) {
  std::string value = name(op.value), own = n.nameOf(op.result).str();
  if (op.latency <= 1) {
    out << "  %" << own << " = hw.wire " << value << " : " << typeOf(op.result)
        << "\n";
    return;
  }
  out << "  %" << own << " = pipeline.latency " << op.latency << " -> ("
      << typeOf(op.result) << ") {\n";
  for (int64_t k = 1; k <= op.latency; ++k) {
    std::string next = "%" + own + "_p" + std::to_string(k);
    out << "    " << next << " = seq.compreg.ce " << value
        << ", %clock, %runs : " << typeOf(op.result) << "\n";
    value = next;
  }
  out << "    pipeline.latency.return " << value << " : " << typeOf(op.result)
      << "\n  }\n";
}

void PipelinePrinter::printStage(size_t stage) {
  if (stage > 0)
    out << "  pipeline.stage ^bb" << stage << "\n^bb" << stage << "(%s" << stage
        << "_enable : i1):\n";
  for (const Source &source : p.stages[stage].sources)
    out << "  " << name(source.here) << " = pipeline.src " << name(source.there)
        << " : " << typeOf(source.here) << "\n";
  for (const StagedOp &op : p.stages[stage].operations)
    printOperation(op);
}

void PipelinePrinter::print() {
  std::string inputs, outputs, values, types;
  for (auto [k, e] : llvm::enumerate(p.arguments))
    inputs += (k ? ", " : "") + name(e) + " : " + typeOf(e) + " = %arg" +
              std::to_string(k);
  for (auto [k, e] : llvm::enumerate(p.results)) {
    outputs += "%result" + std::to_string(k) + ", ";
    values += (k ? ", " : "") + name(e);
    types += (k ? ", " : "") + typeOf(e);
  }
  out << "hw.module @" << n.name
      << "(in %clk : i1, in %rst : i1, in %stall : i1, in %go : i1, "
      << list(p.arguments, "in %arg") << (inputs.empty() ? "" : ", ")
      << list(p.results, "out result") << ", out done : i1) {\n"
      << "  %clock = seq.to_clock %clk\n"
      << "  %one = hw.constant true\n"
      << "  %runs = comb.xor %stall, %one : i1\n";
  printConstants();
  out << "  " << outputs << "%done = pipeline.scheduled(" << inputs
      << ") stall(%stall) clock(%clock) reset(%rst) go(%go) "
         "entryEn(%s0_enable) -> ("
      << list(p.results, "result") << ") {\n";
  for (size_t stage = 0; stage < p.stages.size(); ++stage)
    printStage(stage);
  out << "  pipeline.return " << values << " : " << types << "\n  }\n";
  flush();
  out << "  hw.output " << outputs << "%done : " << types << ", i1\n}\n";
}

LogicalResult gaus::ir::printPipeline(Operation *function,
                                      llvm::raw_ostream &out) {
  Pipeline pipeline(function);
  if (failed(pipeline.build()))
    return failure();
  PipelinePrinter(pipeline, out).print();
  return success();
}

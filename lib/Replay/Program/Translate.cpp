//===- Translate.cpp - From functions to what the machine runs ----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Program/Translate.h"
#include "Program/EndOfLoop.h"
#include "Program/Loops.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/Affine/Analysis/LoopAnalysis.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

/// Whether what a bound may be follows from constants and the bounds of loops
/// around.
static bool isBounded(Value v) {
  if (auto loop = affine::getForInductionVarOwner(v))
    return llvm::all_of(loop.getControlOperands(), isBounded);
  if (auto loop = scf::getForInductionVarOwner(v))
    return isBounded(loop.getLowerBound()) && isBounded(loop.getUpperBound());
  Operation *op = v.getDefiningOp();
  return op &&
         (isConstant(op) ||
          (isa<arith::AddIOp, arith::SubIOp, arith::MulIOp, arith::MinSIOp,
               arith::MaxSIOp, arith::IndexCastOp, arith::ExtSIOp,
               affine::AffineApplyOp, affine::AffineMinOp, affine::AffineMaxOp>(
               op) &&
           llvm::all_of(op->getOperands(), isBounded)));
}

/// The most iterations that `gaus.trips` says; -1 = nothing.
static int64_t hintedTrips(Operation *op) {
  auto hint = op->getAttrOfType<DenseI64ArrayAttr>(kTrips);
  return hint && hint.size() == 2 ? hint[1] : -1;
}

static std::optional<int64_t> number(Operation *op, llvm::StringRef name) {
  if (auto attr = op ? op->getAttrOfType<IntegerAttr>(name) : IntegerAttr())
    return attr.getInt();
  return std::nullopt;
}

namespace gaus::ir::replaying {

class FunctionTranslator {
public:
  FunctionTranslator(Program &program, Operation *function, FunctionCode &code)
      : program(program), runtime(program.runtime), function(function),
        code(code) {}

  bool translate() {
    Region &body = function->getRegion(0);
    code.op = function;
    code.name = cast<SymbolOpInterface>(function).getName().str();
    for (Block &block : body) {
      for (BlockArgument arg : block.getArguments())
        slot(arg);
      blockNumbers[&block] = static_cast<int32_t>(blockNumbers.size());
    }
    bool single = body.hasOneBlock();
    for (Block &block : body) {
      code.blocks.emplace_back();
      Operation *carrier = single ? function : block.getTerminator();
      if (!translateBlock(block, code.blocks.back(), carrier))
        return false;
      if (!single && !translateBranch(code.blocks.back()))
        return false;
      code.isWait |= !code.blocks.back().scheduled;
      for (const OpCode &op : code.blocks.back().ops)
        code.isWait |= op.isWait;
    }
    if (!single) {
      findLoops(code);
      // How long the longest way through its blocks is says when it has ended.
      code.length = number(function, kLength).value_or(-1);
      code.isWait |= code.length < 0;
    }
    for (BlockCode &b : code.blocks)
      setScopes(b, &b);
    for (const LoopCode &loop : code.loops)
      for (int32_t k : loop.blocks)
        for (OpCode &op : code.blocks[k].ops)
          op.scope = &code.blocks[loop.blocks[0]];
    code.numSlots = static_cast<int32_t>(slots.size());
    return true;
  }

private:
  bool refuse(Operation *op, const std::string &reason) {
    if (program.reason.empty()) {
      program.reason = reason + " (" + op->getName().getStringRef().str() + ")";
      program.where = op->getLoc();
    }
    return false;
  }

  static void setScopes(BlockCode &b, const BlockCode *scope) {
    for (OpCode &op : b.ops) {
      op.scope = scope;
      for (BlockCode &region : op.regions)
        setScopes(region, op.isOneWithLoop ? scope : &region);
    }
  }

  int32_t slot(Value v) {
    return slots.try_emplace(v, static_cast<int32_t>(slots.size()))
        .first->second;
  }

  template <class Values> llvm::SmallVector<int32_t, 4> slotsOf(Values values) {
    llvm::SmallVector<int32_t, 4> all;
    for (Value v : values)
      all.push_back(slot(v));
    return all;
  }

  bool translateBlock(Block &block, BlockCode &b, Operation *carrier) {
    b.block = &block;
    b.terminator = block.getTerminator();
    for (BlockArgument arg : block.getArguments())
      b.arguments.push_back(slot(arg));
    int64_t with = 0, without = 0;
    Operation *first = nullptr;
    for (Operation &op : block.without_terminator()) {
      if (isDebug(&op))
        continue;
      if (isConstant(&op)) {
        std::optional<Payload> value = constantPayload(&op, runtime);
        if (!value)
          return refuse(&op, "constants of this kind");
        code.constants.push_back({slot(op.getResult(0)), std::move(*value)});
        continue;
      }
      b.ops.emplace_back();
      if (!translateOp(&op, b.ops.back(), carrier))
        return false;
      bool has = b.ops.back().start >= 0;
      (has ? with : without) += 1;
      if (!has && !first)
        first = &op;
    }
    b.scheduled = without == 0;
    if (with && without)
      program.missing.push_back(
          {first, "has no start, others of its block have"});
    b.ii = number(carrier, kII).value_or(0);
    b.length = number(carrier, kLength).value_or(-1);
    b.mostTrips = hintedTrips(b.terminator);
    b.passed = slotsOf(b.terminator->getOperands());
    return true;
  }

  bool translateOp(Operation *op, OpCode &c, Operation *carrier) {
    c.op = op;
    c.operands = slotsOf(op->getOperands());
    for (Value result : op->getResults())
      c.results.push_back(slot(result));
    c.start = number(op, kStart).value_or(-1);
    c.touchesMemory = !isMemoryEffectFree(op);
    if (!describe(op, c, carrier))
      return false;
    if (op->getNumRegions() > 0)
      return translateRegions(op, c);
    if (auto call = dyn_cast<CallOpInterface>(op))
      return translateCall(call, c);
    if (std::optional<std::string> reason = selectSemantics(op, c, runtime))
      return refuse(op, *reason);
    return true;
  }

  /// What the library says, of limited resources only.
  bool describe(Operation *op, OpCode &c, Operation *carrier) {
    Program::Library *library = program.libraryOf(carrier);
    if (!library)
      return refuse(carrier, "a library that is not there");
    FailureOr<OperatorInfo> info = library->library->describe(op);
    if (failed(info))
      return refuse(op, "what its attributes say");
    c.latency = info->latency;
    c.occupancy = info->occupancy;
    c.delayIn = info->delayIn;
    c.delayOut = info->delayOut;
    for (auto [resource, units] : info->uses)
      if (static_cast<size_t>(resource) < library->numbers.size() &&
          library->numbers[resource] >= 0 && units > 0)
        c.uses.push_back({library->numbers[resource], units});
    return true;
  }

  //===--- Structured control flow ---------------------------------------===//

  bool translateRegions(Operation *op, OpCode &c) {
    c.mostTrips = hintedTrips(op);
    if (auto loop = dyn_cast<scf::ForOp>(op)) {
      c.control = Control::For;
      if (auto trips = loop.getStaticTripCount();
          trips && trips->getActiveBits() < 63)
        c.trips = static_cast<int64_t>(trips->getZExtValue());
      if (c.trips < 0)
        c.trips = c.mostTrips;
      c.isWait = c.trips < 0 && !(isBounded(loop.getLowerBound()) &&
                                  isBounded(loop.getUpperBound()));
      c.shape.width = bitsOf(loop.getInductionVar().getType());
      c.numbers = {op->hasAttr("unsignedCmp")};
    } else if (auto loop = dyn_cast<affine::AffineForOp>(op)) {
      c.control = Control::AffineFor;
      if (auto trips = affine::getConstantTripCount(loop))
        c.trips = static_cast<int64_t>(*trips);
      if (c.trips < 0)
        c.trips = c.mostTrips;
      c.isWait =
          c.trips < 0 && !llvm::all_of(loop.getControlOperands(), isBounded);
      c.map = loop.getLowerBoundMap();
      c.upperMap = loop.getUpperBoundMap();
      c.numbers = {loop.getStepAsInt()};
    } else if (isa<scf::IfOp>(op)) {
      c.control = Control::If;
    } else if (auto branch = dyn_cast<scf::IndexSwitchOp>(op)) {
      c.control = Control::Switch;
      c.numbers.assign(branch.getCases().begin(), branch.getCases().end());
    } else if (auto branch = dyn_cast<affine::AffineIfOp>(op)) {
      c.control = Control::AffineIf;
      c.set = branch.getIntegerSet();
    } else if (isa<scf::WhileOp>(op)) {
      c.control = Control::While;
      c.isWait = c.mostTrips < 0;
    } else if (isa<scf::ExecuteRegionOp>(op)) {
      c.control = Control::Execute;
    } else {
      return refuse(op, "this operation with regions");
    }
    c.isWait |= op->hasAttr(kLatencyMin);
    bool loops = c.control == Control::For || c.control == Control::AffineFor;
    for (Region &region : op->getRegions()) {
      c.regions.emplace_back();
      if (region.empty())
        continue;
      if (!region.hasOneBlock())
        return refuse(op, "regions of several blocks");
      BlockCode &b = c.regions.back();
      // Of other blocks than a loop's, the terminator has the results.
      Operation *carrier = loops ? op : region.front().getTerminator();
      if (!translateBlock(region.front(), b, carrier))
        return false;
    }
    c.isOneWithLoop = isOneWithLoop(op, c);
    if (c.isOneWithLoop) {
      c.latency = 0;
      c.delayIn = c.delayOut = 0;
      c.touchesMemory = false; // What is inside does.
      return true;
    }
    for (const BlockCode &b : c.regions)
      c.isWait |= !b.scheduled || waitsIn(b);
    return true;
  }

  static bool waitsIn(const BlockCode &b) {
    return llvm::any_of(b.ops, [](const OpCode &op) {
      return op.isWait ||
             (op.isOneWithLoop && llvm::any_of(op.regions, waitsIn));
    });
  }

  static bool hasLoopIn(Operation *op) {
    return op
        ->walk([&](Operation *inner) {
          return inner != op && isa<scf::ForOp, affine::AffineForOp>(inner)
                     ? WalkResult::interrupt()
                     : WalkResult::advance();
        })
        .wasInterrupted();
  }

  /// A condition in a loop without others, directly or in conditions, of which
  /// what is inside has starts, but no length of its own. That of a condition
  /// without results is not printed.
  static bool isOneWithLoop(Operation *op, const OpCode &c) {
    Operation *around = op->getParentOp();
    while (isa<scf::IfOp, affine::AffineIfOp, scf::IndexSwitchOp,
               scf::ExecuteRegionOp>(around))
      around = around->getParentOp();
    if (!isa<scf::ForOp, affine::AffineForOp>(around) ||
        !(c.control == Control::If || c.control == Control::AffineIf ||
          c.control == Control::Switch || c.control == Control::Execute) ||
        hasLoopIn(around))
      return false;
    bool placed = false;
    for (const BlockCode &b : c.regions) {
      if (!b.scheduled || b.length >= 0)
        return false;
      placed |= b.block && !b.ops.empty();
    }
    return placed;
  }

  //===--- Calls and branches --------------------------------------------===//

  bool translateCall(CallOpInterface call, OpCode &c) {
    auto callee = dyn_cast_or_null<FunctionOpInterface>(
        dyn_cast_or_null<Operation *>(call.resolveCallable()));
    if (!callee)
      return refuse(call, "calls of unknown functions");
    if (callee.isExternal())
      return translatePrint(call, callee, c);
    c.control = Control::Call;
    c.callee = program.translate(callee);
    if (!c.callee)
      return false;
    c.isWait = c.callee->isWait || call->hasAttr(kLatencyMin);
    return true;
  }

  /// Functions of mlir-runner's libraries that print.
  bool translatePrint(CallOpInterface call, FunctionOpInterface callee,
                      OpCode &c) {
    llvm::StringRef name = callee.getName();
    if (name == "printI64")
      c.semantics = [](Runtime &r, const OpCode &, const Payload *const *in,
                       Payload *) {
        r.write(r.printer, 1, 0);
        r.print(std::to_string(static_cast<int64_t>(in[0]->bits)));
      };
    else if (name == "printU64")
      c.semantics = [](Runtime &r, const OpCode &, const Payload *const *in,
                       Payload *) {
        r.write(r.printer, 1, 0);
        r.print(std::to_string(in[0]->bits));
      };
    else if (name == "printNewline")
      c.semantics = [](Runtime &r, const OpCode &, const Payload *const *,
                       Payload *) {
        r.write(r.printer, 1, 0);
        r.print("\n");
      };
    else
      return refuse(call, "calls of functions without a body");
    return true;
  }

  bool translateBranch(BlockCode &b) {
    Operation *op = b.terminator;
    if (op->getNumSuccessors() == 0)
      return true;
    auto branch = dyn_cast<BranchOpInterface>(op);
    if (!branch || !isa<cf::BranchOp, cf::CondBranchOp, cf::SwitchOp,
                        LLVM::BrOp, LLVM::CondBrOp, LLVM::SwitchOp>(op))
      return refuse(op, "this branch");
    for (unsigned k = 0; k < op->getNumSuccessors(); ++k) {
      Successor s;
      s.block = blockNumbers[op->getSuccessor(k)];
      s.operands =
          slotsOf(branch.getSuccessorOperands(k).getForwardedOperands());
      b.successors.push_back(std::move(s));
    }
    if (auto many = dyn_cast<cf::SwitchOp>(op))
      addCases(b, many.getCaseValues());
    if (auto many = dyn_cast<LLVM::SwitchOp>(op))
      addCases(b, many.getCaseValues());
    return true;
  }

  static void addCases(BlockCode &b,
                       std::optional<DenseIntElementsAttr> cases) {
    if (cases)
      for (const APInt &value : cases->getValues<APInt>())
        b.cases.push_back(static_cast<int64_t>(value.getZExtValue()));
  }

  Program &program;
  Runtime &runtime;
  Operation *function;
  FunctionCode &code;
  llvm::DenseMap<Value, int32_t> slots;
  llvm::DenseMap<Block *, int32_t> blockNumbers;
};

} // namespace gaus::ir::replaying

bool gaus::ir::replaying::translateFunction(Program &program,
                                            Operation *function,
                                            FunctionCode &code) {
  return FunctionTranslator(program, function, code).translate();
}

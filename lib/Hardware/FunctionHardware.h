//===- FunctionHardware.h - A function becomes a module ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The parts of a function's hardware. One scope is active at a time; a counter
/// is the cycle of a block, or the slot of a pipelined loop, whose iterations
/// are stages with a valid bit each.
///
/// An operation reads its operands in the cycle of its start. Its result is on
/// a wire in the cycle before it is due (of latency 0: in its own), and in a
/// register from then on; in a loop the register hands on to copies, one for
/// each interval that the value lives longer.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_HARDWARE_FUNCTIONHARDWARE_H
#define GAUS_LIB_HARDWARE_FUNCTIONHARDWARE_H

#include "Design.h"

#include "llvm/ADT/MapVector.h"

namespace gaus::ir {

class FunctionHardware {
public:
  FunctionHardware(mlir::Operation *function, Design &design)
      : function(function), design(design), n(design.n),
        memories(design.memories), name(nameOfFunction(function)) {}

  // In this order, each step of all functions before the next one.
  mlir::LogicalResult plan();
  mlir::LogicalResult planAccesses();
  mlir::LogicalResult planUnits();
  mlir::LogicalResult declare();
  mlir::LogicalResult build();
  /// Of a unit that this function uses, once all who use it are built.
  mlir::LogicalResult finishUnit(SharedUnit &unit);
  void finish();

  /// Adds the module's ports to what describes it.
  void describe(llvm::json::Object &all);

  mlir::Operation *function;
  /// Calls of this function; empty for the one that is the module.
  std::vector<CallSite> calledFrom;
  /// The longest way of calls from the module's function to this one.
  unsigned depth = 0;
  /// Some unit may be busy for longer than its operation takes.
  bool isBusyLater = false;

private:
  static std::string nameOfFunction(mlir::Operation *function);
  bool isTop() const { return design.top == function; }
  /// What is made from now on is part of this function.
  void enter();
  mlir::LogicalResult declareResults();
  void buildSlices();
  void finishLeft();

  // Plans (Plans.cpp)
  mlir::LogicalResult planScope(const ScheduledScope &scope);
  mlir::LogicalResult planOperations(const ScheduledScope &scope,
                                     ScopePlan &plan);
  void planEnds(ScopePlan &plan);
  mlir::LogicalResult planCall(mlir::Operation *call, OpPlan &p);
  mlir::LogicalResult planAccess(mlir::Operation *op);

  // Control (Control.cpp)
  mlir::LogicalResult declareArguments();
  mlir::LogicalResult declareOutputs();
  void declareControl();
  void buildStart();
  mlir::LogicalResult buildBlockEnd(ScopePlan &s);
  using Passed = llvm::DenseMap<mlir::Value, Expr>;
  /// The next cycle begins at `to`, if `when`, with these values.
  mlir::LogicalResult go(Expr when, mlir::Block *to, ScopePlan *from,
                         mlir::ValueRange operands, Passed passed,
                         unsigned depth = 0);
  mlir::LogicalResult leaveBlock(Expr when, mlir::Block *block, ScopePlan *from,
                                 const Passed &passed, unsigned depth);
  mlir::LogicalResult giveBack(Expr when, mlir::Operation *last,
                               ScopePlan *from, const Passed &passed);
  Expr passedOrNext(mlir::Value v, ScopePlan *from, const Passed &passed);
  void finishControl();
  void finishOutputs();
  void finishRegisters();
  Expr inCycle(const ScopePlan &s, int64_t cycle);

  // Loops (Loops.cpp)
  void declareLoop(ScopePlan &s);
  mlir::LogicalResult buildLoop(ScopePlan &s);
  mlir::LogicalResult buildLoopEnds(ScopePlan &s);
  void buildStages(ScopePlan &s);
  Expr endFound(ScopePlan &s);
  Expr atStage(ScopePlan &s, std::vector<Expr> &bits, llvm::StringRef name,
               Moment at);
  Expr firstAt(ScopePlan &s, Moment at);
  Expr aheadAt(ScopePlan &s, unsigned block, Moment at);
  Expr takesPlace(ScopePlan &s, int64_t cycle);
  Expr inStage(ScopePlan &s, int64_t stage);
  Expr edgeCondition(ScopePlan &s, unsigned block, unsigned successor,
                     Moment at);
  std::vector<Expr> takenBlocks(ScopePlan &s, unsigned to,
                                llvm::ArrayRef<unsigned> decisive, Moment at);
  Expr edgeTaken(ScopePlan &s, const std::vector<Expr> &taken, unsigned block,
                 unsigned successor, unsigned to,
                 llvm::ArrayRef<unsigned> decisive, Moment at);
  llvm::SmallVector<unsigned> guardsOf(ScopePlan &s, unsigned block);
  Expr guard(ScopePlan &s, mlir::Block *block, int64_t cycle);
  Expr sliceOf(mlir::Value v, ScopePlan &s);
  mlir::LogicalResult waitForEnd(ScopePlan &s, int64_t known);
  bool isCounter(mlir::BlockArgument arg, ScopePlan &s);
  bool isAheadOfTime(mlir::Value end, ScopePlan &s);
  mlir::Value passedBack(mlir::BlockArgument arg, ScopePlan &s);

  // Values (Values.cpp)
  Expr read(mlir::Value v, ScopePlan &s, Moment at);
  OpPlan *planOf(mlir::Value v);
  Expr computeWire(mlir::Value v, llvm::function_ref<Expr(mlir::Value)> readIn);
  Expr readOutside(mlir::Value v);
  Expr readResult(mlir::Value v, OpPlan &p, Moment at);
  Expr readArgument(mlir::BlockArgument arg, ScopePlan &s, Moment at);
  Expr copyOf(mlir::Value v, OpPlan &p, int64_t k);

  // Registers (Registers.cpp)
  void planRegisters();
  Expr readCopy(mlir::Value v, OpPlan &p, int64_t k, int64_t cycle);
  bool isHeld(const OpPlan &p, int64_t k, int64_t cycle) const;
  Expr sharedRegister(mlir::Value v, OpPlan &p, int64_t k);
  static constexpr int64_t kForEver = INT64_MAX;
  /// A branch of a block of a loop.
  struct Edge {
    unsigned block, successor;
  };
  llvm::SmallVector<Edge> edgesTo(mlir::Block *block, ScopePlan &s);
  mlir::Value passedBy(const Edge &edge, mlir::BlockArgument arg, ScopePlan &s);
  void findReady(ScopePlan &s);
  int64_t readyAt(mlir::Value v, ScopePlan &s);
  bool isInRing(mlir::BlockArgument arg, ScopePlan &s);
  Expr readLoopArgument(mlir::BlockArgument arg, ScopePlan &s, Moment at);
  std::optional<Expr> constantOf(mlir::Value v);
  Expr held(mlir::Value v);
  bool isIn(mlir::Value v, const ScopePlan &s) const;

  // Operations (Operations.cpp)
  mlir::LogicalResult buildOperation(mlir::Operation *op);
  Expr buildUnit(mlir::Operation *op, OpPlan &p, llvm::ArrayRef<Expr> in,
                 Expr starts, Expr &valid);
  void waitFor(const OpPlan &p, Expr valid);
  Expr compute(mlir::Operation *op, llvm::ArrayRef<Expr> in);
  Expr computeIndex(mlir::AffineExpr e, llvm::ArrayRef<Expr> in, unsigned dims);
  Expr computeRounded(bool up, llvm::ArrayRef<Expr> in);
  Expr computeView(mlir::Operation *op, llvm::ArrayRef<Expr> in);
  Expr computeIndices(mlir::Operation *op, llvm::ArrayRef<Expr> in);
  Expr computeAddress(mlir::Operation *op, llvm::ArrayRef<Expr> in);
  Expr computeFloat(mlir::Operation *op, OpPlan &p, llvm::ArrayRef<Expr> in);
  Expr compareFloats(mlir::Operation *op, llvm::ArrayRef<Expr> in);
  Expr computeByBits(mlir::Operation *op, llvm::ArrayRef<Expr> in);

  // Calls (Calls.cpp)
  mlir::LogicalResult buildCall(mlir::Operation *op, OpPlan &p);
  Expr nextCycle(mlir::Value v, ScopePlan &s, int64_t cycle);
  void finishCalls();
  void buildBusy();
  Expr unlessHeld(Expr when);
  Expr beforeHeld(Expr when);

  // Units of a library (OwnUnits.cpp)
  mlir::LogicalResult planOwnUnit(mlir::Operation *op, OpPlan &p);
  Expr buildOwnUnit(mlir::Operation *op, OpPlan &p, llvm::ArrayRef<Expr> in,
                    Expr starts, Expr &valid);

  // Units (Units.cpp)
  std::string kindOf(mlir::Operation *op, const OpPlan &p);
  void useUnit(SharedUnit &unit, mlir::Operation *op, OpPlan &p,
               llvm::ArrayRef<Expr> in);

  // Memory (MemoryPorts.cpp)
  mlir::LogicalResult buildAccess(mlir::Operation *op, OpPlan &p);
  Expr addressOf(mlir::Operation *op, const ElementAccess &access, OpPlan &p);
  Expr accessEnable(mlir::Operation *op, const OpPlan &p);
  Expr buildLoad(mlir::Operation *op, OpPlan &p, MemoryPlan &m, Expr address,
                 bool several);
  void buildStore(mlir::Operation *op, OpPlan &p, MemoryPlan &m, Expr address,
                  Expr data, bool several);
  Expr readData(const MemoryPlan::Port &port, Expr enable, bool now);

  /// The first thing that went wrong, at its place.
  mlir::InFlightDiagnostic refuse(mlir::Operation *op);
  std::string nameOf(mlir::Value v);

  Design &design;
  Netlist &n;
  MemoryBank &memories;
  std::string name;
  std::vector<std::unique_ptr<ScopePlan>> scopes;
  llvm::DenseMap<mlir::Block *, ScopePlan *> scopeOf;
  llvm::MapVector<mlir::Operation *, OpPlan> operations;
  /// Results of operations but the first ones.
  llvm::MapVector<mlir::Value, OpPlan> moreResults;
  llvm::DenseMap<mlir::Operation *, SharedUnit *> units;
  std::map<std::pair<const ScopePlan *, int64_t>, SharedRegister>
      sharedRegisters;
  /// Registers that hold what other scopes read, and block arguments.
  llvm::MapVector<mlir::Value, std::pair<Expr, Writes>> heldValues;
  /// Of arguments of loops that were read: (argument, cycle, ahead).
  std::map<std::tuple<void *, int64_t, bool>, Expr> readArguments;
  /// Arguments of loops that may stay as they are.
  llvm::MapVector<mlir::Value, OpPlan> rings;
  /// What header arguments are in the stage 0.
  llvm::MapVector<mlir::Value, std::pair<Expr, Writes>> aheadValues;
  llvm::DenseMap<mlir::Value, Expr> slices;
  Passed argumentPorts;
  /// A result stays until the next one; `ahead` is what it will be in the next
  /// cycle, but for what is given back in no time.
  struct Result {
    Expr kept, ahead;
    Writes writes, atOnce;
  };
  std::vector<Result> results;
  /// What other scopes read of a loop: kept as it is left.
  llvm::MapVector<mlir::Value, Expr> leftValues;
  Expr go_ = kNoExpr, idle = kNoExpr, counter = kNoExpr, state = kNoExpr;
  Expr done_ = kNoExpr;
  /// Ends with this cycle: by its last scope, or in no time as it starts.
  std::vector<Expr> doneWhen, doneAtOnce;
  Expr ends_ = kNoExpr; ///< one of `doneWhen`, and nothing holds it
  /// Waits for a call: everything of this function stays as it is. kNoExpr
  /// where it never does.
  Expr hold_ = kNoExpr;
  /// Whether it stayed in the clock cycle before; made where it is needed.
  Expr wasHeld_ = kNoExpr;
  /// A unit is busy in the next cycle; null where none is for longer than its
  /// operation takes.
  Expr busy_ = kNoExpr;
  std::vector<Expr> waits;
  bool failed_ = false;
};

/// Bits of a value in hardware; 0 if it cannot be one.
unsigned hardwareWidth(mlir::Type type);
/// Of such a value in memory: a power of two.
unsigned bytesOf(mlir::Type type);
/// Of a comparison what is compared; else empty.
llvm::StringRef predicateName(mlir::Operation *op);
/// A marker for the compiler, which does nothing.
bool isNothing(mlir::Operation *op);
/// Of the result of a constant, `width` bits; none of other operations.
std::optional<llvm::APInt> constantBits(mlir::Operation *op, unsigned width);
/// The value of an operation on integers; also of selections and conversions,
/// whatever the bits are. kNoExpr if it is of another kind.
Expr computeOfIntegers(hardware::Netlist &n, mlir::Operation *op,
                       llvm::ArrayRef<Expr> in);
/// It makes a memory, which is there all the time.
bool isMemory(mlir::Operation *op);
/// An expression of its operands that control is made of.
bool isWire(mlir::Value v);
std::optional<ElementAccess> accessOf(mlir::Operation *op);

} // namespace gaus::ir

#endif // GAUS_LIB_HARDWARE_FUNCTIONHARDWARE_H

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

#include "Loops/BranchFlow.h"
#include "Memory/Memories.h"

#include "gaus/Hardware/Netlist.h"
#include "gaus/Transforms/Scope.h"

#include "llvm/ADT/MapVector.h"

#include <set>

namespace gaus::ir {

using hardware::Expr;
using hardware::ExprKind;
using hardware::kNoExpr;
using hardware::Netlist;

/// The cycle of a scope that an expression stands for, and whether it is
/// evaluated in that cycle or in the one before, for what is to be then.
struct Moment {
  int64_t cycle;
  bool isAhead = false;
  Moment later(int64_t cycles) const { return {cycle + cycles, isAhead}; }
};

/// Writes to a register, at most one of them in a cycle.
struct Writes {
  std::vector<std::pair<Expr, Expr>> all; ///< (when, value)
};

/// What is scheduled together.
struct ScopePlan {
  llvm::SmallVector<mlir::Block *, 4> blocks;
  bool isLoop = false;
  /// Cycles of a block, of an iteration; 0 = it takes no time.
  int64_t length = 0;
  /// Of a loop at most `length` or more; of a block its length.
  int64_t ii = 0;
  mlir::Operation *carrier = nullptr;
  std::string name;

  Expr active = kNoExpr; ///< the current cycle is one of this scope
  Expr enter = kNoExpr;  ///< the next cycle is the first of this scope
  std::vector<Expr> enters;
  Expr leave = kNoExpr; ///< the current cycle is the last one of this scope

  // Of loops.
  std::unique_ptr<BranchFlow> flow;
  llvm::BitVector endsAhead; ///< by block: its way out is known ahead
  std::vector<Expr> valid;   ///< by stage: an iteration is in it
  std::vector<Expr> first;   ///< by stage: it is the first iteration
  std::map<unsigned, std::vector<Expr>> ahead; ///< by block, stage
  Expr wraps = kNoExpr;                        ///< the last slot of an interval
  llvm::DenseMap<mlir::Value, int64_t> ready;  ///< by argument
  /// (stage, when): an iteration is found to be the last one.
  std::vector<std::pair<int64_t, Expr>> ends;

  int64_t stages() const { return (length - 1) / ii + 1; }
};

/// The result of an operation, or an operation without one.
struct OpPlan {
  ScopePlan *scope = nullptr;
  int64_t start = 0, latency = 0;
  Expr result = kNoExpr; ///< the wire
  std::vector<Expr> copies;
  /// What a binding gives it: of copy k the register of that number.
  llvm::SmallVector<int64_t, 2> registers;
  bool isLimited = false; ///< uses a resource with a limit
  /// When the wire has the result.
  int64_t onWire() const { return latency > 0 ? start + latency - 1 : start; }
};

/// A memory and what accesses it. Addresses count bytes; one has the number of
/// its memory above its low 32 bits, so that pointers can be compared, handed
/// on and kept.
struct MemoryPlan {
  MemoryId id;
  std::string name;
  uint64_t tag = 0;
  unsigned wordBytes = 1;  ///< of its widest access
  bool isExternal = false; ///< its ports are those of the module
  uint64_t bytes = 0;      ///< of one inside
  std::vector<uint8_t> content;
  bool readsAhead = false; ///< some load has a latency of at most 1

  struct Access {
    mlir::Operation *op;
    Expr enable, address, data = kNoExpr, mask = kNoExpr;
  };
  struct Port {
    std::set<std::pair<const ScopePlan *, int64_t>> taken; ///< by slot
    std::vector<Access> accesses;
    Expr data = kNoExpr; ///< of reads: what comes back
  };
  std::vector<Port> reads, writes;
};

/// A unit and what it executes, one operation a cycle.
struct SharedUnit {
  struct Use {
    mlir::Operation *op;
    Expr when;
    llvm::SmallVector<Expr, 2> operands;
  };
  std::vector<Use> uses;
  std::set<std::pair<const ScopePlan *, int64_t>> taken; ///< by slot
};

/// A register of a scope that several values take in turn.
struct SharedRegister {
  Expr signal = kNoExpr;
  unsigned width = 0;
  Writes writes;
  /// Cycles of an iteration at the end of which values are written into it.
  std::vector<int64_t> written;
  std::set<std::pair<void *, int64_t>> known; ///< (value, copy)
};

class FunctionHardware {
public:
  FunctionHardware(mlir::Operation *function, Netlist &n)
      : function(function), n(n), memories(function->getParentOp()) {}
  mlir::LogicalResult build();

private:
  mlir::LogicalResult declareResults();
  void buildSlices();
  void finishLeft();
  void describe();

  // Plans (Plans.cpp)
  mlir::LogicalResult planScopes();
  mlir::LogicalResult planScope(Scope &scope);
  mlir::LogicalResult planOperations(Scope &scope, ScopePlan &plan);
  void planEnds(ScopePlan &plan);
  mlir::LogicalResult planMemories();
  mlir::LogicalResult planAccesses();
  mlir::LogicalResult planMemory(const MemoryId &id, mlir::Operation *user);
  mlir::LogicalResult planAccess(mlir::Operation *op);

  // Control (Control.cpp)
  mlir::LogicalResult declarePorts();
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
  bool isAheadOfTime(mlir::Value v, ScopePlan &s, unsigned depth = 0);
  mlir::Value passedBack(mlir::BlockArgument arg, ScopePlan &s);

  // Values (Values.cpp)
  Expr read(mlir::Value v, ScopePlan &s, Moment at);
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
  Expr buildUnit(mlir::Operation *op, OpPlan &p, llvm::ArrayRef<Expr> in);
  Expr compute(mlir::Operation *op, llvm::ArrayRef<Expr> in);
  Expr computeAddress(mlir::Operation *op, llvm::ArrayRef<Expr> in);
  Expr computeFloat(mlir::Operation *op, OpPlan &p, llvm::ArrayRef<Expr> in);
  Expr compareFloats(mlir::Operation *op, llvm::ArrayRef<Expr> in);

  // Units (Units.cpp)
  std::string sharedUnit(mlir::Operation *op, const OpPlan &p);
  void useUnit(const std::string &key, mlir::Operation *op, OpPlan &p,
               llvm::ArrayRef<Expr> in);
  mlir::LogicalResult finishUnits();

  // Memory (MemoryPorts.cpp)
  mlir::LogicalResult buildAccess(mlir::Operation *op, OpPlan &p);
  Expr accessEnable(mlir::Operation *op, const OpPlan &p);
  Expr buildLoad(mlir::Operation *op, OpPlan &p, MemoryPlan &m, Expr address,
                 bool several);
  void buildStore(mlir::Operation *op, OpPlan &p, MemoryPlan &m, Expr address,
                  Expr data, bool several);
  MemoryPlan::Port &portFor(std::vector<MemoryPlan::Port> &ports,
                            const OpPlan &p, int64_t cycle);
  llvm::SmallVector<MemoryPlan *> memoriesOf(mlir::Value address);
  void finishMemories();
  void finishExternal(MemoryPlan &m);
  void finishInternal(MemoryPlan &m);
  Expr portEnable(const MemoryPlan::Port &port);
  Expr portMux(const MemoryPlan::Port &port, Expr MemoryPlan::Access::*what);

  /// The first thing that went wrong, at its place.
  mlir::InFlightDiagnostic refuse(mlir::Operation *op);
  std::string nameOf(mlir::Value v);

  mlir::Operation *function;
  Netlist &n;
  Memories memories;
  std::vector<std::unique_ptr<ScopePlan>> scopes;
  llvm::DenseMap<mlir::Block *, ScopePlan *> scopeOf;
  llvm::MapVector<mlir::Operation *, OpPlan> operations;
  std::map<std::string, SharedUnit> units;
  std::map<std::pair<const ScopePlan *, int64_t>, SharedRegister>
      sharedRegisters;
  std::vector<std::unique_ptr<MemoryPlan>> memoryPlans;
  llvm::DenseMap<const void *, MemoryPlan *> memoryOf;
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
  std::vector<std::pair<Expr, Writes>> results;
  /// What other scopes read of a loop: kept as it is left.
  llvm::MapVector<mlir::Value, Expr> leftValues;
  Expr go_ = kNoExpr, idle = kNoExpr, counter = kNoExpr, state = kNoExpr;
  Expr doneNext = kNoExpr, done_ = kNoExpr;
  std::vector<Expr> doneWhen;
  bool failed_ = false;
};

/// Bits of a value in hardware; 0 if it cannot be one.
unsigned hardwareWidth(mlir::Type type);
/// Of a comparison what is compared; else empty.
llvm::StringRef predicateName(mlir::Operation *op);
/// A marker for the compiler, which does nothing.
bool isNothing(mlir::Operation *op);

} // namespace gaus::ir

#endif // GAUS_LIB_HARDWARE_FUNCTIONHARDWARE_H

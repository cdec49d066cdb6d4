//===- Parts.h - What hardware of functions is made of ----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Plans of scopes, operations, memories, units and registers, and what is
/// built of them bit by bit.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_HARDWARE_PARTS_H
#define GAUS_LIB_HARDWARE_PARTS_H

#include "Loops/BranchFlow.h"
#include "Memory/Memories.h"

#include "gaus/Hardware/Netlist.h"

#include <map>
#include <memory>
#include <set>

namespace gaus::ir {

class FunctionHardware;
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
  FunctionHardware *in = nullptr;
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
  /// How long it takes is not known, and the function waits.
  bool waits = false;
  int64_t occupancy = 1;
  /// Its unit is busy for longer than it takes.
  bool isBusyLater = false;
  /// Of a module that its operator names; null for what is built in.
  mlir::DictionaryAttr hardware;
  /// When the wire has the result.
  int64_t onWire() const { return latency > 0 ? start + latency - 1 : start; }
};

/// Of an operation that reads or writes one place of a memory.
struct ElementAccess {
  mlir::Value base;   ///< a pointer or a memref
  mlir::Value stored; ///< null of a load
  mlir::Type type;    ///< of what is read or written
};

/// A memory and what accesses it. Addresses count bytes; one has the number of
/// its memory above its low 32 bits, so that pointers can be compared, handed
/// on and kept.
struct MemoryPlan {
  MemoryId id;
  std::string name;
  uint64_t tag = 0;
  unsigned wordBytes = 1;   ///< of its widest access
  bool isExternal = false;  ///< its ports are those of the module
  bool isStream = false;    ///< and they hand on one element after the other
  unsigned elementBits = 0; ///< of a stream
  uint64_t bytes = 0;       ///< of one inside
  std::vector<uint8_t> content;
  bool readsAhead = false; ///< some load has a latency of at most 1

  struct Access {
    mlir::Operation *op;
    Expr enable, address, data = kNoExpr, mask = kNoExpr;
  };
  struct Port {
    /// By slot; with the number of those that exclude each other in it.
    std::map<std::pair<const ScopePlan *, int64_t>, mlir::Attribute> taken;
    std::vector<Access> accesses;
    Expr data = kNoExpr; ///< of reads: what comes back
  };
  std::vector<Port> reads, writes;
};

/// Slots of scopes.
using Slots = std::set<std::pair<const ScopePlan *, int64_t>>;

/// A unit and what it executes, one operation a cycle.
struct SharedUnit {
  struct Use {
    FunctionHardware *in;
    mlir::Operation *op;
    OpPlan *plan;
    Expr when;
    llvm::SmallVector<Expr, 2> operands;
  };
  std::string name;                   ///< as gaus-bind calls it
  std::string kind;                   ///< what it can execute
  std::set<FunctionHardware *> users; ///< functions
  std::vector<Use> uses;
  Slots taken;
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

/// A call, and what is on the inputs of the function that it starts.
struct CallSite {
  mlir::Operation *call;
  ScopePlan *scope;
  /// Cycles of the scope in which the function runs, as far as is planned: from
  /// `start` to before `end`.
  int64_t start, end;
  Expr when = kNoExpr; ///< the next cycle is its first
  llvm::SmallVector<Expr> operands;
};

} // namespace gaus::ir

#endif // GAUS_LIB_HARDWARE_PARTS_H

//===- Machine.h - Runs a program and says what is when ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The run in order, which gives every executed operation (an instance) the
/// cycle that the schedule means for it, and checks that its operands are
/// there.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_REPLAY_MACHINE_MACHINE_H
#define GAUS_LIB_REPLAY_MACHINE_MACHINE_H

#include "Program/Code.h"

#include "gaus/Replay/Replay.h"

#include "llvm/ADT/DenseMap.h"

#include <map>

namespace gaus::ir::replaying {

/// One iteration of a loop, within one of the loop around it.
struct Iteration {
  int32_t around = -1;
  int64_t number = 0;
  int32_t first = -1; ///< the iteration 0 of the same run of the loop
};

struct Instance {
  const OpCode *code;
  int64_t start;
  int32_t iteration;    ///< -1 = outside of loops
  int32_t inside;       ///< the instance whose region or callee this is in; -1
  int32_t firstOperand; ///< in `operandValues`
  int32_t guard;        ///< value that decides whether it takes place; -1
  int64_t end;          ///< of calls: the cycle at which the callee has ended
};

struct DynamicValue {
  Payload payload;
  int64_t ready; ///< cycle
  int32_t producer = -1;
};

/// Where an operation takes as long as it needs, its scope waits: by how much
/// what is planned for a cycle comes later.
class Shifts {
public:
  int64_t shifted(int64_t planned) const {
    return planned + std::prev(from.upper_bound(planned))->second;
  }
  /// What is planned for the cycle `planned`, and all that comes then or later,
  /// comes in the cycle `at` or later.
  void wait(int64_t planned, int64_t at);

private:
  std::map<int64_t, int64_t> from = {{INT64_MIN, 0}};
};

class Machine {
public:
  Machine(Program &program, Runtime &runtime, const ReplayOptions &options)
      : program(program), runtime(runtime), options(options) {}

  /// Runs it from cycle 0 with these arguments.
  void run(FunctionCode &function, llvm::ArrayRef<Payload> arguments);

  bool stopped() const { return !reason.empty(); }
  std::string describe(int32_t instance) const;
  std::string iterationText(int32_t iteration) const;
  void find(ReplayFinding finding) {
    ++numFindings;
    if (findings.size() < options.maxFindings)
      findings.push_back(std::move(finding));
  }

  Program &program;
  Runtime &runtime;
  const ReplayOptions &options;

  std::vector<Instance> instances;
  std::vector<int32_t> operandValues;
  std::vector<DynamicValue> values;
  std::vector<Iteration> iterations;
  std::vector<int32_t> results; ///< values that the function returned
  std::vector<ReplayFinding> findings;
  int64_t numFindings = 0;
  int64_t end = 0; ///< cycle at which everything has ended
  std::vector<mlir::Location> inOrder;
  /// Why it was given up.
  std::string reason;
  std::optional<mlir::Location> where;
  bool undefined = false; ///< because the program is wrong

private:
  friend class LoopRun;
  using Frame = std::vector<int32_t>;
  /// An operation of a scope and all that ran inside, as if nothing had waited.
  struct Piece {
    const OpCode *code;
    int64_t start, end;
    int32_t firstInstance, lastInstance; ///< [first, last)
    int32_t firstValue, lastValue;
  };

  /// Returns the cycle at which it has ended.
  int64_t runBlock(const BlockCode &b, Frame &f, int64_t base) {
    Shifts shifts;
    return runBlock(b, f, base, shifts);
  }
  /// `shifts`, which are none, become those of the block.
  int64_t runBlock(const BlockCode &b, Frame &f, int64_t base, Shifts &shifts);
  /// Returns the cycle from which on what comes next finds all units free, for
  /// as long as the longest branch needs them; `ended` becomes the end.
  int64_t runApart(const BlockCode &b, Frame &f, int64_t base, int64_t &ended);
  /// busyUntil, found once a block: all of the program is there before it runs.
  int64_t busyOf(const BlockCode &b);
  void runPieces(const BlockCode &b, Frame &f, int64_t base,
                 std::vector<Piece> &pieces);
  Shifts stretch(std::vector<Piece> &pieces);
  int64_t unitsFree(size_t firstInstance, int64_t from) const;
  int64_t runOp(const OpCode &c, Frame &f, int64_t start);
  int64_t runPlain(const OpCode &c, Frame &f, int64_t start);
  int64_t runIf(const OpCode &c, Frame &f, int64_t start);
  void runInLoop(const OpCode &c, Frame &f, int64_t base,
                 std::vector<Piece> &pieces);
  const BlockCode *takenRegion(const OpCode &c, const Frame &f) const;
  int64_t runFor(const OpCode &c, Frame &f, int64_t start);
  int64_t runWhile(const OpCode &c, Frame &f, int64_t start);
  int64_t runCall(const OpCode &c, Frame &f, int64_t start);
  int64_t runFunction(const FunctionCode &code,
                      llvm::ArrayRef<int32_t> arguments, int64_t start,
                      llvm::SmallVectorImpl<int32_t> &returned);
  int64_t runBlocks(const FunctionCode &code, Frame &f, int64_t start,
                    llvm::SmallVectorImpl<int32_t> &returned);
  /// One run of a loop of branches from its header on. `base` becomes the cycle
  /// at which it has ended; returns the branch that leaves it, null where the
  /// run was given up.
  const Successor *runLoop(const FunctionCode &code, const LoopCode &loop,
                           Frame &f, int64_t &base);
  const Successor *takeBranch(const BlockCode &b, const Frame &f);
  void checkDecided(const BlockCode &b, const Frame &f, int64_t next);
  void passTo(const FunctionCode &code, const Successor &s, Frame &f);
  int32_t latestOf(int32_t a, int32_t b);
  /// The value as it is known to those who wait for what decides that it is
  /// this one; -1 = nothing decides.
  int32_t decidedBy(int32_t value, int32_t decides);
  /// Iteration `number` of a loop that `gaus.trips` allows `most` of; -1 = any.
  void checkTrips(mlir::Operation *op, int64_t number, int64_t most) {
    if (most >= 0 && number >= most)
      stop(op, "more iterations than gaus.trips says",
           /*isUndefined=*/true);
  }
  bool bounds(const OpCode &c, const Frame &f, int64_t &first, int64_t &step,
              uint64_t &trips);

  void enterIteration(int32_t around, int64_t number, int32_t first);
  int32_t record(const OpCode &c, const Frame &f, int64_t start);
  int32_t newValue(Payload payload, int64_t ready, int32_t producer);
  void stop(mlir::Operation *op, const std::string &why, bool isUndefined);
  void noteInOrder(const BlockCode &b);

  int32_t iteration = -1, inside = -1, guard = -1;
  unsigned depth = 0;
  llvm::DenseMap<const BlockCode *, int64_t> busyBlocks;
  std::vector<const Payload *> in;
  std::vector<Payload> out;
};

/// The cycle at which the schedule of a block that starts at `base` has ended,
/// if nothing waits.
int64_t endOf(const BlockCode &b, int64_t base);

/// Which iterations of pipelined loops meet in memory.
void findDependences(Machine &machine, mlir::Operation *function,
                     std::vector<ReplayLoop> &loops);
/// Values that are there too late. Adds findings.
void checkValues(Machine &machine);
/// With a clock: values that come too late within their cycle. Adds findings.
void checkChains(Machine &machine);
/// By cycle: what the memory is and who sees what. Adds findings.
void checkMemory(Machine &machine);
/// Units in use in every cycle; calls of one function at a time. Adds findings,
/// and the peaks to `uses`.
void checkLimits(Machine &machine, std::vector<ReplayUse> &uses);
/// Adds to `counts` (argument, accesses) of each FIFO.
void checkFifos(Machine &machine,
                std::vector<std::pair<int64_t, int64_t>> &counts);

} // namespace gaus::ir::replaying

#endif // GAUS_LIB_REPLAY_MACHINE_MACHINE_H

//===- Code.h - Programs as the machine runs them ---------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A function is translated once: values become slots of a frame, operations
/// get their semantics, what the library knows of them and their start.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_REPLAY_PROGRAM_CODE_H
#define GAUS_LIB_REPLAY_PROGRAM_CODE_H

#include "Operations/Memory.h"
#include "Operations/Scalars.h"

#include "gaus/Dialect/Library.h"

#include "mlir/IR/AffineMap.h"
#include "mlir/IR/IntegerSet.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"

#include <map>
#include <memory>
#include <set>

namespace gaus::ir::replaying {

struct OpCode;
struct FunctionCode;

/// What an operation computes: the same code in order and by cycle.
using Semantics = void (*)(Runtime &, const OpCode &, const Payload *const *in,
                           Payload *out);

enum class Control {
  None,
  If,
  AffineIf,
  Switch,
  For,
  AffineFor,
  While,
  Call,
  Execute
};

struct BlockCode;

struct OpCode {
  mlir::Operation *op = nullptr;
  Semantics semantics = nullptr;
  Control control = Control::None;
  llvm::SmallVector<int32_t, 4> operands; ///< slots
  llvm::SmallVector<int32_t, 1> results;  ///< slots
  int64_t start = -1;                     ///< -1 = none
  int64_t latency = 1, occupancy = 1;
  double delayIn = 0, delayOut = 0; ///< ns
  /// (resource of the program, units)
  llvm::SmallVector<std::pair<int32_t, int64_t>, 1> uses;
  bool touchesMemory = false;
  /// Its duration is not known before it runs: the scope waits.
  bool isWait = false;
  int64_t trips = -1; ///< of loops, where constant or at most so many
  /// What `gaus.trips` allows; -1 = not said.
  int64_t mostTrips = -1;

  // What the semantics need.
  Scalar scalar = Scalar::Copy;
  ScalarShape shape;
  int64_t lanes = 0; ///< of the result; 0 = a scalar
  mlir::AffineMap map, upperMap;
  mlir::IntegerSet set;
  llvm::SmallVector<int64_t, 4> numbers;
  std::vector<BlockCode> regions;
  FunctionCode *callee = nullptr;
  /// Of a condition in a loop: the cycles of what is in its regions count from
  /// the start of the iteration, not from its own.
  bool isOneWithLoop = false;
  /// The block with whose interval and length it is scheduled.
  const BlockCode *scope = nullptr;
};

struct Successor {
  int32_t block = -1;
  llvm::SmallVector<int32_t, 4> operands;
};

struct BlockCode {
  mlir::Block *block = nullptr;
  mlir::Operation *terminator = nullptr;
  llvm::SmallVector<int32_t, 2> arguments;
  std::vector<OpCode> ops;
  llvm::SmallVector<int32_t, 2> passed; ///< operands of the terminator
  /// Every operation has a start.
  bool scheduled = true;
  int64_t ii = 0, length = -1; ///< of the carrier; 0, -1 = none
  /// For blocks of functions of several.
  llvm::SmallVector<Successor, 2> successors;
  llvm::SmallVector<int64_t, 2> cases;
  int64_t mostTrips = -1; ///< of the loop that it heads
  /// Whether it is known before an iteration that it leaves the loop here.
  bool endKnownAhead = false;
};

/// Blocks that are the iteration of one loop, the first of which has its length
/// and interval.
struct LoopCode {
  std::vector<int32_t> blocks; ///< each after those that lead to it

  bool contains(int32_t block) const {
    return llvm::is_contained(blocks, block);
  }
};

struct FunctionCode {
  mlir::Operation *op = nullptr;
  std::string name;
  std::vector<BlockCode> blocks;
  std::vector<LoopCode> loops;
  std::vector<int32_t> loopOf; ///< by block; -1 = in none
  int64_t length = -1; ///< of several blocks: the most cycles, if written
  int32_t numSlots = 0;
  std::vector<std::pair<int32_t, Payload>> constants;
  bool isWait = false;
};

/// The cycle, from the start of a block on, from which its operations,
/// whichever branches run, use no limited units, but for what is in those that
/// wait.
int64_t busyUntil(const BlockCode &block);

/// A limited resource of one library.
struct LimitedResource {
  std::string name;
  int64_t limit; ///< -1 = only where a memory says so
  bool isPerMemory = false;
};

/// Translates the functions that are reached from one.
class Program {
public:
  explicit Program(Runtime &runtime) : runtime(runtime) {}
  /// Null if something is not supported: `reason`, `where`.
  FunctionCode *translate(mlir::Operation *function);

  /// Calls `body` for every block that was translated.
  void forBlocks(llvm::function_ref<void(const BlockCode &)> body) const;

  std::vector<LimitedResource> resources;
  std::string reason;
  std::optional<mlir::Location> where;
  /// (operation, text): starts that are missing beside others.
  std::vector<std::pair<mlir::Operation *, std::string>> missing;

private:
  friend class FunctionTranslator;
  struct Library {
    std::unique_ptr<OperatorLibrary> library;
    std::vector<int32_t> numbers; ///< of its resources in `resources`
  };
  Library *libraryOf(mlir::Operation *carrier);

  Runtime &runtime;
  std::map<mlir::Operation *, std::unique_ptr<FunctionCode>> functions;
  /// By the table that holds it, its name and the clock.
  std::map<std::tuple<mlir::Operation *, const void *, double>, Library>
      libraries;
  std::map<std::string, int32_t> resourceNumbers;
};

/// Fills in the semantics of `op`; a reason if there are none.
std::optional<std::string> selectSemantics(mlir::Operation *op, OpCode &code,
                                           Runtime &runtime);
/// Gives what a global declares its memory; false if it cannot be.
bool placeGlobal(mlir::Operation *op, Runtime &runtime);
/// The value of a constant.
std::optional<Payload> constantPayload(mlir::Operation *op, Runtime &runtime);

/// Integers and floating point up to 64 bits, addresses; 0 for others.
unsigned bitsOf(mlir::Type type);
/// Bytes of an element in memory; 0 if there is no such thing.
unsigned bytesOf(mlir::Type type);
int64_t lanesOf(mlir::Type type);

/// A view of what a memref's payload says.
struct View {
  const Payload &p;
  size_t rank() const { return (p.lanes.size() - 2) / 2; }
  int64_t offset() const { return static_cast<int64_t>(p.lanes[1]); }
  int64_t size(size_t d) const { return static_cast<int64_t>(p.lanes[2 + d]); }
  int64_t stride(size_t d) const {
    return static_cast<int64_t>(p.lanes[2 + rank() + d]);
  }
  /// The address of an element of `bytes` bytes.
  uint64_t address(llvm::ArrayRef<int64_t> at, int64_t bytes) const {
    int64_t element = offset();
    for (size_t d = 0; d < at.size(); ++d)
      element += at[d] * stride(d);
    return p.lanes[0] + static_cast<uint64_t>(element * bytes);
  }
  bool contains(llvm::ArrayRef<int64_t> at) const {
    for (size_t d = 0; d < at.size(); ++d)
      if (at[d] < 0 || at[d] >= size(d))
        return false;
    return true;
  }
};

int64_t evaluate(mlir::AffineExpr e, llvm::ArrayRef<int64_t> dims,
                 llvm::ArrayRef<int64_t> symbols);
/// Result `k` of a map whose operands are `in`.
int64_t evaluate(mlir::AffineMap map, unsigned k, const Payload *const *in);

} // namespace gaus::ir::replaying

#endif // GAUS_LIB_REPLAY_PROGRAM_CODE_H

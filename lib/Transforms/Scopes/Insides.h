//===- Insides.h - What regions and calls take and hold ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An operation with an inside (regions, or the body of the function that it
/// calls) is one node of the scope around it. How long it takes and which
/// limited units it holds for this time follow from the schedule of the inside.
/// docs/spec.md defines it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SCOPES_INSIDES_H
#define GAUS_LIB_TRANSFORMS_SCOPES_INSIDES_H

#include "Loops/RegionTime.h"
#include "Loops/Trips.h"
#include "Memory/Ports.h"
#include "Scopes/Conditions.h"

#include "gaus/Dialect/Library.h"

#include "mlir/IR/SymbolTable.h"

#include <map>

namespace gaus::ir {

/// Whether an operator stands for the operation and what is inside.
bool hasOperator(mlir::Operation *op, const OperatorLibrary &library);

/// Whether nothing says how long the operation moves memory.
bool movesForUnknownTime(mlir::Operation *op, const OperatorLibrary &library);

/// The limit of ports that have none: also an access of registers holds what it
/// uses, and its block goes on until then.
inline constexpr int64_t kManyPorts = int64_t(1) << 30;

/// Units of a limited resource of a library, or the one instance of a function
/// (its name is empty).
struct Held {
  mlir::Operation *owner;
  mlir::StringAttr name;
  int64_t limit, units;
  Port port = {};

  /// Of what has no limit there are never all.
  bool isLimited() const { return !port || limit != kManyPorts; }
  int64_t all() const { return isLimited() ? limit : 1; }
};

/// The entry of the same units; null if there is none.
inline Held *findSame(llvm::MutableArrayRef<Held> all, const Held &held) {
  auto *same = llvm::find_if(all, [&](const Held &other) {
    return other.owner == held.owner && other.name == held.name;
  });
  return same == all.end() ? nullptr : same;
}

/// The use of a whole: an operation's inside, or one block.
struct Use {
  /// Whether the time is known; else `reason` says why not, and `held` has all
  /// units of what may be used.
  bool timed = true;
  /// Cycles to the result; cycles until the last limited unit is free.
  int64_t latency = 0, busy = 0;
  llvm::SmallVector<Held, 2> held;
  llvm::StringRef reason;
};

/// A node of a scope.
struct NodeUse {
  OperatorInfo info;
  /// Beside `info.uses`.
  llvm::SmallVector<Held, 2> held;
  /// Why its time is not known; empty if it is.
  llvm::StringRef reason;
};

/// What was found out about insides, each once.
template <class Answer> class InsideAnswers {
public:
  /// What `make` says; `running` where `op` runs itself, and is asked about
  /// again meanwhile.
  template <class Make, class Running>
  const Answer *get(mlir::Operation *op, Make make, Running running) {
    if (auto found = known.find(op); found != known.end())
      return found->second.get();
    bool isNew = open.insert(op).second;
    auto answer = std::make_unique<Answer>(isNew ? make() : running());
    if (isNew)
      open.erase(op);
    // What was said meanwhile stays.
    return known.try_emplace(op, std::move(answer)).first->second.get();
  }

private:
  llvm::DenseMap<mlir::Operation *, std::unique_ptr<Answer>> known;
  llvm::DenseSet<mlir::Operation *> open;
};

/// Answers for the operations under a root. What was answered is kept: the
/// insides must be scheduled before, and stay as they are.
class Insides {
public:
  explicit Insides(mlir::Operation *root) : root(root), ports(root) {}

  /// What the scope around `op` sees. What stands on the operation and what the
  /// library says of it come first.
  mlir::FailureOr<NodeUse> describe(mlir::Operation *op,
                                    OperatorLibrary &library);
  /// All units of what an operation with an inside may use, by name.
  llvm::SmallVector<Held, 2> mayUse(mlir::Operation *op);
  /// How long a function with a body runs at most, and what it holds.
  Use ofFunction(mlir::Operation *function);
  /// The blocks that are scheduled with a block, which may be another one's:
  /// the scope's own comes first.
  LoopBlocks scopeOf(mlir::Block &block) {
    llvm::ArrayRef<mlir::Block *> body = conditions.around(block);
    return body.empty() ? loops.scopeOf(block) : LoopBlocks(body);
  }
  bool isJoin(mlir::Operation *op) { return conditions.isJoin(op); }
  /// What the scope of a carrier sees; null if there is no such library.
  OperatorLibrary *libraryOf(mlir::Operation *carrier);
  Ports &portFinder() { return ports; }
  Memories &memories() { return ports.all(); }
  /// What the caller sees of what the body of `callee` uses; appended.
  void addHeldInCaller(mlir::Operation *call, const Held &held,
                       llvm::SmallVectorImpl<Held> &all);
  /// Adds to ports of memories that are not known those of all memories that
  /// the function around `op` uses ports of.
  void spread(mlir::Operation *op, llvm::SmallVectorImpl<Held> &held);

private:
  using Pools = std::map<std::pair<mlir::Operation *, const void *>, Held>;

  const Use *inside(mlir::Operation *op);
  llvm::ArrayRef<Held> portsOf(mlir::Operation *function);
  Use makeInside(mlir::Operation *op);
  Use ofLoop(mlir::Operation *loop);
  Use ofParallel(mlir::Operation *loop);
  Use ofWhile(mlir::Operation *loop);
  Use ofRegions(mlir::Operation *op);
  Use ofRegion(mlir::Region &region, mlir::Operation *carrier);
  Use ofScope(llvm::ArrayRef<mlir::Block *> blocks);
  Use ofCall(mlir::Operation *call);
  Use ofBlock(mlir::Block &block, mlir::Operation *carrier);
  Use untimed(mlir::Operation *op, llvm::StringRef reason);
  void collectCall(mlir::Operation *call, Pools &pools,
                   llvm::DenseSet<mlir::Operation *> &seen);
  void collectRegions(mlir::Operation *op, Pools &pools,
                      llvm::DenseSet<mlir::Operation *> &seen);

  mlir::Operation *root;
  mlir::SymbolTableCollection symbols;
  BranchLoopTable loops;
  Conditions conditions{*this};
  InsideAnswers<Use> answers;
  Ports ports;
  /// All ports in a function.
  llvm::DenseMap<mlir::Operation *, llvm::SmallVector<Held, 2>> portsIn;
  /// By the operation that names the library, or the clock for which it is.
  llvm::DenseMap<mlir::Operation *, std::unique_ptr<OperatorLibrary>> libraries;
};

/// The limited units among what an operator uses.
llvm::SmallVector<Held, 2> limitedUses(const OperatorInfo &info,
                                       const OperatorLibrary &library,
                                       mlir::MLIRContext *context);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SCOPES_INSIDES_H

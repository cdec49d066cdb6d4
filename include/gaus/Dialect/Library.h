//===- Library.h - What is known of an operation ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Looks up latency, occupancy, units and delays of operations. What comes
/// first counts: attributes on the operation; its operator (`gaus.operator`, or
/// the alias `ssp.operator_type`); the operator that the scope's library has
/// `for` it (of several selectors the most special one);
/// SchedulableOpInterface; the default library; latency 1.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DIALECT_LIBRARY_H
#define GAUS_DIALECT_LIBRARY_H

#include "gaus/Dialect/Gaus.h"
#include "gaus/Dialect/Selectors.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringMap.h"

#include <optional>

namespace gaus::ir {

/// Text of the default library (share/gaus/default-library.mlir).
llvm::StringRef defaultLibraryText();
/// Text of a measured library that comes with GauS, as "ice40"; empty for other
/// names.
llvm::StringRef namedLibraryText(llvm::StringRef name);
/// Where its locations say that they are.
inline constexpr char kDefaultLibraryFile[] = "gaus default library";

/// Of which memory a unit of a resource `per(memory)` is.
struct Port {
  mlir::StringAttr resource; ///< null: of no memory
  mlir::Value memory;        ///< what makes it, or an argument of a function
  mlir::StringAttr global;
  int32_t bank = -1;    ///< -1 = the memory has none
  bool isAny = false;   ///< which memory is not known
  int64_t perPart = -1; ///< units that memories have if nothing else is said

  explicit operator bool() const { return static_cast<bool>(resource); }
  bool operator==(const Port &) const = default;
};

struct ResourceInfo {
  std::string name;
  int64_t limit = -1; ///< -1 = unlimited
  int64_t price = 1;
  /// Units are of one memory each: `port`, or of none yet.
  bool isPerMemory = false;
  Port port = {};
};

struct OperatorInfo {
  int64_t latency = 1, occupancy = 1;
  /// (index in resources(), units)
  llvm::SmallVector<std::pair<int32_t, int64_t>, 2> uses;
  /// Bits; nullopt = by the result types.
  std::optional<int64_t> width;
  /// ns
  double delayIn = 0, delayOut = 0;
  /// Of the operator; null without one.
  mlir::StringAttr name;
  /// What a unit takes of a device, i64 by kind; null where it is not known.
  mlir::DictionaryAttr area;
};

/// Tells which memories an operation accesses.
class PortFinder {
public:
  virtual ~PortFinder() = default;
  /// What an operation that uses `resource`, which is per(memory), uses instead
  /// of it: ports with their names and limits. Emits an error at `op` where it
  /// cannot.
  virtual mlir::LogicalResult
  find(mlir::Operation *op, const ResourceInfo &resource,
       llvm::SmallVectorImpl<ResourceInfo> &ports) = 0;
};

/// The clock period in ns at a scope: `gaus.clock` of the nearest operation
/// around it, or of it, or that of a graph; 0 = none.
double clockAt(mlir::Operation *scope);
/// Makes it `period` for all that is in and under `root`.
void setClock(mlir::Operation *root, double period);

/// The operators and resources that a scope sees.
class OperatorLibrary {
public:
  /// The library of `scope`: of the nearest enclosing operation with a
  /// `gaus.library` (or of a graph with `library`), and the default one, for
  /// the clock at `scope`. Emits an error at `scope` if a library is named that
  /// does not exist. With a `finder` what `describe` says names the ports of
  /// memories.
  static mlir::FailureOr<std::unique_ptr<OperatorLibrary>>
  create(mlir::Operation *scope, PortFinder *finder = nullptr);

  /// What is known of `op`. Emits an error at `op` for what is wrong in its
  /// attributes. A resource that the library does not have becomes an unlimited
  /// one, with a warning at its first use.
  mlir::FailureOr<OperatorInfo> describe(mlir::Operation *op);

  /// All resources met so far; grows with `describe`.
  llvm::ArrayRef<ResourceInfo> resources() const { return resourceList; }

  /// Whether an operator of the library or of the default one is for `op`.
  bool hasEntry(mlir::Operation *op) const;
  /// The library that the scope names; null if it names none.
  LibraryOp getNamed() const { return named; }

private:
  /// The operators that are for one name, the most special selector first.
  struct Entry {
    Selector selector;
    OperatorOp op;
  };
  using Table = llvm::StringMap<llvm::SmallVector<Entry, 1>>;

  mlir::LogicalResult addLibrary(LibraryOp library, Table &table);
  bool fitsClock(OperatorOp op) const;
  /// The most special one that fits into the clock; of those of one name that
  /// do not, the most special one.
  OperatorOp find(const Table &table, mlir::Operation *op) const;
  mlir::FailureOr<OperatorInfo> fromOperator(OperatorOp op);
  mlir::FailureOr<const OperatorInfo *> findOperator(mlir::Operation *op,
                                                     mlir::SymbolRefAttr ref);
  int32_t resource(llvm::StringRef name, mlir::Operation *user);
  std::string suggestResource(llvm::StringRef name) const;
  mlir::LogicalResult findPorts(mlir::Operation *op, OperatorInfo &info);
  mlir::LogicalResult applyAttributes(mlir::Operation *op, OperatorInfo &info);
  void applyNode(NodeOp node, OperatorInfo &info);

  /// Keeps the parsed default library alive.
  mlir::OwningOpRef<mlir::ModuleOp> defaults;
  PortFinder *ports = nullptr;
  LibraryOp named, fallback;
  llvm::DenseMap<mlir::Operation *, OperatorInfo> known;
  Table byName, byNameDefault;
  /// 0 = none
  double clock = 0;
  mutable Shapes shapes;
  llvm::StringMap<int32_t> resourceIndex;
  std::vector<ResourceInfo> resourceList;
};

} // namespace gaus::ir

#endif // GAUS_DIALECT_LIBRARY_H

//===- SspTypes.h - Operator and resource types that are written *- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the library and the resources of a written instance hold: the operators
/// and resources of the graph's library, and types for nodes that say
/// themselves how long they take. Libraries outside of instances, too.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SSP_SSPTYPES_H
#define GAUS_LIB_TRANSFORMS_SSP_SSPTYPES_H

#include "Ssp/FreshNames.h"
#include "Ssp/SspInstance.h"

#include "mlir/IR/Builders.h"

namespace gaus::ir {

class SspTypes {
public:
  /// With those of the instance's own library: of another one only what is used
  /// becomes a type.
  explicit SspTypes(const SspInstance &from)
      : instance(from), p(from.scope.problem), kind(*from.kind),
        library(from.library), context(from.graph->getContext()), b(context) {
    makeResourceRows();
    makeTypeRows();
  }

  /// The operator type of node i: its operator, or one made from what the node
  /// itself says.
  mlir::SymbolRefAttr typeOf(int32_t i);
  /// The type of a resource that is used.
  mlir::SymbolRefAttr resourceOf(int32_t index) { return resourceRef[index]; }
  /// Puts all into the instance's library and resources.
  void write(gaus::ssp::InstanceOp to);

private:
  /// A type or resource of the library written.
  struct Row {
    mlir::StringAttr name;
    mlir::ArrayAttr properties;
    mlir::Operation *from;
  };

  mlir::StringAttr nameOf(FreshNames &names, llvm::StringRef wanted) {
    return b.getStringAttr(names.get(wanted));
  }
  mlir::Attribute limitProperty(int64_t limit);
  void addResourceRow(ResourceOp op, int32_t index);
  void makeResourceRows();
  mlir::ArrayAttr timing(int64_t latency, float in, float out,
                         mlir::Operation *from);
  void makeTypeRows();
  template <class Type, class Container>
  void writeRows(Container to, llvm::ArrayRef<Row> rows);

  const SspInstance &instance;
  const gaus::Problem &p;
  const SspKind &kind;
  LibraryOp library; ///< may be null
  mlir::MLIRContext *context;
  mlir::OpBuilder b;
  std::vector<Row> typeRows, resourceRows;
  FreshNames typeNames, resourceNames;
  llvm::StringMap<mlir::SymbolRefAttr> typeByKey;
  llvm::DenseMap<int32_t, mlir::SymbolRefAttr> resourceRef;
};

/// Puts a library that stood outside of instances back as it was.
void restoreLibrary(LibraryOp from);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SSP_SSPTYPES_H

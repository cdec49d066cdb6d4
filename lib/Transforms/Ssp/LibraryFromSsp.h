//===- LibraryFromSsp.h - Operator and resource types of SSP ----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The library and the resources of an instance as one gaus.library; those
/// outside of instances, too.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SSP_LIBRARYFROMSSP_H
#define GAUS_LIB_TRANSFORMS_SSP_LIBRARYFROMSSP_H

#include "Ssp/FreshNames.h"
#include "Ssp/SspProperties.h"

#include "mlir/IR/Builders.h"

namespace gaus::ir {

/// What is known of an operator type once it is in the gaus.library.
struct TypeFacts {
  OperatorOp op;
  std::optional<int64_t> latency;
  mlir::FlatSymbolRefAttr units; ///< a resource that stands for its own limit
  bool limitZero = false;
};

struct ResourceFacts {
  ResourceOp op;
  bool limited = false, limitZero = false;
};

/// Converts what a library, resource or graph holds, all of one kind.
template <class Op, class Container>
mlir::LogicalResult
convertAll(Container from,
           llvm::function_ref<mlir::LogicalResult(Op)> convert) {
  for (mlir::Operation &op : from.getBody().front()) {
    auto one = mlir::dyn_cast<Op>(op);
    if (!one)
      return op.emitOpError()
             << "cannot be converted: a '" << from->getName().stripDialect()
             << "' holds only '" << Op::getOperationName().split('.').second
             << "'";
    if (mlir::failed(convert(one)))
      return mlir::failure();
  }
  return mlir::success();
}

/// The gaus.library of one instance, before it in its block.
class LibraryFromSsp {
public:
  LibraryFromSsp(gaus::ssp::InstanceOp instance, const SspKind &kind)
      : instance(instance), kind(kind), b(instance) {}

  /// Makes the library, with a name out of `around`, and what the instance's
  /// own libraries hold.
  mlir::LogicalResult make(FreshNames &around);

  /// The operator of a type. Of one outside the instance `ref` is how
  /// operations name it, and it is copied; null within.
  mlir::FailureOr<TypeFacts *> operatorFor(gaus::ssp::OperatorTypeOp type,
                                           mlir::SymbolRefAttr ref);
  /// The same of resources.
  mlir::FailureOr<ResourceFacts *> resourceFor(gaus::ssp::ResourceTypeOp type,
                                               mlir::SymbolRefAttr ref);
  /// Nullopt for a type without a latency.
  std::optional<int64_t> latencyOf(gaus::ssp::OperatorTypeOp type) {
    return types[type].latency;
  }
  LibraryOp get() const { return library; }

private:
  template <class Op> Op create(mlir::Location loc, llvm::StringRef name);
  mlir::FailureOr<int64_t> takeLimit(PropertySet &properties,
                                     bool &isZero) const;
  void addLimit(TypeFacts &facts, int64_t limit);
  mlir::LogicalResult addDelays(gaus::ssp::OperatorTypeOp type,
                                PropertySet &properties,
                                const TypeFacts &facts);

  gaus::ssp::InstanceOp instance;
  const SspKind &kind;
  mlir::OpBuilder b;
  FreshNames inside;
  LibraryOp library;
  llvm::DenseMap<mlir::Operation *, TypeFacts> types;
  llvm::DenseMap<mlir::Operation *, ResourceFacts> resources;
};

/// Libraries outside of instances stay where they are, as gaus.library, and are
/// copied into the library of every instance that names them.
mlir::LogicalResult convertLibrary(gaus::ssp::LibraryOp from,
                                   FreshNames &names);
mlir::LogicalResult convertLibrary(gaus::ssp::ResourceLibraryOp from,
                                   FreshNames &names);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SSP_LIBRARYFROMSSP_H

//===- OperationNames.cpp - Are these names of operations? ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OperationNames.h"

#include "Suggestions.h"

#include "mlir/IR/Dialect.h"
#include "mlir/IR/OperationSupport.h"

using namespace mlir;
using namespace gaus::ir;

std::string gaus::ir::wrongOperationName(MLIRContext *context,
                                         llvm::StringRef name) {
  if (name.starts_with("@"))
    return "";
  if (!name.contains('.'))
    return "is no operation name as \"arith.muli\", and no function as "
           "\"@sqrt\"";
  llvm::StringRef dialectName = name.split('.').first;
  // Also where a dialect allows operations that it does not know, as llvm does.
  if (!context->getLoadedDialect(dialectName) ||
      RegisteredOperationName::lookup(name, context))
    return "";
  Suggestion nearest(name);
  for (RegisteredOperationName op :
       context->getRegisteredOperationsByDialect(dialectName))
    nearest.offer(op.getStringRef());
  return "is no operation of the dialect '" + dialectName.str() + "'" +
         nearest.text("\"", "\"");
}

std::string gaus::ir::unknownDialectOf(MLIRContext *context,
                                       llvm::StringRef name, bool &likely) {
  llvm::StringRef dialectName = name.split('.').first;
  if (name.starts_with("@") || context->getLoadedDialect(dialectName))
    return "";
  Suggestion nearest(dialectName);
  for (llvm::StringRef other : context->getAvailableDialects())
    nearest.offer(other);
  likely = nearest.found();
  return "is of the dialect '" + dialectName.str() +
         "', which is not known here: nothing checks the name" +
         nearest.text("'", "'");
}

//===- GausAttrs.td - Attributes and types of gaus ---------*- tablegen -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_ATTRS
#define GAUS_ATTRS

include "gaus/Dialect/GausDialect.td"
include "mlir/IR/AttrTypeBase.td"

def Gaus_NormalAttr : AttrDef<Gaus_Dialect, "Normal"> {
  let mnemonic = "normal";
  let summary = "Normal distribution of a start cycle";
  let description = [{
    The start of an operation as a Gaussian random variable: mean and standard
    deviation in cycles. Both are finite and the deviation is not negative.
    `gaus-annotate` writes it, `gaus-relax` moves it, `gaus-commit` rounds it.

    ```mlir
    arith.addi %a, %b {gaus.dist = #gaus.normal<mean = 3.5, stddev = 1.25>} : i32
    ```
  }];
  let parameters = (ins APFloatParameter<"in cycles">:$mean,
                        APFloatParameter<"in cycles">:$stddev);
  let builders = [AttrBuilder<(ins "double":$mean, "double":$stddev), [{
    return $_get($_ctxt, ::llvm::APFloat(mean), ::llvm::APFloat(stddev));
  }]>];
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
}

def Gaus_ValueType : TypeDef<Gaus_Dialect, "Value"> {
  let mnemonic = "value";
  let summary = "What one node of a graph hands to another";
  let description = [{
    The type of every `gaus.node`. The width of the value is an attribute of the
    node, so that a graph with recurrences parses in any order.
  }];
}

#endif // GAUS_ATTRS

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

def Gaus_SelectorAttr : AttrDef<Gaus_Dialect, "Selector"> {
  let mnemonic = "selector";
  let summary = "Which operations an operator is for";
  let description = [{
    Operations of one name, or calls of one function, of a type, or with a
    constant operand. An integer type is a range of widths, with `x` of lanes;
    docs/spec.md says what the type of an operation is and which of several
    selectors counts. In `for` of `gaus.operator` it stands without its name:

    ```mlir
    for("arith.muli": i8..i18, "arith.mulf": f32 x2..x8, "arith.mulf": vector<16xf32>,
        "arith.shli" constant, "arith.muli": i33.. constant)
    ```
  }];
  let parameters = (ins StringRefParameter<"operation or @function">:$name,
                        OptionalParameter<"::mlir::Type", "float, index; null: "
                          "integers of a width">:$element,
                        "int64_t":$minWidth, "int64_t":$maxWidth,
                        "int64_t":$minLanes, "int64_t":$maxLanes,
                        "bool":$constant);
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

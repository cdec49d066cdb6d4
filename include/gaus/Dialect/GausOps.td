//===- GausOps.td - Operations of gaus ---------------------*- tablegen -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_OPS
#define GAUS_OPS

include "gaus/Dialect/GausAttrs.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"

class Gaus_Op<string mnemonic, list<Trait> traits = []>
    : Op<Gaus_Dialect, mnemonic, traits>;

def LibraryOp : Gaus_Op<"library", [Symbol, SymbolTable, NoTerminator,
    SingleBlock, NoRegionArguments, IsolatedFromAbove]> {
  let summary = "A library of resources and operators";
  let description = [{
    Holds `gaus.resource` and `gaus.operator`. A scope names its library by
    `gaus.library`, a graph by `library(@name)`. Without one the default library
    (share/gaus/default-library.mlir) counts; it also fills in for operations
    that a named library does not know.

    ```mlir
    gaus.library @fpga {
      gaus.resource @mul limit(2) price(3)
      gaus.operator @mul_i32 latency(3) uses(@mul) for("arith.muli")
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<StrAttr>:$sym_visibility);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
  let hasRegionVerifier = 1;
}

def ResourceOp : Gaus_Op<"resource", [Symbol, HasParent<"LibraryOp">]> {
  let summary = "A resource with a limit on the units in use";
  let description = [{
    Units of it are held by operations while they occupy it. Without `limit` it
    is unlimited; `price` weighs its peak in the objective `resources`.
    `per(memory)`: every memory has so many units of its own, say ports, which
    what accesses it holds (docs/spec.md, "Ports of memories").

    ```mlir
    gaus.resource @mul limit(2) price(3)
    gaus.resource @port limit(2) per(memory)
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<StrAttr>:$sym_visibility,
                       OptionalAttr<I64Attr>:$limit,
                       OptionalAttr<I64Attr>:$price, UnitAttr:$per_memory);
  let assemblyFormat = [{
    $sym_name (`limit` `(` $limit^ `)`)? (`price` `(` $price^ `)`)?
    (`per` `(` `memory` $per_memory^ `)`)? attr-dict
  }];
  let hasVerifier = 1;
}

def Gaus_Selectors : TypedArrayAttrBase<
    AnyAttrOf<[StrAttr, Gaus_SelectorAttr]>, "selectors of operations">;

def OperatorOp : Gaus_Op<"operator", [Symbol, HasParent<"LibraryOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An operator type: latency, occupancy, units, delays";
  let description = [{
    `for` lists what uses it by default: names of operations, and functions, as
    "@sqrt", whose calls do; each may ask for a type or a constant operand
    (`#gaus.selector`). The most special one counts.

    `clocked` lists what the operator may be where a clock is given: of those whose
    delays fit into the period the one with the least latency. Without a clock they do
    not count. `area` is what a unit takes of a device, in whatever it has; reports add
    it up.

    ```mlir
    gaus.operator @div latency(16) occupancy(8) uses(@divider, @bus: 2)
        delay(1.5, 2.5) width(32) for("arith.divsi": i17..i32, "llvm.sdiv")
    gaus.operator @mul latency(3) area(lut: 90, dsp: 1)
        clocked(latency(0) delay(8.5), latency(3) delay(2.5, 0.5) area(ff: 64, dsp: 1))
        for("arith.muli")
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<StrAttr>:$sym_visibility,
                       OptionalAttr<I64Attr>:$latency,
                       OptionalAttr<I64Attr>:$occupancy,
                       OptionalAttr<TypedArrayAttrBase<FlatSymbolRefAttr,
                                    "resources">>:$uses,
                       OptionalAttr<DenseI64ArrayAttr>:$units,
                       OptionalAttr<I64Attr>:$width,
                       OptionalAttr<F64Attr>:$delay_in,
                       OptionalAttr<F64Attr>:$delay_out,
                       OptionalAttr<DictionaryAttr>:$area,
                       OptionalAttr<TypedArrayAttrBase<DictionaryAttr,
                                    "timings">>:$timings,
                       OptionalAttr<Gaus_Selectors>:$ops);
  let assemblyFormat = [{
    $sym_name (`latency` `(` $latency^ `)`)? (`occupancy` `(` $occupancy^ `)`)?
    (`uses` `(` custom<Uses>($uses, $units)^ `)`)?
    (`delay` `(` custom<Delay>($delay_in, $delay_out)^ `)`)?
    (`width` `(` $width^ `)`)? (`area` `(` custom<Area>($area)^ `)`)?
    (`clocked` `(` custom<Timings>($timings)^ `)`)? (`for` custom<OpNames>($ops)^)? attr-dict
  }];
  let hasVerifier = 1;
}

def GraphOp : Gaus_Op<"graph", [Symbol, HasOnlyGraphRegion,
    RegionKindInterface, NoTerminator, SingleBlock, NoRegionArguments, IsolatedFromAbove,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "A scheduling problem that comes from no program";
  let description = [{
    A dataflow graph of `gaus.node`s, scheduled as one problem. Its region is a
    graph region: a node may use another's value before it is defined. `ii`,
    `length` and `clock` are defaults that pass options replace.

    ```mlir
    gaus.graph @iir library(@fpga) ii(4) length(20) clock(5.0) { ... }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<StrAttr>:$sym_visibility,
                       OptionalAttr<FlatSymbolRefAttr>:$library,
                       OptionalAttr<I64Attr>:$ii,
                       OptionalAttr<I64Attr>:$length,
                       OptionalAttr<F64Attr>:$clock);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name (`library` `(` $library^ `)`)? (`ii` `(` $ii^ `)`)?
    (`length` `(` $length^ `)`)? (`clock` `(` $clock^ `)`)?
    attr-dict-with-keyword $body
  }];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def NodeOp : Gaus_Op<"node", [HasParent<"GraphOp">, AttrSizedOperandSegments,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let summary = "An operation of a graph";
  let description = [{
    Operands are edges that carry a value; edges in `after` only order. Behind an
    operand stand the edge's distance in iterations `[k]`, its extra delay
    `lag(a)` (any sign) and its communication weight `weight(c)`.

    ```mlir
    %z = gaus.node "z"(%x, %y[1] lag(-2) weight(3)) after(%s[1] lag(1))
        operator(@mul) latency(3) occupancy(2) uses(@mul, @bus: 2)
        window(2, 5) width(16) delay(1.5, 2.5) : i16
    ```

    `latency`, `occupancy`, `uses`, `width` and `delay` replace the operator's.
    Without an operator the latency is 1. The type behind the colon gives the
    width where `width` does not.
  }];
  let arguments = (ins Variadic<Gaus_ValueType>:$inputs,
                       Variadic<Gaus_ValueType>:$after,
                       OptionalAttr<StrAttr>:$label,
                       OptionalAttr<DenseI64ArrayAttr>:$distances,
                       OptionalAttr<DenseI64ArrayAttr>:$lags,
                       OptionalAttr<DenseI64ArrayAttr>:$weights,
                       OptionalAttr<SymbolRefAttr>:$operator_type,
                       OptionalAttr<I64Attr>:$latency,
                       OptionalAttr<I64Attr>:$occupancy,
                       OptionalAttr<TypedArrayAttrBase<FlatSymbolRefAttr,
                                    "resources">>:$uses,
                       OptionalAttr<DenseI64ArrayAttr>:$units,
                       OptionalAttr<DenseI64ArrayAttr>:$window,
                       OptionalAttr<I64Attr>:$width,
                       OptionalAttr<F64Attr>:$delay_in,
                       OptionalAttr<F64Attr>:$delay_out,
                       OptionalAttr<TypeAttr>:$type);
  let results = (outs Gaus_ValueType:$result);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
}

#endif // GAUS_OPS

//===- SspOps.td - CIRCT's dialect of scheduling problems --*- tablegen -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_SSP_OPS
#define GAUS_SSP_OPS

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"

def Ssp_Dialect : Dialect {
  let name = "ssp";
  let cppNamespace = "::gaus::ssp";
  let summary = "Scheduling problems as CIRCT writes them";
  let description = [{
    Reads and writes the text of CIRCT's `ssp` dialect, custom and generic, so
    that problems and schedules travel between CIRCT's tools and these. It only
    holds them: `convert-ssp-to-gaus` and `convert-gaus-to-ssp` give them their
    meaning (docs/formats.md).

    ```mlir
    ssp.instance @dot of "ModuloProblem" [II<2>] {
      library {
        operator_type @Load [latency<2>]
        operator_type @Mac [latency<3>]
      }
      resource {
        resource_type @Port [limit<1>]
      }
      graph {
        %a = operation<@Load> @a() uses[@Port] [t<0>]
        %b = operation<@Load>(@a [dist<1>]) uses[@Port] [t<1>]
        operation<@Mac> @sum(%a, %b, @sum [dist<2>]) [t<3>]
      }
    }
    ```
  }];
  let useDefaultAttributePrinterParser = 1;
}

//===----------------------------------------------------------------------===//
// Properties
//===----------------------------------------------------------------------===//

/// A property is an attribute in an array `sspProperties`; in the custom text
/// it stands without the prefix `#ssp.`.
class Ssp_Property<string name, string shortName, string type, string on>
    : AttrDef<Ssp_Dialect, name> {
  let mnemonic = shortName;
  let summary = "Property of " # on;
  let parameters = (ins type:$value);
  let assemblyFormat = "`<` $value `>`";
}

def Ssp_LinkedOperatorTypeAttr : Ssp_Property<"LinkedOperatorType", "opr",
    "::mlir::SymbolRefAttr", "an operation: its operator type">;
def Ssp_LinkedResourceTypesAttr : Ssp_Property<"LinkedResourceTypes", "rsrcs",
    "::mlir::ArrayAttr", "an operation: the resource types it uses"> {
  let genVerifyDecl = 1;
}
def Ssp_StartTimeAttr : Ssp_Property<"StartTime", "t", "unsigned",
    "an operation: its start cycle">;
def Ssp_StartTimeInCycleAttr : Ssp_Property<"StartTimeInCycle", "z",
    "::mlir::FloatAttr", "an operation: its start within the cycle">;
def Ssp_LatencyAttr : Ssp_Property<"Latency", "latency", "unsigned",
    "an operator type: cycles until the result is there">;
def Ssp_IncomingDelayAttr : Ssp_Property<"IncomingDelay", "incDelay",
    "::mlir::FloatAttr", "an operator type: delay before the first register">;
def Ssp_OutgoingDelayAttr : Ssp_Property<"OutgoingDelay", "outDelay",
    "::mlir::FloatAttr", "an operator type: delay after the last register">;
def Ssp_LimitAttr : Ssp_Property<"Limit", "limit", "unsigned",
    "a resource type, in older text an operator type: starts in a cycle">;
def Ssp_DistanceAttr : Ssp_Property<"Distance", "dist", "unsigned",
    "a dependence: iterations from source to user">;
def Ssp_InitiationIntervalAttr : Ssp_Property<"InitiationInterval", "II",
    "unsigned", "an instance: cycles between iterations">;

def Ssp_DependenceAttr : AttrDef<Ssp_Dialect, "Dependence"> {
  let mnemonic = "dependence";
  let summary = "A dependence: operand or source, and properties";
  let description = [{
    With `sourceRef` an auxiliary dependence on a named operation, else the
    properties of operand `operandIdx`. Auxiliary ones are numbered on behind the
    operands. The custom text of `ssp.operation` shows neither.
  }];
  let parameters = (ins "unsigned":$operandIdx,
      OptionalParameter<"::mlir::FlatSymbolRefAttr">:$sourceRef,
      OptionalParameter<"::mlir::ArrayAttr">:$properties);
  let assemblyFormat = [{
    `<` $operandIdx (`,` $sourceRef^)? (`:` $properties^)? `>`
  }];
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

class Ssp_Op<string mnemonic, list<Trait> traits = []>
    : Op<Ssp_Dialect, mnemonic, traits>;

/// What holds others: its operations are printed without the prefix `ssp.`.
class Ssp_Container<string mnemonic, list<Trait> traits = []>
    : Ssp_Op<mnemonic, [NoRegionArguments, SingleBlock, NoTerminator,
                        OpAsmOpInterface, SymbolTable] # traits> {
  let regions = (region SizedRegion<1>:$body);
  code declareDefaultDialect = [{
    static ::llvm::StringRef getDefaultDialect() { return "ssp"; }
  }];
  code declareOptionalSymbol = [{
    static bool isOptionalSymbol() { return true; }
  }];
}

def Ssp_InstanceOp
    : Ssp_Container<"instance", [IsolatedFromAbove, Symbol]> {
  let summary = "A scheduling problem";
  let description = [{
    Holds one `library`, then one `graph`; between them, in newer text, one
    `resource`. The string names the kind of problem, which says what properties
    count.
  }];
  let arguments = (ins OptionalAttr<SymbolNameAttr>:$sym_name,
                       StrAttr:$problemName,
                       OptionalAttr<ArrayAttr>:$sspProperties);
  let assemblyFormat = [{
    ($sym_name^)? `of` $problemName (custom<PropertyList>($sspProperties)^)? $body
    attr-dict
  }];
  let extraClassDeclaration = declareDefaultDialect # declareOptionalSymbol # [{
    /// The containers; the verifier has seen library and graph.
    LibraryOp getLibrary();
    ResourceLibraryOp getResources(); ///< may be null
    GraphOp getGraph();
  }];
  let hasVerifier = 1;
}

def Ssp_LibraryOp : Ssp_Container<"library", [Symbol]> {
  let summary = "Operator types, of an instance or on their own";
  let arguments = (ins OptionalAttr<SymbolNameAttr>:$sym_name);
  let assemblyFormat = "($sym_name^)? $body attr-dict";
  let extraClassDeclaration = declareDefaultDialect # declareOptionalSymbol;
}

def Ssp_ResourceLibraryOp : Ssp_Container<"resource", [Symbol]> {
  let summary = "Resource types, of an instance or on their own";
  let arguments = (ins OptionalAttr<SymbolNameAttr>:$sym_name);
  let assemblyFormat = "($sym_name^)? $body attr-dict";
  let extraClassDeclaration = declareDefaultDialect # declareOptionalSymbol;
}

def Ssp_GraphOp : Ssp_Container<"graph", [HasOnlyGraphRegion,
    RegionKindInterface, HasParent<"InstanceOp">]> {
  let summary = "The operations of an instance";
  let assemblyFormat = "$body attr-dict";
  let extraClassDeclaration = declareDefaultDialect;
}

def Ssp_OperatorTypeOp
    : Ssp_Op<"operator_type", [Symbol, HasParent<"LibraryOp">]> {
  let summary = "An operator type: latency and delays";
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<ArrayAttr>:$sspProperties);
  let assemblyFormat = [{
    $sym_name (custom<PropertyList>($sspProperties)^)? attr-dict
  }];
}

def Ssp_ResourceTypeOp
    : Ssp_Op<"resource_type", [Symbol, HasParent<"ResourceLibraryOp">]> {
  let summary = "A resource type: how many operations may start in a cycle";
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<ArrayAttr>:$sspProperties);
  let assemblyFormat = [{
    $sym_name (custom<PropertyList>($sspProperties)^)? attr-dict
  }];
}

// Not a Symbol, as those may have no results; the name is one all the same: the
// graph's table goes by the attribute.
def Ssp_OperationOp : Ssp_Op<"operation", [HasParent<"GraphOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "An operation and what it depends on";
  let description = [{
    Operands are dependences that carry a value; names behind them only order.
    Both may have properties. Older text has `uses<@R>` or `uses[@R]` before the
    name, newer text behind the dependences; all are read, the newest is written.

    ```mlir
    %2:2 = operation<@Lib::@Div> @d(%0, %1#1 [dist<1>], @d [dist<2>]) uses[@P] [t<4>]
    ```
  }];
  let arguments = (ins Variadic<NoneType>:$inputs,
      OptionalAttr<SymbolNameAttr>:$sym_name,
      OptionalAttr<TypedArrayAttrBase<Ssp_DependenceAttr,
                                      "dependences">>:$dependences,
      OptionalAttr<ArrayAttr>:$sspProperties);
  let results = (outs Variadic<NoneType>:$outputs);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The property of that kind, the first if there are several.
    template <class Property> Property getProperty() {
      if (::mlir::ArrayAttr all = getSspPropertiesAttr())
        for (::mlir::Attribute one : all)
          if (auto found = ::llvm::dyn_cast<Property>(one))
            return found;
      return {};
    }
  }];
}

#endif // GAUS_SSP_OPS

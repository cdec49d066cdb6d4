//===- GausDialect.td - The gaus dialect -------------------*- tablegen -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_DIALECT
#define GAUS_DIALECT

include "mlir/IR/OpBase.td"

def Gaus_Dialect : Dialect {
  let name = "gaus";
  let cppNamespace = "::gaus::ir";
  let summary = "Operator scheduling: what is known, and start cycles";
  let description = [{
    The dialect describes scheduling problems and holds their solutions.

    *Attributes on operations of any dialect* describe an operation
    (`gaus.operator`, `gaus.latency`, `gaus.occupancy`, `gaus.width`,
    `gaus.uses`, `gaus.delay`, `gaus.window`, `gaus.independent`, and on loops
    `gaus.trips`), carry the state of the solver (`gaus.dist`), and hold results
    (`gaus.start`, `gaus.latency_min` where the time is not known,
    `gaus.alternative` where units count once, and `gaus.length`, `gaus.ii`,
    `gaus.ii_proof`, `gaus.cost`, `gaus.bound` on the scope). Results are builtin integers, and a string for the proof: every MLIR
    tool reads them without this dialect.

    *Operators and resources* stand in a `gaus.library`.

    *Problems that come from no program* are a `gaus.graph` of `gaus.node`s.

    ```mlir
    gaus.library @fpga {
      gaus.resource @mul limit(2)
      gaus.operator @mul_i32 latency(3) uses(@mul) for("arith.muli")
    }
    gaus.graph @iir library(@fpga) ii(4) {
      %x = gaus.node "x"(%y[1]) operator(@mul_i32) : i32
      %y = gaus.node "y"(%x) latency(1) uses(@mul: 2) width(16) : i16
    }
    ```
  }];
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
}

#endif // GAUS_DIALECT

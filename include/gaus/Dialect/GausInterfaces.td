//===- GausInterfaces.td - Interfaces of gaus --------------*- tablegen -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_INTERFACES
#define GAUS_INTERFACES

include "mlir/IR/OpBase.td"

def SchedulableOpInterface : OpInterface<"SchedulableOpInterface"> {
  let cppNamespace = "::gaus::ir";
  let description = [{
    What an operation says of itself to the scheduler. Operations of other
    dialects join by an external model. Attributes on the operation and the
    operator library come first; what this interface returns replaces the default
    library.
  }];
  let methods = [
    InterfaceMethod<"Cycles from the start to the result; nullopt: not known.",
      "std::optional<int64_t>", "getScheduleLatency", (ins), "",
      [{ return std::nullopt; }]>,
    InterfaceMethod<"Cycles for which units are held; nullopt: 1.",
      "std::optional<int64_t>", "getScheduleOccupancy", (ins), "",
      [{ return std::nullopt; }]>,
    InterfaceMethod<"Bits of the value made; nullopt: by the result types.",
      "std::optional<int64_t>", "getScheduleWidth", (ins), "",
      [{ return std::nullopt; }]>,
  ];
}

#endif // GAUS_INTERFACES

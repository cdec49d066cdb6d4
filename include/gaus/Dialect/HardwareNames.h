//===- HardwareNames.h - What operators say of hardware ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// `gaus.hardware` on a gaus.operator names the module that executes its
/// operations: a dictionary, which docs/hardware-export.md describes.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DIALECT_HARDWARENAMES_H
#define GAUS_DIALECT_HARDWARENAMES_H

namespace gaus::ir {

inline constexpr char kHardware[] = "gaus.hardware";
/// Its entries: the name of the module.
inline constexpr char kHardwareModule[] = "module";
/// Whether it has an input that says when an operation starts, and an output
/// that says that the result is there.
inline constexpr char kHardwareStart[] = "start";
inline constexpr char kHardwareValid[] = "valid";
/// {NAME = number or "in", "out", "stages", "latency"}
inline constexpr char kHardwareParameters[] = "parameters";
/// {port = "its name in the module"}
inline constexpr char kHardwarePorts[] = "ports";

} // namespace gaus::ir

#endif // GAUS_DIALECT_HARDWARENAMES_H

//===- Verilog.h - Netlists as Verilog --------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Prints a netlist in the part of Verilog that Icarus 11, Verilator 5 and
/// Yosys 0.23 read alike.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_HARDWARE_VERILOG_H
#define GAUS_HARDWARE_VERILOG_H

#include "gaus/Hardware/Netlist.h"

#include "llvm/Support/raw_ostream.h"

namespace gaus::hardware {

void printVerilog(const Netlist &netlist, llvm::raw_ostream &out);

} // namespace gaus::hardware

#endif // GAUS_HARDWARE_VERILOG_H

//===- HwText.h - Netlists for CIRCT ----------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Prints netlists as the dialects hw, comb and seq of CIRCT, which are not
/// linked here: as text that circt-opt 1.162 reads.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_HARDWARE_HWTEXT_H
#define GAUS_HARDWARE_HWTEXT_H

#include "gaus/Hardware/Netlist.h"

#include "llvm/Support/raw_ostream.h"

namespace gaus::hardware {

/// One builtin module with all of them and with the modules that they name.
void printHw(llvm::ArrayRef<Netlist> netlists, llvm::raw_ostream &out);

} // namespace gaus::hardware

#endif // GAUS_HARDWARE_HWTEXT_H

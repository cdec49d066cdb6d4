//===- InStep.h - Values that step together ---------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Arguments of a block that differ by a constant whenever control enters it:
/// of a loop around tiles where they begin and where they end.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LLVM_INSTEP_H
#define GAUS_LIB_TRANSFORMS_LLVM_INSTEP_H

#include "Llvm/LinearForm.h"

namespace gaus::ir {

/// Terms of opposite factors whose values always differ by a constant become
/// that constant times the factor.
void joinInStep(LinearForm &form, LinearForms &forms);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LLVM_INSTEP_H

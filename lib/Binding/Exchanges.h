//===- Exchanges.h - Fewer multiplexer inputs -------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A search among bindings with as many units and registers.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_BINDING_EXCHANGES_H
#define GAUS_LIB_BINDING_EXCHANGES_H

#include "gaus/Binding/Binding.h"

namespace gaus {

/// Leaves the best binding that was seen, and its multiplexer inputs.
void exchange(const Datapath &d, const BindingOptions &options, Binding &b);

} // namespace gaus

#endif // GAUS_LIB_BINDING_EXCHANGES_H

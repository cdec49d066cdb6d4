//===- Sources.h - The texts that a program comes from ----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SUMMARY_SOURCES_H
#define GAUS_LIB_TRANSFORMS_SUMMARY_SOURCES_H

#include "gaus/IO/Summary.h"

#include "mlir/IR/Operation.h"

namespace gaus::ir {

/// The files that locations of `root` and below name, by their names as Place
/// has them, each that can be read: as it is named, else in the folder where
/// debug information says that it was compiled. Files that share their name,
/// are no text or have more than a million bytes are left out.
std::vector<gaus::SourceText> readSources(mlir::Operation *root);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SUMMARY_SOURCES_H

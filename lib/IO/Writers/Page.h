//===- Page.h - The page of reports -----------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The files of share/gaus/report/ as text; CMake makes the source of it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_IO_WRITERS_PAGE_H
#define GAUS_LIB_IO_WRITERS_PAGE_H

#include <string_view>

namespace gaus::io {

/// With @TITLE@, @STYLE@, @SCRIPT@ and @DATA@ where these belong.
std::string_view pageText();
std::string_view pageStyle();
/// All scripts, in the order in which they need each other.
std::string_view pageScript();

} // namespace gaus::io

#endif // GAUS_LIB_IO_WRITERS_PAGE_H

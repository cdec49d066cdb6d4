//===- JsonDocument.h - JSON texts ------------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The library's parser without what it lets pass: keys that are given twice,
/// and bytes of value 0.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_IO_READERS_JSONDOCUMENT_H
#define GAUS_LIB_IO_READERS_JSONDOCUMENT_H

#include "gaus/Core/Diagnostic.h"

#include <nlohmann/json.hpp>

namespace gaus::io {

/// The document, or where and why the text is none.
Outcome<nlohmann::json> parseJson(std::string_view text);

/// False for what is no integer, or one beyond 64 bits with a sign.
bool readInteger(const nlohmann::json &value, int64_t &out);

} // namespace gaus::io

#endif // GAUS_LIB_IO_READERS_JSONDOCUMENT_H

//===- JsonPath.h - Where a value of a JSON text is -------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Lines for errors in what a JSON text says. The parser forgets them; a text
/// is only gone through again where an error has to name one.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_IO_READERS_JSONPATH_H
#define GAUS_LIB_IO_READERS_JSONPATH_H

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace gaus::io {

/// A key of an object, or a place in an array.
using JsonStep = std::variant<std::string, size_t>;

/// The line, counted from 1, in which the value at `path` begins; of what is
/// around it where the text has no such value. `text` is valid JSON.
int64_t jsonLine(std::string_view text, std::span<const JsonStep> path);

/// The line of the first key that its object has already. `text` is valid JSON
/// up to there.
int64_t jsonLineOfSecondKey(std::string_view text);

/// "'uses'[3][0]": for messages.
std::string jsonText(std::span<const JsonStep> path);

} // namespace gaus::io

#endif // GAUS_LIB_IO_READERS_JSONPATH_H

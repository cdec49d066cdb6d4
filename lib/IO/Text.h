//===- Text.h - What the readers share about texts --------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Errors of files, texts as messages quote them, and integers. Nothing here
/// depends on the locale.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_IO_TEXT_H
#define GAUS_LIB_IO_TEXT_H

#include "gaus/Core/Diagnostic.h"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace gaus::io {

inline Diagnostic ioError(std::string message, int64_t line = 0) {
  Diagnostic d;
  d.code = "io";
  d.message = std::move(message);
  d.line = line;
  return d;
}

/// A text as it is quoted in a message: on one line, without control
/// characters, and not too long.
inline std::string shown(std::string_view text) {
  constexpr size_t kMost = 60;
  constexpr char hex[] = "0123456789abcdef";
  std::string out = "'";
  for (char c : text.substr(0, kMost)) {
    auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f)
      out += c;
    else
      (out += "\\x") += {hex[byte >> 4], hex[byte & 15]};
  }
  return out + (text.size() > kMost ? "...'" : "'");
}

/// Without UTF-8's byte order mark.
inline std::string_view withoutMark(std::string_view text) {
  constexpr std::string_view mark = "\xef\xbb\xbf";
  if (text.substr(0, mark.size()) == mark)
    text.remove_prefix(mark.size());
  return text;
}

inline std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  size_t first = text.find_first_not_of(space);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

/// The integer that the whole text is.
inline std::optional<int64_t> toInteger(std::string_view text) {
  int64_t value = 0;
  auto [end, ec] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (ec != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

} // namespace gaus::io

#endif // GAUS_LIB_IO_TEXT_H

//===- JsonPath.cpp - Where a value of a JSON text is ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Readers/JsonPath.h"

#include "Text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <set>
#include <vector>

using namespace gaus;
using namespace gaus::io;

namespace {

/// Goes over a valid text, token by token.
class Scanner {
public:
  explicit Scanner(std::string_view text) : text(text) { skipSpace(); }

  bool ended() const { return at >= text.size(); }
  char next() const { return ended() ? '\0' : text[at]; }
  void take() {
    ++at;
    skipSpace();
  }
  /// A comma or a colon, where one is next.
  void takeMark() {
    if (next() == ',' || next() == ':')
      take();
  }

  /// The string that is next.
  std::string string() {
    size_t begin = at++;
    bool plain = true;
    while (!ended() && text[at] != '"') {
      plain &= text[at] != '\\';
      at += text[at] == '\\' ? 2 : 1;
    }
    ++at;
    std::string_view quoted = text.substr(begin, at - begin);
    skipSpace();
    if (plain)
      return std::string(quoted.substr(1, quoted.size() - 2));
    auto parsed = nlohmann::json::parse(quoted, nullptr, false);
    return parsed.is_string() ? parsed.get<std::string>() : std::string();
  }

  /// Passes the value that is next.
  void skip() {
    int64_t depth = 0;
    do {
      char c = next();
      if (c == '"') {
        string();
      } else if (c == '[' || c == '{') {
        ++depth;
        take();
      } else if (c == ']' || c == '}') {
        --depth;
        take();
      } else if (c == ',' || c == ':') {
        take();
      } else {
        while (!ended() && !std::strchr(",:[]{}\" \t\r\n", text[at]))
          ++at;
        skipSpace();
      }
    } while (depth > 0 && !ended());
  }

  /// Goes into the value of `step`; false if there is none.
  bool enter(const JsonStep &step) {
    const auto *key = std::get_if<std::string>(&step);
    if (next() != (key ? '{' : '['))
      return false;
    size_t index = 0;
    for (take(); !ended() && next() != ']' && next() != '}'; takeMark()) {
      bool found = key ? string() == *key : index++ == std::get<size_t>(step);
      takeMark();
      if (found)
        return true;
      skip();
    }
    return false;
  }

  int64_t line() const {
    return 1 + std::count(text.begin(),
                          text.begin() + std::min(at, text.size()), '\n');
  }

private:
  void skipSpace() {
    while (!ended() && std::strchr(" \t\r\n", text[at]))
      ++at;
  }

  std::string_view text;
  size_t at = 0;
};

} // namespace

int64_t gaus::io::jsonLine(std::string_view text,
                           std::span<const JsonStep> path) {
  Scanner scanner(text);
  int64_t line = scanner.line();
  for (const JsonStep &step : path) {
    if (!scanner.enter(step))
      break;
    line = scanner.line();
  }
  return line;
}

int64_t gaus::io::jsonLineOfSecondKey(std::string_view text) {
  Scanner scanner(text);
  /// Of the objects that are open; arrays have none.
  std::vector<std::set<std::string>> keys;
  while (!scanner.ended()) {
    char c = scanner.next();
    Scanner here = scanner;
    if (c == '"') {
      std::string name = scanner.string();
      bool isKey = scanner.next() == ':';
      if (isKey && !keys.empty() && !keys.back().insert(name).second)
        return here.line();
      continue;
    }
    if (c == '{' || c == '[')
      keys.emplace_back();
    if ((c == '}' || c == ']') && !keys.empty())
      keys.pop_back();
    if (std::strchr("{}[],:", c))
      scanner.take();
    else
      scanner.skip();
  }
  return 0;
}

std::string gaus::io::jsonText(std::span<const JsonStep> path) {
  std::string out;
  for (const JsonStep &step : path) {
    if (const auto *key = std::get_if<std::string>(&step))
      out += (out.empty() ? "" : ".") + shown(*key);
    else
      out += "[" + std::to_string(std::get<size_t>(step)) + "]";
  }
  return out;
}

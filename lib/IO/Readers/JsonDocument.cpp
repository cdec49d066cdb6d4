//===- JsonDocument.cpp - JSON texts ------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Readers/JsonDocument.h"

#include "Readers/JsonPath.h"
#include "Text.h"

#include <set>

using namespace gaus;
using namespace gaus::io;
using nlohmann::json;

namespace {

/// The line in which byte `offset` of a text lies.
int64_t lineOf(std::string_view text, size_t offset) {
  offset = std::min(offset, text.size());
  return 1 + std::count(text.begin(), text.begin() + offset, '\n');
}

/// Notes where a text stops being JSON or gives a key twice, and builds the
/// document otherwise.
class Builder : public nlohmann::detail::json_sax_dom_parser<json> {
public:
  using Base = nlohmann::detail::json_sax_dom_parser<json>;
  explicit Builder(json &root) : Base(root, false) {}
  bool parse_error(std::size_t position, const std::string &,
                   const nlohmann::detail::exception &) {
    failedAt = position;
    return false;
  }
  bool parse_error(std::size_t position, const std::string &token,
                   const nlohmann::detail::parse_error &e) {
    return parse_error(position, token,
                       static_cast<const nlohmann::detail::exception &>(e));
  }
  bool start_object(std::size_t size) {
    known.emplace_back();
    return Base::start_object(size);
  }
  bool key(std::string &name) {
    if (!known.back().insert(name).second) {
      twice = name;
      return false;
    }
    return Base::key(name);
  }
  bool end_object() {
    known.pop_back();
    return Base::end_object();
  }
  std::optional<size_t> failedAt;
  std::optional<std::string> twice;

private:
  /// The keys of the objects that are open, the innermost last.
  std::vector<std::set<std::string>> known;
};

} // namespace

Outcome<json> gaus::io::parseJson(std::string_view text) {
  // The parser takes a zero for the end and says nothing of the rest.
  if (size_t zero = text.find('\0'); zero != std::string_view::npos)
    return ioError("malformed JSON: a byte of value 0", lineOf(text, zero));
  json document;
  Builder builder(document);
  bool good = json::sax_parse(text.begin(), text.end(), &builder);
  if (builder.twice)
    return ioError("JSON problem: the key " + shown(*builder.twice) +
                       " is given twice",
                   jsonLineOfSecondKey(text));
  if (!good)
    return ioError("malformed JSON",
                   lineOf(text, builder.failedAt.value_or(text.size())));
  return document;
}

bool gaus::io::readInteger(const json &value, int64_t &out) {
  if (!value.is_number_integer())
    return false;
  if (value.is_number_unsigned() && value.get<uint64_t>() > uint64_t(INT64_MAX))
    return false;
  out = value.get<int64_t>();
  return true;
}

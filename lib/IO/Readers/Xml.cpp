//===- Xml.cpp - Texts in XML -------------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Readers/Xml.h"

#include <algorithm>
#include <set>

using namespace gaus;
using namespace gaus::io;

std::optional<Diagnostic> XmlDocument::parse(std::string_view text,
                                             const char *what) {
  for (size_t k = 0; k < text.size(); ++k) {
    if (text[k] == '\n')
      newlines.push_back(static_cast<ptrdiff_t>(k));
    // The parser takes a zero for the end and says nothing of the rest.
    if (text[k] == '\0')
      return ioError("malformed XML in the " + std::string(what) +
                         ": a byte of value 0; expected text in UTF-8",
                     lineAt(static_cast<ptrdiff_t>(k)));
  }
  pugi::xml_parse_result r = xml.load_buffer(
      text.data(), text.size(), pugi::parse_default | pugi::parse_trim_pcdata);
  if (r)
    return std::nullopt;
  std::string why = r.description();
  if (!why.empty())
    why[0] =
        static_cast<char>(std::tolower(static_cast<unsigned char>(why[0])));
  return ioError("malformed XML in the " + std::string(what) + ": " + why,
                 lineAt(r.offset));
}

std::optional<Diagnostic> gaus::io::checkAttributes(const XmlDocument &doc,
                                                    pugi::xml_node node) {
  std::set<std::string_view> known;
  for (pugi::xml_attribute a : node.attributes())
    if (!known.insert(a.name()).second)
      return doc.error(node, "malformed XML: the attribute " + shown(a.name()) +
                                 " is given twice");
  return std::nullopt;
}

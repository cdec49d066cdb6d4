//===- Xml.h - Texts in XML -------------------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the readers of XML share. Nothing is accepted that no XML may be.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_IO_READERS_XML_H
#define GAUS_LIB_IO_READERS_XML_H

#include "Text.h"

#include <pugixml.hpp>

#include <algorithm>
#include <vector>

namespace gaus::io {

/// A parsed document whose nodes know their lines.
class XmlDocument {
public:
  /// `what` is what the text is called in messages.
  std::optional<Diagnostic> parse(std::string_view text, const char *what);
  int64_t lineOf(pugi::xml_node node) const {
    return lineAt(node.offset_debug());
  }
  Diagnostic error(pugi::xml_node node, std::string message) const {
    return ioError(std::move(message), lineOf(node));
  }

  pugi::xml_document xml;

private:
  int64_t lineAt(ptrdiff_t offset) const {
    return 1 + (std::lower_bound(newlines.begin(), newlines.end(), offset) -
                newlines.begin());
  }
  std::vector<ptrdiff_t> newlines;
};

/// The parser lets attributes be given twice, which no XML may.
std::optional<Diagnostic> checkAttributes(const XmlDocument &doc,
                                          pugi::xml_node node);

/// All elements below `root`, in the order of the document.
template <class F>
std::optional<Diagnostic> forElements(pugi::xml_node root, F &&body) {
  pugi::xml_node node = root.first_child();
  while (node && node != root) {
    if (node.type() == pugi::node_element)
      if (std::optional<Diagnostic> failed = body(node))
        return failed;
    if (node.first_child()) {
      node = node.first_child();
      continue;
    }
    while (node != root && !node.next_sibling())
      node = node.parent();
    if (node != root)
      node = node.next_sibling();
  }
  return std::nullopt;
}

} // namespace gaus::io

#endif // GAUS_LIB_IO_READERS_XML_H

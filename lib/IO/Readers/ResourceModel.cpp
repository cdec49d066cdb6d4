//===- ResourceModel.cpp - Resource models in XML -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Readers/Xml.h"

#include "gaus/IO/Readers.h"

#include <cstdio>
#include <map>

using namespace gaus;
using namespace gaus::io;

namespace {

/// An integer attribute of a resource within bounds.
Outcome<int64_t> number(const XmlDocument &doc, pugi::xml_node node,
                        const char *name, int64_t least, int64_t most) {
  pugi::xml_attribute a = node.attribute(name);
  std::string who = "resource " + shown(node.attribute("name").value());
  if (!a)
    return doc.error(node, who + " has no '" + name + "'");
  std::optional<int64_t> value = toInteger(trimmed(a.value()));
  if (!value)
    return doc.error(node, who + ": '" + name + "' must be an integer, got " +
                               shown(a.value()));
  if (*value < least || *value > most)
    return doc.error(node, who + ": '" + name + "' must be in [" +
                               std::to_string(least) + ", " +
                               std::to_string(most) + "], got " +
                               std::to_string(*value));
  return *value;
}

Outcome<FileResource> readResource(const XmlDocument &doc,
                                   pugi::xml_node node) {
  FileResource r;
  if (auto failed = checkAttributes(doc, node))
    return *failed;
  r.name = trimmed(node.attribute("name").value());
  if (r.name.empty())
    return doc.error(node, "a resource has no name");
  if (trimmed(node.attribute("limit").value()) != "inf") {
    Outcome<int64_t> limit = number(doc, node, "limit", -1, INT32_MAX);
    if (!limit)
      return limit.error();
    if (*limit == 0)
      return doc.error(node, "resource " + shown(r.name) +
                                 ": 'limit' must be at least 1, or -1 or inf "
                                 "for none, got 0");
    r.limit = *limit < 0 ? kUnlimited : *limit;
  }
  Outcome<int64_t> latency = number(doc, node, "latency", 0, kMaxCycle);
  if (!latency)
    return latency.error();
  r.latency = static_cast<int32_t>(*latency);
  if (!node.attribute("blockingTime"))
    return r;
  Outcome<int64_t> blocking = number(doc, node, "blockingTime", 0, kMaxCycle);
  if (!blocking)
    return blocking.error();
  r.occupancy = static_cast<int32_t>(std::max<int64_t>(1, *blocking));
  return r;
}

} // namespace

Outcome<ResourceModel> gaus::readResourceModel(std::string_view text) {
  XmlDocument doc;
  if (auto failed = doc.parse(text, "resource model"))
    return *failed;
  ResourceModel model;
  std::map<std::string, int64_t> known;
  auto failed = forElements(
      doc.xml, [&](pugi::xml_node node) -> std::optional<Diagnostic> {
        std::string_view tag = node.name();
        if (tag == "rt" || tag == "reservationTable" || tag == "block")
          return doc.error(node, "reservation tables are not supported: '" +
                                     std::string(tag) + "'");
        if (tag != "Resource" && tag != "resource")
          return std::nullopt;
        Outcome<FileResource> r = readResource(doc, node);
        if (!r)
          return r.error();
        auto [first, fresh] = known.insert({r->name, doc.lineOf(node)});
        if (!fresh)
          return doc.error(node, "resource " + shown(r->name) +
                                     " is defined twice, first in line " +
                                     std::to_string(first->second));
        model.push_back(std::move(*r));
        return std::nullopt;
      });
  if (failed)
    return *failed;
  if (model.empty())
    return ioError("the resource model has no resources", 1);
  return model;
}

std::string gaus::resourceModelBeside(const std::string &path) {
  size_t slash = path.rfind('/');
  size_t name = slash == std::string::npos ? 0 : slash + 1;
  for (size_t dot : {path.rfind('.'), path.find('.', name)}) {
    if (dot == std::string::npos || dot < name)
      continue;
    std::string model = path.substr(0, dot) + "_RM.xml";
    if (std::FILE *file = std::fopen(model.c_str(), "rb")) {
      std::fclose(file);
      return model;
    }
  }
  return "";
}

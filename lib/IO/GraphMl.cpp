//===- GraphMl.cpp - Graphs in GraphML with a resource model --------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Text.h"

#include "gaus/IO/Readers.h"

#include <pugixml.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace gaus;
using namespace gaus::io;

namespace {

/// A parsed document whose nodes know their lines.
class Document {
public:
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

std::optional<Diagnostic> Document::parse(std::string_view text,
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

/// The parser lets attributes be given twice, which no XML may.
std::optional<Diagnostic> checkAttributes(const Document &doc,
                                          pugi::xml_node node) {
  std::set<std::string_view> known;
  for (pugi::xml_attribute a : node.attributes())
    if (!known.insert(a.name()).second)
      return doc.error(node, "malformed XML: the attribute " + shown(a.name()) +
                                 " is given twice");
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// The resource model
//===----------------------------------------------------------------------===//

/// An integer attribute of a resource within bounds.
Outcome<int64_t> number(const Document &doc, pugi::xml_node node,
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

Outcome<FileResource> readResource(const Document &doc, pugi::xml_node node) {
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

} // namespace

Outcome<ResourceModel> gaus::readResourceModel(std::string_view text) {
  Document doc;
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

//===----------------------------------------------------------------------===//
// The graph
//===----------------------------------------------------------------------===//

namespace {

class GraphReader {
public:
  GraphReader(const ResourceModel &model) : model(model) {
    for (size_t r = 0; r < model.size(); ++r)
      resourceOf[model[r].name] = static_cast<int32_t>(r);
  }
  Outcome<Problem> read(std::string_view text);

private:
  /// The values of an element's data, by the names of their keys.
  using Data = std::map<std::string, std::string>;
  struct Node {
    std::string name;
    int32_t resource;
    int64_t line;
  };

  Outcome<Data> dataOf(pugi::xml_node node) const;
  std::optional<Diagnostic> readNode(pugi::xml_node node);
  std::optional<Diagnostic> readEdge(pugi::xml_node node);
  Outcome<int32_t> endOf(pugi::xml_node node, const char *which) const;
  Outcome<int32_t> count(pugi::xml_node node, const Data &data,
                         const char *key) const;
  void addNodes();

  const ResourceModel &model;
  std::map<std::string, int32_t> resourceOf;
  /// GraphML's own keys: id to name.
  std::map<std::string, std::string> keys;
  std::map<int64_t, Node> nodes;
  std::map<int64_t, int32_t> indexOf;
  Document doc;
  Problem p;
};

Outcome<GraphReader::Data> GraphReader::dataOf(pugi::xml_node node) const {
  Data data;
  if (auto failed = checkAttributes(doc, node))
    return *failed;
  for (pugi::xml_node d : node.children("data")) {
    if (auto failed = checkAttributes(doc, d))
      return *failed;
    std::string key = d.attribute("key").value();
    if (auto known = keys.find(key); known != keys.end())
      key = known->second;
    if (key.empty())
      return doc.error(d, "'data' has no 'key'");
    if (!data.insert({key, std::string(trimmed(d.text().get()))}).second)
      return doc.error(d, shown(key) + " is given twice");
  }
  return data;
}

std::optional<Diagnostic> GraphReader::readNode(pugi::xml_node node) {
  std::string_view text = trimmed(node.attribute("id").value());
  // Facts about the loop as a whole.
  if (text == "modsched_info")
    return std::nullopt;
  std::optional<int64_t> id = toInteger(text);
  if (!id || *id < 0)
    return doc.error(node, "the id of a node must be an integer >= 0, got " +
                               shown(text));
  Outcome<Data> data = dataOf(node);
  if (!data)
    return data.error();
  std::string who = "node " + std::to_string(*id);
  auto uses = data->find("uses_resource");
  if (uses == data->end())
    return doc.error(node, who + " has no 'uses_resource'");
  auto found = resourceOf.find(uses->second);
  if (found == resourceOf.end())
    return doc.error(node, who + ": the resource model has no " +
                               shown(uses->second));
  Node made{(*data)["name"], found->second, doc.lineOf(node)};
  auto [first, fresh] = nodes.insert({*id, std::move(made)});
  if (!fresh)
    return doc.error(node, who + " is defined twice, first in line " +
                               std::to_string(first->second.line));
  if (static_cast<int64_t>(nodes.size()) > kMaxFileNodes)
    return doc.error(node, "too many nodes");
  return std::nullopt;
}

/// Nodes in ascending order of their ids.
void GraphReader::addNodes() {
  for (const FileResource &r : model)
    p.addResource(r.name, r.limit);
  for (const auto &[id, node] : nodes) {
    const FileResource &r = model[node.resource];
    std::string name = node.name.empty() ? std::to_string(id) : node.name;
    int32_t i = p.addNode(name, r.latency, 1);
    p.occupancy[i] = r.occupancy;
    p.addUse(node.resource, 1);
    indexOf[id] = i;
  }
}

Outcome<int32_t> GraphReader::endOf(pugi::xml_node node,
                                    const char *which) const {
  std::string_view text = trimmed(node.attribute(which).value());
  std::optional<int64_t> id = toInteger(text);
  if (!id)
    return doc.error(node, "the " + std::string(which) +
                               " of an edge must be an integer, got " +
                               shown(text));
  auto found = indexOf.find(*id);
  if (found == indexOf.end())
    return doc.error(node, "an edge's " + std::string(which) +
                               ": there is no node " + std::to_string(*id));
  return found->second;
}

/// An integer >= 0 of an edge; 0 where it is absent.
Outcome<int32_t> GraphReader::count(pugi::xml_node node, const Data &data,
                                    const char *key) const {
  auto found = data.find(key);
  if (found == data.end())
    return 0;
  std::optional<int64_t> value = toInteger(found->second);
  if (!value || *value < 0 || *value > kMaxCycle)
    return doc.error(node, "'" + std::string(key) +
                               "' of an edge must be an integer in [0, " +
                               std::to_string(kMaxCycle) + "], got " +
                               shown(found->second));
  return static_cast<int32_t>(*value);
}

std::optional<Diagnostic> GraphReader::readEdge(pugi::xml_node node) {
  Outcome<int32_t> from = endOf(node, "source"), to = endOf(node, "target");
  if (!from || !to)
    return from ? to.error() : from.error();
  Outcome<Data> data = dataOf(node);
  if (!data)
    return data.error();
  const char *delayKey = data->count("delay") ? "delay" : "latency";
  Outcome<int32_t> distance = count(node, *data, "distance");
  Outcome<int32_t> delay = count(node, *data, delayKey);
  if (!distance || !delay)
    return distance ? delay.error() : distance.error();
  std::string kind = data->count("deptype") ? (*data)["deptype"] : "Data";
  if (kind != "Data" && kind != "Precedence")
    return doc.error(node,
                     "'deptype' of an edge must be Data or Precedence, got " +
                         shown(kind));
  if (p.numEdges() >= kMaxFileEdges)
    return doc.error(node, "too many edges");
  bool carries = kind == "Data";
  p.addEdge(*from, *to, *distance, *delay, carries ? 1 : 0, carries);
  return std::nullopt;
}

Outcome<Problem> GraphReader::read(std::string_view text) {
  if (auto failed = doc.parse(text, "graph"))
    return *failed;
  pugi::xml_node root = doc.xml.child("graphml"), graph = root.child("graph");
  if (!graph)
    return ioError("malformed GraphML: there is no 'graph' in a 'graphml'", 1);
  if (pugi::xml_node second = graph.next_sibling("graph"))
    return doc.error(second, "expected one graph in the file, found another");
  for (pugi::xml_node key : root.children("key"))
    if (key.attribute("attr.name") &&
        !keys.insert({key.attribute("id").value(),
                      key.attribute("attr.name").value()})
             .second)
      return doc.error(key, "the key " + shown(key.attribute("id").value()) +
                                " is defined twice");
  for (pugi::xml_node node : graph.children("node"))
    if (auto failed = readNode(node))
      return *failed;
  addNodes();
  for (pugi::xml_node edge : graph.children("edge"))
    if (auto failed = readEdge(edge))
      return *failed;
  if (auto invalid = p.validate()) {
    invalid->code = "io";
    return *invalid;
  }
  return std::move(p);
}

} // namespace

Outcome<Problem> gaus::readGraphMl(std::string_view text,
                                   const ResourceModel &model) {
  return GraphReader(model).read(text);
}

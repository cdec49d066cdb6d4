//===- GraphMl.cpp - Graphs in GraphML with a resource model ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Readers/Xml.h"

#include "gaus/IO/Formats.h"

#include <map>

using namespace gaus;
using namespace gaus::io;

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
  XmlDocument doc;
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

Outcome<Problem> gaus::readGraphMlWithModel(std::string_view bytes,
                                            Reading &reading) {
  std::string path = reading.resources;
  if (path.empty())
    path = resourceModelBeside(reading.path);
  if (path.empty())
    return ioError("'" + reading.path +
                   "' needs a resource model: there is no " +
                   fileStem(reading.path) +
                   "_RM.xml beside it, and none was given; name one by "
                   "resources=FILE");
  reading.wrong = path;
  Outcome<std::string> text = readFile(path);
  if (!text)
    return text.error();
  Outcome<ResourceModel> model = readResourceModel(*text);
  if (!model)
    return model.error();
  reading.wrong = reading.path;
  Outcome<Problem> p = readGraphMl(bytes, *model);
  if (p && reading.nodeLatency)
    std::fill(p->latency.begin(), p->latency.end(), *reading.nodeLatency);
  return p;
}

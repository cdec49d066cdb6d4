//===- JsonReader.cpp - Problems from JSON ------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Readers/JsonDocument.h"
#include "Readers/JsonPath.h"
#include "Text.h"

#include "gaus/IO/Readers.h"

#include <map>

using namespace gaus;
using namespace gaus::io;
using nlohmann::json;

namespace {

/// Takes a problem out of a parsed document; the first mistake stays in
/// `error`.
class JsonReader {
public:
  JsonReader(const json &document, std::string_view text,
             std::optional<int32_t> nodeLatency)
      : doc(document), text(text), latency(nodeLatency) {}

  Outcome<Problem> read(Starts *starts) {
    if (readNodes() && readUses() && readExtras() && readEdges() &&
        readInterface() && readWhole() && (!starts || readStarts(*starts))) {
      if (auto invalid = p.validate()) {
        if (invalid->node >= 0)
          invalid->line = jsonLine(
              text, std::vector<JsonStep>{"latency", size_t(invalid->node)});
        return *invalid;
      }
      return std::move(p);
    }
    return error;
  }

private:
  /// For whoever gives a file of another layout.
  static constexpr std::string_view kShape =
      "; a problem is an object of arrays: latency (by node), src and dst (by "
      "edge), and more";

  /// What is wrong with the value at `path`; the message names it.
  bool fail(const std::vector<JsonStep> &path, const std::string &message) {
    error = ioError("JSON problem: " + message, jsonLine(text, path));
    return false;
  }
  /// The same, where the message begins with the path.
  bool failAt(const std::vector<JsonStep> &path, const std::string &message) {
    return fail(path, jsonText(path) + message);
  }

  static bool isAbsent(const json &object, const char *key) {
    return !object.contains(key) || object[key].is_null();
  }

  /// An array of `size` integers in [low, high]; the fallback where absent.
  bool array(const char *key, size_t size, int64_t low, int64_t high,
             std::optional<int64_t> fallback, std::vector<int64_t> &out) {
    out.assign(size, fallback.value_or(0));
    if (isAbsent(doc, key))
      return fallback ? true
                      : fail({}, "'" + std::string(key) + "' is missing");
    const json &values = doc[key];
    if (!values.is_array() || values.size() != size)
      return failAt({key}, " must be an array of " + std::to_string(size) +
                               " integers");
    for (size_t k = 0; k < size; ++k)
      if (!readInteger(values[k], out[k]) || out[k] < low || out[k] > high)
        return failAt({key, k}, " must be an integer in [" +
                                    std::to_string(low) + ", " +
                                    std::to_string(high) + "]");
    return true;
  }

  bool scalar(const char *key, int64_t low, int64_t high, int64_t &out) {
    out = low;
    if (isAbsent(doc, key))
      return true;
    if (readInteger(doc[key], out) && out >= low && out <= high)
      return true;
    return failAt({key}, " must be an integer in [" + std::to_string(low) +
                             ", " + std::to_string(high) + "]");
  }

  bool readNodes() {
    if (!doc.is_object())
      return fail({}, "expected an object" + std::string(kShape));
    if (isAbsent(doc, "latency") || !doc["latency"].is_array())
      return fail({"latency"},
                  "'latency' must be an array with an entry a node" +
                      std::string(kShape));
    size_t n = doc["latency"].size();
    if (static_cast<int64_t>(n) > kMaxFileNodes)
      return fail({"latency"}, "too many nodes");
    std::vector<int64_t> l, o, b;
    if (!array("latency", n, 0, kMaxCycle, std::nullopt, l) ||
        !array("occupancy", n, 1, kMaxCycle, 1, o) ||
        !array("width", n, 0, INT64_MAX / 4, 0, b))
      return false;
    const json *names =
        isAbsent(doc, "node_names") ? nullptr : &doc["node_names"];
    if (names && (!names->is_array() || names->size() != n))
      return failAt({"node_names"},
                    " must be an array of " + std::to_string(n) + " strings");
    for (size_t i = 0; i < n; ++i) {
      if (names && !(*names)[i].is_string())
        return failAt({"node_names", i}, " must be a string");
      p.addNode(names ? (*names)[i].get_ref<const std::string &>() : "",
                latency.value_or(static_cast<int32_t>(l[i])), b[i]);
      p.occupancy[i] = static_cast<int32_t>(o[i]);
    }
    return true;
  }

  /// `uses` (rows of [resource, units]), else `cls` and `weight`.
  bool readUses() {
    size_t n = p.latency.size();
    std::vector<std::vector<std::pair<int64_t, int64_t>>> uses(n);
    if (!isAbsent(doc, "uses")) {
      if (!readUseRows(uses))
        return false;
    } else {
      std::vector<int64_t> cls, weight;
      if (!array("cls", n, 0, INT32_MAX, 0, cls) ||
          !array("weight", n, 0, INT64_MAX / 4, 0, weight))
        return false;
      for (size_t i = 0; i < n; ++i)
        if (weight[i] > 0)
          uses[i].push_back({cls[i], weight[i]});
    }
    std::map<int64_t, int32_t> resources;
    int64_t entries = 0;
    for (auto &row : uses)
      for (auto [r, units] : row) {
        resources[r];
        ++entries;
      }
    if (entries > kMaxFileEdges)
      return fail({"uses"}, "too many uses");
    if (!readLimits(resources))
      return false;
    p.useBegin.assign(1, 0);
    for (auto &row : uses) {
      for (auto [r, units] : row) {
        p.useResource.push_back(resources[r]);
        p.useUnits.push_back(units);
      }
      p.useBegin.push_back(static_cast<int32_t>(p.useResource.size()));
    }
    return true;
  }

  bool
  readUseRows(std::vector<std::vector<std::pair<int64_t, int64_t>>> &uses) {
    const json &rows = doc["uses"];
    if (!rows.is_array() || rows.size() != uses.size())
      return failAt({"uses"}, " must have a row a node");
    for (size_t i = 0; i < uses.size(); ++i) {
      if (!rows[i].is_array())
        return failAt({"uses", i}, " must be an array of [resource, units]");
      for (size_t k = 0; k < rows[i].size(); ++k) {
        const json &use = rows[i][k];
        int64_t r = 0, units = 0;
        if (!use.is_array() || use.size() != 2 || !readInteger(use[0], r) ||
            !readInteger(use[1], units) || r < 0 || r > INT32_MAX || units < 0)
          return failAt({"uses", i, k}, " must be a pair [resource, units]");
        uses[i].push_back({r, units});
      }
    }
    return true;
  }

  bool readLimits(std::map<int64_t, int32_t> &resources) {
    std::map<int64_t, int64_t> limits, prices;
    if (!readByClass("limits", 1, limits) || !readByClass("prices", 0, prices))
      return false;
    for (auto [r, limit] : limits)
      resources[r];
    for (auto [r, price] : prices)
      resources[r];
    const json *names =
        isAbsent(doc, "resource_names") ? nullptr : &doc["resource_names"];
    if (names && !names->is_object())
      return failAt({"resource_names"}, " must be an object");
    for (auto &[r, index] : resources) {
      std::string number = std::to_string(r), name = "r" + number;
      if (names && names->contains(number)) {
        if (!(*names)[number].is_string())
          return failAt({"resource_names", number}, " must be a string");
        name = (*names)[number];
      }
      auto limit = limits.find(r);
      auto price = prices.find(r);
      index = p.addResource(name,
                            limit == limits.end() ? kUnlimited : limit->second,
                            price == prices.end() ? 1 : price->second);
    }
    return true;
  }

  bool readByClass(const char *key, int64_t low,
                   std::map<int64_t, int64_t> &out) {
    if (isAbsent(doc, key))
      return true;
    if (!doc[key].is_object())
      return failAt({key}, " must be an object");
    for (const auto &[name, value] : doc[key].items()) {
      // Written one way only, so that no two names are one resource.
      int64_t r = toInteger(name).value_or(-1), v = 0;
      if (r < 0 || r > INT32_MAX || std::to_string(r) != name ||
          !readInteger(value, v) || v < low)
        return failAt({key, name}, " must map a resource number to an integer "
                                   "of at least " +
                                       std::to_string(low));
      out[r] = v;
    }
    return true;
  }

  bool readExtras() {
    size_t n = p.latency.size();
    std::vector<int64_t> first, last;
    if (!array("earliest", n, 0, kMaxCycle, 0, first) ||
        !array("latest", n, 0, kMaxCycle, kMaxCycle, last))
      return false;
    for (size_t i = 0; i < n; ++i) {
      p.earliest[i] = static_cast<int32_t>(first[i]);
      p.latest[i] = static_cast<int32_t>(last[i]);
    }
    return delays("delay_in", p.delayIn) && delays("delay_out", p.delayOut);
  }

  bool delays(const char *key, std::vector<double> &out) {
    if (isAbsent(doc, key))
      return true;
    const json &values = doc[key];
    if (!values.is_array() || values.size() != out.size())
      return failAt({key}, " must have an entry a node");
    for (size_t i = 0; i < out.size(); ++i) {
      if (!values[i].is_number())
        return failAt({key, i}, " must be a number");
      out[i] = values[i].get<double>();
    }
    return true;
  }

  bool readEdges() {
    if (isAbsent(doc, "src") || !doc["src"].is_array())
      return fail({"src"}, "'src' must be an array with an entry an edge" +
                               std::string(kShape));
    size_t m = doc["src"].size();
    if (static_cast<int64_t>(m) > kMaxFileEdges)
      return fail({"src"}, "too many edges");
    int64_t n = p.numNodes();
    std::vector<int64_t> from, to, k, lag, c, order;
    if (m > 0 && n == 0)
      return fail({"src"}, "edges without nodes");
    if (!array("src", m, 0, n - 1, std::nullopt, from) ||
        !array("dst", m, 0, n - 1, std::nullopt, to) ||
        !array("dist", m, 0, kMaxCycle, 0, k) ||
        !array("lag", m, -kMaxCycle, kMaxCycle, 0, lag) ||
        !array("comm", m, 0, INT64_MAX / 4, 1, c) ||
        !array("order", m, 0, 1, 0, order))
      return false;
    for (size_t e = 0; e < m; ++e)
      p.addEdge(static_cast<int32_t>(from[e]), static_cast<int32_t>(to[e]),
                static_cast<int32_t>(k[e]), static_cast<int32_t>(lag[e]), c[e],
                order[e] == 0);
    return true;
  }

  bool readInterface() {
    if (isAbsent(doc, "interface"))
      return true;
    const json &io = doc["interface"];
    if (!io.is_object())
      return failAt({"interface"}, " must be an object");
    if (!isAbsent(io, "enter")) {
      if (!io["enter"].is_array())
        return failAt({"interface", "enter"}, " must be an array");
      for (size_t k = 0; k < io["enter"].size(); ++k)
        if (!readEntering(io["enter"][k], k))
          return false;
    }
    return isAbsent(io, "leave") ||
           nodesOf(io["leave"], {"interface", "leave"}, p.interface.leaves);
  }

  bool readEntering(const json &value, size_t k) {
    std::vector<JsonStep> path = {"interface", "enter", k};
    int64_t width = 0;
    if (!value.is_object() || isAbsent(value, "width") ||
        !readInteger(value["width"], width) || width < 0 ||
        width > INT64_MAX / 4)
      return failAt(path, " must be an object with a width >= 0");
    bool stays = false;
    if (!isAbsent(value, "stays")) {
      path.push_back("stays");
      if (!value["stays"].is_boolean())
        return failAt(path, " must be true or false");
      stays = value["stays"];
      path.pop_back();
    }
    std::vector<int32_t> users;
    path.push_back("users");
    if (!isAbsent(value, "users") && !nodesOf(value["users"], path, users))
      return false;
    p.interface.addEntering(width, users, stays);
    return true;
  }

  bool nodesOf(const json &values, std::vector<JsonStep> path,
               std::vector<int32_t> &out) {
    if (!values.is_array() ||
        static_cast<int64_t>(values.size()) > kMaxFileEdges)
      return failAt(path, " must be an array of nodes");
    for (size_t k = 0; k < values.size(); ++k) {
      int64_t node = 0;
      path.push_back(k);
      if (!readInteger(values[k], node) || node < 0 || node >= p.numNodes())
        return failAt(path, " must be the index of a node");
      path.pop_back();
      out.push_back(static_cast<int32_t>(node));
    }
    return true;
  }

  bool readWhole() {
    int64_t ii = 0, length = 0;
    if (!scalar("II", 0, kMaxCycle, ii) || !scalar("L", 0, kMaxCycle, length))
      return false;
    p.ii = static_cast<int32_t>(ii);
    p.length = static_cast<int32_t>(length);
    if (!isAbsent(doc, "clock")) {
      if (!doc["clock"].is_number())
        return failAt({"clock"}, " must be a number");
      p.clock = doc["clock"].get<double>();
    }
    if (!isAbsent(doc, "live_limit") &&
        !scalar("live_limit", 0, std::numeric_limits<int64_t>::max(),
                p.liveLimit))
      return false;
    if (!isAbsent(doc, "memory_model")) {
      const json &word = doc["memory_model"];
      auto model = word.is_string() ? findMemoryModel(word.get<std::string>())
                                    : std::nullopt;
      if (!model)
        return failAt({"memory_model"}, " must be \"values\" or \"buffers\"");
      p.memoryModel = *model;
    }
    if (isAbsent(doc, "name"))
      return true;
    if (!doc["name"].is_string())
      return failAt({"name"}, " must be a string");
    p.name = doc["name"];
    return true;
  }

  bool readStarts(Starts &starts) {
    starts.clear();
    if (isAbsent(doc, "start"))
      return true;
    std::vector<int64_t> s;
    if (!array("start", p.latency.size(), 0, kMaxCycle, 0, s))
      return false;
    starts.assign(s.begin(), s.end());
    return true;
  }

  const json &doc;
  std::string_view text;
  std::optional<int32_t> latency;
  Problem p;
  Diagnostic error;
};

} // namespace

Outcome<Problem> gaus::readJson(std::string_view text,
                                std::optional<int32_t> nodeLatency,
                                Starts *starts) {
  Outcome<json> document = parseJson(text);
  if (!document)
    return document.error();
  return JsonReader(*document, text, nodeLatency).read(starts);
}

//===- JsonWriter.cpp - Problems as JSON --------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/IO/Writers.h"

#include <nlohmann/json.hpp>

using namespace gaus;
using nlohmann::json;

static void writeUses(const Problem &p, json &doc) {
  json rows = json::array(), cls = json::array(), weight = json::array();
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    json row = json::array();
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      row.push_back({p.useResource[k], p.useUnits[k]});
    cls.push_back(row.empty() ? json(0) : row[0][0]);
    weight.push_back(row.empty() ? json(0) : row[0][1]);
    rows.push_back(std::move(row));
  }
  doc["uses"] = std::move(rows);
  doc["cls"] = std::move(cls);
  doc["weight"] = std::move(weight);
  doc["limits"] = json::object();
  doc["prices"] = json::object();
  doc["resource_names"] = json::object();
  for (int32_t r = 0; r < p.numResources(); ++r) {
    std::string key = std::to_string(r);
    if (p.limit[r] != kUnlimited)
      doc["limits"][key] = p.limit[r];
    doc["prices"][key] = p.price[r];
    doc["resource_names"][key] = p.resourceLabel(r);
  }
}

static json interfaceOf(const Interface &io) {
  json enter = json::array();
  for (size_t k = 0; k < io.width.size(); ++k)
    enter.push_back(
        {{"width", io.width[k]},
         {"users", std::vector<int32_t>(io.user.begin() + io.useBegin[k],
                                        io.user.begin() + io.useBegin[k + 1])},
         {"stays", io.stays[k] != 0}});
  return {{"enter", std::move(enter)}, {"leave", io.leaves}};
}

std::string gaus::toJson(const Problem &p, std::span<const int32_t> starts) {
  json doc = {{"schema_version", 1},
              {"name", p.name},
              {"latency", p.latency},
              {"occupancy", p.occupancy},
              {"width", p.width},
              {"earliest", p.earliest},
              {"latest", p.latest},
              {"delay_in", p.delayIn},
              {"delay_out", p.delayOut},
              {"src", p.source},
              {"dst", p.target},
              {"dist", p.distance},
              {"lag", p.lag},
              {"II", p.ii},
              {"L", p.length}};
  json comm = json::array(), order = json::array();
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    comm.push_back(p.carries[e] ? p.weight[e] : 0);
    order.push_back(p.carries[e] ? 0 : 1);
  }
  doc["comm"] = std::move(comm);
  doc["order"] = std::move(order);
  writeUses(p, doc);
  if (!p.nodeName.empty())
    doc["node_names"] = p.nodeName;
  if (!p.interface.empty())
    doc["interface"] = interfaceOf(p.interface);
  if (p.clock > 0)
    doc["clock"] = p.clock;
  if (p.limitsLive())
    doc["live_limit"] = p.liveLimit;
  if (p.hasBuffers())
    doc["memory_model"] = toString(p.memoryModel);
  if (!starts.empty())
    doc["start"] = std::vector<int32_t>(starts.begin(), starts.end());
  return doc.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

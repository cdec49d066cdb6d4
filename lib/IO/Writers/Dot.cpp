//===- Dot.cpp - Graphs for Graphviz --------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/IO/Writers.h"

#include <algorithm>
#include <numeric>

using namespace gaus;

static std::string quotedDot(const std::string &text) {
  std::string out = "\"";
  for (char c : text)
    out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return out + "\"";
}

/// The nodes of one cycle on one rank.
static std::string ranksOf(const Starts &starts, const std::string &prefix) {
  std::vector<int32_t> order(starts.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int32_t a, int32_t b) { return starts[a] < starts[b]; });
  std::string out;
  int32_t cycle = -1;
  for (int32_t i : order) {
    if (starts[i] != cycle) {
      out += cycle < 0 ? "" : "  }\n";
      cycle = starts[i];
      out += "  subgraph " + prefix + "cycle" + std::to_string(cycle) +
             " { rank=same;\n";
    }
    out += "    " + prefix + "n" + std::to_string(i) + ";\n";
  }
  return out + (cycle < 0 ? "" : "  }\n");
}

/// Nodes and edges; names of nodes begin with `prefix`.
static std::string bodyOf(const Problem &p, const Starts &starts,
                          const std::string &prefix) {
  std::string out = ranksOf(starts, prefix);
  auto name = [&](int32_t i) { return prefix + "n" + std::to_string(i); };
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    std::string label = p.nodeLabel(i);
    if (!starts.empty())
      label += " @" + std::to_string(starts[i]);
    out += "  " + name(i) + " [label=" + quotedDot(label) + "];\n";
  }
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    out += "  " + name(p.source[e]) + " -> " + name(p.target[e]);
    std::string attributes;
    if (!p.carries[e])
      attributes = "style=dashed";
    if (p.distance[e] > 0)
      attributes += std::string(attributes.empty() ? "" : ", ") + "label=\"" +
                    std::to_string(p.distance[e]) + "\", constraint=false";
    out += attributes.empty() ? ";\n" : " [" + attributes + "];\n";
  }
  return out;
}

std::string gaus::toDot(const Problem &p, std::span<const int32_t> starts) {
  return "digraph " + quotedDot(p.name) + " {\n  node [shape=box];\n" +
         bodyOf(p, Starts(starts.begin(), starts.end()), "") + "}\n";
}

std::string gaus::reportDot(Reported scopes) {
  std::string out = "digraph gaus {\n  node [shape=box];\n";
  for (size_t k = 0; k < scopes.size(); ++k) {
    std::string number = std::to_string(k);
    out += "  subgraph cluster" + number +
           " { label=" + quotedDot(scopes[k].facts.scope) + ";\n" +
           bodyOf(scopes[k].problem, scopes[k].starts, "s" + number) + "  }\n";
  }
  return out + "}\n";
}

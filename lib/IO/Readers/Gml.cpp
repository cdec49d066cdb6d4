//===- Gml.cpp - Graphs in GML --------------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Readers/EdgeSet.h"
#include "Text.h"

#include "gaus/IO/Readers.h"

#include <cmath>
#include <map>

using namespace gaus;
using namespace gaus::io;

namespace {

struct Token {
  enum Kind { End, Open, Close, Word, String, Bad } kind = End;
  std::string_view text;
  int64_t line = 1;
};

/// Cuts GML into brackets, words (keys and numbers) and strings.
class Lexer {
public:
  explicit Lexer(std::string_view input) : rest(input) {}

  Token next() {
    skipSpace();
    Token t;
    t.line = line;
    if (rest.empty())
      return t;
    char c = rest.front();
    if (c == '[' || c == ']') {
      t.kind = c == '[' ? Token::Open : Token::Close;
      t.text = take(1);
    } else if (c == '"') {
      size_t end = rest.find('"', 1);
      t.kind = end == std::string_view::npos ? Token::Bad : Token::String;
      t.text = take(end == std::string_view::npos ? rest.size() : end + 1);
    } else {
      t.kind = Token::Word;
      t.text =
          take(std::min(rest.find_first_of(" \t\r\n\v\f[]\"#"), rest.size()));
    }
    return t;
  }

private:
  std::string_view take(size_t count) {
    std::string_view taken = rest.substr(0, count);
    line += std::count(taken.begin(), taken.end(), '\n');
    rest.remove_prefix(count);
    return taken;
  }
  void skipSpace() {
    while (!rest.empty()) {
      char c = rest.front();
      if (c == '#')
        take(std::min(rest.find('\n'), rest.size()));
      else if (c == ' ' || (c >= '\t' && c <= '\r'))
        take(1);
      else
        return;
    }
  }

  std::string_view rest;
  int64_t line = 1;
};

/// A `node [...]` or `edge [...]`: the integers that count.
struct Block {
  std::optional<int64_t> id, source, target, parameter;
  int64_t line = 0;
};

class GmlReader {
public:
  GmlReader(std::string_view text, int32_t nodeLatency)
      : lexer(withoutMark(text)), latency(nodeLatency) {}

  Outcome<Problem> read() {
    if (!readFileBody())
      return error;
    return build();
  }

private:
  bool fail(std::string message, int64_t line) {
    error = ioError(std::move(message), line);
    return false;
  }

  /// Keys up to the end of the file; the first `graph [` counts.
  bool readFileBody() {
    bool found = false;
    for (Token key = lexer.next(); key.kind != Token::End; key = lexer.next()) {
      if (key.kind != Token::Word)
        return fail("malformed GML: expected a key such as 'graph', found " +
                        shown(key.text),
                    key.line);
      if (key.text == "graph" && !found) {
        found = true;
        Token open = lexer.next();
        if (open.kind != Token::Open)
          return fail("malformed GML: expected '[' after 'graph'", open.line);
        if (!readGraph(open.line))
          return false;
      } else if (!skipValue(key)) {
        return false;
      }
    }
    return found || fail("malformed GML: there is no 'graph [ ... ]'", 1);
  }

  bool readGraph(int64_t opened) {
    while (true) {
      Token key = lexer.next();
      if (key.kind == Token::Close)
        return true;
      if (key.kind == Token::End)
        return fail("truncated GML: the '[' of line " + std::to_string(opened) +
                        " is never closed",
                    key.line);
      if (key.kind != Token::Word)
        return fail("malformed GML: expected a key, found " + shown(key.text),
                    key.line);
      if (key.text != "node" && key.text != "edge") {
        if (!skipValue(key))
          return false;
        continue;
      }
      Block block;
      block.line = key.line;
      if (!readBlock(key, block))
        return false;
      bool isNode = key.text == "node";
      if (static_cast<int64_t>(isNode ? nodes.size() : edges.size()) >=
          (isNode ? kMaxFileNodes : kMaxFileEdges))
        return fail(isNode ? "too many nodes" : "too many edges", key.line);
      (isNode ? nodes : edges).push_back(block);
    }
  }

  bool readBlock(const Token &name, Block &block) {
    Token open = lexer.next();
    if (open.kind != Token::Open)
      return fail("malformed GML: expected '[' after " + shown(name.text),
                  open.line);
    while (true) {
      Token key = lexer.next();
      if (key.kind == Token::Close)
        return true;
      if (key.kind == Token::End)
        return fail("truncated GML: the '[' of line " +
                        std::to_string(open.line) + " is never closed",
                    key.line);
      if (key.kind != Token::Word)
        return fail("malformed GML: expected a key, found " + shown(key.text),
                    key.line);
      std::optional<int64_t> *field = key.text == "id"       ? &block.id
                                      : key.text == "source" ? &block.source
                                      : key.text == "target" ? &block.target
                                      : key.text == "parameter"
                                          ? &block.parameter
                                          : nullptr;
      if (field && *field)
        return fail(shown(key.text) + " is given twice", key.line);
      if (field ? !readInteger(key, *field) : !skipValue(key))
        return false;
    }
  }

  /// An integer, also one written as a real: "3.0", "1e3".
  bool readInteger(const Token &key, std::optional<int64_t> &out) {
    Token value = lexer.next();
    if (value.kind == Token::Word)
      out = toInteger(value.text);
    if (out)
      return true;
    double number = 0;
    const char *begin = value.text.data();
    const char *end = begin + value.text.size();
    auto parsed = std::from_chars(begin, end, number);
    // Within 2^53 a real says which integer it is; no NaN passes.
    if (value.kind != Token::Word || parsed.ec != std::errc() ||
        parsed.ptr != end || !(std::abs(number) <= 9e15) ||
        number != std::floor(number))
      return fail("malformed GML: " + shown(key.text) +
                      " needs an integer, found " + shown(value.text),
                  value.line);
    out = static_cast<int64_t>(number);
    return true;
  }

  /// The value of a key that does not count: a word, a string, or a list.
  bool skipValue(const Token &key) {
    Token value = lexer.next();
    if (value.kind == Token::Word || value.kind == Token::String)
      return true;
    if (value.kind != Token::Open)
      return fail("malformed GML: " + shown(key.text) + " needs a value",
                  value.line);
    for (int64_t deep = 1; deep > 0;) {
      Token t = lexer.next();
      if (t.kind == Token::End || t.kind == Token::Bad)
        return fail("truncated GML: the '[' of line " +
                        std::to_string(value.line) + " is never closed",
                    t.line);
      deep += t.kind == Token::Open ? 1 : t.kind == Token::Close ? -1 : 0;
    }
    return true;
  }

  Outcome<Problem> build() {
    Problem p;
    int32_t resource = p.addResource("r0");
    std::map<int64_t, const Block *> byId;
    for (const Block &node : nodes) {
      if (!node.id)
        return ioError("node without an id", node.line);
      auto [other, fresh] = byId.try_emplace(*node.id, &node);
      if (!fresh)
        return ioError("node " + std::to_string(*node.id) +
                           " is defined twice, first in line " +
                           std::to_string(other->second->line),
                       node.line);
      if (node.parameter.value_or(1) < 0)
        return ioError("the parameter of node " + std::to_string(*node.id) +
                           " is negative",
                       node.line);
    }
    std::map<int64_t, int32_t> index;
    for (auto [id, node] : byId) {
      int64_t parameter = node->parameter.value_or(1);
      index[id] = p.addNode("n" + std::to_string(id), latency, parameter);
      if (parameter > 0)
        p.addUse(resource, parameter);
    }
    if (auto failed = buildEdges(p, index))
      return *failed;
    if (auto invalid = p.validate())
      return *invalid;
    return p;
  }

  std::optional<Diagnostic>
  buildEdges(Problem &p, const std::map<int64_t, int32_t> &index) {
    std::vector<FileEdge> merged;
    merged.reserve(edges.size());
    for (const Block &edge : edges) {
      if (!edge.source || !edge.target)
        return ioError("edge without a source and a target", edge.line);
      auto from = index.find(*edge.source), to = index.find(*edge.target);
      if (from == index.end() || to == index.end())
        return ioError("edge " + std::to_string(*edge.source) + " -> " +
                           std::to_string(*edge.target) +
                           ": there is no node " +
                           std::to_string(from == index.end() ? *edge.source
                                                              : *edge.target),
                       edge.line);
      merged.push_back(
          {from->second, to->second, edge.parameter.value_or(1) > 0});
    }
    addMerged(p, merged);
    return std::nullopt;
  }

  Lexer lexer;
  int32_t latency;
  std::vector<Block> nodes, edges;
  Diagnostic error;
};

} // namespace

Outcome<Problem> gaus::readGml(std::string_view text, int32_t nodeLatency) {
  return GmlReader(text, nodeLatency).read();
}

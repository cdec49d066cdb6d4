//===- Aiger.cpp - Circuits in AIGER --------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Readers/EdgeSet.h"
#include "Text.h"

#include "gaus/IO/Readers.h"

#include <charconv>

using namespace gaus;
using namespace gaus::io;

namespace {

/// Reads one AIGER file; format: Biere, "The AIGER And-Inverter Graph (AIG)
/// Format Version 20071012" and its successor 1.9.
class AigerReader {
public:
  AigerReader(std::string_view bytes, int32_t nodeLatency)
      : input(bytes), latency(nodeLatency) {}

  Outcome<Problem> read() {
    if (!readHeader() || !(binary ? readBinary() : readAscii()))
      return error;
    readSymbols();
    return build();
  }

private:
  struct And {
    int64_t out, left, right, line;
  };

  bool fail(std::string message) {
    error = ioError(std::move(message), line);
    return false;
  }

  /// The next line without its end; false at the end of the file.
  bool nextLine(std::string_view &text) {
    if (at >= input.size())
      return false;
    size_t end = std::min(input.find('\n', at), input.size());
    text = input.substr(at, end - at);
    if (!text.empty() && text.back() == '\r')
      text.remove_suffix(1);
    at = end + 1;
    ++line;
    return true;
  }

  /// Cuts a line into at most 16 numbers; false if it holds anything else.
  static bool numbers(std::string_view text, std::vector<int64_t> &out) {
    out.clear();
    while (!text.empty()) {
      int64_t v = 0;
      auto [end, ec] =
          std::from_chars(text.data(), text.data() + text.size(), v);
      if (ec != std::errc() || v < 0 || out.size() == 16)
        return false;
      out.push_back(v);
      text.remove_prefix(end - text.data());
      if (text.empty())
        return true;
      if (text.front() != ' ' || text.size() == 1)
        return false;
      text.remove_prefix(1);
    }
    return !out.empty();
  }

  bool readHeader() {
    std::string_view text;
    std::vector<int64_t> n;
    line = 0;
    if (!nextLine(text) || text.size() < 4 ||
        (text.substr(0, 4) != "aig " && text.substr(0, 4) != "aag ")) {
      line = 1;
      return fail("bad AIGER header: expected 'aig M I L O A' or "
                  "'aag M I L O A'");
    }
    binary = text[1] == 'i';
    if (!numbers(text.substr(4), n) || n.size() < 5 || n.size() > 9)
      return fail("bad AIGER header: expected five to nine numbers after '" +
                  std::string(text.substr(0, 3)) + "'");
    n.resize(9, 0);
    for (int64_t v : n)
      if (v > kMaxFileNodes)
        return fail("bad AIGER header: " + std::to_string(v) +
                    " is more than the " + std::to_string(kMaxFileNodes) +
                    " that a file may have");
    variables = n[0], inputs = n[1], outputs = n[3], ands = n[4];
    properties = n[5] + n[6];
    if (n[2] > 0)
      return fail("the circuit has " + std::to_string(n[2]) +
                  " latches: only combinational AIGER can be scheduled");
    if (n[7] > 0 || n[8] > 0)
      return fail("justice and fairness properties are not supported");
    if (variables < inputs + ands || (binary && variables != inputs + ands))
      return fail("bad AIGER header: " + std::to_string(variables) +
                  " variables for " + std::to_string(inputs) + " inputs and " +
                  std::to_string(ands) + " ANDs");
    return believable();
  }

  /// Whether the bytes can use the inputs that the header promises, before any
  /// memory is taken for them: a binary file has no lines of inputs. An output
  /// and an AND have two bytes or more and use at most two; some may be idle.
  /// Whatever else is promised has bytes of its own and is missed in time.
  bool believable() {
    constexpr int64_t kIdle = int64_t(1) << 16;
    auto left = static_cast<int64_t>(input.size() - std::min(at, input.size()));
    if (!binary || inputs <= left + kIdle)
      return true;
    return fail("bad AIGER header: " + std::to_string(inputs) +
                " inputs, but the " + std::to_string(left) +
                " bytes behind it cannot use so many");
  }

  /// A line with `count` literals of the file.
  bool literals(const char *what, int64_t index, size_t count,
                std::vector<int64_t> &out) {
    std::string_view text;
    if (!nextLine(text)) {
      ++line;
      return fail("truncated AIGER file: " + std::string(what) + " " +
                  std::to_string(index) + " is missing");
    }
    if (!numbers(text, out) || out.size() != count)
      return fail("malformed AIGER file: expected " + std::string(what) + " " +
                  std::to_string(index) + " as " + std::to_string(count) +
                  (count == 1 ? " number" : " numbers"));
    for (int64_t literal : out)
      if (literal > 2 * variables + 1)
        return fail("literal " + std::to_string(literal) +
                    " is over the largest, " +
                    std::to_string(2 * variables + 1));
    return true;
  }

  bool readOutputs() {
    std::vector<int64_t> n;
    for (int64_t k = 0; k < outputs + properties; ++k)
      if (!literals("output", k, 1, n))
        return false;
    return true;
  }

  /// A number in groups of seven bits, the lowest first.
  bool readDelta(int64_t &out) {
    out = 0;
    for (int shift = 0; at < input.size() && shift < 42; shift += 7) {
      auto byte = static_cast<unsigned char>(input[at++]);
      out |= int64_t(byte & 127) << shift;
      if (byte < 128)
        return true;
    }
    return false;
  }

  bool readBinary() {
    for (int64_t k = 0; k < inputs; ++k)
      inputLiterals.push_back(2 * (k + 1));
    if (!readOutputs())
      return false;
    // Every AND takes two bytes at least: a header that promises more is wrong.
    if (static_cast<int64_t>(input.size() - std::min(at, input.size())) <
        2 * ands) {
      return failAnd("truncated AIGER file", 0);
    }
    for (int64_t k = 0; k < ands; ++k) {
      int64_t out = 2 * (inputs + k + 1), first = 0, second = 0;
      if (!readDelta(first) || !readDelta(second))
        return failAnd(at >= input.size() ? "truncated AIGER file"
                                          : "malformed AIGER file",
                       k);
      if (first < 1 || first > out || second > out - first)
        return failAnd("malformed AIGER file", k);
      andGates.push_back({out, out - first, out - first - second, 0});
    }
    return true;
  }
  bool failAnd(const std::string &message, int64_t k) {
    error = ioError(message + " at AND " + std::to_string(k) + " of " +
                    std::to_string(ands) + ", byte " + std::to_string(at));
    return false;
  }

  bool readAscii() {
    std::vector<int64_t> n;
    for (int64_t k = 0; k < inputs; ++k) {
      if (!literals("input", k, 1, n))
        return false;
      if (n[0] < 2 || n[0] % 2)
        return fail("an input must be a positive even literal");
      inputLiterals.push_back(n[0]);
    }
    if (!readOutputs())
      return false;
    for (int64_t k = 0; k < ands; ++k) {
      if (!literals("AND", k, 3, n))
        return false;
      if (n[0] < 2 || n[0] % 2)
        return fail("an AND must define a positive even literal");
      andGates.push_back({n[0], n[1], n[2], line});
    }
    return true;
  }

  /// "i0 name" lines; whatever follows them is of no concern.
  void readSymbols() {
    names.assign(inputs, "");
    std::string_view text;
    while (nextLine(text) && !text.empty() &&
           (text[0] == 'i' || text[0] == 'o' || text[0] == 'b')) {
      int64_t k = -1;
      auto [end, ec] =
          std::from_chars(text.data() + 1, text.data() + text.size(), k);
      size_t space = end - text.data();
      if (ec != std::errc() || space >= text.size() || text[space] != ' ')
        return;
      if (text[0] == 'i' && k >= 0 && k < inputs)
        names[k] = text.substr(space + 1);
    }
  }

  Outcome<Problem> build() {
    // The variables that are defined, each with its position in the inputs or,
    // after them, in the ANDs.
    std::vector<std::pair<int64_t, int64_t>> defined;
    defined.reserve(inputs + ands);
    for (int64_t k = 0; k < inputs + ands; ++k)
      defined.push_back(
          {(k < inputs ? inputLiterals[k] : andGates[k - inputs].out) / 2, k});
    std::sort(defined.begin(), defined.end());
    Problem p;
    int32_t resource = p.addResource("r0");
    for (size_t i = 0; i < defined.size(); ++i) {
      auto [variable, k] = defined[i];
      bool isInput = k < inputs;
      if (i > 0 && defined[i - 1].first == variable)
        return ioError("literal " + std::to_string(2 * variable) +
                           " is defined twice",
                       isInput ? k + 2 : andGates[k - inputs].line);
      p.addNode(isInput ? names[k] : "", latency, 1);
      p.addUse(resource, 1);
    }
    // In binary files every variable is defined; in ASCII there may be gaps.
    auto nodeOf = [&](int64_t variable) -> int32_t {
      if (static_cast<int64_t>(defined.size()) == variables)
        return static_cast<int32_t>(variable - 1);
      auto found = std::lower_bound(defined.begin(), defined.end(),
                                    std::pair<int64_t, int64_t>(variable, 0));
      if (found == defined.end() || found->first != variable)
        return -1;
      return static_cast<int32_t>(found - defined.begin());
    };
    std::vector<FileEdge> edges;
    edges.reserve(2 * andGates.size());
    for (const And &gate : andGates)
      for (int64_t literal : {gate.left, gate.right}) {
        if (literal < 2)
          continue; // a constant
        int32_t from = nodeOf(literal / 2);
        if (from < 0)
          return ioError("AND " + std::to_string(gate.out) + " uses literal " +
                             std::to_string(literal) +
                             ", which nothing defines",
                         gate.line);
        edges.push_back({from, nodeOf(gate.out / 2), 1});
      }
    addMerged(p, edges);
    if (auto invalid = p.validate())
      return *invalid;
    return p;
  }

  std::string_view input;
  int32_t latency;
  bool binary = false;
  size_t at = 0;
  int64_t line = 0;
  int64_t variables = 0, inputs = 0, outputs = 0, ands = 0, properties = 0;
  std::vector<int64_t> inputLiterals;
  std::vector<And> andGates;
  std::vector<std::string> names;
  Diagnostic error;
};

} // namespace

Outcome<Problem> gaus::readAiger(std::string_view bytes, int32_t nodeLatency) {
  return AigerReader(bytes, nodeLatency).read();
}

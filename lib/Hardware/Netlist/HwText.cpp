//===- HwText.cpp - Netlists for CIRCT ------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Hardware/HwText.h"

#include "Netlist/HwExpressions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <set>

using namespace gaus::hardware;

namespace {

/// Operations may come in any order in the body of a hw.module, so each
/// expression is printed where it is met.
class HwPrinter : HwExpressions {
public:
  HwPrinter(const Netlist &n, llvm::raw_ostream &out)
      : HwExpressions(n, out), reached(n) {}

  void print() {
    printHead();
    out << "  %clock = seq.to_clock " << name(n.clock) << "\n"
        << "  %one = hw.constant true\n"
        << "  %runs = comb.xor " << name(n.stall) << ", %one : i1\n";
    for (const auto &[signal, by] : n.drivers)
      if (reached.expressions[signal])
        define(signal, by);
    for (auto [k, r] : llvm::enumerate(n.registers))
      if (reached.registers[k])
        printRegister(r);
    for (const NetlistInstance &i : n.instances)
      printInstance(i);
    for (const NetlistMemory &m : n.memories)
      m.content.empty() || !m.writes.empty() ? printMemory(m) : printTable(m);
    printOutputs();
    out << "}\n";
  }

private:
  void printHead() {
    out << "hw.module @" << n.name << "(";
    for (auto [k, port] : llvm::enumerate(n.ports))
      out << (k ? ", " : "") << (port.isInput ? "in %" : "out ")
          << n.nameOf(port.signal) << " : " << typeOf(port.signal);
    out << ") {\n";
  }

  void printOutputs() {
    std::string values, types;
    for (const NetlistPort &port : n.ports) {
      if (port.isInput)
        continue;
      values += (values.empty() ? " " : ", ") + name(port.signal);
      types += (types.empty() ? " : " : ", ") + typeOf(port.signal);
    }
    out << "  hw.output" << values << types << "\n";
  }

  /// What drives a signal is its value.
  void define(Expr signal, Expr by) {
    std::string value = name(by);
    out << "  " << name(signal) << " = hw.wire " << value << " : "
        << typeOf(signal) << "\n";
    flush();
  }
  void printRegister(const NetlistRegister &r) {
    std::string next = name(r.next), enable = name(r.enable);
    std::string own = n.nameOf(r.signal).str();
    out << "  %" << own << "_on = comb.and " << enable
        << (r.isFree ? "" : ", %runs") << " : i1\n";
    std::string reset;
    if (r.reset) {
      out << "  %" << own << "_at = hw.constant "
          << llvm::toString(*r.reset, 10, r.reset->getBitWidth() > 1) << " : "
          << typeOf(r.signal) << "\n";
      // A reset is not held back by what stalls.
      out << "  %" << own << "_ce = comb.or %" << own << "_on, "
          << name(n.reset) << " : i1\n";
      reset = " reset " + name(n.reset) + ", %" + own + "_at";
    }
    out << "  %" << own << " = seq.compreg.ce " << next << ", %clock, %" << own
        << (r.reset ? "_ce" : "_on") << reset << " : " << typeOf(r.signal)
        << "\n";
    flush();
  }

  void printInstance(const NetlistInstance &i) {
    std::string results, ports;
    for (const auto &[port, signal] : i.outputs) {
      const char *separator = results.empty() ? "" : ", ";
      results += separator + ("%" + n.nameOf(signal).str());
      ports += separator + port + ": " + typeOf(signal);
    }
    std::string text = "  " + results + " = hw.instance \"" + i.name + "\" @" +
                       externName(i) + parameters(i, /*withValues=*/true) + "(";
    for (auto [k, input] : llvm::enumerate(i.inputs))
      text += (k ? ", " : "") + input.first + ": " + name(input.second) + ": " +
              typeOf(input.second);
    out << text << ") -> (" << ports << ")\n";
    flush();
  }

  std::string arrayOf(const NetlistMemory &m) {
    return "!hw.array<" + std::to_string(size(m)) + "x" + type(m.width) + ">";
  }

  /// What a memory holds at first, as an array.
  void printContent(const NetlistMemory &m, const std::string &called) {
    std::string array = arrayOf(m);
    out << "  %" << called << " = hw.aggregate_constant [";
    for (uint64_t k = size(m); k-- > 0;) {
      llvm::APInt word(m.width, 0);
      if (k < m.content.size())
        word = m.content[k];
      out << llvm::toString(word, 10, m.width > 1) << " : " << type(m.width)
          << (k ? ", " : "");
    }
    out << "] : " << array << "\n";
  }

  /// Constants that are never written: an array that is indexed.
  void printTable(const NetlistMemory &m) {
    std::string array = arrayOf(m);
    printContent(m, m.name);
    for (const NetlistMemory::Read &r : m.reads) {
      std::string address = name(r.address), own = n.nameOf(r.data).str();
      std::string word = m.readsAhead ? "%" + own : "%" + own + "_now";
      out << "  " << word << " = hw.array_get %" << m.name << "[" << address
          << "] : " << array << ", " << typeOf(r.address) << "\n";
      if (m.readsAhead)
        continue;
      printKept(own, name(r.enable), m.width);
    }
    flush();
  }

  /// A word that was read stays until the next one is.
  void printKept(const std::string &own, const std::string &enable,
                 unsigned width) {
    out << "  %" << own << "_on = comb.and " << enable << ", %runs : i1\n"
        << "  %" << own << " = seq.compreg.ce %" << own << "_now, %clock, %"
        << own << "_on : " << type(width) << "\n";
  }

  /// As many words as the address can name.
  uint64_t size(const NetlistMemory &m) const {
    return uint64_t(1) << n.width(m.reads[0].address);
  }

  void printMemory(const NetlistMemory &m) {
    unsigned bytes = m.width / 8;
    std::string shape =
        "<" + std::to_string(m.depth) + " x " + std::to_string(m.width) +
        (bytes > 1 ? ", mask " + std::to_string(bytes) : "") + ">";
    // Read at once into a register: what a port that is not enabled says is
    // undefined there, and data have to stay while the module is stalled.
    out << "  %" << m.name << " = seq.firmem 0, 1, old, undefined : " << shape
        << "\n";
    bool isKnown = !m.content.empty() && !m.reads.empty();
    if (isKnown)
      printWritten(m);
    for (const NetlistMemory::Read &r : m.reads) {
      std::string own = n.nameOf(r.data).str(), address = name(r.address);
      std::string word = own + (m.readsAhead ? "" : "_now");
      out << "  %" << word << (isKnown ? "_kept" : "")
          << " = seq.firmem.read_port %" << m.name << "[" << address
          << "], clock %clock : " << shape << "\n";
      if (isKnown)
        printChoice(m, word, r.address);
      if (!m.readsAhead)
        printKept(own, name(r.enable), m.width);
    }
    for (auto [k, w] : llvm::enumerate(m.writes)) {
      std::string on = "%" + m.name + "_w" + std::to_string(k) + "_on";
      std::string address = name(w.address), data = name(w.data),
                  mask = name(w.mask), enable = name(w.enable);
      out << "  " << on << "_all = comb.and " << enable << ", %runs : i1\n";
      if (bytes == 1)
        out << "  " << on << " = comb.and " << on << "_all, " << mask
            << " : i1\n";
      out << "  seq.firmem.write_port %" << m.name << "[" << address
          << "] = " << data << ", clock %clock enable " << on
          << (bytes > 1 ? "_all mask " + mask : "") << " : " << shape
          << (bytes > 1 ? ", " + type(bytes) : "") << "\n";
    }
    flush();
  }

  /// A memory of this kind holds nothing at first: a bit for each of its bytes
  /// says whether it was written. As `place`, the bits of an address' word.
  std::string shifted(const NetlistMemory &m, const std::string &value,
                      unsigned width, Expr address, const char *by,
                      const std::string &own) {
    uint64_t bytes = m.width / 8, all = m.depth * bytes;
    std::string bits = type(static_cast<unsigned>(all)), wide = value;
    auto extended = [&](const std::string &what, unsigned from,
                        const std::string &called) {
      if (from >= all)
        out << "  %" << own << called << " = comb.extract " << what
            << " from 0 : (" << type(from) << ") -> " << bits << "\n";
      else
        out << "  %" << own << called << "_0 = hw.constant 0 : "
            << type(static_cast<unsigned>(all) - from) << "\n  %" << own
            << called << " = comb.concat %" << own << called << "_0, " << what
            << " : " << type(static_cast<unsigned>(all) - from) << ", "
            << type(from) << "\n";
      return "%" + own + called;
    };
    if (width != all)
      wide = extended(value, width, "_wide");
    std::string at = extended(name(address), n.width(address), "_at");
    out << "  %" << own << "_bytes = hw.constant " << bytes << " : " << bits
        << "\n  %" << own << "_place = comb.mul " << at << ", %" << own
        << "_bytes : " << bits << "\n  %" << own << "_shifted = comb." << by
        << " " << wide << ", %" << own << "_place : " << bits << "\n";
    return "%" + own + "_shifted";
  }

  void printWritten(const NetlistMemory &m) {
    printContent(m, m.name + "_first");
    unsigned bytes = m.width / 8;
    std::string bits = type(static_cast<unsigned>(m.depth) * bytes);
    std::string set = m.name + "_set", all = "%" + set;
    out << "  " << all << "_none = hw.constant 0 : " << bits << "\n";
    std::string next = all;
    for (auto [k, w] : llvm::enumerate(m.writes)) {
      std::string own = set + std::to_string(k), mask = name(w.mask),
                  enable = name(w.enable);
      std::string now = shifted(m, mask, bytes, w.address, "shl", own);
      out << "  %" << own << "_on = comb.mux " << enable << ", " << now << ", "
          << all << "_none : " << bits << "\n  %" << own << "_all = comb.or "
          << next << ", %" << own << "_on : " << bits << "\n";
      next = "%" + own + "_all";
    }
    out << "  " << all << "_ce = comb.or %runs, " << name(n.reset)
        << " : i1\n  " << all << " = seq.compreg.ce " << next << ", %clock, "
        << all << "_ce reset " << name(n.reset) << ", " << all
        << "_none : " << bits << "\n";
  }

  /// Of each byte what was written, else what it is at first.
  void printChoice(const NetlistMemory &m, const std::string &word,
                   Expr address) {
    unsigned bytes = m.width / 8;
    unsigned all = static_cast<unsigned>(m.depth) * bytes;
    std::string which = shifted(m, "%" + m.name + "_set", all, address, "shru",
                                word + "_which");
    out << "  %" << word << "_first = hw.array_get %" << m.name << "_first["
        << name(address) << "] : " << arrayOf(m) << ", " << typeOf(address)
        << "\n";
    std::string parts, types;
    for (unsigned k = bytes; k-- > 0;) {
      std::string own = "%" + word + "_b" + std::to_string(k);
      out << "  " << own << "_is = comb.extract " << which << " from " << k
          << " : (" << type(all) << ") -> i1\n";
      for (const char *from : {"_kept", "_first"})
        out << "  " << own << from << " = comb.extract %" << word << from
            << " from " << 8 * k << " : (" << type(m.width) << ") -> i8\n";
      out << "  " << own << " = comb.mux " << own << "_is, " << own << "_kept, "
          << own << "_first : i8\n";
      parts += (parts.empty() ? " " : ", ") + own;
      types += (types.empty() ? "" : ", ") + std::string("i8");
    }
    out << "  %" << word << " = comb.concat" << parts << " : " << types << "\n";
  }

public:
  /// A module for each set of parameters: its ports depend on them.
  static std::string externName(const NetlistInstance &i) {
    std::string name = i.module;
    for (const auto &p : i.parameters)
      name += "_" + std::to_string(p.second);
    return name;
  }
  static std::string parameters(const NetlistInstance &i, bool withValues) {
    if (i.parameters.empty())
      return "";
    std::string text = "<";
    for (auto [k, p] : llvm::enumerate(i.parameters))
      text += (k ? ", " : "") + p.first + ": i32" +
              (withValues ? " = " + std::to_string(p.second) : "");
    return text + ">";
  }

private:
  Reached reached;
};

} // namespace

void gaus::hardware::printHw(llvm::ArrayRef<Netlist> netlists,
                             llvm::raw_ostream &out) {
  std::set<std::string> known;
  for (const Netlist &n : netlists)
    for (const NetlistInstance &i : n.instances) {
      if (!known.insert(HwPrinter::externName(i)).second)
        continue;
      out << "hw.module.extern @" << HwPrinter::externName(i)
          << HwPrinter::parameters(i, /*withValues=*/false) << "(";
      for (const auto &[port, e] : i.inputs)
        out << "in %" << port << " : i" << n.width(e) << ", ";
      for (auto [k, output] : llvm::enumerate(i.outputs))
        out << (k ? ", out " : "out ") << output.first << " : i"
            << n.width(output.second);
      out << ") attributes {verilogName = \"" << i.module << "\"}\n";
    }
  for (const Netlist &n : netlists) {
    for (const std::string &line : n.comments)
      out << "// " << line << "\n";
    HwPrinter(n, out).print();
  }
}

//===- Verilog.cpp - Netlists as Verilog ----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Hardware/Verilog.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace gaus::hardware;

namespace {

class VerilogPrinter {
public:
  VerilogPrinter(const Netlist &n, llvm::raw_ostream &out)
      : n(n), out(out), reached(n), texts(n.expressions.size()) {}

  void print() {
    for (const std::string &line : n.comments)
      out << "// " << line << "\n";
    // Of an address, say, only some bits are used.
    out << "/* verilator lint_off UNUSEDSIGNAL */\n";
    printPorts();
    printDeclarations();
    printDrivers();
    for (const NetlistInstance &i : n.instances)
      printInstance(i);
    for (const NetlistMemory &m : n.memories)
      printMemory(m);
    printRegisters();
    out << "endmodule\n/* verilator lint_on UNUSEDSIGNAL */\n";
  }

private:
  static std::string range(unsigned width) {
    return width == 1 ? "" : "[" + std::to_string(width - 1) + ":0] ";
  }
  std::string nameOf(Expr e) const { return n.nameOf(e).str(); }

  static std::string literal(const llvm::APInt &value) {
    unsigned w = value.getBitWidth();
    if (w == 1)
      return value.isZero() ? "1'b0" : "1'b1";
    return std::to_string(w) + "'h" + llvm::toString(value, 16, false);
  }

  static const char *symbol(ExprKind kind) {
    switch (kind) {
    case ExprKind::And:
      return " & ";
    case ExprKind::Or:
      return " | ";
    case ExprKind::Xor:
      return " ^ ";
    case ExprKind::Add:
      return " + ";
    case ExprKind::Sub:
      return " - ";
    case ExprKind::Mul:
      return " * ";
    case ExprKind::DivU:
    case ExprKind::DivS:
      return " / ";
    case ExprKind::RemU:
    case ExprKind::RemS:
      return " % ";
    case ExprKind::Shl:
      return " << ";
    case ExprKind::LShr:
      return " >> ";
    case ExprKind::AShr:
      return " >>> ";
    case ExprKind::Eq:
      return " == ";
    case ExprKind::Ne:
      return " != ";
    case ExprKind::ULt:
    case ExprKind::SLt:
      return " < ";
    case ExprKind::ULe:
    case ExprKind::SLe:
      return " <= ";
    default:
      return "";
    }
  }

  /// Its value with the signs that its kind asks for, in parentheses.
  std::string formula(const Expression &e) {
    auto at = [&](unsigned k) { return text(e.operands[k]); };
    auto asSigned = [&](unsigned k) { return "$signed(" + at(k) + ")"; };
    switch (e.kind) {
    case ExprKind::Not:
      return "(~" + at(0) + ")";
    case ExprKind::Mux:
      return "(" + at(0) + " ? " + at(1) + " : " + at(2) + ")";
    case ExprKind::Concat:
      return "{" + at(0) + ", " + at(1) + "}";
    case ExprKind::Extract: {
      std::string base = nameOf(e.operands[0]);
      if (n.width(e.operands[0]) == 1)
        return base;
      std::string high = std::to_string(e.low + e.width - 1);
      return base + "[" +
             (e.width == 1 ? high : high + ":" + std::to_string(e.low)) + "]";
    }
    case ExprKind::AShr: // An outer expression would take the sign away.
      return "$unsigned(" + asSigned(0) + symbol(e.kind) + at(1) + ")";
    case ExprKind::DivS:
    case ExprKind::RemS:
      return "$unsigned(" + asSigned(0) + symbol(e.kind) + asSigned(1) + ")";
    case ExprKind::SLt:
    case ExprKind::SLe:
      return "(" + asSigned(0) + symbol(e.kind) + asSigned(1) + ")";
    default:
      return "(" + at(0) + symbol(e.kind) + at(1) + ")";
    }
  }

  /// What stands for an expression: its name, or its formula where it is used
  /// once and short.
  const std::string &text(Expr e) {
    std::string &known = texts[e];
    if (!known.empty())
      return known;
    const Expression &x = n.expressions[e];
    constexpr size_t longest = 60;
    if (x.kind == ExprKind::Constant)
      return known = literal(x.value);
    if (x.kind == ExprKind::Signal)
      return known = nameOf(e);
    std::string own = formula(x);
    if (x.kind == ExprKind::Extract ||
        (reached.uses[e] == 1 && own.size() <= longest))
      return texts[e] = own;
    std::string name = "n" + std::to_string(e) + "_";
    wires += "  wire " + range(x.width) + name + " = " + own + ";\n";
    return texts[e] = name;
  }

  void printPorts() {
    out << "module " << n.name << " (";
    for (auto [k, port] : llvm::enumerate(n.ports))
      out << (k ? "," : "") << "\n  " << (port.isInput ? "input  " : "output ")
          << "wire " << range(n.width(port.signal)) << nameOf(port.signal);
    out << "\n);\n";
  }

  void printDeclarations() {
    for (auto [k, r] : llvm::enumerate(n.registers))
      if (reached.registers[k])
        out << "  reg " << range(n.width(r.signal)) << nameOf(r.signal) << ";"
            << (r.comment.empty() ? "" : " // " + r.comment) << "\n";
    for (const NetlistInstance &i : n.instances)
      for (const auto &[port, signal] : i.outputs)
        out << "  wire " << range(n.width(signal)) << nameOf(signal) << ";\n";
    for (const NetlistMemory &m : n.memories)
      for (const NetlistMemory::Read &r : m.reads)
        out << (m.readsAhead ? "  wire " : "  reg ") << range(n.width(r.data))
            << nameOf(r.data) << ";\n";
    for (const auto &[signal, by] : n.drivers)
      if (reached.expressions[signal] && !isPort(signal))
        out << "  wire " << range(n.width(signal)) << nameOf(signal) << ";\n";
  }

  bool isPort(Expr e) const {
    return llvm::any_of(n.ports,
                        [&](const NetlistPort &p) { return p.signal == e; });
  }

  /// Prints `line` after the wires that it needs.
  void emit(const std::string &line) {
    out << wires << line;
    wires.clear();
  }

  void printDrivers() {
    out << "\n";
    for (const auto &[signal, by] : n.drivers)
      if (reached.expressions[signal])
        emit("  assign " + nameOf(signal) + " = " + text(by) + ";\n");
  }

  void printInstance(const NetlistInstance &i) {
    std::string s = "  " + i.module;
    for (auto [k, p] : llvm::enumerate(i.parameters))
      s +=
          (k ? ", ." : " #(.") + p.first + "(" + std::to_string(p.second) + ")";
    s += (i.parameters.empty() ? " " : ") ") + i.name + " (";
    const char *separator = ".";
    for (const auto *list : {&i.inputs, &i.outputs})
      for (const auto &[port, e] : *list) {
        s += separator + port + "(" + text(e) + ")";
        separator = ", .";
      }
    emit(s + ");\n");
  }

  void printMemory(const NetlistMemory &m) {
    std::string s = "  reg " + range(m.width) + m.name +
                    " [0:" + std::to_string(m.depth - 1) + "];\n";
    if (!m.content.empty()) {
      s += "  initial begin\n";
      for (auto [k, word] : llvm::enumerate(m.content))
        s += "    " + m.name + "[" + std::to_string(k) +
             "] = " + literal(word) + ";\n";
      s += "  end\n";
    }
    emit(s);
    for (const NetlistMemory::Read &r : m.reads) {
      std::string word = m.name + "[" + text(r.address) + "]";
      if (m.readsAhead)
        emit("  assign " + nameOf(r.data) + " = " + word + ";\n");
      else
        emit("  always @(posedge " + nameOf(n.clock) + ")\n    if (" +
             text(r.enable) + " & ~" + nameOf(n.stall) + ")\n      " +
             nameOf(r.data) + " <= " + word + ";\n");
    }
    for (const NetlistMemory::Write &w : m.writes)
      printWrite(m, w);
  }

  void printWrite(const NetlistMemory &m, const NetlistMemory::Write &w) {
    std::string data = text(w.data), mask = text(w.mask),
                address = text(w.address), enable = text(w.enable);
    std::string s = "  always @(posedge " + nameOf(n.clock) + ")\n    if (" +
                    enable + " & ~" + nameOf(n.stall) + ") begin\n";
    unsigned bytes = m.width / 8;
    if (bytes == 1)
      s += "      if (" + mask + ") " + m.name + "[" + address +
           "] <= " + data + ";\n";
    for (unsigned k = 0; bytes > 1 && k < bytes; ++k) {
      std::string part =
          "[" + std::to_string(8 * k + 7) + ":" + std::to_string(8 * k) + "]";
      s += "      if (" + nameOf(w.mask) + "[" + std::to_string(k) + "]) " +
           m.name + "[" + address + "]" + part + " <= " + nameOf(w.data) +
           part + ";\n";
    }
    emit(s + "    end\n");
  }

  void printRegisters() {
    std::string resets, updates, always;
    for (auto [k, r] : llvm::enumerate(n.registers)) {
      if (!reached.registers[k])
        continue;
      if (r.reset)
        resets +=
            "      " + nameOf(r.signal) + " <= " + literal(*r.reset) + ";\n";
      std::string set = nameOf(r.signal) + " <= " + text(r.next) + ";\n";
      if (!n.isConstant(r.enable, 1))
        set = "if (" + text(r.enable) + ") " + set;
      r.isFree ? always += "    " + set : updates += "      " + set;
    }
    out << wires << "\n  always @(posedge " << nameOf(n.clock) << ") begin\n"
        << "    if (~" << nameOf(n.stall) << ") begin\n"
        << updates << "    end\n"
        << always << "    if (" << nameOf(n.reset) << ") begin\n"
        << resets << "    end\n  end\n";
    wires.clear();
  }

  const Netlist &n;
  llvm::raw_ostream &out;
  Reached reached;
  std::vector<std::string> texts; ///< by expression
  std::string wires;              ///< not yet printed
};

} // namespace

void gaus::hardware::printVerilog(const Netlist &netlist,
                                  llvm::raw_ostream &out) {
  VerilogPrinter(netlist, out).print();
}

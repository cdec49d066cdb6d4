//===- Netlist.h - Hardware as registers and expressions --------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One module of synchronous hardware with one clock: expressions over signals,
/// registers, memories and instances of other modules. It knows neither
/// programs nor schedules, and no language of hardware: printers read it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_HARDWARE_NETLIST_H
#define GAUS_HARDWARE_NETLIST_H

#include "llvm/ADT/APInt.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gaus::hardware {

/// The number of an expression in its netlist.
using Expr = uint32_t;
inline constexpr Expr kNoExpr = UINT32_MAX;

/// What an expression is. Operands of arithmetic have the width of the result,
/// those of comparisons one width. Shifts by the width or more give 0, or the
/// sign. A division by 0 gives anything.
enum class ExprKind : uint8_t {
  Constant,
  Signal, ///< has a name: a port, wire, register or output of an instance
  Not,
  And,
  Or,
  Xor,
  Add,
  Sub,
  Mul,
  DivU,
  DivS,
  RemU,
  RemS,
  Shl,
  LShr,
  AShr,
  Eq,
  Ne,
  ULt,
  ULe,
  SLt,
  SLe,
  Mux,     ///< condition (1 bit), value if 1, value if 0
  Concat,  ///< highest first
  Extract, ///< `width` bits from `low` on
};

struct Expression {
  ExprKind kind;
  unsigned width; ///< bits, at least 1
  // The compiler warns of what is left out of braces and has no initializer.
  // NOLINTNEXTLINE(readability-redundant-member-init)
  llvm::SmallVector<Expr, 3> operands = {};
  unsigned low = 0;  ///< of Extract
  uint32_t name = 0; ///< of Signal: its number in `signalNames`
  llvm::APInt value = llvm::APInt(1, 0); ///< of Constant
};

struct NetlistPort {
  Expr signal; ///< an output's is driven by `drivers`
  bool isInput;
};

/// Takes `next` at the end of each cycle in which `enable` is 1 and nothing
/// stalls (or is free of that).
struct NetlistRegister {
  Expr signal;
  Expr next = kNoExpr;
  Expr enable = kNoExpr;
  std::optional<llvm::APInt> reset; ///< none: keeps anything
  Expr hold = kNoExpr;              ///< keeps it as it is while it is 1
  std::string comment;
  bool isFree = false; ///< of what stalls
};

/// Of another module, whose parameters are numbers.
struct NetlistInstance {
  std::string module, name;
  std::vector<std::pair<std::string, int64_t>> parameters;
  std::vector<std::pair<std::string, Expr>> inputs;
  std::vector<std::pair<std::string, Expr>> outputs; ///< signals
};

/// A memory in the module. A read in a cycle sees what was written in earlier
/// ones.
struct NetlistMemory {
  std::string name;
  unsigned width;  ///< bits of a word, a multiple of 8
  uint64_t depth;  ///< words
  bool readsAhead; ///< data in the cycle of the address; else one later
  std::vector<llvm::APInt> content; ///< empty: anything
  struct Read {
    Expr enable, address, data; ///< `data` is a signal
  };
  struct Write {
    Expr enable, address, data, mask; ///< a bit of `mask` for each byte
  };
  std::vector<Read> reads;
  std::vector<Write> writes;
};

class Netlist {
public:
  explicit Netlist(std::string name) : name(std::move(name)) {}

  // Leaves.
  Expr constant(const llvm::APInt &value);
  Expr constant(unsigned width, uint64_t value) {
    return constant(llvm::APInt(width, value));
  }
  Expr bit(bool value) { return constant(1, value); }
  /// A signal that something drives; `wanted` becomes a name that no other has.
  Expr signal(llvm::StringRef wanted, unsigned width);
  Expr input(llvm::StringRef wanted, unsigned width);
  Expr output(llvm::StringRef wanted, unsigned width);
  /// A wire is driven once.
  void drive(Expr signal, Expr by) { drivers[signal] = by; }
  /// The driver of a signal that exists to be read.
  Expr wire(llvm::StringRef wanted, Expr by);

  // Expressions; equal ones are one, and what is known is folded.
  Expr binary(ExprKind kind, Expr a, Expr b);
  Expr invert(Expr a);
  Expr both(Expr a, Expr b) { return binary(ExprKind::And, a, b); }
  Expr either(Expr a, Expr b) { return binary(ExprKind::Or, a, b); }
  Expr equals(Expr a, uint64_t value) {
    return binary(ExprKind::Eq, a, constant(width(a), value));
  }
  Expr mux(Expr condition, Expr ifTrue, Expr ifFalse);
  Expr concat(Expr high, Expr low);
  Expr extract(Expr a, unsigned low, unsigned width);
  Expr zeroExtend(Expr a, unsigned width);
  Expr signExtend(Expr a, unsigned width);
  /// The low bits, or with zeros in front.
  Expr resize(Expr a, unsigned width) {
    return width <= this->width(a) ? extract(a, 0, width)
                                   : zeroExtend(a, width);
  }

  /// A register and its signal; `next` and `enable` may follow.
  NetlistRegister &addRegister(llvm::StringRef wanted, unsigned width);
  /// Makes a signal a register.
  void keep(Expr signal, Expr next, Expr enable,
            std::optional<llvm::APInt> reset = std::nullopt) {
    registers.push_back({signal, next, enable, std::move(reset), hold, ""});
  }
  /// The same, whatever stalls or holds.
  void keepFree(Expr signal, Expr next, Expr enable,
                std::optional<llvm::APInt> reset = std::nullopt) {
    registers.push_back(
        {signal, next, enable, std::move(reset), kNoExpr, "", true});
  }
  /// What an expression will be in the next cycle, if nothing stalls: what its
  /// registers take then. `finish` says where that cannot be known.
  Expr ahead(Expr e);
  /// After everything has its driver: what is asked ahead gets one, and
  /// registers keep to what holds them. Returns a signal that `ahead` depends
  /// on and that no register has, as the output of an instance; kNoExpr if
  /// there is none.
  Expr finish();
  /// `value` of `cycles` cycles before.
  Expr delayed(llvm::StringRef wanted, Expr value, unsigned cycles);

  unsigned width(Expr e) const { return expressions[e].width; }
  bool isConstant(Expr e) const {
    return expressions[e].kind == ExprKind::Constant;
  }
  bool isConstant(Expr e, uint64_t value) const {
    return isConstant(e) && expressions[e].value == value;
  }
  llvm::StringRef nameOf(Expr signal) const {
    return signalNames[expressions[signal].name];
  }
  std::string freshName(llvm::StringRef wanted);

  std::string name;
  /// Of the registers and names that are made from now on: what holds them, and
  /// what their names begin with.
  Expr hold = kNoExpr;
  std::string prefix;
  /// Of one bit each: the clock, a reset that the clock samples, and what keeps
  /// everything as it is while it is 1.
  Expr clock = kNoExpr, reset = kNoExpr, stall = kNoExpr;
  std::vector<std::string> comments; ///< above the module
  std::vector<Expression> expressions;
  std::vector<std::string> signalNames;
  std::vector<NetlistPort> ports;
  std::map<Expr, Expr> drivers; ///< of wires and outputs
  std::vector<NetlistRegister> registers;
  std::vector<NetlistInstance> instances;
  std::vector<NetlistMemory> memories;

private:
  Expr add(Expression e);
  /// The one expression of this kind and these operands.
  Expr intern(ExprKind kind, unsigned width, llvm::ArrayRef<Expr> operands,
              unsigned low = 0);
  std::optional<Expr> fold(ExprKind kind, Expr a, Expr b);
  std::optional<llvm::APInt> compute(ExprKind kind, const llvm::APInt &a,
                                     const llvm::APInt &b) const;

  llvm::StringMap<unsigned> taken;
  std::map<std::tuple<ExprKind, unsigned, unsigned, std::vector<Expr>>, Expr>
      known;
  std::map<std::pair<unsigned, std::string>, Expr> constants;
  std::map<Expr, Expr> aheads;
  /// Signals whose next value is asked for, and a signal for it.
  std::vector<std::pair<Expr, Expr>> askedAhead;
};

/// What of a netlist its outputs, memories and instances depend on.
struct Reached {
  explicit Reached(const Netlist &netlist);
  std::vector<bool> expressions; ///< by expression
  std::vector<unsigned> uses;    ///< by expression
  std::vector<bool> registers;   ///< by register
};

} // namespace gaus::hardware

#endif // GAUS_HARDWARE_NETLIST_H

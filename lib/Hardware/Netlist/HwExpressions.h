//===- HwExpressions.h - Expressions for CIRCT ------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Expressions of a netlist as operations of CIRCT's comb dialect, each printed
/// once, where it is needed first.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_HARDWARE_NETLIST_HWEXPRESSIONS_H
#define GAUS_LIB_HARDWARE_NETLIST_HWEXPRESSIONS_H

#include "gaus/Hardware/Netlist.h"

#include "llvm/Support/raw_ostream.h"

#include <set>
#include <string>
#include <vector>

namespace gaus::hardware {

class HwExpressions {
protected:
  HwExpressions(const Netlist &n, llvm::raw_ostream &out)
      : n(n), out(out), names(n.expressions.size()) {}

  static std::string type(unsigned width) {
    return "i" + std::to_string(width);
  }
  std::string typeOf(Expr e) const { return type(n.width(e)); }

  /// The value of an expression, printed if it was not yet.
  std::string name(Expr e);
  /// A name for the number of which all bits are set.
  std::string ones(unsigned width);
  /// Prints those numbers, once each.
  void flush();

  const Netlist &n;
  llvm::raw_ostream &out;

private:
  std::vector<std::string> names; ///< by expression
  std::set<unsigned> allOnes;
  std::string pending;
};

} // namespace gaus::hardware

#endif // GAUS_LIB_HARDWARE_NETLIST_HWEXPRESSIONS_H

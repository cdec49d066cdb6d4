//===- HwExpressions.cpp - Expressions for CIRCT --------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Netlist/HwExpressions.h"

#include "llvm/ADT/StringExtras.h"

using namespace gaus::hardware;

static const char *operation(ExprKind kind) {
  switch (kind) {
  case ExprKind::And:
    return "and";
  case ExprKind::Or:
    return "or";
  case ExprKind::Xor:
    return "xor";
  case ExprKind::Add:
    return "add";
  case ExprKind::Sub:
    return "sub";
  case ExprKind::Mul:
    return "mul";
  case ExprKind::DivU:
    return "divu";
  case ExprKind::DivS:
    return "divs";
  case ExprKind::RemU:
    return "modu";
  case ExprKind::RemS:
    return "mods";
  case ExprKind::Shl:
    return "shl";
  case ExprKind::LShr:
    return "shru";
  case ExprKind::AShr:
    return "shrs";
  case ExprKind::Eq:
    return "icmp eq";
  case ExprKind::Ne:
    return "icmp ne";
  case ExprKind::ULt:
    return "icmp ult";
  case ExprKind::ULe:
    return "icmp ule";
  case ExprKind::SLt:
    return "icmp slt";
  case ExprKind::SLe:
    return "icmp sle";
  case ExprKind::Mux:
    return "mux";
  case ExprKind::Concat:
    return "concat";
  default:
    return "";
  }
}

std::string HwExpressions::name(Expr e) {
  if (!names[e].empty())
    return names[e];
  const Expression &x = n.expressions[e];
  if (x.kind == ExprKind::Signal)
    return names[e] = "%" + n.nameOf(e).str();
  names[e] = "%n" + std::to_string(e) + "_";
  std::string text;
  for (Expr operand : x.operands)
    text += (text.empty() ? " " : ", ") + name(operand);
  out << "  " << names[e] << " = ";
  switch (x.kind) {
  case ExprKind::Constant:
    out << "hw.constant " << llvm::toString(x.value, 10, x.width > 1) << " : "
        << type(x.width);
    break;
  case ExprKind::Not:
    out << "comb.xor" << text << ", " << ones(x.width) << " : "
        << type(x.width);
    break;
  case ExprKind::Extract:
    out << "comb.extract" << text << " from " << x.low << " : ("
        << typeOf(x.operands[0]) << ") -> " << type(x.width);
    break;
  case ExprKind::Concat:
    out << "comb.concat" << text << " : " << typeOf(x.operands[0]) << ", "
        << typeOf(x.operands[1]);
    break;
  default:
    out << "comb." << operation(x.kind) << text << " : "
        << typeOf(x.operands.back());
  }
  out << "\n";
  return names[e];
}

std::string HwExpressions::ones(unsigned width) {
  std::string value = "%ones" + std::to_string(width);
  if (allOnes.insert(width).second)
    pending += "  " + value + " = hw.constant -1 : " + type(width) + "\n";
  return value;
}

void HwExpressions::flush() {
  out << pending;
  pending.clear();
}

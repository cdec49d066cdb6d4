//===- Checked.h - Sums that may leave 64 bits ------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Arithmetic on what users give: products and sums are made in 128 bits, and
/// come back to 64 bits saturated or checked, never wrapped.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_CHECKED_H
#define GAUS_CORE_CHECKED_H

#include <cstdint>
#include <limits>
#include <string>

namespace gaus {

/// Wide enough for any product of two 63-bit numbers, and for 2^31 products of
/// a 62-bit and a 31-bit number.
__extension__ typedef __int128 Wide;

/// Costs and the sums that lead to them stay within it, so that int64
/// arithmetic on two of them never overflows.
inline constexpr int64_t kMaxSum = (int64_t(1) << 62) - 1;

/// The nearest number of 64 bits.
inline int64_t saturate(Wide value) {
  constexpr int64_t least = std::numeric_limits<int64_t>::min();
  constexpr int64_t most = std::numeric_limits<int64_t>::max();
  return value > most    ? most
         : value < least ? least
                         : static_cast<int64_t>(value);
}

/// ceil(a / b) for a >= 0, b > 0, saturated.
inline int64_t ceilDiv(Wide a, Wide b) {
  return saturate(a / b + (a % b != 0 ? 1 : 0));
}

/// Decimal digits.
inline std::string toText(Wide value) {
  bool negative = value < 0;
  std::string digits;
  do {
    auto digit = static_cast<int>(value % 10);
    digits.insert(digits.begin(),
                  static_cast<char>('0' + (digit < 0 ? -digit : digit)));
    value /= 10;
  } while (value != 0);
  return negative ? "-" + digits : digits;
}

} // namespace gaus

#endif // GAUS_CORE_CHECKED_H

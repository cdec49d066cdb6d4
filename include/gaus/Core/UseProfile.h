//===- UseProfile.h - Units in use over cycles, with repetition -*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The use of one resource by a program with loops: a sum of pieces, of which
/// some repeat. It takes space and time by the number of operations, not by
/// cycles and repetitions.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_USEPROFILE_H
#define GAUS_CORE_USEPROFILE_H

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace gaus {

/// The largest use, where it is, and whether so much is really reached; if not,
/// it is an upper bound and the cycle the first of those that were not decided.
struct UsePeak {
  int64_t units = 0, cycle = 0;
  bool exact = true;
};

class UseProfile {
public:
  /// Cycles stay below it; what repeats beyond is cut off, and not exact.
  static constexpr int64_t kMostCycles = int64_t(1) << 50;

  /// In use at a cycle.
  struct Holder {
    int64_t start; ///< since when, without a gap
    int64_t units;
    int32_t tag; ///< what the caller called it
  };

  /// `units` > 0 in the cycles [from, from + cycles), 0 <= from, 1 <= cycles.
  void add(int64_t from, int64_t cycles, int64_t units, int32_t tag);
  /// All of `other`, `shift` cycles later.
  void add(const UseProfile &other, int64_t shift);
  /// `count` times `other`, every `period` >= 1 cycles; they may overlap.
  void addRepeated(const UseProfile &other, int64_t from, int64_t period,
                   int64_t count);
  /// The larger of both in every cycle (or no less, and then not exact).
  static UseProfile most(const UseProfile &a, const UseProfile &b);

  UsePeak peak() const;
  /// A profile that is never below, of one flat stretch after the other, at
  /// most `most` >= 1 of them.
  struct Stretch {
    int64_t from, cycles, units;
  };
  std::vector<Stretch> outline(size_t most) const;
  /// What is in use at a cycle, in the order of adding.
  std::vector<Holder> at(int64_t cycle) const;
  /// The first cycle from which on nothing is in use; 0 = never was.
  int64_t end() const { return last; }
  bool empty() const { return pieces.empty(); }
  bool isExact() const { return exact; }
  /// It is more than what is in use, or may be.
  void setInexact() { exact = false; }

private:
  /// Repetitions that are written out for one stretch of cycles at most.
  static constexpr int64_t kMostCopies = 1 << 14;
  /// Repetition k is [from + k period, from + k period + cycles), and within it
  /// `units`, or what the pattern has. cycles <= period if count > 1.
  struct Piece {
    int64_t from, cycles, period, count, units;
    std::shared_ptr<const UseProfile> pattern;
    int32_t tag;
    int64_t end() const { return from + (count - 1) * period + cycles; }
    bool repeats() const { return count > 1 || pattern; }
  };
  using Pieces = std::vector<Piece>;
  struct Search;

  void push(Piece piece);
  void addChunks(const Piece &p, int64_t from, int64_t period, int64_t count);
  void expand(const Pieces &list, int64_t from, int64_t to, int64_t shift,
              size_t most);

  Pieces pieces;
  int64_t last = 0;
  bool exact = true;
  mutable std::optional<UsePeak> known;
};

} // namespace gaus

#endif // GAUS_CORE_USEPROFILE_H

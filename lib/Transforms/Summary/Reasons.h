//===- Reasons.h - What is said of a part of a summary ----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What holds intervals, why loops are not pipelined, why times are not known:
/// each reason once, with all that it is the reason of.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SUMMARY_REASONS_H
#define GAUS_LIB_TRANSFORMS_SUMMARY_REASONS_H

#include "Summary/Times.h"

#include "gaus/IO/Summary.h"

#include "mlir/Analysis/CFGLoopInfo.h"

namespace gaus::ir {

/// The interval of a scope in the words of its program.
gaus::IntervalFacts intervalOf(const ScopeFacts &facts, std::string name,
                               std::string file);

class Reasons {
public:
  void interval(gaus::SummaryRemark remark) {
    intervals.push_back(std::move(remark));
  }
  /// Why a time is not known.
  void time(std::string why, std::string subject) {
    add(times, std::move(why), std::move(subject));
  }
  void unscheduled(const ScopeFacts &facts, const std::string &subject);
  /// A loop whose iterations run apart; `facts` of its body, or null.
  void apart(mlir::Operation &loop, const ScopeFacts *facts,
             const std::string &subject);
  /// A block that control may come back to though it is in no loop.
  void apart(const ScopeFacts &block, const std::string &subject) {
    if (!block.scope.notPipelined.empty())
      add(loops, block.scope.notPipelined.str(), subject);
  }
  void apart(mlir::CFGLoop &loop, const ScopeFacts *header,
             const std::string &subject);

  std::vector<gaus::SummarySection> sections();

private:
  /// By reason, both in the order in which they came.
  using Grouped = std::vector<std::pair<std::string, std::vector<std::string>>>;
  static void add(Grouped &grouped, std::string why, std::string subject);
  static std::vector<gaus::SummaryRemark> remarksOf(const Grouped &grouped);

  std::vector<gaus::SummaryRemark> intervals;
  Grouped times, loops, missing;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SUMMARY_REASONS_H

//===- Judge.cpp - What every fuzzed result must satisfy ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Judge.h"

#include "gaus/Core/Schedule.h"
#include "gaus/Core/Verifier.h"
#include "gaus/IO/Readers.h"
#include "gaus/IO/Writers.h"

#include <cstdio>
#include <cstdlib>

using namespace gaus;

void fuzz::require(bool holds, const char *sentence) {
  if (holds)
    return;
  std::fprintf(stderr, "judge: %s\n", sentence);
  std::abort();
}

static void judgeDiagnostic(const Diagnostic &d) {
  fuzz::require(!d.code.empty(), "a diagnostic without a code");
  fuzz::require(!d.message.empty(), "a diagnostic without a sentence");
}

void fuzz::judgeRead(const Outcome<Problem> &read) {
  if (!read)
    return judgeDiagnostic(read.error());
  const Problem &p = *read;
  require(!p.validate(), "a reader returned an invalid problem");
  Outcome<Problem> again = readJson(toJson(p, {}), std::nullopt);
  require(bool(again), "a problem's JSON cannot be read");
  require(again->latency == p.latency && again->occupancy == p.occupancy &&
              again->width == p.width && again->source == p.source &&
              again->target == p.target && again->distance == p.distance &&
              again->lag == p.lag && again->weight == p.weight &&
              again->useUnits == p.useUnits && again->limit == p.limit &&
              again->ii == p.ii && again->length == p.length &&
              again->liveLimit == p.liveLimit &&
              again->memoryModel == p.memoryModel,
          "a problem's JSON is another problem");
}

void fuzz::judgeSolution(const Problem &p, const SolverOptions &options,
                         const Outcome<Solution> &solved) {
  if (!solved)
    return judgeDiagnostic(solved.error());
  Problem asSolved = p;
  asSolved.ii = solved->ii;
  asSolved.length = solved->lengthBound;
  adoptOptions(asSolved, options);
  // Without an interval iterations run one after the other.
  if (solved->ii == 0)
    asSolved.dropCarriedEdges();
  require(verify(asSolved, std::span<const int32_t>(solved->starts)).empty(),
          "an illegal schedule");
  Cost cost = evaluate(asSolved, solved->starts);
  require(cost.value(options.objective, options.weights) == solved->value,
          "the value is not that of the schedule");
  require(solved->bound <= solved->value, "a bound above the value");
}

//===- Cbc.cpp - Integer programs by CBC ----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/CbcStop.h"
#include "Exact/IntegerProgram.h"

#include <coin/Cbc_C_Interface.h>
#include <coin/CoinError.hpp>
#include <coin/CoinHelperFunctions.hpp>

#include <chrono>
#include <mutex>
#include <numeric>

using namespace gaus;

namespace {

/// Its command line, which the C interface goes through, has variables of the
/// whole process: one program at a time.
std::timed_mutex oneModel;

/// Waits for its turn; false if `stop` was requested before.
bool waitForTurn(std::unique_lock<std::timed_mutex> &turn, const Stop *stop) {
  while (!turn.try_lock_for(std::chrono::milliseconds(20)))
    if (isRequested(stop))
      return false;
  return true;
}

/// Rows to columns, as CBC wants them.
Cbc_Model *load(const IntegerProgram &program) {
  int32_t columns = program.numColumns();
  std::vector<int32_t> begin(size_t(columns) + 1, 0),
      index(program.entries.size());
  std::vector<double> value(program.entries.size());
  for (const auto &[column, factor] : program.entries)
    ++begin[column + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<int32_t> next(begin.begin(), begin.end() - 1);
  for (int32_t row = 0; row < program.numRows(); ++row)
    for (int32_t e = program.rowBegin[row]; e < program.rowBegin[row + 1];
         ++e) {
      int32_t at = next[program.entries[e].first]++;
      index[at] = row;
      value[at] = program.entries[e].second;
    }
  Cbc_Model *model = Cbc_newModel();
  Cbc_loadProblem(model, columns, program.numRows(), begin.data(), index.data(),
                  value.data(), program.least.data(), program.most.data(),
                  program.price.data(), program.rowLeast.data(),
                  program.rowMost.data());
  // CBC's rounding goes through an integer's values one by one. What has so
  // many is a sum that others decide.
  constexpr double kMostValues = 1 << 30;
  for (int32_t c = 0; c < columns; ++c)
    if (program.most[c] - program.least[c] <= kMostValues)
      Cbc_setInteger(model, c);
  return model;
}

ProgramResult search(const IntegerProgram &program, const ProgramLimits &limits,
                     const std::vector<double> &hint) {
  std::unique_lock<std::timed_mutex> turn(oneModel, std::defer_lock);
  if (!waitForTurn(turn, limits.stop))
    return {};
  CoinSeedRandom(1234567);
  Cbc_Model *model = load(program);
  Cbc_setLogLevel(model, 0);
  Cbc_setParameter(model, "slog", "0");
  // Measured: for a few hundred columns these cost several times what the plain
  // search does.
  if (!limits.thorough) {
    for (const char *part : {"cuts", "heuristicsOnOff", "preprocess"})
      Cbc_setParameter(model, part, "off");
    Cbc_setParameter(model, "strongBranching", "0");
  }
  if (!hint.empty()) {
    std::vector<int> columns(hint.size());
    std::iota(columns.begin(), columns.end(), 0);
    Cbc_setMIPStartI(model, program.numColumns(), columns.data(), hint.data());
  }
  Cbc_setMaximumNodes(model, limits.nodes);
  endWith(model, limits.stop);
  Cbc_solve(model);
  ProgramResult result;
  result.complete =
      (Cbc_isProvenOptimal(model) || Cbc_isProvenInfeasible(model)) &&
      !isRequested(limits.stop);
  result.iterations = Cbc_getIterationCount(model);
  if (const double *best = Cbc_bestSolution(model))
    result.values.assign(best, best + program.numColumns());
  Cbc_deleteModel(model);
  return result;
}

} // namespace

bool gaus::hasIntegerPrograms() { return true; }

ProgramResult gaus::solveProgram(const IntegerProgram &program,
                                 const ProgramLimits &limits,
                                 const std::vector<double> &hint) {
  try {
    return search(program, limits, hint);
  } catch (const CoinError &) {
    return {};
  }
}

//===- Descents.h - Gradient descents of a solve ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Runs batches of descents on the backend, counts and traces them, and offers
/// what they find.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_RELAX_DESCENTS_H
#define GAUS_LIB_SOLVER_RELAX_DESCENTS_H

#include "Relax/Starts.h"

namespace gaus {

/// The backend that the options choose, and why where `auto` chose.
/// `size`: nodes and edges.
Outcome<std::unique_ptr<Backend>>
chooseBackend(const SolverOptions &options, int64_t size, std::string &reason);

/// All descents of a solve. An instance that they are given must stay where and
/// as it is as long as this: the backend keeps what it holds of it.
class Descents {
public:
  /// Fails where a wish for a backend cannot be met.
  static Outcome<Descents> create(const Context &c);

  /// More of short steps, where the budget has them.
  static constexpr int32_t kGentle = 2;
  /// The portfolio's: from several starts, and what suits the objective.
  std::optional<Diagnostic> run(const Instance &instance,
                                const DescentBudget &budget,
                                std::span<const int32_t> existing);
  /// From these replicas; `kinds`: settings of the search after each.
  std::optional<Diagnostic> runFrom(const Instance &instance,
                                    const DescentBudget &budget,
                                    std::span<Replica> replicas,
                                    std::span<const size_t> kinds);

  /// From one state, which becomes the best rounding's starts or the last
  /// means, whichever rounds better.
  std::optional<Diagnostic> relax(const Instance &instance,
                                  const DescentBudget &budget,
                                  Distributions &state);
  /// The roundings of a state alone.
  std::optional<Diagnostic> round(const Instance &instance,
                                  const DescentBudget &budget,
                                  const Distributions &state);

private:
  Descents(const Context &c, std::unique_ptr<Backend> backend)
      : c(c), backend(std::move(backend)) {}
  /// An instance, and what the backend holds of it.
  struct Held {
    const Instance *instance = nullptr;
    std::unique_ptr<Loaded> loaded;
  };
  Held &heldOf(const Instance &instance);
  std::optional<Diagnostic> onBackend(Held &on, const DescentOptions &descent,
                                      std::span<Replica> replicas);
  std::optional<Diagnostic> onCpuInstead(Held &on,
                                         const DescentOptions &descent,
                                         std::span<Replica> replicas,
                                         Diagnostic failure);
  std::optional<Diagnostic> descend(Held &on, const DescentOptions &descent,
                                    std::span<Replica> replicas,
                                    size_t first = 0);
  std::optional<Diagnostic> gently(const Instance &instance,
                                   const DescentBudget &budget,
                                   std::vector<Replica> &replicas);
  std::optional<Diagnostic> inShortest(const DescentBudget &budget,
                                       std::vector<Replica> &replicas);
  void take(const Instance &instance, std::span<const Replica> replicas,
            std::span<const size_t> kinds = {});

  Context c;
  std::unique_ptr<Backend> backend;
  Held kept;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_RELAX_DESCENTS_H

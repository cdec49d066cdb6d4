//===- Signals.h - SIGINT and SIGTERM ---------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What SIGINT and SIGTERM do in every tool: the first one ends the search that
/// is under way, so that the best schedule so far is written; a second one, or
/// one where nothing is searched, ends the process at once, without files that
/// are not in their place.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_IO_SIGNALS_H
#define GAUS_IO_SIGNALS_H

#include "gaus/Core/Stop.h"

namespace gaus {

/// From now on signals remove the files of Replacement before they end the
/// process. Those that the process ignores stay ignored.
void watchSignals();

/// While one exists, in any thread, the first signal only requests signalStop.
class StopOnSignals {
public:
  StopOnSignals();
  ~StopOnSignals();
  StopOnSignals(const StopOnSignals &) = delete;
  StopOnSignals &operator=(const StopOnSignals &) = delete;
};

/// Requested by the first signal, for the rest of the process.
const Stop &signalStop();
/// The exit status that this asks for: 128 + the signal, 0 without one.
int signalStatus();

} // namespace gaus

#endif // GAUS_IO_SIGNALS_H

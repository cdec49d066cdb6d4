//===- Signals.cpp - SIGINT and SIGTERM -----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/IO/Signals.h"
#include "gaus/IO/Replacement.h"

#include <csignal>
#include <mutex>

using namespace gaus;

namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM};
constexpr int kCount = 2;

Stop stop;
std::atomic<int> seen{0};
/// What was done before: of the process, and of whom the search came in
/// between (LLVM's handlers, which remove its files).
struct sigaction outer[kCount], before[kCount];
std::mutex scopesLock;
int scopes = 0;

/// Ends the process by the handlers that were there before.
void passOn(int number, const struct sigaction *actions) {
  removeReplacements();
  for (int k = 0; k < kCount; ++k)
    ::sigaction(kSignals[k], &actions[k], nullptr);
  ::raise(number);
}

extern "C" void endOnSignal(int number) { passOn(number, outer); }

extern "C" void stopOnSignal(int number) {
  int none = 0;
  if (seen.compare_exchange_strong(none, number))
    stop.request();
  else
    passOn(number, before);
}

void install(void (*handler)(int), struct sigaction *old) {
  for (int k = 0; k < kCount; ++k) {
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(kSignals[k], nullptr, &old[k]);
    if (old[k].sa_handler != SIG_IGN)
      ::sigaction(kSignals[k], &action, nullptr);
  }
}

} // namespace

void gaus::watchSignals() { install(endOnSignal, outer); }

StopOnSignals::StopOnSignals() {
  std::lock_guard guard(scopesLock);
  if (scopes++ == 0)
    install(stopOnSignal, before);
}

StopOnSignals::~StopOnSignals() {
  std::lock_guard guard(scopesLock);
  if (--scopes == 0)
    for (int k = 0; k < kCount; ++k)
      ::sigaction(kSignals[k], &before[k], nullptr);
}

const Stop &gaus::signalStop() { return stop; }

int gaus::signalStatus() {
  int number = seen.load(std::memory_order_relaxed);
  return number > 0 ? 128 + number : 0;
}

//===- Options.cpp - What the user can choose -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Solver/Options.h"

#include "gaus/Core/MemoryLimit.h"

#include <charconv>
#include <cmath>

using namespace gaus;

namespace {

constexpr OptionInfo kTable[] = {
    {"objective", "resources, memory, latency", "latency",
     "What is minimised: ratio * peak use + alpha * communication; peak live "
     "memory; or the number of cycles"},
    {"length", "cycles, or a factor of the least possible as in 1.25x",
     "1x (no limit for latency)",
     "Cycles to schedule into; the factor's product is rounded up"},
    {"ii", "none, cycles, auto", "none; auto for loops",
     "Initiation interval; auto = the smallest that has a schedule"},
    {"ratio", "integer >= 0", "100", "Weight of the peak use in `resources`"},
    {"alpha", "integer >= 0", "1",
     "Weight of the communication in `resources`"},
    {"clock", "ns > 0, or none", "none", "Clock period for chaining"},
    {"effort", "0..5", "2",
     "Amount of work, which fixes the result: 0 = heuristics only, then each "
     "step doubles the work"},
    {"time-limit", "seconds > 0, or none", "none",
     "The best schedule so far is written after this time (then the result "
     "depends on the machine)"},
    {"memory-limit", "bytes > 0 (K, M, G or T: times 1024, ...), or none",
     "half of what the machine or its control group has",
     "Searches that need more are left out, which a remark says; a problem "
     "that "
     "needs more is an error"},
    {"seed", "integer >= 0", "0", "Seed of every random choice"},
    {"threads", "integer >= 0", "0",
     "Threads to use; 0 = all cores. Does not change the result"},
    {"backend", "cpu, cuda, simt, auto", "auto",
     "Where the descent runs; auto = cuda where there is a device and the work "
     "is large, else cpu. Does not change the result"},
    {"start", "portfolio, midpoint, list, flow, existing", "portfolio",
     "Where the descent starts; existing = from a previous schedule"},
    {"gradient", "true, false", "true", "Run the gradient descent"},
    {"polish", "true, false", "true", "Run the local search after the descent"},
    {"windows", "true, false", "true",
     "With `polish`: run the exact searches, in neighbourhoods and by "
     "satisfiability, too"},
    {"trace", "file", "none",
     "File for a JSON line a better schedule, a rounding of the descent, and a "
     "success of the local search, with CPU seconds"},
};

Diagnostic badValue(std::string_view name, std::string_view value) {
  Diagnostic d;
  d.code = "option";
  d.message = "invalid value '" + std::string(value) + "' for option '" +
              std::string(name) + "'";
  for (const OptionInfo &info : kTable)
    if (info.name == name)
      d.message += "; expected " + std::string(info.values);
  return d;
}

template <class T> bool parseInt(std::string_view text, T low, T high, T &out) {
  T v{};
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), v);
  if (error != std::errc() || end != text.data() + text.size() || v < low ||
      v > high)
    return false;
  out = v;
  return true;
}

bool parsePositive(std::string_view text, double &out) {
  if (text == "none") {
    out = 0;
    return true;
  }
  double v = 0;
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), v);
  if (error != std::errc() || end != text.data() + text.size() ||
      !std::isfinite(v) || v <= 0)
    return false;
  out = v;
  return true;
}

/// "64M", "none".
bool parseBytes(std::string_view text, int64_t &out) {
  if (text == "none") {
    out = kNoMemoryLimit;
    return true;
  }
  constexpr std::string_view kSuffixes = "KMGT";
  int shift = 0;
  if (size_t at = text.empty() ? kSuffixes.npos : kSuffixes.find(text.back());
      at != kSuffixes.npos) {
    shift = 10 * (static_cast<int>(at) + 1);
    text.remove_suffix(1);
  }
  int64_t count = 0;
  if (!parseInt<int64_t>(text, 1, (kNoMemoryLimit - 1) >> shift, count))
    return false;
  out = count << shift;
  return true;
}

bool parseBool(std::string_view text, bool &out) {
  if (text != "true" && text != "false" && text != "1" && text != "0")
    return false;
  out = text == "true" || text == "1";
  return true;
}

/// "1.25x": exact millionths, so that ceil(1.25 * depth) does not depend on the
/// rounding of a binary fraction.
bool parseFactor(std::string_view text, int64_t &millionths) {
  size_t dot = text.find('.');
  std::string_view whole = text.substr(0, dot);
  std::string_view part =
      dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
  int64_t w = 0, f = 0;
  if (!parseInt<int64_t>(whole, 0, 1000000, w) || part.size() > 6)
    return false;
  if (dot != std::string_view::npos) {
    if (part.empty() || part.front() == '-' ||
        !parseInt<int64_t>(part, 0, 999999, f))
      return false;
    for (size_t k = part.size(); k < 6; ++k)
      f *= 10;
  }
  millionths = w * 1000000 + f;
  return millionths >= 1000000;
}

bool parseLength(std::string_view text, LengthChoice &out) {
  LengthChoice choice;
  if (!text.empty() && text.back() == 'x') {
    choice.kind = LengthChoice::Factor;
    if (!parseFactor(text.substr(0, text.size() - 1), choice.factorMillionths))
      return false;
  } else {
    choice.kind = LengthChoice::Cycles;
    if (!parseInt<int32_t>(text, 1, kMaxCycle, choice.cycles))
      return false;
  }
  out = choice;
  return true;
}

bool parseII(std::string_view text, IIChoice &out) {
  IIChoice choice;
  if (text == "none")
    choice.kind = IIChoice::None;
  else if (text == "auto")
    choice.kind = IIChoice::Auto;
  else {
    choice.kind = IIChoice::Cycles;
    if (!parseInt<int32_t>(text, 1, kMaxCycle, choice.cycles))
      return false;
  }
  out = choice;
  return true;
}

template <class E, size_t N>
bool parseWord(std::string_view text, const E (&all)[N], E &out) {
  for (E e : all)
    if (toString(e) == text) {
      out = e;
      return true;
    }
  return false;
}

constexpr Objective kObjectives[] = {Objective::Resources, Objective::Memory,
                                     Objective::Latency};
constexpr BackendKind kBackends[] = {BackendKind::Cpu, BackendKind::Cuda,
                                     BackendKind::Simt, BackendKind::Auto};
constexpr StartKind kStarts[] = {StartKind::Portfolio, StartKind::Midpoint,
                                 StartKind::List, StartKind::Flow,
                                 StartKind::Existing};

/// 1: set; 0: malformed value; -1: no such option.
int assign(SolverOptions &o, std::string_view name, std::string_view v) {
  constexpr int64_t kMaxWeight = int64_t(1) << 31;
  if (name == "objective")
    return parseWord(v, kObjectives, o.objective);
  if (name == "length")
    return parseLength(v, o.length);
  if (name == "ii")
    return parseII(v, o.ii);
  if (name == "ratio")
    return parseInt<int64_t>(v, 0, kMaxWeight, o.weights.ratio);
  if (name == "alpha")
    return parseInt<int64_t>(v, 0, kMaxWeight, o.weights.alpha);
  if (name == "clock")
    return parsePositive(v, o.clock);
  if (name == "effort")
    return parseInt<int>(v, 0, 5, o.effort);
  if (name == "time-limit")
    return parsePositive(v, o.timeLimit);
  if (name == "memory-limit")
    return parseBytes(v, o.memoryLimit);
  if (name == "seed")
    return parseInt<uint64_t>(v, 0, ~uint64_t(0), o.seed);
  if (name == "threads")
    return parseInt<int>(v, 0, 4096, o.threads);
  if (name == "backend")
    return parseWord(v, kBackends, o.backend);
  if (name == "start")
    return parseWord(v, kStarts, o.start);
  if (name == "gradient")
    return parseBool(v, o.gradient);
  if (name == "polish")
    return parseBool(v, o.polish);
  if (name == "windows")
    return parseBool(v, o.windows);
  if (name == "trace") {
    o.trace = v;
    return 1;
  }
  return -1;
}

} // namespace

std::span<const OptionInfo> gaus::optionTable() { return kTable; }

std::optional<Diagnostic> gaus::setOption(SolverOptions &options,
                                          std::string_view name,
                                          std::string_view value) {
  int set = assign(options, name, value);
  if (set > 0)
    return std::nullopt;
  if (set == 0)
    return badValue(name, value);
  Diagnostic d;
  d.code = "option";
  d.message = "unknown option '" + std::string(name) + "'; there are";
  for (const OptionInfo &info : kTable)
    d.message +=
        (info.name == kTable[0].name ? " " : ", ") + std::string(info.name);
  return d;
}

std::string_view gaus::toString(Objective objective) {
  switch (objective) {
  case Objective::Resources:
    return "resources";
  case Objective::Memory:
    return "memory";
  case Objective::Latency:
    return "latency";
  }
  return "";
}

std::string_view gaus::toString(BackendKind backend) {
  switch (backend) {
  case BackendKind::Auto:
    return "auto";
  case BackendKind::Cpu:
    return "cpu";
  case BackendKind::Cuda:
    return "cuda";
  case BackendKind::Simt:
    return "simt";
  }
  return "";
}

std::string_view gaus::toString(StartKind start) {
  switch (start) {
  case StartKind::Portfolio:
    return "portfolio";
  case StartKind::Midpoint:
    return "midpoint";
  case StartKind::List:
    return "list";
  case StartKind::Flow:
    return "flow";
  case StartKind::Existing:
    return "existing";
  }
  return "";
}

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
#include <limits>
#include <type_traits>

using namespace gaus;

namespace {

constexpr OptionInfo kTable[] = {
#define GAUS_OPTION(name, type, member, initial, parse, values, byDefault,     \
                    meaning)                                                   \
  {name, values, byDefault, meaning},
#define GAUS_PART(name, member, parse, values, byDefault, meaning)             \
  {name, values, byDefault, meaning},
#include "gaus/Solver/Options.def"
};

/// The words of an enumeration's values.
template <class E> struct Word {
  E value;
  std::string_view word;
};

constexpr Word<Objective> kObjectiveRows[] = {
#define GAUS_OBJECTIVE(name, word, ...) {Objective::name, word},
#include "gaus/Core/Objectives.def"
};
constexpr Word<BackendKind> kBackends[] = {{BackendKind::Cpu, "cpu"},
                                           {BackendKind::Cuda, "cuda"},
                                           {BackendKind::Simt, "simt"},
                                           {BackendKind::Auto, "auto"}};
constexpr Word<StartKind> kStarts[] = {{StartKind::Portfolio, "portfolio"},
                                       {StartKind::Midpoint, "midpoint"},
                                       {StartKind::List, "list"},
                                       {StartKind::Flow, "flow"},
                                       {StartKind::Existing, "existing"}};

constexpr Word<ModelChoice> kModels[] = {
    {ModelChoice::Values, toString(MemoryModel::Values)},
    {ModelChoice::Buffers, toString(MemoryModel::Buffers)}};

constexpr std::span<const Word<Objective>> wordsOf(Objective) {
  return kObjectiveRows;
}
constexpr std::span<const Word<BackendKind>> wordsOf(BackendKind) {
  return kBackends;
}
constexpr std::span<const Word<StartKind>> wordsOf(StartKind) {
  return kStarts;
}
constexpr std::span<const Word<ModelChoice>> wordsOf(ModelChoice) {
  return kModels;
}

template <class E> std::string_view wordOf(E value) {
  for (const Word<E> &w : wordsOf(value))
    if (w.value == value)
      return w.word;
  return "";
}

constexpr int64_t kMaxWeight = int64_t(1) << 31;

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

template <class T>
bool parseInteger(std::string_view text, std::type_identity_t<T> least,
                  std::type_identity_t<T> most, T &out) {
  T v{};
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), v);
  if (error != std::errc() || end != text.data() + text.size() || v < least ||
      v > most)
    return false;
  out = v;
  return true;
}

bool parseText(std::string_view text, std::string &out) {
  out = text;
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
  if (!parseInteger(text, 1, (kNoMemoryLimit - 1) >> shift, count))
    return false;
  out = count << shift;
  return true;
}

bool parseLimit(std::string_view text, int64_t &out) {
  if (text == "none") {
    out = kUnlimited;
    return true;
  }
  return parseInteger(text, 0, std::numeric_limits<int64_t>::max(), out);
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
  if (!parseInteger(whole, 0, 1000000, w) || part.size() > 6)
    return false;
  if (dot != std::string_view::npos) {
    if (part.empty() || part.front() == '-' ||
        !parseInteger(part, 0, 999999, f))
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
    if (!parseInteger(text, 1, kMaxCycle, choice.cycles))
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
    if (!parseInteger(text, 1, kMaxCycle, choice.cycles))
      return false;
  }
  out = choice;
  return true;
}

template <class E> bool parseWord(std::string_view text, E &out) {
  for (const Word<E> &w : wordsOf(out))
    if (w.word == text) {
      out = w.value;
      return true;
    }
  return false;
}

enum class Assigned { Set, Malformed, Unknown };

Assigned assign(SolverOptions &options, std::string_view name,
                std::string_view text) {
#define GAUS_PART(option, member, parse, ...)                                  \
  if (name == option) {                                                        \
    auto &value = options.member;                                              \
    return parse ? Assigned::Set : Assigned::Malformed;                        \
  }
#define GAUS_OPTION(option, type, member, initial, parse, ...)                 \
  GAUS_PART(option, member, parse)
#include "gaus/Solver/Options.def"
  return Assigned::Unknown;
}

} // namespace

void gaus::adoptOptions(Problem &p, const SolverOptions &options) {
  if (options.clock > 0)
    p.clock = options.clock;
  if (options.liveLimit != kUnlimited)
    p.liveLimit = options.liveLimit;
  if (options.memoryModel != ModelChoice::Own)
    p.memoryModel = options.memoryModel == ModelChoice::Buffers
                        ? MemoryModel::Buffers
                        : MemoryModel::Values;
}

std::span<const OptionInfo> gaus::optionTable() { return kTable; }

std::optional<Diagnostic> gaus::setOption(SolverOptions &options,
                                          std::string_view name,
                                          std::string_view value) {
  Assigned assigned = assign(options, name, value);
  if (assigned == Assigned::Set)
    return std::nullopt;
  if (assigned == Assigned::Malformed)
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
  return wordOf(objective);
}

std::string_view gaus::toString(BackendKind backend) { return wordOf(backend); }

std::string_view gaus::toString(StartKind start) { return wordOf(start); }

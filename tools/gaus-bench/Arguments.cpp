//===- Arguments.cpp - What gaus-bench is told --------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Arguments.h"

#include "gaus/IO/Formats.h"

#include <charconv>
#include <filesystem>

using namespace gaus;

int gaus::bench::usage(std::FILE *out) {
  std::fprintf(
      out,
      "usage: gaus-bench FILE... [--OPTION=VALUE]...\n\n"
      "Schedules every file of a problem (%s) and prints a row for "
      "each.\n\n"
      "  --resources=FILE  resource model of the .graphml files "
      "(default: the _RM.xml beside each)\n"
      "  --node-latency=N  latency of every node of the file\n"
      "  --csv-dir=DIR     write DIR/<file stem>.csv: node,start\n"
      "  --json=FILE       write the rows as an array of objects\n"
      "  --descent-steps=N time N steps of the descent alone, on the CPU "
      "and a device or as --backend says; no schedule\n"
      "  --replicas=N      descents in that batch (default: 1)\n"
      "  --progress=KIND   what is said of searches on the standard error "
      "output: auto (line on a terminal), line, json, none\n"
      "  --formats         print the formats of files as a table\n"
      "  --version         print the version\n",
      readEndings(".mlir").c_str());
  for (const OptionInfo &o : optionTable())
    std::fprintf(out, "  --%.*s=...  %.*s (%.*s; default %.*s)\n",
                 int(o.name.size()), o.name.data(), int(o.description.size()),
                 o.description.data(), int(o.values.size()), o.values.data(),
                 int(o.defaultValue.size()), o.defaultValue.data());
  return out == stdout ? 0 : 1;
}

int gaus::bench::printFormats() {
  std::printf("| format | endings | in | out | what it holds |\n"
              "|---|---|---|---|---|\n");
  for (const FormatInfo &f : formatTable()) {
    std::string name(f.name), endings(f.endings);
    for (size_t at = 0; (at = endings.find(' ', at)) != std::string::npos;)
      endings.replace(at, 1, "`, `"), at += 4;
    auto option = [&](bool has, const char *way) {
      return has ? "`--" + (way + name) + "`" : std::string();
    };
    std::printf("| %s | %s | %s | %s | %.*s |\n", name.c_str(),
                endings.empty() ? "" : ("`" + endings + "`").c_str(),
                option(f.read, "import-").c_str(),
                option(f.write, "export-").c_str(), int(f.sentence.size()),
                f.sentence.data());
  }
  return 0;
}

bool gaus::bench::fail(const std::string &message) {
  std::fprintf(stderr, "gaus-bench: error: %s\n", message.c_str());
  return false;
}

/// An integer within [least, most]; false after an error message.
static bool parseNumber(std::string_view name, std::string_view value,
                        int32_t least, int32_t most, int32_t &number) {
  auto [end, ec] =
      std::from_chars(value.data(), value.data() + value.size(), number);
  if (ec == std::errc() && end == value.data() + value.size() &&
      number >= least && number <= most)
    return true;
  return bench::fail(std::string(name) +
                     " must be an integer >= " + std::to_string(least) +
                     ", got '" + std::string(value) + "'");
}

static std::optional<tools::ProgressKind> progressKind(std::string_view word) {
  using enum tools::ProgressKind;
  for (auto [name, kind] : {std::pair("auto", Auto), std::pair("line", Line),
                            std::pair("json", Json), std::pair("none", None)})
    if (word == name)
      return kind;
  return std::nullopt;
}

bool gaus::bench::parseArgument(std::string_view text, Arguments &args) {
  if (text.substr(0, 2) != "--") {
    args.files.emplace_back(text);
    return true;
  }
  size_t equal = text.find('=');
  if (equal == std::string_view::npos)
    return fail("'" + std::string(text) +
                "' needs a value: " + std::string(text) + "=...");
  std::string_view name = text.substr(2, equal - 2);
  std::string value(text.substr(equal + 1));
  if (name == "csv-dir") {
    args.csvDir = value;
    std::error_code failed;
    std::filesystem::create_directories(args.csvDir, failed);
    if (failed)
      return fail("cannot make the folder '" + args.csvDir +
                  "': " + failed.message());
  } else if (name == "resources") {
    args.resources = value;
  } else if (name == "progress") {
    std::optional<tools::ProgressKind> kind = progressKind(value);
    if (!kind)
      return fail("--progress must be auto, line, json or none, got '" + value +
                  "'");
    args.progress = *kind;
  } else if (name == "json") {
    args.jsonFile = value;
  } else if (name == "node-latency") {
    return parseNumber(name, value, 0, kMaxCycle, args.latency.emplace());
  } else if (name == "descent-steps") {
    return parseNumber(name, value, 1, 1000000, args.descentSteps.emplace());
  } else if (name == "replicas") {
    return parseNumber(name, value, 1, 1 << 16, args.replicas);
  } else if (auto wrong = setOption(args.solver, name, value)) {
    return fail(wrong->message);
  }
  return true;
}

//===- MemoryLimit.cpp - How much memory may be used ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/MemoryLimit.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <unistd.h>

using namespace gaus;

/// The number in a file; none where there is no file or another word ("max").
static int64_t numberIn(const std::string &path) {
  std::ifstream file(path);
  int64_t value = 0;
  return file >> value && value > 0 ? value : kNoMemoryLimit;
}

/// The least of the limits called `name` in the folder of a control group and
/// those around it.
static int64_t leastLimit(const std::string &root, std::string group,
                          const char *name) {
  int64_t least = numberIn(root + "/" + name);
  while (group.size() > 1) {
    least = std::min(least, numberIn(root + group + "/" + name));
    group.resize(group.rfind('/'));
  }
  return least;
}

/// Lines of /proc/self/cgroup are "number:controllers:/group"; version 2 has
/// none of the controllers there.
static int64_t controlGroupLimit() {
  int64_t least = kNoMemoryLimit;
  std::ifstream groups("/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    size_t first = line.find(':');
    size_t second =
        first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos || line[second + 1] != '/')
      continue;
    std::string of = "," + line.substr(first + 1, second - first - 1) + ",";
    std::string group = line.substr(second + 1);
    if (of == ",,")
      least =
          std::min(least, leastLimit("/sys/fs/cgroup", group, "memory.max"));
    if (of.find(",memory,") != std::string::npos)
      least = std::min(least, leastLimit("/sys/fs/cgroup/memory", group,
                                         "memory.limit_in_bytes"));
  }
  return least;
}

int64_t gaus::defaultMemoryLimit() {
  static const int64_t limit = [] {
    int64_t whole = controlGroupLimit();
    int64_t pages = ::sysconf(_SC_PHYS_PAGES), page = ::sysconf(_SC_PAGESIZE);
    if (pages > 0 && page > 0)
      whole = std::min(whole, pages * page);
    return whole == kNoMemoryLimit ? whole : whole / 2;
  }();
  return limit;
}

std::string gaus::bytesText(int64_t bytes) {
  constexpr const char *kUnits[] = {"KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024)
    return std::to_string(bytes) + " bytes";
  double value = double(bytes) / 1024;
  size_t unit = 0;
  // 1023.95 would be written as 1024.0.
  for (; value >= 1023.95 && unit + 1 < std::size(kUnits); ++unit)
    value /= 1024;
  char text[64];
  std::snprintf(text, sizeof(text), "%.1f %s", value, kUnits[unit]);
  return text;
}

std::string gaus::beyondMemoryText(std::string_view what, int64_t bytes,
                                   int64_t limit) {
  return std::string(what) + " about " + bytesText(bytes) +
         ", the memory limit is " + bytesText(limit);
}

Diagnostic gaus::beyondMemory(std::string_view what, int64_t bytes,
                              int64_t limit) {
  Diagnostic d;
  d.code = "memory";
  d.message = beyondMemoryText(what, bytes, limit);
  d.notes.push_back({"a smaller problem, length, II or effort, or a larger "
                     "'memory-limit' would help"});
  return d;
}

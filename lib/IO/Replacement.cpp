//===- Replacement.cpp - Files that are replaced as a whole ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/IO/Replacement.h"

#include "Text.h"

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace gaus;
using namespace gaus::io;

namespace {

/// The new files there are, for a signal handler: no lock, no memory.
struct Slot {
  enum State { Free, Filling, Named };
  std::atomic<int> state{Free};
  char name[PATH_MAX];
};
/// More at a time than any tool writes; further ones are not listed.
constexpr int kSlots = 16;
Slot slots[kSlots];

int listName(const std::string &name) {
  if (name.size() >= PATH_MAX)
    return -1;
  for (int k = 0; k < kSlots; ++k) {
    int expected = Slot::Free;
    if (!slots[k].state.compare_exchange_strong(expected, Slot::Filling))
      continue;
    std::memcpy(slots[k].name, name.c_str(), name.size() + 1);
    slots[k].state = Slot::Named;
    return k;
  }
  return -1;
}

void unlist(int &slot) {
  if (slot >= 0)
    slots[slot].state = Slot::Free;
  slot = -1;
}

Diagnostic cannotWrite(const std::string &path, int code) {
  return ioError("cannot write '" + path + "': " + std::strerror(code));
}

/// Where a symbolic link leads.
std::string targetOf(const std::string &path) {
  if (char *real = ::realpath(path.c_str(), nullptr)) {
    std::string target = real;
    std::free(real);
    return target;
  }
  return path;
}

} // namespace

void gaus::removeReplacements() noexcept {
  for (Slot &slot : slots)
    if (slot.state == Slot::Named)
      ::unlink(slot.name);
}

bool Replacement::isFor(const std::string &path) {
  struct stat old = {};
  return path != "-" && !path.empty() &&
         (::stat(path.c_str(), &old) != 0 || S_ISREG(old.st_mode));
}

Outcome<Replacement> Replacement::make(const std::string &path) {
  struct stat old = {};
  bool exists = ::stat(path.c_str(), &old) == 0;
  if (exists && ::access(path.c_str(), W_OK) != 0)
    return cannotWrite(path, errno);
  Replacement made(path, targetOf(path));
  static std::atomic<unsigned> count{0};
  int file = -1;
  do {
    made.beside = made.target + "." + std::to_string(::getpid()) + "-" +
                  std::to_string(count++) + ".tmp";
    // Listed before it exists, so that no signal comes in between.
    unlist(made.slot);
    made.slot = listName(made.beside);
    file = ::open(made.beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                  0666);
  } while (file < 0 && errno == EEXIST);
  int failed = file < 0 ? errno : 0;
  if (!failed && exists && ::fchmod(file, old.st_mode & 07777) != 0)
    failed = errno;
  if (file >= 0 && ::close(file) != 0 && !failed)
    failed = errno;
  if (file < 0)
    made.beside.clear();
  if (failed)
    return cannotWrite(path, failed);
  return made;
}

Replacement::Replacement(Replacement &&other) noexcept
    : path(std::move(other.path)), target(std::move(other.target)),
      beside(std::exchange(other.beside, "")),
      slot(std::exchange(other.slot, -1)) {}

Replacement::~Replacement() {
  if (!beside.empty())
    ::unlink(beside.c_str());
  unlist(slot);
}

std::optional<Diagnostic> Replacement::commit() {
  if (std::rename(beside.c_str(), target.c_str()) != 0)
    return cannotWrite(path, errno);
  beside.clear();
  unlist(slot);
  return std::nullopt;
}

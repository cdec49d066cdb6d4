//===- Replacement.h - Files that are replaced as a whole -------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Every file that a tool writes is written beside its place and renamed: what
/// was there before stays until all bytes are there, and nothing is left behind
/// where the process is ended by a signal.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_IO_REPLACEMENT_H
#define GAUS_IO_REPLACEMENT_H

#include "gaus/Core/Diagnostic.h"

#include <optional>
#include <string>

namespace gaus {

/// A new file beside the one that it replaces.
class Replacement {
public:
  /// True for what is replaced: files, and what does not exist yet. The
  /// standard output ("-"), devices and pipes take the bytes as they come.
  static bool isFor(const std::string &path);
  /// Makes the empty file, with the rights of the one at `path`; a symbolic
  /// link stays one. Code "io" on failure.
  static Outcome<Replacement> make(const std::string &path);

  Replacement(Replacement &&other) noexcept;
  Replacement &operator=(Replacement &&) = delete;
  /// Removes the new file unless it has taken its place.
  ~Replacement();

  /// Where to write.
  const std::string &name() const { return beside; }
  /// Puts the new file in its place; code "io" on failure. Once.
  std::optional<Diagnostic> commit();

private:
  Replacement(std::string path, std::string target)
      : path(std::move(path)), target(std::move(target)) {}

  std::string path, target, beside;
  int slot = -1;
};

/// Removes all new files that are not in their place, as the process ends. May
/// be called in a signal handler.
void removeReplacements() noexcept;

} // namespace gaus

#endif // GAUS_IO_REPLACEMENT_H

//===- Files.cpp - Bytes of files -----------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Text.h"

#include "gaus/IO/Readers.h"
#include "gaus/IO/Replacement.h"
#include "gaus/IO/Writers.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace gaus;
using namespace gaus::io;

Outcome<std::string> gaus::readFile(const std::string &path) {
  std::FILE *file = std::fopen(path.c_str(), "rb");
  if (!file)
    return ioError("cannot open '" + path + "': " + std::strerror(errno));
  // Larger ones hold no problem that fits into memory; a sparse one costs none
  // of its owner's.
  struct stat status = {};
  constexpr int64_t most = int64_t(1) << 34;
  if (::fstat(fileno(file), &status) == 0 && status.st_size > most) {
    std::fclose(file);
    return ioError("cannot read '" + path + "': it has " +
                   std::to_string(status.st_size) + " bytes, over the limit " +
                   std::to_string(most));
  }
  std::string bytes;
  char buffer[1 << 16];
  size_t count = 0;
  while ((count = std::fread(buffer, 1, sizeof(buffer), file)) > 0)
    bytes.append(buffer, count);
  bool failed = std::ferror(file);
  std::fclose(file);
  if (failed)
    return ioError("cannot read '" + path + "': " + std::strerror(errno));
  return bytes;
}

namespace {

Diagnostic cannotWrite(const std::string &path, int code) {
  return ioError("cannot write '" + path + "': " + std::strerror(code));
}

/// All bytes, or what errno says.
int writeAll(int file, std::string_view text) {
  while (!text.empty()) {
    ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      return count < 0 ? errno : EIO;
    text.remove_prefix(static_cast<size_t>(count));
  }
  return 0;
}

/// What is no regular file takes the bytes as they come.
std::optional<Diagnostic> writeThrough(const std::string &path,
                                       std::string_view text) {
  int file = path == "-" ? STDOUT_FILENO : ::open(path.c_str(), O_WRONLY);
  if (file < 0)
    return cannotWrite(path, errno);
  int failed = writeAll(file, text);
  if (path != "-" && ::close(file) != 0 && !failed)
    failed = errno;
  if (failed)
    return cannotWrite(path, failed);
  return std::nullopt;
}

} // namespace

std::optional<Diagnostic> gaus::writeFile(const std::string &path,
                                          std::string_view text) {
  if (path.find('\0') != std::string::npos)
    return cannotWrite(path.substr(0, path.find('\0')), EINVAL);
  if (path == "-" && std::fflush(stdout) != 0)
    return cannotWrite(path, errno);
  if (!Replacement::isFor(path))
    return writeThrough(path, text);
  Outcome<Replacement> made = Replacement::make(path);
  if (!made)
    return made.error();
  int file = ::open(made->name().c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0)
    return cannotWrite(path, errno);
  int failed = writeAll(file, text);
  if (::close(file) != 0 && !failed)
    failed = errno;
  if (failed)
    return cannotWrite(path, failed);
  return made->commit();
}

std::string gaus::fileStem(std::string_view path) {
  size_t slash = path.rfind('/');
  if (slash != std::string_view::npos)
    path.remove_prefix(slash + 1);
  return std::string(path.substr(0, path.rfind('.')));
}

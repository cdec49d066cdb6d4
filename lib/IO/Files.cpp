//===- Files.cpp - Files by their endings ---------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Text.h"

#include "gaus/IO/Readers.h"
#include "gaus/IO/Replacement.h"
#include "gaus/IO/Writers.h"

#include <algorithm>
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

std::string gaus::resourceModelBeside(const std::string &path) {
  size_t slash = path.rfind('/');
  size_t name = slash == std::string::npos ? 0 : slash + 1;
  for (size_t dot : {path.rfind('.'), path.find('.', name)}) {
    if (dot == std::string::npos || dot < name)
      continue;
    std::string model = path.substr(0, dot) + "_RM.xml";
    if (std::FILE *file = std::fopen(model.c_str(), "rb")) {
      std::fclose(file);
      return model;
    }
  }
  return "";
}

/// A graph with its resource model; errors of the model name its file.
static Outcome<Problem> readGraphMlFile(const std::string &path,
                                        std::string_view graph,
                                        std::string resources) {
  if (resources.empty())
    resources = resourceModelBeside(path);
  if (resources.empty())
    return ioError("'" + path + "' needs a resource model: there is no " +
                   fileStem(path) + "_RM.xml beside it, and none was given");
  Outcome<std::string> bytes = readFile(resources);
  if (!bytes)
    return bytes.error();
  Outcome<ResourceModel> model = readResourceModel(*bytes);
  if (!model)
    return ioError(resources + ": line " + std::to_string(model.error().line) +
                   ": " + model.error().message);
  return readGraphMl(graph, *model);
}

/// Latencies that replace those of the file.
static Outcome<Problem> withLatency(Outcome<Problem> p,
                                    std::optional<int32_t> latency) {
  if (p && latency)
    std::fill(p->latency.begin(), p->latency.end(), *latency);
  return p;
}

Outcome<Problem> gaus::readProblem(const std::string &path,
                                   std::optional<int32_t> nodeLatency,
                                   const std::string &resources) {
  std::string_view ending = path;
  size_t dot = ending.rfind('.');
  ending.remove_prefix(dot == std::string_view::npos ? ending.size() : dot);
  if (ending != ".gml" && ending != ".aig" && ending != ".aag" &&
      ending != ".json" && ending != ".graphml")
    return ioError("'" + path +
                   "': the format is not known by its ending; "
                   "expected .gml, .aig, .aag, .json or .graphml");
  Outcome<std::string> bytes = readFile(path);
  if (!bytes)
    return bytes.error();
  int32_t latency = nodeLatency.value_or(1);
  Outcome<Problem> p =
      ending == ".gml"    ? readGml(*bytes, latency)
      : ending == ".json" ? readJson(*bytes, nodeLatency)
      : ending == ".graphml"
          ? withLatency(readGraphMlFile(path, *bytes, resources), nodeLatency)
          : readAiger(*bytes, latency);
  if (p)
    p->name = fileStem(path);
  return p;
}

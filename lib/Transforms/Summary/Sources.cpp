//===- Sources.cpp - The texts that a program comes from ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Summary/Sources.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Location.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <map>
#include <set>

using namespace mlir;
using namespace gaus::ir;

namespace {

class Names {
public:
  void add(Location location) {
    if (!seen.insert(location).second)
      return;
    location->walk([&](Location part) {
      if (auto file = dyn_cast<FileLineColRange>(part))
        if (!file.getFilename().empty() && file.getStartLine() > 0)
          paths.insert(file.getFilename().str());
      if (auto fused = dyn_cast<FusedLoc>(part))
        addFolder(fused.getMetadata());
      return WalkResult::advance();
    });
  }

  std::vector<gaus::SourceText> read() const {
    std::map<std::string, std::vector<std::string>> byName;
    for (const std::string &path : paths)
      byName[llvm::sys::path::filename(path).str()].push_back(path);
    std::vector<gaus::SourceText> all;
    for (const auto &[name, of] : byName)
      if (std::optional<std::string> text = textOf(of[0]);
          text && of.size() == 1)
        all.push_back({name, std::move(*text)});
    return all;
  }

private:
  /// What debug information says of a function or a block in it.
  void addFolder(Attribute metadata) {
    LLVM::DIFileAttr file;
    if (auto function = dyn_cast_or_null<LLVM::DISubprogramAttr>(metadata))
      file = function.getFile();
    else if (auto block = dyn_cast_or_null<LLVM::DILexicalBlockAttr>(metadata))
      file = block.getFile();
    if (file && file.getName() && file.getDirectory())
      folders[file.getName().str()] = file.getDirectory().str();
  }

  std::optional<std::string> textOf(const std::string &path) const {
    if (std::optional<std::string> text = readText(path))
      return text;
    auto folder = folders.find(path);
    if (folder == folders.end() || llvm::sys::path::is_absolute(path))
      return std::nullopt;
    llvm::SmallString<128> whole(folder->second);
    llvm::sys::path::append(whole, path);
    return readText(whole.str().str());
  }

  static std::optional<std::string> readText(const std::string &path) {
    constexpr uint64_t kMost = 1'000'000;
    uint64_t size = 0;
    if (!llvm::sys::fs::is_regular_file(path) ||
        llvm::sys::fs::file_size(path, size) || size > kMost)
      return std::nullopt;
    auto buffer = llvm::MemoryBuffer::getFile(path);
    if (!buffer || (*buffer)->getBuffer().contains('\0'))
      return std::nullopt;
    return (*buffer)->getBuffer().str();
  }

  llvm::DenseSet<Location> seen;
  std::set<std::string> paths;
  std::map<std::string, std::string> folders;
};

} // namespace

std::vector<gaus::SourceText> gaus::ir::readSources(Operation *root) {
  Names names;
  root->walk([&](Operation *op) { names.add(op->getLoc()); });
  return names.read();
}

//===- Program.cpp - The functions and libraries that are reached -------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Program/Translate.h"

#include "gaus/Dialect/GausNames.h"

#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

int64_t gaus::ir::replaying::busyUntil(const BlockCode &block) {
  int64_t busy = 0;
  for (const OpCode &c : block.ops) {
    if (!c.uses.empty())
      busy = std::max(busy, c.start + c.occupancy);
    if (c.isWait)
      continue;
    int64_t inside = 0;
    if (c.isOneWithLoop) {
      for (const BlockCode &region : c.regions)
        busy = std::max(busy, busyUntil(region));
      continue;
    }
    for (const BlockCode &region : c.regions)
      if (region.block)
        inside = std::max(inside, busyUntil(region));
    if (c.callee)
      inside = busyUntil(c.callee->blocks[0]);
    if (c.trips > 1 && inside > 0) {
      const BlockCode &body = c.regions[0];
      int64_t each = body.ii > 0 ? body.ii : std::max(body.length, inside);
      // More iterations than this are not executed.
      inside += std::min<int64_t>(c.trips - 1, 1 << 24) * each;
      inside = std::min(inside, int64_t(1) << 38);
    }
    if (inside > 0 && c.trips != 0)
      busy = std::max(busy, c.start + inside);
  }
  return busy;
}

FunctionCode *Program::translate(Operation *function) {
  auto [entry, fresh] = functions.try_emplace(function);
  if (!fresh) {
    // Of a function that is being translated there is no code yet.
    if (!entry->second && reason.empty()) {
      reason = "functions that call themselves";
      where = function->getLoc();
    }
    return entry->second.get();
  }
  auto code = std::make_unique<FunctionCode>();
  if (!translateFunction(*this, function, *code))
    return nullptr;
  return (functions[function] = std::move(code)).get();
}

static void forInside(const BlockCode &b,
                      llvm::function_ref<void(const BlockCode &)> body) {
  body(b);
  for (const OpCode &c : b.ops)
    for (const BlockCode &inner : c.regions)
      if (inner.block)
        forInside(inner, body);
}

void Program::forBlocks(
    llvm::function_ref<void(const BlockCode &)> body) const {
  for (const auto &[op, code] : functions)
    if (code)
      for (const BlockCode &b : code->blocks)
        forInside(b, body);
}

Program::Library *Program::libraryOf(Operation *carrier) {
  // What a scope sees depends on the name next to it, and where that is.
  Operation *holder = carrier;
  while (holder && !holder->hasAttr(kLibrary))
    holder = holder->getParentOp();
  Attribute name = holder ? holder->getAttr(kLibrary) : Attribute();
  Operation *table =
      holder ? SymbolTable::getNearestSymbolTable(holder) : nullptr;
  auto [entry, fresh] = libraries.try_emplace(
      {table, name.getAsOpaquePointer(), clockAt(carrier)});
  if (!fresh)
    return &entry->second;
  FailureOr<std::unique_ptr<OperatorLibrary>> made =
      OperatorLibrary::create(carrier);
  if (failed(made))
    return nullptr;
  Library &library = entry->second;
  library.library = std::move(*made);
  std::string prefix;
  llvm::raw_string_ostream(prefix) << table << name;
  for (const ResourceInfo &r : library.library->resources()) {
    int32_t at = -1;
    if (r.limit >= 0 || r.isPerMemory) {
      auto [known, isNew] = resourceNumbers.try_emplace(
          prefix + r.name, static_cast<int32_t>(resources.size()));
      if (isNew)
        resources.push_back({r.name, r.limit, r.isPerMemory});
      at = known->second;
    }
    library.numbers.push_back(at);
  }
  return &library;
}

//===- Memory.cpp - Memory of a program that is replayed ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Operations/Memory.h"

#include <cstring>

using namespace gaus::ir::replaying;

uint64_t Memory::allocate(uint64_t size) {
  uint64_t at = (bytes.size() + kGap + 63) / 64 * 64;
  bytes.resize(at + size + kGap);
  objects[kFirst + at] = size;
  return kFirst + at;
}

bool Memory::valid(uint64_t address, uint64_t size) const {
  auto after = objects.upper_bound(address);
  if (after == objects.begin())
    return false;
  auto object = std::prev(after);
  return address - object->first <= object->second &&
         size <= object->second - (address - object->first);
}

uint64_t Memory::sizeAt(uint64_t address) const {
  auto object = objects.find(address);
  return object == objects.end() ? 0 : object->second;
}

uint64_t Runtime::read(uint64_t address, unsigned size) {
  if (!memory.valid(address, size)) {
    fault("reads outside of every object");
    return 0;
  }
  uint64_t value = 0;
  std::memcpy(&value, memory.at(address), size);
  accesses.push_back({address, size, instance, false});
  return value;
}

void Runtime::write(uint64_t address, unsigned size, uint64_t value) {
  if (!memory.valid(address, size)) {
    fault("writes outside of every object");
    return;
  }
  accesses.push_back({address, size, instance, true});
  std::memcpy(memory.at(address), &value, size);
}

uint64_t Runtime::allocate(uint64_t size) { return memory.allocate(size); }

void Runtime::note(mlir::Operation *op, uint64_t address, uint64_t bytes) {
  if (MemoryFacts facts = factsOf(op);
      facts.ports || facts.banks || facts.isFifo)
    origins[address] = {std::move(facts), bytes};
}

void Runtime::free(uint64_t address) {
  uint64_t size = memory.sizeAt(address);
  for (uint64_t k = 0; k < size; k += 8)
    write(address + k, static_cast<unsigned>(std::min<uint64_t>(8, size - k)),
          0xA5A5A5A5A5A5A5A5u);
}

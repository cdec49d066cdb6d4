//===- Memory.h - Memory of a program that is replayed ----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_REPLAY_OPERATIONS_MEMORY_H
#define GAUS_LIB_REPLAY_OPERATIONS_MEMORY_H

#include "gaus/Dialect/MemoryFacts.h"

#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gaus::ir::replaying {

/// A value: a scalar's bits, zero-extended; the lanes of a vector; of a memref
/// its address, offset, sizes and strides (in elements).
struct Payload {
  uint64_t bits = 0;
  std::vector<uint64_t> lanes;
  bool operator==(const Payload &) const = default;
  uint64_t lane(size_t i) const { return lanes.empty() ? bits : lanes[i]; }
};

/// Bytes from `kFirst` on. Objects lie apart, so that an access beyond the end
/// of one is noticed.
class Memory {
public:
  static constexpr uint64_t kFirst = 0x10000, kGap = 64;

  uint64_t allocate(uint64_t size);
  bool valid(uint64_t address, uint64_t size) const;
  /// Whether what is freed began at this address.
  uint64_t sizeAt(uint64_t address) const;
  /// Where the object begins that a valid address is in.
  uint64_t beginOf(uint64_t address) const {
    return std::prev(objects.upper_bound(address))->first;
  }
  uint8_t *at(uint64_t address) { return &bytes[address - kFirst]; }
  uint64_t size() const { return bytes.size(); }

private:
  std::vector<uint8_t> bytes;
  std::map<uint64_t, uint64_t> objects; ///< address -> size
};

/// An access of the run in order.
struct Access {
  uint64_t address;
  uint32_t size;
  int32_t instance;
  bool writes;
};

/// A transfer that was started and not yet waited for.
struct Transfer {
  struct Element {
    uint64_t from, to, value;
  };
  std::vector<Element> elements;
  unsigned bytes = 0; ///< of an element
};

/// What the program says of a memory.
struct MemoryOrigin {
  MemoryFacts facts;
  uint64_t bytes = 1;    ///< of an element
  int64_t arguments = 1; ///< that it was passed for
  uint64_t before = 0;   ///< bytes before what the program was given
  int64_t argument = -1; ///< the first one that it was passed for
};

/// What operations see of the machine that runs them.
class Runtime {
public:
  uint64_t read(uint64_t address, unsigned size);
  void write(uint64_t address, unsigned size, uint64_t value);
  uint64_t allocate(uint64_t size);
  /// What `memory` makes or declares begins at the address.
  void note(mlir::Operation *memory, uint64_t address, uint64_t bytes);
  void free(uint64_t address);
  /// The program does what has no meaning. The first reason is kept.
  void fault(const std::string &why) {
    if (faultText.empty())
      faultText = why;
  }
  void print(const std::string &text) { output += text; }

  Memory memory;
  /// Everything that touched memory, in order.
  std::vector<Access> accesses;
  int32_t instance = -1; ///< that is running
  std::string faultText, output;
  /// By where they begin; of those of which something is said.
  std::map<uint64_t, MemoryOrigin> origins;
  std::map<mlir::Operation *, uint64_t> globals;
  std::map<uint64_t, Transfer> transfers; ///< by the address of their tag
  /// Where what is printed counts as written.
  uint64_t printer = 0;
};

} // namespace gaus::ir::replaying

#endif // GAUS_LIB_REPLAY_OPERATIONS_MEMORY_H

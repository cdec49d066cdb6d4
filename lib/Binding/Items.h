//===- Items.h - What is placed ---------------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An item takes one place, a unit or a register, for an arc: a node one for
/// each unit, a value one for each copy. Items of one pool have places in
/// common.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_BINDING_ITEMS_H
#define GAUS_LIB_BINDING_ITEMS_H

#include "gaus/Binding/Datapath.h"

namespace gaus {

struct Item {
  int32_t pool;
  Arc arc;
  /// Bits, of registers; 0 of units.
  int64_t width;
};

/// All items: those of values in the pool 0, of nodes in 1 + their kind; a node
/// that holds nothing has one in the last pool.
struct Items {
  std::vector<Item> item;
  /// Of value v, of node i: items [begin[v], begin[v+1]), in the order of
  /// `Binding`.
  std::vector<int32_t> valueBegin, nodeBegin;
  /// Of node i, those of its first hold: [nodeBegin[i], executesEnd[i]).
  std::vector<int32_t> executesEnd;
  int32_t numPools = 0;

  explicit Items(const Datapath &d);
  int32_t size() const { return static_cast<int32_t>(item.size()); }
  std::vector<std::vector<int32_t>> byPool() const;

private:
  void addValue(const Datapath &d, int32_t value, int64_t lastRead);
  void addNode(const Datapath &d, int32_t node);
};

/// The copy of its value that an operand reads, from 0: the value is handed on
/// once an interval. -1 = it reads it as it is made or enters.
int64_t copyRead(const Datapath &d, const Operand &o);

} // namespace gaus

#endif // GAUS_LIB_BINDING_ITEMS_H

//===- Diagnostic.h - Errors as values --------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The core reports errors as values: a message, the name of the constraint
/// that is broken, and notes that point at nodes and edges of a problem. The
/// faces (MLIR, files, Python) turn them into diagnostics of their own kind.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_DIAGNOSTIC_H
#define GAUS_CORE_DIAGNOSTIC_H

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace gaus {

/// A remark that belongs to a diagnostic and points at a node or an edge.
struct Note {
  std::string message;
  /// Index of the node it is about; -1 for none.
  int32_t node = -1;
  /// Index of the edge it is about; -1 for none.
  int32_t edge = -1;
};

/// An error: what is wrong, where, and what would help.
struct Diagnostic {
  /// Name of the constraint as docs/spec.md has it ("Dep", "Lat", "Win", "Res",
  /// "Chain"), or "input", "option", "io", "backend",
  /// "memory", "stop".
  std::string code;
  /// A full sentence without the final period, starting with a small letter.
  std::string message;
  /// Index of the node at fault; -1 for the whole problem.
  int32_t node = -1;
  /// Line of a text input, counted from 1; 0 where there is none.
  int64_t line = 0;
  /// Facts: the critical path or cycle in order, the other end, the smallest
  /// change that would do.
  std::vector<Note> notes;
};

/// A value or the diagnostic that says why there is none.
template <class T> class [[nodiscard]] Outcome {
public:
  Outcome(T value) : Storage(std::in_place_index<0>, std::move(value)) {}
  Outcome(Diagnostic error)
      : Storage(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return Storage.index() == 0; }
  T &operator*() {
    assert(*this && "no value");
    return *std::get_if<0>(&Storage);
  }
  const T &operator*() const {
    assert(*this && "no value");
    return *std::get_if<0>(&Storage);
  }
  T *operator->() { return &**this; }
  const T *operator->() const { return &**this; }
  const Diagnostic &error() const {
    assert(!*this && "no error");
    return *std::get_if<1>(&Storage);
  }

private:
  std::variant<T, Diagnostic> Storage;
};

} // namespace gaus

#endif // GAUS_CORE_DIAGNOSTIC_H

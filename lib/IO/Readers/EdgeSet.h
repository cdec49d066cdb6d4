//===- EdgeSet.h - Edges of a file, merged and sorted -----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_IO_READERS_EDGESET_H
#define GAUS_LIB_IO_READERS_EDGESET_H

#include "gaus/Core/Problem.h"

#include <algorithm>

namespace gaus::io {

struct FileEdge {
  int32_t source, target;
  int64_t weight;
};

/// Appends the edges to `p` in order of source and target; of parallel edges
/// one stays, with the largest weight.
inline void addMerged(Problem &p, std::vector<FileEdge> &edges) {
  std::sort(edges.begin(), edges.end(),
            [](const FileEdge &a, const FileEdge &b) {
              if (a.source != b.source)
                return a.source < b.source;
              if (a.target != b.target)
                return a.target < b.target;
              return a.weight > b.weight;
            });
  for (size_t k = 0; k < edges.size(); ++k)
    if (k == 0 || edges[k].source != edges[k - 1].source ||
        edges[k].target != edges[k - 1].target)
      p.addEdge(edges[k].source, edges[k].target, 0, 0, edges[k].weight);
}

} // namespace gaus::io

#endif // GAUS_LIB_IO_READERS_EDGESET_H

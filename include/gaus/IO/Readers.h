//===- Readers.h - Problems from files --------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Readers of problems, one a format. Whatever the bytes, a reader returns a
/// problem that Problem::validate accepts, or a diagnostic with code "io" (that
/// of Problem::validate where the numbers make no problem) and, in a text, the
/// line. What a header promises is not believed before the bytes are there:
/// memory and time grow with the bytes that a reader is given. UTF-8's byte
/// order mark is skipped in the texts, lines may end in CR LF, the last one
/// needs no end, and a key that counts may be given only once.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_IO_READERS_H
#define GAUS_IO_READERS_H

#include "gaus/Core/Schedule.h"

namespace gaus {

/// Nodes and edges that a file may ask for; more is taken for a broken header.
inline constexpr int64_t kMaxFileNodes = int64_t(1) << 26;
inline constexpr int64_t kMaxFileEdges = 8 * kMaxFileNodes;

/// A graph in GML: nodes in ascending order of their ids, `parameter` of a node
/// is its units of the one resource and its width (1 where absent), an edge's
/// communication weight is 1 if its `parameter` is positive, else 0 (1 where
/// absent). Parallel edges are merged, the larger weight kept.
Outcome<Problem> readGml(std::string_view text, int32_t nodeLatency);

/// A combinational circuit in AIGER, binary ("aig") or ASCII ("aag"): a node
/// for every input and every AND in ascending order of the variables;
/// inverters, constants and outputs are no nodes; parallel edges are merged.
/// Inputs have the names of the symbol table.
Outcome<Problem> readAiger(std::string_view bytes, int32_t nodeLatency);

/// A problem as JSON, see docs/formats.md. `nodeLatency` replaces the latency
/// of every node. `starts` gets the starts that the file holds (else empty).
Outcome<Problem> readJson(std::string_view text,
                          std::optional<int32_t> nodeLatency,
                          Starts *starts = nullptr);

/// A resource of a resource model: what every node of it takes.
struct FileResource {
  std::string name;
  int64_t limit = kUnlimited;
  int32_t latency = 0, occupancy = 1;
};
using ResourceModel = std::vector<FileResource>;

/// A resource model in XML: `<Resource name limit latency blockingTime>`, limit
/// -1 or inf for none; a blocking time of 0 counts as 1. Reservation tables are
/// an error.
Outcome<ResourceModel> readResourceModel(std::string_view text);
/// A graph in GraphML: nodes in ascending order of their ids, each with its
/// `uses_resource`; edges with `distance`, `delay` (cycles behind the result)
/// and `deptype` (Data or Precedence).
Outcome<Problem> readGraphMl(std::string_view text, const ResourceModel &model);
struct Reading;
/// That graph with the resource model that `reading` names, or the one beside
/// it.
Outcome<Problem> readGraphMlWithModel(std::string_view bytes, Reading &reading);
/// The resource model that lies beside a graph: dir/g.graphml has dir/g_RM.xml,
/// dir/g.200MHz.graphml that one or dir/g.200MHz_RM.xml. Empty if there is
/// none.
std::string resourceModelBeside(const std::string &path);

/// The bytes of a file.
Outcome<std::string> readFile(const std::string &path);

/// "dir/ctrl.aig" -> "ctrl".
std::string fileStem(std::string_view path);

} // namespace gaus

#endif // GAUS_IO_READERS_H

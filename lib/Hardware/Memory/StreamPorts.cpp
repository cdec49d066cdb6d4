//===- StreamPorts.cpp - Streams and those who wait for them --------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// In the cycle of its access the module offers or asks for an element; until
/// all streams of that cycle have handed on theirs, all of it stays as it is.
/// What is done is remembered until then, and so an element does not wait for
/// another stream, and no port of one depends on that of another within a
/// clock cycle.
///
//===----------------------------------------------------------------------===//

#include "Memory/MemoryBank.h"

using namespace gaus::ir;

Expr MemoryBank::declareStall() {
  stalled = n.input("stall", 1);
  bool mayWait = llvm::any_of(plans, [](const auto &m) { return m->isStream; });
  return mayWait ? n.signal("stalls", 1) : stalled;
}

void MemoryBank::finishStream(MemoryPlan &m) {
  if (m.reads.empty() && m.writes.empty())
    return;
  bool comesIn = !m.reads.empty();
  const MemoryPlan::Port &port = comesIn ? m.reads[0] : m.writes[0];
  Expr isDone = n.signal(m.name + "_done", 1);
  Expr wants =
      n.wire(m.name + "_wants", n.both(portEnable(port), n.invert(isDone)));
  Expr data = comesIn ? n.input(m.name + "_data", m.elementBits)
                      : n.output(m.name + "_data", m.elementBits);
  Expr peer = n.input(m.name + (comesIn ? "_valid" : "_ready"), 1);
  n.drive(n.output(m.name + (comesIn ? "_ready" : "_valid"), 1), wants);
  Expr moves = n.wire(m.name + "_moves", n.both(wants, peer));
  if (comesIn) {
    Expr kept = n.signal(m.name + "_kept", m.elementBits);
    n.keepFree(kept, data, moves);
    n.drive(port.data,
            n.zeroExtend(n.mux(isDone, kept, data), 8 * m.wordBytes));
  } else {
    n.drive(data, n.extract(portMux(port, &MemoryPlan::Access::data), 0,
                            m.elementBits));
  }
  n.keepFree(isDone, n.both(n.stall, n.either(isDone, moves)), n.bit(true),
             llvm::APInt(1, 0));
  Expr &stalls = n.drivers[n.stall];
  stalls = n.either(stalls, n.both(wants, n.invert(peer)));
}

/// For who connects the module.
llvm::json::Array MemoryBank::describeStreams() const {
  llvm::json::Array all;
  for (const auto &m : plans)
    if (m->isStream && (!m->reads.empty() || !m->writes.empty()))
      all.push_back(
          llvm::json::Object{{"name", m->name},
                             {"bits", m->elementBits},
                             {"direction", m->reads.empty() ? "out" : "in"}});
  return all;
}

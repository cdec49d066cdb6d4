//===- GausNames.h - Names of the attributes --------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Every attribute name of the dialect, once.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DIALECT_GAUSNAMES_H
#define GAUS_DIALECT_GAUSNAMES_H

namespace gaus::ir {

// Results on operations and scopes: builtin i64.
inline constexpr char kStart[] = "gaus.start";
inline constexpr char kLength[] = "gaus.length";
inline constexpr char kII[] = "gaus.ii";
inline constexpr char kIIProof[] = "gaus.ii_proof";
inline constexpr char kCost[] = "gaus.cost";
inline constexpr char kBound[] = "gaus.bound";
/// On an operation whose time is not known: at least so many cycles, for which
/// the scope waits as long as it takes.
inline constexpr char kLatencyMin[] = "gaus.latency_min";
/// Operations of a loop with the same number: an iteration takes at most one of
/// them, they start together, and their units count once.
inline constexpr char kAlternative[] = "gaus.alternative";
// A binding (docs/binding.md): on operations, and on the scope's carrier.
inline constexpr char kUnit[] = "gaus.unit";
inline constexpr char kSwapped[] = "gaus.swapped";
inline constexpr char kRegisters[] = "gaus.registers";
inline constexpr char kUnits[] = "gaus.units";
inline constexpr char kRegisterWidths[] = "gaus.register_widths";
inline constexpr char kEnteringRegisters[] = "gaus.entering_registers";
inline constexpr char kRegisterCount[] = "gaus.register_count";
inline constexpr char kRegisterBits[] = "gaus.register_bits";
inline constexpr char kMultiplexerInputs[] = "gaus.multiplexer_inputs";
// State.
inline constexpr char kDist[] = "gaus.dist";
// Inputs on operations.
inline constexpr char kOperator[] = "gaus.operator";
inline constexpr char kOperatorAlias[] = "ssp.operator_type";
inline constexpr char kLatency[] = "gaus.latency";
inline constexpr char kOccupancy[] = "gaus.occupancy";
inline constexpr char kWidth[] = "gaus.width";
inline constexpr char kUses[] = "gaus.uses";
inline constexpr char kDelay[] = "gaus.delay";
inline constexpr char kWindow[] = "gaus.window";
/// How often the loop runs: array<i64: least, most>.
inline constexpr char kTrips[] = "gaus.trips";
inline constexpr char kIndependent[] = "gaus.independent";
/// Of an access: iterations that are nearer do not meet it, where nothing else
/// is known.
inline constexpr char kDistance[] = "gaus.distance";
// Inputs on memories: on what makes them, on globals and arguments.
/// How many units of a resource `per(memory)` it has.
inline constexpr char kPorts[] = "gaus.ports";
/// ["cyclic", factor, dimension], ["block", factor, dimension], ["complete"].
inline constexpr char kBanks[] = "gaus.banks";
/// Accesses keep the order of the program, one a cycle.
inline constexpr char kFifo[] = "gaus.fifo";
// Inputs on scopes.
inline constexpr char kLibrary[] = "gaus.library";
/// "registered" (values that enter and leave count as live) or "none".
inline constexpr char kInterface[] = "gaus.interface";
/// The clock period in ns, of everything below; passes write that of their
/// options.
inline constexpr char kClock[] = "gaus.clock";
/// The most live memory of a scope, an i64 >= 0; passes write that of their
/// options.
inline constexpr char kLiveLimit[] = "gaus.live_limit";
/// Which values of a scope are live when: "values" or "buffers"; passes write
/// that of their options.
inline constexpr char kMemoryModel[] = "gaus.memory_model";
inline constexpr char kRequest[] = "gaus.request";
/// What was done of a request: by how much the loop was unrolled.
inline constexpr char kUnrolled[] = "gaus.unrolled";
// Of a solution of SSP: the time within the cycle, beside kStart.
inline constexpr char kSspTime[] = "ssp.z";

} // namespace gaus::ir

#endif // GAUS_DIALECT_GAUSNAMES_H

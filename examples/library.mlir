// A small FPGA: the default library's latencies with few units. Two read ports
// and one write port of memory, two integer multipliers, one floating-point
// adder, multiplier and divider. Loads, stores and the units are pipelined, the
// divider takes a new operand every fourth cycle.
gaus.library @small {
  gaus.resource @read limit(2)
  gaus.resource @write limit(1)
  gaus.resource @mul limit(2)
  gaus.resource @fadd limit(1)
  gaus.resource @fmul limit(1)
  gaus.resource @fdiv limit(1)
  gaus.operator @load latency(2) uses(@read) for("llvm.load", "memref.load", "affine.load")
  gaus.operator @store latency(1) uses(@write) for("llvm.store", "memref.store", "affine.store")
  gaus.operator @multiply latency(3) uses(@mul) for("llvm.mul", "arith.muli")
  gaus.operator @float_add latency(4) uses(@fadd)
    for("llvm.fadd", "llvm.fsub", "arith.addf", "arith.subf")
  gaus.operator @float_multiply latency(4) uses(@fmul) for("llvm.fmul", "arith.mulf")
  gaus.operator @float_divide latency(12) occupancy(4) uses(@fdiv) for("llvm.fdiv", "arith.divf")
}

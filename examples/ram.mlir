// Memories of two ports each, as block RAM has them, with few units beside; the rest
// is as in the default library. With a clock what is combinational chains. Latencies
// and delays are assumptions, as there; share/gaus/ has libraries that were measured.
gaus.library @ram {
  gaus.resource @port limit(2) per(memory)
  gaus.resource @mul limit(2)
  gaus.resource @fadd limit(1)
  gaus.resource @fmul limit(1)
  gaus.resource @fdiv limit(1)
  gaus.operator @load latency(2) uses(@port) clocked(latency(2) delay(0.8, 0.4))
    for("llvm.load", "memref.load", "affine.load")
  gaus.operator @store latency(1) uses(@port) clocked(latency(1) delay(0.8, 0.0))
    for("llvm.store", "memref.store", "affine.store")
  gaus.operator @multiply latency(3) uses(@mul) clocked(latency(3) delay(1.2, 0.4))
    for("llvm.mul", "arith.muli")
  // By a constant: sums.
  gaus.operator @scale latency(2) clocked(latency(0) delay(3.2))
    for("llvm.mul" constant, "arith.muli" constant)
  gaus.operator @float_add latency(4) uses(@fadd) clocked(latency(4) delay(1.2, 0.4))
    for("llvm.fadd", "llvm.fsub", "arith.addf", "arith.subf")
  gaus.operator @float_multiply latency(4) uses(@fmul) clocked(latency(4) delay(1.2, 0.4))
    for("llvm.fmul", "arith.mulf")
  gaus.operator @float_divide latency(12) occupancy(4) uses(@fdiv)
    clocked(latency(12) delay(1.2, 0.4)) for("llvm.fdiv", "arith.divf")
}

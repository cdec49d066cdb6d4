// The default library: latencies in cycles of operations on a mid-range FPGA at
// about 250 MHz, in the range that HLS tools assume. Integer logic, comparisons
// and selects take one cycle, casts that only rename bits none. No resource is
// limited: name your own library to limit some.
//
// With a clock what is combinational chains: it takes no cycle but its delay (ns of
// 32 bits on such a device, with the wires to it), what has registers inside takes
// its cycles and the delays before the first and behind the last of them. These are
// assumptions; ice40.mlir and ecp5.mlir beside this file are measured.
gaus.library @gaus_default {
  // Wires: a cast or an address computation folded into its user.
  gaus.operator @wire latency(0)
    for("arith.bitcast", "arith.extsi", "arith.extui", "arith.trunci",
        "arith.index_cast", "arith.index_castui", "index.casts", "index.castu",
        "llvm.bitcast", "llvm.sext", "llvm.zext", "llvm.trunc",
        "llvm.ptrtoint", "llvm.inttoptr", "llvm.addrspacecast", "llvm.freeze",
        "llvm.mlir.poison", "llvm.mlir.undef", "llvm.mlir.zero",
        "memref.cast", "memref.reinterpret_cast", "memref.subview",
        "memref.dim", "llvm.extractvalue", "llvm.insertvalue",
        "builtin.unrealized_conversion_cast")
  gaus.operator @logic latency(1) clocked(latency(0) delay(0.8))
    for("arith.andi", "arith.ori", "arith.xori", "arith.select", "index.and",
        "index.or", "index.xor", "llvm.and", "llvm.or", "llvm.xor",
        "llvm.select", "math.absf", "math.copysign", "arith.negf",
        "llvm.fneg", "llvm.intr.fabs", "llvm.intr.copysign",
        "llvm.intr.bswap", "llvm.intr.bitreverse")
  gaus.operator @compare latency(1) clocked(latency(0) delay(1.4))
    for("arith.cmpi", "index.cmp", "llvm.icmp")
  gaus.operator @minmax latency(1) clocked(latency(0) delay(2.0))
    for("arith.minsi", "arith.maxsi", "arith.minui", "arith.maxui",
        "index.mins", "index.maxs", "index.minu", "index.maxu",
        "llvm.intr.smax", "llvm.intr.smin", "llvm.intr.umax",
        "llvm.intr.umin", "llvm.intr.abs", "math.absi")
  gaus.operator @shift latency(1) clocked(latency(0) delay(1.8))
    for("arith.shli", "arith.shrsi", "arith.shrui", "index.shl", "index.shrs",
        "index.shru", "llvm.shl", "llvm.lshr", "llvm.ashr", "llvm.intr.fshl",
        "llvm.intr.fshr")
  gaus.operator @shift_constant latency(1) clocked(latency(0))
    for("arith.shli" constant, "arith.shrsi" constant, "arith.shrui" constant,
        "index.shl" constant, "index.shrs" constant, "index.shru" constant,
        "llvm.shl" constant, "llvm.lshr" constant, "llvm.ashr" constant,
        "llvm.intr.fshl" constant, "llvm.intr.fshr" constant)
  gaus.operator @count latency(1) clocked(latency(0) delay(2.4))
    for("math.ctpop", "math.ctlz", "math.cttz", "llvm.intr.ctpop",
        "llvm.intr.ctlz", "llvm.intr.cttz")
  gaus.operator @add latency(1) clocked(latency(0) delay(1.6))
    for("arith.addi", "arith.subi", "arith.addui_extended", "index.add",
        "index.sub", "llvm.add", "llvm.sub", "llvm.getelementptr",
        "affine.apply", "affine.min", "affine.max",
        "llvm.intr.sadd.with.overflow", "llvm.intr.uadd.with.overflow",
        "llvm.intr.ssub.with.overflow", "llvm.intr.usub.with.overflow",
        "llvm.intr.sadd.sat", "llvm.intr.uadd.sat", "llvm.intr.ssub.sat",
        "llvm.intr.usub.sat")
  gaus.operator @mul latency(3) clocked(latency(3) delay(1.2, 0.4))
    for("arith.muli", "arith.mulsi_extended", "arith.mului_extended",
        "index.mul", "llvm.mul", "llvm.intr.smul.with.overflow",
        "llvm.intr.umul.with.overflow")
  gaus.operator @div latency(16) clocked(latency(16) delay(1.6, 0.4))
    for("arith.divsi", "arith.divui", "arith.remsi", "arith.remui",
        "arith.ceildivsi", "arith.ceildivui", "arith.floordivsi", "index.divs",
        "index.divu", "index.rems", "index.remu", "index.ceildivs",
        "index.ceildivu", "index.floordivs", "llvm.sdiv", "llvm.udiv",
        "llvm.srem", "llvm.urem")
  gaus.operator @fcmp latency(2) clocked(latency(2) delay(1.2, 0.4))
    for("arith.cmpf", "arith.minimumf", "arith.maximumf", "arith.minnumf",
        "arith.maxnumf", "llvm.fcmp", "llvm.intr.maxnum", "llvm.intr.minnum",
        "llvm.intr.maximum", "llvm.intr.minimum")
  gaus.operator @fcast latency(3) clocked(latency(3) delay(1.2, 0.4))
    for("arith.sitofp", "arith.uitofp", "arith.fptosi", "arith.fptoui",
        "arith.extf", "arith.truncf", "llvm.sitofp", "llvm.uitofp",
        "llvm.fptosi", "llvm.fptoui", "llvm.fpext", "llvm.fptrunc",
        "math.floor", "math.ceil", "math.round", "math.roundeven",
        "math.trunc", "llvm.intr.floor", "llvm.intr.ceil", "llvm.intr.round",
        "llvm.intr.rint", "llvm.intr.trunc")
  gaus.operator @fadd latency(4) clocked(latency(4) delay(1.2, 0.4))
    for("arith.addf", "arith.subf", "llvm.fadd", "llvm.fsub")
  gaus.operator @fmul latency(4) clocked(latency(4) delay(1.2, 0.4)) for("arith.mulf", "llvm.fmul")
  gaus.operator @fma latency(5) clocked(latency(5) delay(1.2, 0.4))
    for("math.fma", "llvm.intr.fma", "llvm.intr.fmuladd")
  gaus.operator @fdiv latency(12) clocked(latency(12) delay(1.2, 0.4))
    for("arith.divf", "arith.remf", "llvm.fdiv", "llvm.frem")
  gaus.operator @fsqrt latency(14) clocked(latency(14) delay(1.2, 0.4))
    for("math.sqrt", "math.rsqrt", "math.cbrt", "llvm.intr.sqrt")
  // Elementary functions by table and polynomial.
  gaus.operator @elementary latency(18) clocked(latency(18) delay(1.2, 0.4))
    for("math.exp", "math.exp2", "math.expm1", "math.log", "math.log2",
        "math.log10", "math.log1p", "math.sin", "math.cos", "math.tan",
        "math.sinh", "math.cosh", "math.tanh", "math.asin", "math.acos",
        "math.atan", "math.asinh", "math.acosh", "math.atanh", "math.atan2",
        "math.erf", "math.erfc", "math.powf", "math.fpowi", "math.ipowi",
        "llvm.intr.exp", "llvm.intr.exp2", "llvm.intr.log", "llvm.intr.log2",
        "llvm.intr.log10", "llvm.intr.sin", "llvm.intr.cos", "llvm.intr.pow",
        "llvm.intr.powi", "llvm.intr.tanh", "llvm.intr.atan2")
  // On-chip memory: an address register and a data register.
  gaus.operator @load latency(2) clocked(latency(2) delay(0.8, 1.6))
    for("memref.load", "affine.load", "affine.vector_load", "llvm.load",
        "memref.atomic_rmw", "llvm.atomicrmw", "llvm.cmpxchg")
  gaus.operator @store latency(1) clocked(latency(1) delay(0.8, 0.0))
    for("memref.store", "affine.store", "affine.vector_store", "llvm.store")
  // Names of memory, not work.
  gaus.operator @name latency(0)
    for("memref.alloc", "memref.alloca", "memref.dealloc", "memref.get_global",
        "llvm.alloca", "llvm.mlir.addressof", "llvm.intr.lifetime.start",
        "llvm.intr.lifetime.end", "llvm.intr.dbg.value",
        "llvm.intr.dbg.declare", "llvm.intr.assume",
        "llvm.intr.experimental.noalias.scope.decl")
}

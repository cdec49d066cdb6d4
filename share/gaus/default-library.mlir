// The default library: latencies in cycles of operations on a mid-range FPGA at
// about 250 MHz, in the range that HLS tools assume. Integer logic, comparisons
// and selects take one cycle, casts that only rename bits none. No resource is
// limited: name your own library to limit some.
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
  gaus.operator @logic latency(1)
    for("arith.andi", "arith.ori", "arith.xori", "arith.shli", "arith.shrsi",
        "arith.shrui", "arith.select", "arith.cmpi", "arith.minsi",
        "arith.maxsi", "arith.minui", "arith.maxui", "index.and", "index.or",
        "index.xor", "index.shl", "index.shrs", "index.shru", "index.cmp",
        "index.mins", "index.maxs", "index.minu", "index.maxu", "llvm.and",
        "llvm.or", "llvm.xor", "llvm.shl", "llvm.lshr", "llvm.ashr",
        "llvm.select", "llvm.icmp", "llvm.intr.smax", "llvm.intr.smin",
        "llvm.intr.umax", "llvm.intr.umin", "llvm.intr.abs", "math.absi",
        "math.absf", "math.copysign", "arith.negf", "llvm.fneg",
        "llvm.intr.fabs", "llvm.intr.copysign", "math.ctpop", "math.ctlz",
        "math.cttz", "llvm.intr.ctpop", "llvm.intr.ctlz", "llvm.intr.cttz",
        "llvm.intr.bswap", "llvm.intr.bitreverse", "llvm.intr.fshl",
        "llvm.intr.fshr")
  gaus.operator @add latency(1)
    for("arith.addi", "arith.subi", "arith.addui_extended", "index.add",
        "index.sub", "llvm.add", "llvm.sub", "llvm.getelementptr",
        "affine.apply", "affine.min", "affine.max",
        "llvm.intr.sadd.with.overflow", "llvm.intr.uadd.with.overflow",
        "llvm.intr.ssub.with.overflow", "llvm.intr.usub.with.overflow",
        "llvm.intr.sadd.sat", "llvm.intr.uadd.sat", "llvm.intr.ssub.sat",
        "llvm.intr.usub.sat")
  gaus.operator @mul latency(3)
    for("arith.muli", "arith.mulsi_extended", "arith.mului_extended",
        "index.mul", "llvm.mul", "llvm.intr.smul.with.overflow",
        "llvm.intr.umul.with.overflow")
  gaus.operator @div latency(16)
    for("arith.divsi", "arith.divui", "arith.remsi", "arith.remui",
        "arith.ceildivsi", "arith.ceildivui", "arith.floordivsi", "index.divs",
        "index.divu", "index.rems", "index.remu", "index.ceildivs",
        "index.ceildivu", "index.floordivs", "llvm.sdiv", "llvm.udiv",
        "llvm.srem", "llvm.urem")
  gaus.operator @fcmp latency(2)
    for("arith.cmpf", "arith.minimumf", "arith.maximumf", "arith.minnumf",
        "arith.maxnumf", "llvm.fcmp", "llvm.intr.maxnum", "llvm.intr.minnum",
        "llvm.intr.maximum", "llvm.intr.minimum")
  gaus.operator @fcast latency(3)
    for("arith.sitofp", "arith.uitofp", "arith.fptosi", "arith.fptoui",
        "arith.extf", "arith.truncf", "llvm.sitofp", "llvm.uitofp",
        "llvm.fptosi", "llvm.fptoui", "llvm.fpext", "llvm.fptrunc",
        "math.floor", "math.ceil", "math.round", "math.roundeven",
        "math.trunc", "llvm.intr.floor", "llvm.intr.ceil", "llvm.intr.round",
        "llvm.intr.rint", "llvm.intr.trunc")
  gaus.operator @fadd latency(4)
    for("arith.addf", "arith.subf", "llvm.fadd", "llvm.fsub")
  gaus.operator @fmul latency(4) for("arith.mulf", "llvm.fmul")
  gaus.operator @fma latency(5)
    for("math.fma", "llvm.intr.fma", "llvm.intr.fmuladd")
  gaus.operator @fdiv latency(12)
    for("arith.divf", "arith.remf", "llvm.fdiv", "llvm.frem")
  gaus.operator @fsqrt latency(14)
    for("math.sqrt", "math.rsqrt", "math.cbrt", "llvm.intr.sqrt")
  // Elementary functions by table and polynomial.
  gaus.operator @elementary latency(18)
    for("math.exp", "math.exp2", "math.expm1", "math.log", "math.log2",
        "math.log10", "math.log1p", "math.sin", "math.cos", "math.tan",
        "math.sinh", "math.cosh", "math.tanh", "math.asin", "math.acos",
        "math.atan", "math.asinh", "math.acosh", "math.atanh", "math.atan2",
        "math.erf", "math.erfc", "math.powf", "math.fpowi", "math.ipowi",
        "llvm.intr.exp", "llvm.intr.exp2", "llvm.intr.log", "llvm.intr.log2",
        "llvm.intr.log10", "llvm.intr.sin", "llvm.intr.cos", "llvm.intr.pow",
        "llvm.intr.powi", "llvm.intr.tanh", "llvm.intr.atan2")
  // On-chip memory: an address register and a data register.
  gaus.operator @load latency(2)
    for("memref.load", "affine.load", "affine.vector_load", "llvm.load",
        "memref.generic_atomic_rmw", "memref.atomic_rmw", "llvm.atomicrmw",
        "llvm.cmpxchg")
  gaus.operator @store latency(1)
    for("memref.store", "affine.store", "affine.vector_store", "llvm.store")
  // Names of memory, not work.
  gaus.operator @name latency(0)
    for("memref.alloc", "memref.alloca", "memref.dealloc", "memref.get_global",
        "llvm.alloca", "llvm.mlir.addressof", "llvm.intr.lifetime.start",
        "llvm.intr.lifetime.end", "llvm.intr.dbg.value",
        "llvm.intr.dbg.declare", "llvm.intr.assume",
        "llvm.intr.experimental.noalias.scope.decl")
}

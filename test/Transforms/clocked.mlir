// Which timing of an operator counts at which clock, and the areas of a report.
// RUN: gaus-opt %s --gaus-schedule --gaus-report -o /dev/null | FileCheck %s --check-prefixes=AREA,NONE
// RUN: gaus-opt %s --gaus-schedule=clock=22 --gaus-verify --gaus-report -o /dev/null | FileCheck %s --check-prefixes=AREA,SLOW
// RUN: gaus-opt %s --gaus-schedule=clock=5 --gaus-verify --gaus-report -o /dev/null | FileCheck %s --check-prefixes=AREA,FIVE
// RUN: gaus-opt %s --gaus-schedule=clock=5 --gaus-report=format=json -o /dev/null | FileCheck %s --check-prefix=JSON
// RUN: gaus-opt %s --gaus-schedule=clock=5 --gaus-verify --gaus-report -o /dev/null | FileCheck %s --check-prefix=LOOP
// RUN: not gaus-opt %s --gaus-schedule=clock=2 -o /dev/null 2>&1 | FileCheck %s --check-prefix=FAST
// An attribute is as good as an option, which replaces it everywhere.
// RUN: sed 's/func.func @f(\(.*\)attributes {/func.func @f(\1attributes {gaus.clock = 22.0 : f64, /' %s > %t.own.mlir
// RUN: gaus-opt %t.own.mlir --gaus-schedule --gaus-verify --gaus-report -o /dev/null | FileCheck %s --check-prefixes=AREA,SLOW
// RUN: gaus-opt %t.own.mlir --gaus-schedule=clock=5 --gaus-verify --gaus-report -o /dev/null | FileCheck %s --check-prefixes=AREA,FIVE

// RUN: gaus-opt %s --verify-roundtrip | FileCheck %s --check-prefix=PRINT
// RUN: gaus-opt %s --emit-bytecode | gaus-opt | FileCheck %s --check-prefix=PRINT
// RUN: gaus-opt %s --mlir-print-op-generic | gaus-opt | FileCheck %s --check-prefix=PRINT

// PRINT: gaus.operator @mul latency(4) area(dsp: 1, lut: 10) clocked(latency(0) delay(8.500000e+00), latency(3) occupancy(2) delay(2.500000e+00, 5.000000e-01) area(dsp: 1, ff: 64)) for ("arith.muli")
// PRINT-NEXT: gaus.operator @add latency(1) area(lut: 32) clocked(latency(0) delay(2.000000e+00)) for ("arith.addi")
gaus.library @device {
  gaus.resource @dsp limit(1)
  gaus.operator @mul latency(4) area(lut: 10, dsp: 1)
      clocked(latency(0) delay(8.5), latency(3) occupancy(2) delay(2.5, 0.5) area(ff: 64, dsp: 1))
      for("arith.muli")
  gaus.operator @add latency(1) area(lut: 32) clocked(latency(0) delay(2.0)) for("arith.addi")
}

// AREA: function @f
// NONE: area dsp: 1 to 2, lut: 42 to 84 (1 operations without)
// NONE: {{^ *}}0 {{ *}}4 {{ *}}arith.muli
// All in one cycle: two of each.
// SLOW: area dsp: 2, lut: 84 (1 operations without)
// SLOW: {{^ *}}0 {{ *}}0 {{ *}}arith.muli
// FIVE: area dsp: 1 to 2, ff: 64 to 128, lut: 32 to 64
// FIVE: {{^ *}}0 {{ *}}3 {{ *}}arith.muli
// JSON: "area": {
// JSON-NEXT: "dsp": {
// JSON-NEXT: "each": 2,
// JSON-NEXT: "shared": 1
// JSON: "lut": {
// JSON-NEXT: "each": 64,
// JSON-NEXT: "shared": 32
// JSON: "without_area": 1
// FAST: error: [Chain] 'arith.muli #0' takes 2.500000 ns, beyond the clock period of 2.000000 ns
// An operation that is at work for two iterations needs two units.
// LOOP: scf.for in @loop {{.*}} ii 1
// LOOP: area dsp: 2, ff: 128, lut: 32
func.func @f(%a: i32) -> i32 attributes {gaus.library = @device} {
  %0 = arith.muli %a, %a : i32
  %1 = arith.addi %0, %a : i32
  %2 = arith.muli %1, %a : i32
  %3 = arith.addi %2, %a : i32
  %4 = arith.divsi %3, %a : i32
  return %4 : i32
}

func.func @loop(%a: memref<8xi32>) attributes {gaus.library = @device} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %c8 step %c1 {
    %0 = memref.load %a[%i] : memref<8xi32>
    %1 = arith.muli %0, %0 : i32
    %2 = arith.addi %1, %0 : i32
    memref.store %2, %a[%i] : memref<8xi32>
  }
  return
}

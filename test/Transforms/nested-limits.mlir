// Limits hold in the whole function: what is inside of an operation holds its
// units in the scope around it, in the cycles in which it uses them.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --remarks-filter=gaus 2>%t.err | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.err
// RUN: gaus-opt %s --gaus-annotate --gaus-relax --gaus-commit --gaus-verify -o /dev/null
// RUN: gaus-opt %s --gaus-schedule=ii=none --gaus-verify -o /dev/null
// RUN: gaus-opt %s --gaus-schedule -o - | gaus-replay - --function=two --use | FileCheck %s --check-prefix=TWO
// TWO: use @two mul 1 of 1
// TWO: @two: as in order
// RUN: gaus-opt %s --gaus-schedule --gaus-report -o /dev/null | FileCheck %s --check-prefix=REPORT

gaus.library @l {
  gaus.resource @mul limit(1)
  gaus.resource @two limit(2)
  gaus.resource @any
  gaus.operator @m latency(3) uses(@mul) for("arith.muli")
  gaus.operator @a latency(1) uses(@any) for("arith.addi")
  gaus.operator @s latency(1) occupancy(4) uses(@mul) for("arith.subi")
  gaus.operator @x latency(2) uses(@two) for("arith.xori")
  gaus.operator @unit latency(9) uses(@mul) for("arith.divsi")
}

// Two loops of 69 cycles, each with the one multiplier for 64, from its cycle 2 on,
// and the multiplication in the first two cycles: 64 + 69.
// CHECK-LABEL: func.func @two
// CHECK-SAME: gaus.bound = 133 : i64, gaus.cost = 133 : i64, gaus.length = 133 : i64
// REPORT-LABEL: function @two
// REPORT: resource mul: peak 1 of 1
func.func @two(%x: i32) -> i32 attributes {gaus.library = @l} {
  %m = memref.alloc() : memref<64xi32>
  %o = memref.alloc() : memref<64xi32>
  affine.for %i = 0 to 64 {
    %v = affine.load %m[%i] : memref<64xi32>
    %w = arith.muli %v, %v : i32
    affine.store %w, %m[%i] : memref<64xi32>
  }
  affine.for %i = 0 to 64 {
    %v = affine.load %o[%i] : memref<64xi32>
    %w = arith.muli %v, %v : i32
    affine.store %w, %o[%i] : memref<64xi32>
  }
  %y = arith.muli %x, %x : i32
  return %y : i32
}

// The same in scf: 8 iterations of 3 cycles at an II of 1, so 8 cycles until the
// multiplier is free, one after the other, and 3 for the result of the last.
// CHECK-LABEL: func.func @structured
// CHECK-SAME: gaus.length = 18 : i64
func.func @structured(%x: i32) attributes {gaus.library = @l} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %c8 step %c1 {
    %w = arith.muli %x, %x : i32
  }
  scf.for %i = %c0 to %c8 step %c1 {
    %w = arith.muli %x, %x : i32
  }
  return
}

// Two of two units: a loop holds one of them, so two loops may overlap.
// CHECK-LABEL: func.func @side_by_side
// CHECK-SAME: gaus.length = 10 : i64
func.func @side_by_side(%x: i32) attributes {gaus.library = @l} {
  affine.for %i = 0 to 9 {
    %w = arith.xori %x, %x : i32
  }
  affine.for %i = 0 to 9 {
    %w = arith.xori %x, %x : i32
  }
  return
}

// Without a limit nothing is held.
// CHECK-LABEL: func.func @unlimited
// CHECK-SAME: gaus.length = 8 : i64
// REPORT-LABEL: function @unlimited
// REPORT: affine.for #0 {{ *}}0{{ *}}0
// REPORT-NEXT: affine.for #1 {{ *}}1{{ *}}0
func.func @unlimited(%x: i32) attributes {gaus.library = @l} {
  affine.for %i = 0 to 8 {
    %w = arith.addi %x, %x : i32
  }
  affine.for %i = 0 to 8 {
    %w = arith.addi %x, %x : i32
  }
  return
}

// Three deep. Innermost 4 + 2 cycles, 4 with the multiplier; around it that and
// a multiplication, 7 cycles, three times, so 19 with the multiplier; around that
// 1 + 19 + 3 cycles, twice.
// CHECK-LABEL: func.func @nest
// CHECK-SAME: gaus.length = 46 : i64
// CHECK: {gaus.bound = 7 : i64, gaus.cost = 7 : i64, gaus.length = 7 : i64
// CHECK: {gaus.bound = 23 : i64, gaus.cost = 23 : i64, gaus.length = 23 : i64
func.func @nest(%x: i32) attributes {gaus.library = @l} {
  affine.for %i = 0 to 2 {
    %p = arith.muli %x, %x : i32
    affine.for %j = 0 to 3 {
      affine.for %k = 0 to 4 {
        %q = arith.muli %x, %x : i32
      }
      %s = arith.muli %x, %x : i32
    }
    %t = arith.muli %x, %x : i32
  }
  return
}

// Iterations that run apart wait for units: a subtraction takes 1 cycle and holds
// the unit for 4. 3 * 4 + 1, and another one of 4 before.
// CHECK-LABEL: func.func @apart
// CHECK-SAME: gaus.length = 17 : i64
func.func @apart(%x: i32) attributes {gaus.library = @l} {
  affine.for %i = 0 to 4 {
    %w = arith.subi %x, %x : i32
  }
  %y = arith.subi %x, %x : i32
  return
}

// A condition holds what its larger branch does, until the last unit is free:
// two multiplications, one a cycle.
// CHECK-LABEL: func.func @condition
// CHECK-SAME: gaus.length = 5 : i64
// CHECK: scf.yield {{.*}}gaus.length = 4
// CHECK: arith.muli {{.*}} {gaus.start = {{[02]}} : i64}
func.func @condition(%x: i32, %c: i1) -> i32 attributes {gaus.library = @l} {
  %r = scf.if %c -> i32 {
    %a = arith.muli %x, %x : i32
    %b = arith.muli %x, %x : i32
    scf.yield %a : i32
  } else {
    %a = arith.muli %x, %x : i32
    scf.yield %a : i32
  }
  %y = arith.muli %x, %x : i32
  return %r : i32
}

// In a pipelined loop, at an II of no less than the units ask for.
// CHECK-LABEL: func.func @condition_in_loop
// CHECK: gaus.ii = 2 : i64
func.func @condition_in_loop(%x: i32) attributes {gaus.library = @l} {
  affine.for %i = 0 to 8 {
    affine.if affine_set<(d0) : (d0 - 3 >= 0)>(%i) {
      %a = arith.muli %x, %x : i32
    }
    %y = arith.muli %x, %x : i32
  }
  return
}

// 6 cycles with the multiplier in two of them, 0 and 3, and 3 with it in the first.
// CHECK-LABEL: func.func @switch
// CHECK-SAME: gaus.length = 6 : i64
func.func @switch(%x: i32, %i: index) attributes {gaus.library = @l} {
  scf.index_switch %i
  case 0 {
    %a = arith.muli %x, %x : i32
    %b = arith.muli %a, %x : i32
    scf.yield
  }
  default {
    scf.yield
  }
  scf.execute_region {
    %a = arith.muli %x, %x : i32
    scf.yield
  }
  return
}

// Not known how often: alone with the multiplier, but not with other units.
// CHECK-LABEL: func.func @unknown
// CHECK: arith.muli {{.*}} {gaus.start = [[MUL:[01]]] : i64}
// REPORT-LABEL: function @unknown
// REPORT: resource mul: peak 1 of 1
// REPORT: affine.for #0{{.*}}mul
func.func @unknown(%x: i32, %n: index) attributes {gaus.library = @l} {
  // REMARK: nested-limits.mlir:[[@LINE+1]]:{{.*}}UnknownTime{{.*}}how often it runs is not known
  affine.for %i = 0 to %n {
    %v = arith.muli %x, %x : i32
  }
  %y = arith.muli %x, %x : i32
  return
}

// Two units, of which an iteration needs one: all the same alone.
// CHECK-LABEL: func.func @unknown_two
// REPORT-LABEL: function @unknown_two
// REPORT: scf.while #{{[01]}}{{.*}}two:2
// REPORT: scf.while #{{[01]}}{{.*}}two:2
func.func @unknown_two(%x: i32, %c: i1) attributes {gaus.library = @l} {
  // REMARK: nested-limits.mlir:[[@LINE+1]]:{{.*}}UnknownTime{{.*}}how often its regions run
  scf.while : () -> () {
    %a = arith.xori %x, %x : i32
    scf.condition(%c)
  } do {
    scf.yield
  }
  // REMARK: nested-limits.mlir:[[@LINE+1]]:{{.*}}UnknownTime{{.*}}how often its regions run
  scf.while : () -> () {
    scf.condition(%c)
  } do {
    %a = arith.xori %x, %x : i32
    scf.yield
  }
  return
}

// Regions that nothing schedules.
func.func @generic(%m: tensor<8xi32>, %x: i32) attributes {gaus.library = @l} {
  // REPORT-LABEL: function @generic
  // REPORT: linalg.generic #{{[01]}}{{.*}}mul
  // REMARK: nested-limits.mlir:[[@LINE+1]]:{{.*}} remark: 'linalg.generic' counts as 1 cycle and what follows waits for it: its regions are not scheduled
  %r = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} outs(%m : tensor<8xi32>) {
  ^bb0(%v: i32):
    %w = arith.muli %v, %v : i32
    linalg.yield %w : i32
  } -> tensor<8xi32>
  %y = arith.muli %x, %x : i32
  return
}

// Calls share the one instance of the function, and what it is made of; functions
// are scheduled before their callers. 3 + 3 + 3; one multiplication is beside.
// CHECK-LABEL: func.func @calls
// CHECK-SAME: gaus.length = 9 : i64
// REPORT-LABEL: function @square
// REPORT-LABEL: function @calls
// REPORT: resource mul: peak 1 of 1
// REPORT: resource @square: peak 1 of 1
func.func @calls(%x: i32) -> i32 attributes {gaus.library = @l} {
  %a = func.call @square(%x) : (i32) -> i32
  %b = func.call @square(%x) : (i32) -> i32
  %c = arith.muli %x, %x : i32
  %d = arith.muli %b, %x : i32
  return %d : i32
}
func.func @square(%x: i32) -> i32 attributes {gaus.library = @l} {
  %a = arith.muli %x, %x : i32
  return %a : i32
}

// Through another function, whose library the caller does not see.
// CHECK-LABEL: func.func @through
// CHECK-SAME: gaus.length = 6 : i64
// REPORT-LABEL: function @through
// REPORT: resource @l::@mul: peak 1 of 1
// REPORT: resource @square: peak 1 of 1
// REPORT: resource @passes_on: peak 1 of 1
func.func @through(%x: i32) -> i32 {
  %a = func.call @passes_on(%x) : (i32) -> i32
  %b = func.call @square(%x) : (i32) -> i32
  return %b : i32
}
func.func @passes_on(%x: i32) -> i32 {
  %a = func.call @square(%x) : (i32) -> i32
  return %a : i32
}

// What is not known of calls.
func.func private @outside(i32) -> i32
func.func @strange(%x: i32, %f: (i32) -> i32) attributes {gaus.library = @l} {
  // REMARK: nested-limits.mlir:[[@LINE+1]]:{{.*}}remark: this call counts as 1 cycle{{.*}}has no body
  %a = func.call @outside(%x) : (i32) -> i32
  // REMARK: nested-limits.mlir:[[@LINE+1]]:{{.*}}remark: this call counts as 1 cycle{{.*}}is not known
  %b = func.call_indirect %f(%x) : (i32) -> i32
  // REMARK: nested-limits.mlir:[[@LINE+1]]:{{.*}}remark: this call counts as 1 cycle{{.*}}how often it runs is not known
  %c = func.call @branches(%x) : (i32) -> i32
  // REMARK: nested-limits.mlir:[[@LINE+1]]:{{.*}}remark: this call counts as 1 cycle
  func.call @again() : () -> ()
  // REPORT-LABEL: function @strange
  // REPORT-DAG: func.call #2{{.*}}@branches mul
  // REPORT-DAG: func.call #3{{.*}}@again @turn mul
  return
}
func.func @branches(%x: i32) -> i32 attributes {gaus.library = @l} {
  %a = arith.muli %x, %x : i32
  cf.br ^next
^next:
  %b = arith.cmpi slt, %a, %x : i32
  cf.cond_br %b, ^next, ^out
^out:
  return %a : i32
}
func.func @again() attributes {gaus.library = @l} {
  func.call @turn() : () -> ()
  return
}
func.func @turn() attributes {gaus.library = @l} {
  %x = arith.constant 3 : i32
  %a = arith.muli %x, %x : i32
  func.call @again() : () -> ()
  return
}

// What is written on the operation comes first: no units; one for 2 cycles; an
// operator with its own time, 9 cycles after these.
// CHECK-LABEL: func.func @written
// CHECK-SAME: gaus.length = 11 : i64
func.func @written(%x: i32) attributes {gaus.library = @l} {
  affine.for %i = 0 to 8 {
    %v = arith.muli %x, %x : i32
  } {gaus.uses = {}}
  affine.for %i = 0 to 8 {
    %v = arith.muli %x, %x : i32
  } {gaus.uses = {mul = 1 : i64}, gaus.occupancy = 2 : i64, gaus.window = array<i64: 0, 0>}
  affine.for %i = 0 to 8 {
    %v = arith.muli %x, %x : i32
  } {gaus.operator = @unit, gaus.window = array<i64: 0, 2>}
  return
}

// Units that are named alone are held to the end.
// CHECK-LABEL: func.func @written_units
// CHECK-SAME: gaus.length = 13 : i64
func.func @written_units(%x: i32) attributes {gaus.library = @l} {
  affine.for %i = 0 to 8 {
    %v = arith.addi %x, %x : i32
  } {gaus.uses = {mul = 1 : i64}, gaus.window = array<i64: 0, 0>}
  affine.for %i = 0 to 3 {
    %v = arith.muli %x, %x : i32
  }
  return
}

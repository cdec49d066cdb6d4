// The summary of a program: nests, branches, calls, loops without a constant
// number of iterations, recurrences, limits, wishes, graphs, and what has no
// schedule.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --gaus-report=format=summary -o /dev/null | FileCheck %s --match-full-lines --strict-whitespace
// RUN: gaus-opt %s --gaus-report=format=summary -o /dev/null | FileCheck %s --check-prefix=NONE --match-full-lines --strict-whitespace

module attributes {gaus.library = @lib} {
gaus.library @lib {
  gaus.resource @mem limit(2)
  gaus.resource @mul limit(1)
  gaus.operator @load latency(2) uses(@mem) for("memref.load")
  gaus.operator @store latency(1) uses(@mem) for("memref.store")
  gaus.operator @multiply latency(3) uses(@mul) for("arith.muli")
  gaus.operator @add_float latency(4) for("arith.addf")
}

// One addition around the inner loop.
func.func @sums(%a: memref<8x16xf32>, %s: memref<8xf32>) {
  %zero = arith.constant 0.0 : f32
  affine.for %i = 0 to 8 {
    %sum = affine.for %j = 0 to 16 iter_args(%x = %zero) -> f32 {
      %v = memref.load %a[%i, %j] : memref<8x16xf32>
      %y = arith.addf %x, %v : f32
      affine.yield %y : f32
    }
    memref.store %sum, %s[%i] : memref<8xf32>
  }
  return
}

// Five accesses an iteration: with a third unit two cycles would do.
func.func @ports() {
  %a = memref.alloc() : memref<64xi32>
  %b = memref.alloc() : memref<64xi32>
  %c = memref.alloc() : memref<64xi32>
  affine.for %i = 0 to 64 {
    %x = memref.load %a[%i] : memref<64xi32>
    %y = memref.load %b[%i] : memref<64xi32>
    %z = arith.addi %x, %y : i32
    memref.store %z, %a[%i] : memref<64xi32>
    memref.store %x, %b[%i] : memref<64xi32>
    memref.store %y, %c[%i] : memref<64xi32>
  }
  return
}

// Bins that may be the same.
func.func @bins(%in: memref<?xindex>, %bins: memref<64xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1 : i32
  scf.for %i = %c0 to %n step %c1 {
    %k = memref.load %in[%i] : memref<?xindex>
    %x = memref.load %bins[%k] : memref<64xi32>
    %y = arith.addi %x, %one : i32
    memref.store %y, %bins[%k] : memref<64xi32>
  }
  return
}

func.func private @outside(i32) -> i32

func.func @helper(%x: i32) -> i32 {
  %y = arith.muli %x, %x : i32
  return %y : i32
}

func.func @calls(%x: i32, %c: i1) -> i32 {
  %a = func.call @helper(%x) : (i32) -> i32
  %b = scf.if %c -> i32 {
    %y = arith.muli %a, %x : i32
    %z = func.call @helper(%y) : (i32) -> i32
    scf.yield %z : i32
  } else {
    %y = arith.addi %a, %x : i32
    scf.yield %y : i32
  }
  %d = func.call @outside(%b) : (i32) -> i32
  return %d : i32
}

// Loops whose bounds are those of another one.
func.func @triangle(%a: memref<8x8xf32>, %s: memref<8xf32>) {
  %zero = arith.constant 0.0 : f32
  affine.for %i = 0 to 8 {
    %sum = affine.for %j = 0 to affine_map<(d0) -> (d0 + 1)>(%i) iter_args(%x = %zero) -> f32 {
      %v = affine.load %a[%i, %j] : memref<8x8xf32>
      %y = arith.addf %x, %v : f32
      affine.yield %y : f32
    }
    affine.for %k = affine_map<(d0) -> (d0)>(%i) to min affine_map<(d0) -> (8, d0 + 4)>(%i) step 2 {
      affine.store %sum, %s[%k] : memref<8xf32>
    }
  }
  return
}

// What is wished for.
func.func @wishes(%a: memref<64xi32>) {
  affine.for %i = 0 to 64 {
    %x = memref.load %a[%i] : memref<64xi32>
    %y = arith.muli %x, %x : i32
    memref.store %y, %a[%i] : memref<64xi32>
  } {gaus.request = {ii = 3}}
  affine.for %i = 0 to 64 {
    %x = memref.load %a[%i] : memref<64xi32>
    memref.store %x, %a[%i] : memref<64xi32>
  } {gaus.request = {pipeline = false}}
  return
}

// Blocks; and a name of a variable, lines of a file.
llvm.func @blocks(%p: !llvm.ptr, %n: i64) -> i64 {
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %c8 = llvm.mlir.constant(8 : i64) : i64
  %m = llvm.add %n, %c1 : i64 loc("dir/blocks.c":3:5)
  llvm.br ^outer(%c0 : i64)
^outer(%i: i64 loc("i"("dir/blocks.c":4:5))):
  %f = llvm.mul %i, %m : i64 loc(fused["dir/blocks.c":5:5, "x.h":2:2])
  llvm.br ^inner(%c0, %f : i64, i64)
^inner(%j: i64 loc("j"), %s: i64):
  %t = llvm.mul %s, %j : i64 loc(callsite("dir/blocks.c":7:9 at "x.c":1:1))
  %j1 = llvm.add %j, %c1 : i64 loc("dir/blocks.c":6:7)
  %e = llvm.icmp "eq" %j1, %c8 : i64 loc("dir/blocks.c":6:7)
  llvm.cond_br %e, ^latch, ^inner(%j1, %t : i64, i64) loc("dir/blocks.c":6:3)
^latch:
  %i1 = llvm.add %i, %c1 : i64 loc("dir/blocks.c":4:9)
  %o = llvm.icmp "eq" %i1, %n : i64 loc("dir/blocks.c":4:9)
  llvm.cond_br %o, ^end, ^outer(%i1 : i64) loc("dir/blocks.c":4:3)
^end:
  llvm.return %t : i64
} loc("dir/blocks.c":2:1)

// A loop of several blocks is one scope; one with two entries is none.
func.func @branches(%a: memref<64xi32>, %c: i1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i32
  cf.br ^head(%c0 : index)
^head(%i: index):
  %x = memref.load %a[%i] : memref<64xi32>
  %negative = arith.cmpi slt, %x, %zero : i32
  cf.cond_br %negative, ^then, ^latch
^then:
  memref.store %zero, %a[%i] : memref<64xi32>
  cf.br ^latch
^latch:
  %next = arith.addi %i, %c1 : index
  %more = arith.cmpi ne, %next, %c64 : index
  cf.cond_br %more, ^head(%next : index), ^after
^after:
  cf.cond_br %c, ^one(%zero : i32), ^two(%zero : i32)
^one(%u: i32):
  %v = arith.muli %u, %u : i32
  cf.br ^two(%v : i32)
^two(%w: i32):
  %y = arith.addi %w, %w : i32
  cf.cond_br %c, ^one(%y : i32), ^end
^end:
  return
}

func.func @while(%n: i32) -> i32 {
  %c1 = arith.constant 1 : i32
  %r = scf.while (%x = %n) : (i32) -> i32 {
    %y = arith.muli %x, %x : i32
    %more = arith.cmpi slt, %y, %n : i32
    scf.condition(%more) %y : i32
  } do {
  ^bb0(%x: i32):
    %y = arith.addi %x, %c1 : i32
    scf.yield %y : i32
  }
  return %r : i32
}

gaus.graph @graph {
  %a = gaus.node "a"(%b[2]) latency(3) : i32
  %b = gaus.node "b"(%a) latency(4) : i32
}
}

// CHECK:scope           where                   ops  trips  II  proven  RecMII  ResMII  length  cycles
// CHECK-NEXT:function @sums  report-summary.mlir:18    5                                        536     536
// CHECK-NEXT:  loop          report-summary.mlir:20    4      8                                  67     536
// CHECK-NEXT:    loop        report-summary.mlir:21    2     16   4  yes          4       1       6      66
// CHECK-EMPTY:
// CHECK-NEXT:peak of units   where                   mem of 2
// CHECK-NEXT:function @sums  report-summary.mlir:18         1
// CHECK-NEXT:loop            report-summary.mlir:20         1
// CHECK-NEXT:loop            report-summary.mlir:21         1
// CHECK-EMPTY:
// CHECK-NEXT:what holds the intervals
// CHECK-NEXT:  loop (line 21): II 4 is the smallest
// CHECK-NEXT:    recurrence of 4 cycles over 1 iteration: arith.addf #1 (line 23, 4 cycles), then, in the next
// CHECK-NEXT:        iteration, itself
// CHECK-NEXT:    1 cycle less around it may allow II 3
// CHECK-NEXT:    over 2 iterations instead of 1 it may allow II 2
// CHECK-EMPTY:
// CHECK-NEXT:not pipelined
// CHECK-NEXT:  other loops are inside: loop (line 20)
// CHECK-EMPTY:
// CHECK-EMPTY:
// CHECK-NEXT:scope            where                   ops  trips  II  proven  RecMII  ResMII  length  cycles
// CHECK-NEXT:function @ports  report-summary.mlir:32   10                                        194     194
// CHECK-NEXT:  loop           report-summary.mlir:36    6     64   3  yes          1       3       5     194
// CHECK-EMPTY:
// CHECK-NEXT:peak of units    where                   mem of 2
// CHECK-NEXT:function @ports  report-summary.mlir:32         2
// CHECK-NEXT:loop             report-summary.mlir:36         2
// CHECK-EMPTY:
// CHECK-NEXT:what holds the intervals
// CHECK-NEXT:  loop (line 36): II 3 is the smallest
// CHECK-NEXT:    limit of mem: 2 units, 5 uses an iteration (lines 37, 38, 40, 41, 42)
// CHECK-NEXT:    3 units of mem may allow II 2
// CHECK-EMPTY:
// CHECK-EMPTY:
// CHECK-NEXT:scope           where                   ops  trips  II  proven  RecMII  ResMII  length  cycles
// CHECK-NEXT:function @bins  report-summary.mlir:48    5                                          1     >=1
// CHECK-NEXT:  loop          report-summary.mlir:52    4      ?   6  yes          6       2       6       ?
// CHECK-EMPTY:
// CHECK-NEXT:peak of units   where                   mem of 2
// CHECK-NEXT:function @bins  report-summary.mlir:48       <=1
// CHECK-NEXT:loop            report-summary.mlir:52         1
// CHECK-EMPTY:
// CHECK-NEXT:what holds the intervals
// CHECK-NEXT:  loop (line 52): II 6 is the smallest
// CHECK-NEXT:    recurrence of 6 cycles over 1 iteration: memref.load #0 (line 53, 2 cycles),
// CHECK-NEXT:        memref.load #1 (line 54, 2 cycles), arith.addi #2 (line 55, 1 cycle),
// CHECK-NEXT:        memref.store #3 (line 56, 1 cycle), then, in the next iteration, memref.load #0, which may
// CHECK-NEXT:        touch the same memory
// CHECK-NEXT:    1 cycle less around it may allow II 5
// CHECK-NEXT:    over 2 iterations instead of 1 it may allow II 4
// CHECK-NEXT:    if no two arguments overlap, noalias-arguments=true may allow II 4
// CHECK-NEXT:    if no other iteration touches what memref.store #3 touches, gaus.independent on it may allow II
// CHECK-NEXT:        2
// CHECK-EMPTY:
// CHECK-NEXT:times that are not known
// CHECK-NEXT:  how often it runs is not known: loop (line 52)
// CHECK-EMPTY:
// CHECK-EMPTY:
// CHECK-NEXT:scope             where                   ops  length  cycles
// CHECK-NEXT:function @helper  report-summary.mlir:63    1       3       3
// CHECK-EMPTY:
// CHECK-NEXT:peak of units     where                   mul of 1
// CHECK-NEXT:function @helper  report-summary.mlir:63         1
// CHECK-EMPTY:
// CHECK-EMPTY:
// CHECK-NEXT:scope               where                   ops  length  cycles
// CHECK-NEXT:function @calls     report-summary.mlir:68    6      10    >=10
// CHECK-NEXT:  call @helper      report-summary.mlir:69                    3
// CHECK-NEXT:  if                report-summary.mlir:70    3               6
// CHECK-NEXT:    then            report-summary.mlir:71    2       6       6
// CHECK-NEXT:      call @helper  report-summary.mlir:72                    3
// CHECK-NEXT:    else            report-summary.mlir:75    1       1       1
// CHECK-NEXT:  call @outside     report-summary.mlir:78                    ?
// CHECK-EMPTY:
// CHECK-NEXT:peak of units    where                   mul of 1
// CHECK-NEXT:function @calls  report-summary.mlir:68       <=1
// CHECK-NEXT:then             report-summary.mlir:71         1
// CHECK-EMPTY:
// CHECK-NEXT:times that are not known
// CHECK-NEXT:  the function that it calls has no body: call @outside (line 78)
// CHECK-EMPTY:
// CHECK-EMPTY:
// CHECK-NEXT:scope               where                   ops  trips  II  proven  RecMII  ResMII  length  cycles
// CHECK-NEXT:function @triangle  report-summary.mlir:83    6                                        304     304
// CHECK-NEXT:  loop              report-summary.mlir:85    5      8                                  38     304
// CHECK-NEXT:    loop            report-summary.mlir:86    2   1..8   4  yes          4       1       6      34
// CHECK-NEXT:    loop            report-summary.mlir:91    1   0..4   1  yes          1       1       1       4
// CHECK-EMPTY:
// CHECK-NEXT:what holds the intervals
// CHECK-NEXT:  loop (line 86): II 4 is the smallest
// CHECK-NEXT:    recurrence of 4 cycles over 1 iteration: arith.addf #1 (line 88, 4 cycles), then, in the next
// CHECK-NEXT:        iteration, itself
// CHECK-NEXT:    1 cycle less around it may allow II 3
// CHECK-NEXT:    over 2 iterations instead of 1 it may allow II 2
// CHECK-EMPTY:
// CHECK-NEXT:not pipelined
// CHECK-NEXT:  other loops are inside: loop (line 85)
// CHECK-EMPTY:
// CHECK-EMPTY:
// CHECK-NEXT:scope             where                    ops  trips  II  proven  RecMII  ResMII  length  cycles
// CHECK-NEXT:function @wishes  report-summary.mlir:99     7                                        387     387
// CHECK-NEXT:  loop            report-summary.mlir:100    3     64   3  given        1       1       6     195
// CHECK-NEXT:  loop            report-summary.mlir:105    2     64                                   3     192
// CHECK-EMPTY:
// CHECK-NEXT:peak of units     where                    mem of 2  mul of 1
// CHECK-NEXT:function @wishes  report-summary.mlir:99          1         1
// CHECK-NEXT:loop              report-summary.mlir:100         1         1
// CHECK-NEXT:loop              report-summary.mlir:105         1
// CHECK-EMPTY:
// CHECK-NEXT:what holds the intervals
// CHECK-NEXT:  loop (line 100): II 3 was given; limits and recurrences ask for no more than 1
// CHECK-EMPTY:
// CHECK-NEXT:not pipelined
// CHECK-NEXT:  gaus.request says pipeline = false: loop (line 105)
// CHECK-EMPTY:
// CHECK-EMPTY:
// CHECK-NEXT:scope             where       ops  trips  II  proven  RecMII  ResMII  length  cycles
// CHECK-NEXT:function @blocks  blocks.c:2    7                                               >=30
// CHECK-NEXT:  block 0         blocks.c:3    1                                          1       1
// CHECK-NEXT:  loop i          blocks.c:4    6      ?                                        >=29
// CHECK-NEXT:    block 1       blocks.c:5    1                                          3       3
// CHECK-NEXT:    loop j        blocks.c:6    3      8   3  yes          3       1       3      24
// CHECK-NEXT:    block 3       blocks.c:4    2                                          2       2
// CHECK-EMPTY:
// CHECK-NEXT:what holds the intervals
// CHECK-NEXT:  loop j (line 6): II 3 is the smallest
// CHECK-NEXT:    recurrence of 3 cycles over 1 iteration: llvm.mul #0 (line 7, 3 cycles), then, in the next
// CHECK-NEXT:        iteration, itself
// CHECK-NEXT:    1 cycle less around it may allow II 2
// CHECK-NEXT:    over 2 iterations instead of 1 it may allow II 2
// CHECK-EMPTY:
// CHECK-NEXT:not pipelined
// CHECK-NEXT:  other loops are inside: loop i (line 4)
// CHECK-EMPTY:
// CHECK-NEXT:times that are not known
// CHECK-NEXT:  how often it runs is not known: loop i (line 4)
// CHECK-EMPTY:
// CHECK-EMPTY:
// CHECK-NEXT:scope               where                    ops  trips  II  proven  RecMII  ResMII  length  cycles
// CHECK-NEXT:function @branches  report-summary.mlir:136    7                                               >=68
// CHECK-NEXT:  loop              report-summary.mlir:152    5     64   1  yes          1       1       4      67
// CHECK-NEXT:  block 5           report-summary.mlir:156    1                                          3       3
// CHECK-NEXT:  block 6           report-summary.mlir:159    1                                          1       1
// CHECK-EMPTY:
// CHECK-NEXT:peak of units       where                    mem of 2  mul of 1
// CHECK-NEXT:function @branches  report-summary.mlir:136         2       <=1
// CHECK-NEXT:loop                report-summary.mlir:152         2
// CHECK-NEXT:block 5             report-summary.mlir:156                   1
// CHECK-EMPTY:
// CHECK-NEXT:not pipelined
// CHECK-NEXT:  control enters it at several places: block 5 (line 156)
// CHECK-EMPTY:
// CHECK-NEXT:times that are not known
// CHECK-NEXT:  which of its blocks run is not known: function @branches
// CHECK-EMPTY:
// CHECK-EMPTY:
// CHECK-NEXT:scope            where                    ops  trips  length  cycles
// CHECK-NEXT:function @while  report-summary.mlir:165    4              1     >=4
// CHECK-NEXT:  while          report-summary.mlir:167    3      ?             >=4
// CHECK-NEXT:    condition    report-summary.mlir:168    2              4       4
// CHECK-NEXT:    body         report-summary.mlir:173    1              1       1
// CHECK-EMPTY:
// CHECK-NEXT:peak of units    where                    mul of 1
// CHECK-NEXT:function @while  report-summary.mlir:165       <=1
// CHECK-NEXT:condition        report-summary.mlir:168         1
// CHECK-EMPTY:
// CHECK-NEXT:not pipelined
// CHECK-NEXT:  'scf.while' never is; --convert-scf-to-cf makes a loop of branches of it: while (line 167)
// CHECK-EMPTY:
// CHECK-NEXT:times that are not known
// CHECK-NEXT:  how often its regions run is not known: while (line 167)
// CHECK-EMPTY:
// CHECK-EMPTY:
// CHECK-NEXT:scope         where                    ops  II  proven  RecMII  ResMII  length
// CHECK-NEXT:graph @graph  report-summary.mlir:179    2   4  yes          4       1       7
// CHECK-EMPTY:
// CHECK-NEXT:what holds the intervals
// CHECK-NEXT:  graph @graph: II 4 is the smallest
// CHECK-NEXT:    recurrence of 7 cycles over 2 iterations: a (line 180, 3 cycles), b (line 181, 4 cycles), then,
// CHECK-NEXT:        2 iterations later, a
// CHECK-NEXT:    1 cycle less around it may allow II 3
// CHECK-NEXT:    over 3 iterations instead of 2 it may allow II 3

// Before it is scheduled.
// NONE:scope           where                   ops  trips  cycles
// NONE-NEXT:function @sums  report-summary.mlir:18    5              ?
// NONE-NEXT:  loop          report-summary.mlir:20    4      8       ?
// NONE-NEXT:    loop        report-summary.mlir:21    2     16       ?
// NONE-EMPTY:
// NONE-NEXT:not pipelined
// NONE-NEXT:  other loops are inside: loop (line 20)
// NONE-EMPTY:
// NONE-NEXT:without a schedule
// NONE-NEXT:  no operation has a gaus.start: function @sums, loop (line 20), loop (line 21)

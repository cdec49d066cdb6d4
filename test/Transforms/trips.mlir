// How often loops of branches run, by how their ends are written. Each iteration is
// 2 cycles, 1 cycle apart: a function's length is the number of iterations and 1.
// RUN: gaus-opt %s --gaus-schedule | grep "func @" | FileCheck %s
// RUN: gaus-opt %s --gaus-schedule | gaus-replay | FileCheck %s --check-prefix=REPLAY
// REPLAY-COUNT-8: as in order

// CHECK: @down{{.*}}gaus.length = 6
// CHECK: @by3{{.*}}gaus.length = 5
// CHECK: @orequal{{.*}}gaus.length = 12
// CHECK: @left{{.*}}gaus.length = 11
// CHECK: @once{{.*}}gaus.length = 2
// CHECK: @unsigned{{.*}}gaus.length = 4
// CHECK: @narrow{{.*}}gaus.length = 3
// CHECK: @wraps
// CHECK-NOT: gaus.length
func.func @down() {
  %first = arith.constant 10 : i64
  %step = arith.constant -2 : i64
  %end = arith.constant 0 : i64
  cf.br ^l(%first : i64)
^l(%i: i64):
  %j = arith.addi %i, %step : i64
  %on = arith.cmpi sgt, %j, %end : i64
  cf.cond_br %on, ^l(%j : i64), ^out
^out:
  return
}
func.func @by3() {
  %first = arith.constant 0 : i64
  %step = arith.constant 3 : i64
  %end = arith.constant 10 : i64
  cf.br ^l(%first : i64)
^l(%i: i64):
  %j = arith.addi %i, %step : i64
  %on = arith.cmpi slt, %j, %end : i64
  cf.cond_br %on, ^l(%j : i64), ^out
^out:
  return
}
func.func @orequal() {
  %first = arith.constant 0 : i64
  %step = arith.constant 1 : i64
  %end = arith.constant 10 : i64
  cf.br ^l(%first : i64)
^l(%i: i64):
  %j = arith.addi %i, %step : i64
  %out = arith.cmpi sgt, %j, %end : i64
  cf.cond_br %out, ^out, ^l(%j : i64)
^out:
  return
}
func.func @left() {
  %first = arith.constant 0 : i64
  %step = arith.constant 1 : i64
  %end = arith.constant 10 : i64
  cf.br ^l(%first : i64)
^l(%i: i64):
  %j = arith.addi %i, %step : i64
  %on = arith.cmpi sgt, %end, %j : i64
  cf.cond_br %on, ^l(%j : i64), ^out
^out:
  return
}
func.func @once() {
  %first = arith.constant 20 : i64
  %step = arith.constant 1 : i64
  %end = arith.constant 10 : i64
  cf.br ^l(%first : i64)
^l(%i: i64):
  %j = arith.addi %i, %step : i64
  %on = arith.cmpi slt, %j, %end : i64
  cf.cond_br %on, ^l(%j : i64), ^out
^out:
  return
}
func.func @unsigned() {
  %first = arith.constant -4 : i64
  %step = arith.constant 1 : i64
  %end = arith.constant -1 : i64
  cf.br ^l(%first : i64)
^l(%i: i64):
  %j = arith.addi %i, %step : i64
  %on = arith.cmpi ult, %j, %end : i64
  cf.cond_br %on, ^l(%j : i64), ^out
^out:
  return
}
func.func @narrow() {
  %first = arith.constant 100 : i8
  %step = arith.constant 10 : i8
  %end = arith.constant 120 : i8
  cf.br ^l(%first : i8)
^l(%i: i8):
  %j = arith.addi %i, %step overflow<nsw> : i8
  %on = arith.cmpi slt, %j, %end : i8
  cf.cond_br %on, ^l(%j : i8), ^out
^out:
  return
}
// Beyond 127 it goes on with -128: not followed.
func.func @wraps() {
  %first = arith.constant 100 : i8
  %step = arith.constant 10 : i8
  %end = arith.constant 125 : i8
  cf.br ^l(%first : i8)
^l(%i: i8):
  %j = arith.addi %i, %step : i8
  %on = arith.cmpi slt, %j, %end : i8
  cf.cond_br %on, ^l(%j : i8), ^out
^out:
  return
}

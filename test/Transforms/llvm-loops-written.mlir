// Where the results of a self-loop block are written, and that reports, strip
// and the formats read them there.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: gaus-opt %t.mlir --gaus-verify=objective=latency --verify-roundtrip --gaus-report -o /dev/null | FileCheck %s --check-prefix=REPORT
// RUN: gaus-opt %t.mlir --gaus-report=format=json -o /dev/null | %python -m json.tool | FileCheck %s --check-prefix=JSON
// RUN: gaus-opt %t.mlir --gaus-strip | %mlir-opt | FileCheck %s
// RUN: sed 's/llvm.store\(.*\)gaus.start = 3/llvm.store\1gaus.start = 2/' %t.mlir | not gaus-opt --gaus-verify 2>&1 | FileCheck %s --check-prefix=TAMPERED
// RUN: sed 's/gaus.ii = 3/gaus.ii = 2/' %t.mlir | not gaus-opt --gaus-verify 2>&1 | FileCheck %s --check-prefix=FASTER
// RUN: not gaus-opt %s --gaus-schedule=ii=2 2>&1 | FileCheck %s --check-prefix=LEAST
// RUN: gaus-translate --export-csv --scope="loop in block 1 of function @prefix" %t.mlir | FileCheck %s --check-prefix=CSV

// CHECK: llvm.func @prefix
// CHECK-NOT: gaus
// CHECK-SAME: {
// CHECK: llvm.getelementptr {{.*}}gaus.start = 0
// CHECK: llvm.load {{.*}}gaus.start = 1
// CHECK: llvm.store {{.*}}gaus.start = 3
// CHECK: llvm.cond_br {{.*}}{gaus.bound = 4 : i64, gaus.cost = 4 : i64, gaus.ii = 3 : i64, gaus.ii_proof = "bound", gaus.length = 4 : i64}
// REPORT: loop in block 1 of function @prefix length 4 ii 3 {{.*}}cost 4 bound 4 gap 0.00%
// REPORT-NEXT: ResMII 1 RecMII 3
// JSON: "ii": 3
// JSON: "rec_mii": 3
// JSON: "res_mii": 1
// JSON: "scope": "loop in block 1 of function @prefix"
// TAMPERED: error: [Dep] 'llvm.store #3' starts at cycle 2, 1 too early for 'llvm.load #2'
// FASTER: error: [Dep] 'llvm.load #2' starts at cycle 1, 1 too early for 'llvm.store #3'
// LEAST: error: [Dep] the cycle through 'llvm.load #2' {{.*}} needs an initiation interval of at least 3, not 2
// CSV: node,start
// CSV-NEXT: 0,0
llvm.func @prefix(%a: !llvm.ptr, %n: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[1] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %p : !llvm.ptr -> i64
  llvm.store %x, %q : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

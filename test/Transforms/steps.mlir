// The steps in sequence, with the state visible in between, and in one.
// RUN: gaus-opt %s --gaus-annotate="objective=memory length=5" | FileCheck %s --check-prefix=ANNOTATE
// RUN: gaus-opt %s --gaus-annotate="objective=memory length=5" \
// RUN:   | gaus-opt --gaus-relax="objective=memory trace=%t.jsonl" \
// RUN:   | FileCheck %s --check-prefix=RELAX
// RUN: FileCheck %s --check-prefix=TRACE < %t.jsonl
// RUN: gaus-opt %s --gaus-annotate="objective=memory length=5" \
// RUN:   --gaus-relax=objective=memory --gaus-commit=objective=memory \
// RUN:   --gaus-verify=objective=memory --remarks-filter=gaus 2>%t.err \
// RUN:   | FileCheck %s --check-prefix=COMMIT
// RUN: FileCheck %s --check-prefix=REMARK < %t.err
// RUN: gaus-opt %s --gaus-schedule="objective=memory length=5 trace=%t.all.jsonl" --gaus-verify=objective=memory | FileCheck %s --check-prefix=COMMIT
// RUN: FileCheck %s --check-prefix=BETTER < %t.all.jsonl

// ANNOTATE: gaus.graph @g attributes {gaus.length = 5 : i64}
// ANNOTATE: gaus.node "a" width(8) {gaus.dist = #gaus.normal<mean = 1.000000e+00, stddev = {{.*}}>, gaus.window = array<i64: 0, 2>}
// ANNOTATE: gaus.node "c"(%a, %b) width(8) {gaus.dist = #gaus.normal<mean = 2.000000e+00, stddev = {{.*}}>, gaus.window = array<i64: 1, 3>}

// RELAX: gaus.node "a" width(8) {gaus.dist = #gaus.normal<mean = {{.*}}, stddev = {{.*}}>
// RELAX-NOT: gaus.start

// TRACE: {"cost":{{[0-9]+}},"cpu_seconds":{{[0-9.e-]+}},"loss":{{.*}},"problem":"graph @g","replica":0,"step":9,"violation":{{.*}}}

// BETTER: {"bound":{{[0-9]+}},"cost":{{[0-9]+}},"cpu_seconds":{{[0-9.e-]+}},"method":"asap","problem":"graph @g"}

// COMMIT: gaus.graph @g attributes {gaus.bound = {{[0-9]+}} : i64, gaus.cost = 16 : i64, gaus.length = 5 : i64}
// COMMIT: gaus.start

// REMARK: steps.mlir:[[@LINE+2]]:1: remark: [Analysis] Schedule
// REMARK-SAME: Backend=cpu{{.*}}Bound=16, Cost=16, GapPercent=0{{.*}}Objective=memory
gaus.graph @g {
  %a = gaus.node "a" width(8)
  %b = gaus.node "b" width(8)
  %c = gaus.node "c"(%a, %b) width(8)
  %d = gaus.node "d"(%a) width(8)
  %e = gaus.node "e"(%c, %d) width(8)
}

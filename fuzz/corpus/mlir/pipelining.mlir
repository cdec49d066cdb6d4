// Recurrences and limits give the smallest initiation interval.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify | FileCheck %s

gaus.library @l {
  gaus.resource @alu limit(2)
}

// CHECK: gaus.graph @recurrence attributes {{.*}}gaus.ii = 4 : i64
gaus.graph @recurrence {
  %x = gaus.node "x"(%y[1]) latency(3)
  %y = gaus.node "y"(%x)
}

// CHECK: gaus.graph @work library(@l) ii(3) attributes {{.*}}gaus.ii = 3 : i64
gaus.graph @work library(@l) ii(3) {
  %a = gaus.node "a" uses(@alu)
  %b = gaus.node "b" uses(@alu)
  %c = gaus.node "c"(%a) uses(@alu)
  %d = gaus.node "d"(%b) uses(@alu)
  %e = gaus.node "e"(%c, %d) uses(@alu)
}

// RUN: gaus-opt %s --gaus-schedule --gaus-report=output=%t.txt -o /dev/null
// RUN: FileCheck %s --check-prefix=TEXT < %t.txt
// RUN: gaus-opt %s --gaus-schedule "--gaus-report=format=json output=%t.json" -o /dev/null
// RUN: FileCheck %s --check-prefix=JSON < %t.json
// RUN: gaus-opt %s --gaus-schedule=effort=0 --gaus-report=output=%t.open.txt -o /dev/null
// RUN: FileCheck %s --check-prefix=OPEN < %t.open.txt
// RUN: gaus-opt %s --gaus-schedule --remarks-filter=gaus -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK

// Recurrence and work ask for 4, but then all three starts share a slot.
// CHECK: gaus.graph @ring library(@one) attributes {{.*}}gaus.ii = 5 : i64, gaus.ii_proof = "exact"
// TEXT: ring{{.*}} ii 5 (proven smallest)
// JSON: "ii": 5
// JSON: "ii_proof": "exact"
// OPEN: ring{{.*}} ii 5 (a smaller ii is undecided)
// REMARK: II=5{{.*}}IIProof=exact
gaus.library @one {
  gaus.resource @unit limit(1)
}
gaus.graph @ring library(@one) {
  %a = gaus.node "a"(%c[3]) latency(4) uses(@unit)
  %b = gaus.node "b"(%a) latency(4) uses(@unit)
  %c = gaus.node "c"(%b) latency(4) uses(@unit)
}

// A report is as long as its operations are many, not as the schedule is long.
// RUN: gaus-opt %s --gaus-report=format=json -o /dev/null | %python -m json.tool --indent=1 | FileCheck %s --check-prefix=JSON
// RUN: gaus-opt %s --gaus-report=format=html -o /dev/null | FileCheck %s --check-prefix=HTML
// RUN: gaus-opt %s --gaus-report=format=perfetto -o /dev/null | FileCheck %s --check-prefix=PERFETTO
// RUN: gaus-opt %s --gaus-report=format=text -o /dev/null | FileCheck %s --check-prefix=TEXT
// RUN: gaus-opt %s --gaus-report=format=csv -o /dev/null | count 4
// RUN: gaus-opt %s --gaus-report=format=dot -o /dev/null | FileCheck %s --check-prefix=DOT

// JSON: "live": [
// JSON: 499999999,
// JSON-NEXT: 32
// JSON: 500000001,
// JSON-NEXT: 64
// JSON: 500000002,
// JSON-NEXT: 0
// JSON: "use": [
// JSON-NEXT: [
// JSON-NEXT: 0,
// JSON-NEXT: 1
// JSON-NEXT: ],
// JSON-NEXT: [
// JSON-NEXT: 500000000,
// JSON-NEXT: 0

// HTML: "live":{{\[\[}}0,0],[499999999,32],[500000001,64],[500000002,0{{\]\]}}

// PERFETTO: {"args":{"use":1},"name":"use","ph":"C","pid":1,"ts":0}
// PERFETTO-SAME: {"args":{"use":0},"name":"use","ph":"C","pid":1,"ts":500000000}

// TEXT: peak use 1 communication 1000000004 peak memory 64 cycles 500000003
// DOT: subgraph s0cycle500000000
gaus.library @l {
  gaus.resource @m limit(1)
  gaus.operator @a latency(500000000) occupancy(500000000) uses(@m)
}
gaus.graph @g library(@l) {
  %0 = gaus.node "x" operator(@a) {gaus.start = 0 : i64} : i32
  %1 = gaus.node "y"(%0) latency(2) {gaus.start = 500000000 : i64} : i32
  %2 = gaus.node "z"(%1, %0) {gaus.start = 500000002 : i64}
}

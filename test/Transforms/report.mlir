// Every format of gaus-report, and its errors.
// RUN: gaus-opt %s --gaus-report -o /dev/null | FileCheck %s --check-prefix=TEXT
// RUN: gaus-opt %s --gaus-report=format=csv -o /dev/null | FileCheck %s --check-prefix=CSV
// RUN: gaus-opt %s --gaus-report="format=json output=%t.json" -o /dev/null | count 0
// RUN: %python -m json.tool %t.json | FileCheck %s --check-prefix=JSON
// RUN: gaus-opt %s --gaus-report=format=dot -o /dev/null | FileCheck %s --check-prefix=DOT
// RUN: gaus-opt %s --gaus-report=format=html -o /dev/null | FileCheck %s --check-prefix=HTML
// RUN: gaus-opt %s --gaus-report=format=perfetto -o /dev/null | %python -m json.tool | FileCheck %s --check-prefix=PERFETTO
// RUN: not gaus-opt %s --gaus-report=format=x 2>&1 | FileCheck %s --check-prefix=FORMAT
// RUN: not gaus-opt %s --gaus-report=output=%t.none/x 2>&1 | FileCheck %s --check-prefix=OUTPUT

// TEXT: graph @g length 3 cost 12 bound 12 gap 0.00%
// TEXT-NEXT: peak use 2 communication 2 peak memory 12 cycles 2
// TEXT-NEXT: resource alu: peak 2
// TEXT-NEXT: start end operation node width uses
// TEXT-NEXT: 0 1 a 0 8 alu
// TEXT-NEXT: 0 1 b 1 4 alu
// TEXT-NEXT: 1 2 c 2 8

// CSV: node,name,start,end,latency,occupancy,width,uses,scope
// CSV-NEXT: 0,a,0,1,1,1,8,alu,graph @g

// JSON: "schema_version": 4
// JSON: "Mem": 12

// DOT: rank=same
// DOT: s0n0 -> s0n2

// HTML: <title>Schedule of graph @g</title>
// HTML: "scope":"graph @g"

// PERFETTO: "traceEvents"

// FORMAT: invalid value 'x' for option 'format'; expected text, summary, json, csv, html, dot or perfetto
// OUTPUT: cannot {{.*}}none/x

gaus.library @l {
  gaus.resource @alu
}
gaus.graph @g library(@l) attributes {gaus.length = 3 : i64, gaus.cost = 12 : i64, gaus.bound = 12 : i64} {
  %a = gaus.node "a" uses(@alu) width(8) {gaus.start = 0 : i64}
  %b = gaus.node "b" uses(@alu) width(4) {gaus.start = 0 : i64}
  %c = gaus.node "c"(%a, %b) width(8) {gaus.start = 1 : i64}
}

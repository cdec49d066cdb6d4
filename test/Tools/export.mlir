// Schedules as CSV, JSON, DOT and lifetimes; the JSON comes back.
// RUN: gaus-translate --export-csv %s | FileCheck %s --check-prefix=CSV
// RUN: gaus-translate --export-json %s -o %t.json
// RUN: %python -m json.tool %t.json | FileCheck %s --check-prefix=JSON
// RUN: gaus-translate --export-dot %s | FileCheck %s --check-prefix=DOT
// RUN: gaus-translate --export-minimalloc %s | FileCheck %s --check-prefix=LIVE
// RUN: gaus-bench %t.json --objective=memory --json=%t.rows.json --csv-dir=%t.csv | FileCheck %s --check-prefix=BENCH
// RUN: %python -m json.tool %t.rows.json | FileCheck %s --check-prefix=ROWS
// RUN: not gaus-translate --export-csv %S/export-errors.mlir 2>&1 | FileCheck %s --check-prefix=ERROR
// RUN: not gaus-translate --export-csv --scope="graph @x" %S/export-errors.mlir 2>&1 | FileCheck %s --check-prefix=UNSCHEDULED

// CSV: node,start
// CSV-NEXT: 0,0
// CSV-NEXT: 1,0
// CSV-NEXT: 2,1
// JSON: "schema_version": 1
// DOT: n0 -> n2
// LIVE: id,lower,upper,size
// LIVE-NEXT: 0,0,1,8
// LIVE-NEXT: 1,0,1,4
// BENCH: name nodes edges depth length ii cost bound gap legal seconds cpu_seconds MB
// BENCH-NEXT: export.mlir.tmp 3 2 2 {{[0-9]+}} 0 12 12 0.00% yes
// ROWS: "bound": 12
// ROWS: "cost": 12
// ROWS: "legal": true
// ERROR: error: expected one scope to export, found 2; choose one by --scope
// ERROR: note: 'graph @x'
// UNSCHEDULED: error: {{.*}}gaus.start

gaus.graph @g attributes {gaus.length = 3 : i64} {
  %a = gaus.node "a" width(8) {gaus.start = 0 : i64}
  %b = gaus.node "b" width(4) {gaus.start = 0 : i64}
  %c = gaus.node "c"(%a, %b) width(8) {gaus.start = 1 : i64}
}

// Input of export.mlir as well.
// RUN: not gaus-translate --export-csv %s 2>&1 | FileCheck %s
// CHECK: expected one scope to export, found 2
gaus.graph @x {
  %a = gaus.node "a"
}
gaus.graph @y {
  %a = gaus.node "a"
}

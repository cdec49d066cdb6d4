// Which problem the written starts solve, the same for all that read them.
// RUN: gaus-opt %s "--gaus-schedule=ii=none" --gaus-verify=objective=latency "--gaus-report=format=json output=%t.json" | FileCheck %s
// RUN: FileCheck %s --check-prefix=REPORT < %t.json
// RUN: gaus-opt %s "--gaus-schedule=ii=none" | gaus-translate --export-json --scope="graph @wish" | FileCheck %s --check-prefix=EXPORT
// RUN: gaus-opt %s "--gaus-annotate=ii=none" --gaus-commit --gaus-verify | FileCheck %s
// RUN: gaus-opt %s "--gaus-schedule=ii=none" --convert-gaus-to-ssp=lossy=true 2>%t.err | FileCheck %s --check-prefix=SSP
// RUN: not gaus-opt %s "--gaus-schedule=ii=none" --gaus-verify=ii=2 2>&1 | FileCheck %s --check-prefix=OPTION
// RUN: gaus-opt %s "--gaus-schedule=ii=none" "--gaus-verify=length=1.0x" -o /dev/null

// The graph's interval of 2 is a wish that ii=none replaced: three units of work
// on one unit need three cycles.
// CHECK: gaus.graph @wish library(@l) ii(2) attributes {{[{].*}}gaus.length = 3
// CHECK-NOT: gaus.ii =
// REPORT-NOT: "ii":
// EXPORT: "II":0
// SSP: ssp.instance @wish of "SharedOperatorsProblem" {
// OPTION: [Res]
gaus.library @l {
  gaus.resource @m limit(1)
}
gaus.graph @wish library(@l) ii(2) {
  %x = gaus.node "x" uses(@m)
  %y = gaus.node "y"(%x) uses(@m)
  %z = gaus.node "z"(%y) uses(@m)
}

// The longest path is 1, but one unit takes two cycles: the least length, of which
// 1.0x is what the schedule has written.
gaus.graph @pair library(@l) {
  %a = gaus.node "a" uses(@m)
  %b = gaus.node "b" uses(@m)
}

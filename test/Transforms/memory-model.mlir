// Buffers are live while what writes or reads them is at work: 8 + 4 under `b`, where
// values are 8 at most. The model stays on what was scheduled, for whoever reads it.
// RUN: gaus-opt %s --gaus-schedule="objective=memory memory-model=buffers" -o %t.mlir
// RUN: FileCheck %s --check-prefix=BUFFERS < %t.mlir
// RUN: gaus-opt %t.mlir --gaus-verify --gaus-report -o /dev/null | FileCheck %s --check-prefix=REPORT
// RUN: gaus-opt %t.mlir --gaus-report=format=json -o /dev/null | %python -m json.tool \
// RUN:   | FileCheck %s --check-prefix=JSON
// RUN: gaus-translate --export-minimalloc %t.mlir | FileCheck %s --check-prefix=LIVE
// RUN: gaus-opt %s --gaus-schedule=objective=memory --gaus-verify | FileCheck %s --check-prefix=VALUES
// Scheduled again it stays; another model is asked for by its name.
// RUN: gaus-opt %t.mlir --gaus-schedule=objective=memory | FileCheck %s --check-prefix=BUFFERS
// RUN: gaus-opt %t.mlir --gaus-schedule="objective=memory memory-model=values" \
// RUN:   | FileCheck %s --check-prefix=VALUES
// The verifier counts by it, and by its own option.
// RUN: sed 's/gaus.memory_model/gaus.live_limit = 11 : i64, &/' %t.mlir > %t.limited.mlir
// RUN: not gaus-opt %t.limited.mlir --gaus-verify 2>&1 | FileCheck %s --check-prefix=ABOVE
// RUN: gaus-opt %t.limited.mlir --gaus-verify=memory-model=values -o /dev/null
// RUN: sed 's/12 : i64, gaus.length/11 : i64, gaus.length/' %t.mlir \
// RUN:   | not gaus-opt --gaus-verify=objective=memory 2>&1 | FileCheck %s --check-prefix=COST
// A limit of it, a wish, the steps.
// RUN: not gaus-opt %s --gaus-schedule="memory-model=buffers live-limit=11" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NONE
// RUN: sed 's/@g {/@g attributes {gaus.request = {memory_model = "buffers"}} {/' %s \
// RUN:   | gaus-opt --gaus-schedule=objective=memory --gaus-verify | FileCheck %s --check-prefix=BUFFERS
// RUN: gaus-opt %s --gaus-annotate="objective=memory memory-model=buffers" \
// RUN:   --gaus-relax=objective=memory --gaus-commit=objective=memory --gaus-verify \
// RUN:   | FileCheck %s --check-prefix=BUFFERS
// As JSON and back, by the tools for files, too.
// RUN: gaus-translate --export-json %t.mlir -o %t.json
// RUN: gaus-translate --import-json %t.json | FileCheck %s --check-prefix=GRAPH
// RUN: gaus-bench %t.json --objective=memory | FileCheck %s --check-prefix=BENCH
// RUN: gaus-bench %t.json --objective=memory --memory-model=values | FileCheck %s --check-prefix=BENCHVALUES
// SSP has no word for it.
// RUN: gaus-opt %t.mlir --convert-gaus-to-ssp -o /dev/null 2>&1 | FileCheck %s --check-prefix=SSP
// What is wrong.
// RUN: not gaus-opt %s --gaus-schedule=memory-model=tensors 2>&1 | FileCheck %s --check-prefix=VALUE
// RUN: sed 's/"buffers"/"tensors"/' %t.mlir | not gaus-opt 2>&1 | FileCheck %s --check-prefix=WORD
// RUN: sed 's/"memory_model": *"buffers"/"memory_model": 1/' %t.json > %t.wrong.json
// RUN: not gaus-translate --import-json %t.wrong.json 2>&1 | FileCheck %s --check-prefix=NUMBER

// BUFFERS: gaus.cost = 12 : i64
// BUFFERS-SAME: gaus.memory_model = "buffers"
// REPORT: cost 12  bound 12
// REPORT-NEXT: peak memory 12 of buffers  cycles 5
// JSON: "memory_model": "buffers"
// LIVE: 0,0,4,8
// LIVE-NEXT: 1,1,5,4
// LIVE-NEXT: 2,4,5,2
// VALUES: gaus.cost = 8 : i64
// VALUES-NOT: memory_model
// ABOVE: error: [Live] 12 of live memory in cycle 1, above the limit 11
// ABOVE: note: the value of 'a' is live, of width 8
// ABOVE: note: the value of 'b' is live, of width 4
// COST: error: gaus.cost is 11, the schedule costs 12
// NONE: error: [Live] no schedule within 11 of live memory exists
// NONE: note: at least 12 is live at once
// GRAPH: attributes {gaus.memory_model = "buffers"}
// BENCH: 12 12 0.00% yes
// BENCHVALUES: 8 8 0.00% yes
// SSP: warning: SSP cannot express the memory model of buffers; left out
// VALUE: invalid value 'tensors' for option 'memory-model'; expected values, buffers
// WORD: "gaus.memory_model" must be "values" or "buffers", got "tensors"
// NUMBER: 'memory_model' must be "values" or "buffers"
gaus.graph @g {
  %a = gaus.node "a" latency(1) width(8)
  %b = gaus.node "b"(%a) latency(3) width(4)
  %c = gaus.node "c"(%b) latency(1) width(2)
}

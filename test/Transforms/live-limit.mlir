// Four products are live at once where nothing limits them; within three of them the
// least length is longer, and is proven. The limit stays on what was scheduled.
// RUN: gaus-opt %s --gaus-schedule="interface=none live-limit=96" --gaus-verify \
// RUN:   | FileCheck %s --check-prefix=THREE
// RUN: gaus-opt %s --gaus-schedule="interface=none live-limit=96 objective=resources" \
// RUN:   --gaus-verify -o /dev/null
// The verifier knows it from there, and from its own option.
// RUN: gaus-opt %s --gaus-schedule=interface=none -o %t.mlir
// RUN: FileCheck %s --check-prefix=FREE < %t.mlir
// RUN: not gaus-opt %t.mlir --gaus-verify=live-limit=96 2>&1 | FileCheck %s --check-prefix=ABOVE
// RUN: sed 's/gaus.length = 3/gaus.live_limit = 96 : i64, &/' %t.mlir > %t.limited.mlir
// RUN: not gaus-opt %t.limited.mlir --gaus-verify 2>&1 | FileCheck %s --check-prefix=ABOVE
// A scope may wish for it, and no schedule may exist.
// RUN: sed 's/attributes {/attributes {gaus.request = {live_limit = 96}, /' %s \
// RUN:   | gaus-opt --gaus-schedule=interface=none | FileCheck %s --check-prefix=THREE
// RUN: not gaus-opt %s --gaus-schedule="interface=none live-limit=31" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NONE
// RUN: not gaus-opt %s --gaus-schedule="interface=none live-limit=95" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SEARCH
// The steps keep it, too.
// RUN: gaus-opt %s --gaus-annotate="length=8 live-limit=128" --gaus-relax --gaus-commit \
// RUN:   --gaus-verify | FileCheck %s --check-prefix=STEPS
// RUN: not gaus-opt %s --gaus-schedule=live-limit=-1 2>&1 | FileCheck %s --check-prefix=VALUE
// RUN: sed 's/attributes {/attributes {gaus.live_limit = -1, /' %s \
// RUN:   | not gaus-opt 2>&1 | FileCheck %s --check-prefix=NEGATIVE

gaus.library @units {
  gaus.operator @multiply latency(1) for("arith.muli")
  gaus.operator @add latency(1) for("arith.addi")
}

// FREE: gaus.length = 3 : i64
// FREE-NOT: live_limit
// THREE: gaus.bound = [[LENGTH:[0-9]+]] : i64, gaus.cost = [[LENGTH]] : i64
// THREE-SAME: gaus.length = [[LENGTH]] : i64{{.*}} gaus.live_limit = 96 : i64
// STEPS: gaus.length = 8 : i64{{.*}} gaus.live_limit = 128 : i64
// ABOVE: error: [Live] 128 of live memory in cycle 0, above the limit 96
// NONE: error: [Live] no schedule within 31 of live memory exists
// NONE: note: at least 64 is live at once in every schedule
// NONE: note: this is proven
// SEARCH: error: [Live] no schedule within the limits and 95 of live memory exists
// SEARCH: note: a search of all schedules ruled out each of them
// VALUE: invalid value '-1' for option 'live-limit'; expected integer >= 0, or none
// NEGATIVE: "gaus.live_limit" must be
func.func @products(%a: i32, %b: i32) -> i32 attributes {gaus.library = @units} {
  %0 = arith.muli %a, %a : i32
  %1 = arith.muli %a, %b : i32
  %2 = arith.muli %b, %b : i32
  %3 = arith.muli %b, %a : i32
  %4 = arith.addi %0, %1 : i32
  %5 = arith.addi %2, %3 : i32
  %6 = arith.addi %4, %5 : i32
  return %6 : i32
}

// A pipeline says each thing once, with the place of what it is about and without its
// text.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --gaus-report=output=%t --remarks-filter=gaus -o /dev/null 2> %t.said
// RUN: FileCheck %s --implicit-check-not=warning: --implicit-check-not=LoopCarried --implicit-check-not="loc(" < %t.said
// RUN: gaus-opt %s --gaus-annotate --gaus-relax --gaus-commit --gaus-verify --remarks-filter=gaus -o /dev/null 2> %t.steps
// RUN: FileCheck %s --implicit-check-not=warning: --implicit-check-not=LoopCarried --implicit-check-not="loc(" < %t.steps

// CHECK-COUNT-4: said-once.mlir:{{[0-9]+}}:{{[0-9]+}}: remark: [Missed] LoopCarried | Category:gaus | At=said-once.mlir:{{[0-9]+}},
// CHECK: warning: nothing to schedule: function @empty

func.func @f(%a: memref<64xi32>, %at: memref<64xindex>) {
  affine.for %i = 0 to 64 {
    %k = affine.load %at[%i] : memref<64xindex>
    %0 = memref.load %a[%k] : memref<64xi32>
    %1 = arith.addi %0, %0 : i32
    memref.store %1, %a[%k] : memref<64xi32>
  }
  return
}

func.func @empty() {
  return
}

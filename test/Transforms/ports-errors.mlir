// What uses a resource per(memory) has to access a memory, and within its ports.
// RUN: gaus-opt %s --gaus-schedule --split-input-file --verify-diagnostics
gaus.library @l {
  gaus.resource @port limit(1) per(memory)
}
func.func @none(%x: i32) attributes {gaus.library = @l} {
  // expected-error@+1 {{uses @port, which is per(memory), but accesses none}}
  %y = arith.addi %x, %x {gaus.uses = {port = 1 : i64}} : i32
  return
}

// -----

gaus.library @l {
  gaus.resource @port limit(1) per(memory)
}
func.func @wide(%a: memref<4xi32>, %b: memref<4xi32> {gaus.ports = 2 : i64}, %i: index)
    attributes {gaus.library = @l} {
  %x = memref.load %b[%i] {gaus.uses = {port = 2 : i64}} : memref<4xi32>
  // expected-error@+1 {{uses 2 units of resource port[arg0], over its limit of 1}}
  %y = memref.load %a[%i] {gaus.uses = {port = 2 : i64}} : memref<4xi32>
  return
}

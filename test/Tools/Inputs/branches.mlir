// A loop of two blocks, whose header tests line 4 and whose latch is line 3's `for`.
func.func @f(%a: memref<64xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0 : i32
  cf.br ^head(%c0 : index)
^head(%i: index):
  %x = memref.load %a[%i] : memref<64xi32> loc("relu.c":4:9)
  %negative = arith.cmpi slt, %x, %zero : i32 loc("relu.c":4:14)
  cf.cond_br %negative, ^store, ^latch loc("relu.c":4:9)
^store:
  memref.store %zero, %a[%i] : memref<64xi32> loc("relu.c":5:12)
  cf.br ^latch loc("relu.c":5:7)
^latch:
  %next = arith.addi %i, %c1 : index loc("relu.c":3:30)
  %more = arith.cmpi ult, %next, %n : index loc("relu.c":3:21)
  cf.cond_br %more, ^head(%next : index), ^end loc("relu.c":3:3)
^end:
  return
}

// Loops with recurrences, memory and several stages, run for 0 .. 11 and for a
// constant number of iterations; main mixes all results into one number.
memref.global "private" @data : memref<64xi32> = dense<3>
memref.global "private" @other : memref<64xi32> = dense<5>

func.func @dot(%a: memref<64xi32>, %n: index) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0 : i32
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%acc = %zero) -> (i32) {
    %k = arith.index_cast %i : index to i32
    %x = memref.load %a[%i] : memref<64xi32>
    %y = arith.muli %x, %k : i32
    %s = arith.addi %acc, %y : i32
    scf.yield %s : i32
  }
  return %r : i32
}

// Each iteration writes its own element: deep pipelines.
func.func @scale(%a: memref<64xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %seven = arith.constant 7 : i32
  scf.for %i = %c0 to %n step %c1 {
    %k = arith.index_cast %i : index to i32
    %x = memref.load %a[%i] : memref<64xi32>
    %y = arith.muli %x, %seven : i32
    %z = arith.addi %y, %k : i32
    memref.store %z, %a[%i] : memref<64xi32>
  }
  return
}

// What one iteration writes the next one reads.
func.func @prefix(%a: memref<64xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  scf.for %i = %c0 to %n step %c2 {
    %j = arith.addi %i, %c2 : index
    %x = memref.load %a[%i] : memref<64xi32>
    %y = memref.load %a[%j] : memref<64xi32>
    %z = arith.addi %x, %y : i32
    memref.store %z, %a[%j] : memref<64xi32>
  }
  return
}

// Two recurrences of different length, one through a multiplication.
func.func @iir(%a: memref<64xi32>, %n: index) -> (i32, i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1 : i32
  %five = arith.constant 5 : i32
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%u = %one, %v = %one)
      -> (i32, i32) {
    %x = memref.load %a[%i] : memref<64xi32>
    %p = arith.muli %u, %five : i32
    %q = arith.addi %p, %x : i32
    %w = arith.xori %v, %q : i32
    scf.yield %q, %w : i32, i32
  }
  return %r#0, %r#1 : i32, i32
}

func.func @constant(%a: memref<64xi32>) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i32
  %r = scf.for %i = %c0 to %c64 step %c1 iter_args(%acc = %zero) -> (i32) {
    %three = arith.constant 3 : i32
    %x = memref.load %a[%i] : memref<64xi32>
    %y = arith.muli %x, %three : i32
    %s = arith.xori %acc, %y : i32
    scf.yield %s : i32
  }
  return %r : i32
}

// A shift register of three, two values that change places, and one that stays.
func.func @shift(%a: memref<64xi32>, %n: index) -> (i32, i32, i32, i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1 : i32
  %five = arith.constant 5 : i32
  %nine = arith.constant 9 : i32
  %r:6 = scf.for %i = %c0 to %n step %c1
      iter_args(%x = %one, %y = %five, %z = %nine, %p = %five, %q = %nine,
                %s = %nine) -> (i32, i32, i32, i32, i32, i32) {
    %k = arith.index_cast %i : index to i32
    %u = arith.muli %x, %k : i32
    %v = memref.load %a[%i] : memref<64xi32>
    %w = arith.addi %u, %v : i32
    %t = arith.xori %w, %p : i32
    %o = arith.addi %t, %s : i32
    memref.store %o, %a[%i] : memref<64xi32>
    scf.yield %y, %z, %t, %q, %p, %s : i32, i32, i32, i32, i32, i32
  }
  return %r#0, %r#1, %r#2, %r#3 : i32, i32, i32, i32
}

func.func @main() -> i32 {
  %a = memref.get_global @data : memref<64xi32>
  %b = memref.get_global @other : memref<64xi32>
  %zero = arith.constant 0 : i32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c12 = arith.constant 12 : index
  %k = arith.constant 31 : i32
  %t = scf.for %n = %c0 to %c12 step %c1 iter_args(%sum = %zero) -> (i32) {
    %r = func.call @dot(%a, %n) : (memref<64xi32>, index) -> i32
    func.call @scale(%b, %n) : (memref<64xi32>, index) -> ()
    func.call @prefix(%b, %n) : (memref<64xi32>, index) -> ()
    %u:2 = func.call @iir(%b, %n) : (memref<64xi32>, index) -> (i32, i32)
    %c = func.call @constant(%b) : (memref<64xi32>) -> i32
    %m0 = arith.muli %sum, %k : i32
    %m1 = arith.addi %m0, %r : i32
    %m2 = arith.muli %m1, %k : i32
    %m3 = arith.addi %m2, %u#0 : i32
    %m4 = arith.muli %m3, %k : i32
    %m5 = arith.addi %m4, %u#1 : i32
    %m6 = arith.muli %m5, %k : i32
    %m7 = arith.addi %m6, %c : i32
    %h:4 = func.call @shift(%a, %n)
        : (memref<64xi32>, index) -> (i32, i32, i32, i32)
    %m8 = arith.muli %m7, %k : i32
    %m9 = arith.addi %m8, %h#0 : i32
    %m10 = arith.muli %m9, %k : i32
    %m11 = arith.addi %m10, %h#1 : i32
    %m12 = arith.muli %m11, %k : i32
    %m13 = arith.addi %m12, %h#2 : i32
    %m14 = arith.muli %m13, %k : i32
    %m15 = arith.addi %m14, %h#3 : i32
    scf.yield %m15 : i32
  }
  return %t : i32
}

// Every attribute of the dialect is checked on any operation.
// RUN: gaus-opt %s --split-input-file --verify-diagnostics

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.latency" must be in [0, 536870911], got -1}}
  arith.muli %a, %a {gaus.latency = -1 : i64} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.latency" must be an i64, got 1 : i32}}
  arith.muli %a, %a {gaus.latency = 1 : i32} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.occupancy" must be in [1, 536870911], got 0}}
  arith.muli %a, %a {gaus.occupancy = 0 : i64} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.width" must be an i64, got "x"}}
  arith.muli %a, %a {gaus.width = "x"} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.window" is empty: 5 is after 2}}
  arith.muli %a, %a {gaus.window = array<i64: 5, 2>} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.window" must be array<i64: first, last>}}
  arith.muli %a, %a {gaus.window = array<i64: 5>} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.window" must lie in [0, 536870911], got -1, 5}}
  arith.muli %a, %a {gaus.window = array<i64: -1, 5>} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.delay" must be an f64 >= 0 in ns or array<f64: in, out>}}
  arith.muli %a, %a {gaus.delay = -1.0 : f64} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.uses": units of "mul" must not be negative, got -1}}
  arith.muli %a, %a {gaus.uses = {mul = -1 : i64}} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.uses" must be a dictionary of units by resource}}
  arith.muli %a, %a {gaus.uses = [1]} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.start" must be an i64}}
  arith.muli %a, %a {gaus.start = 1.0 : f32} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.start" must be in [0, 536870911], got -3}}
  arith.muli %a, %a {gaus.start = -3 : i64} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.dist" must be a #gaus.normal, got 1 : i64}}
  arith.muli %a, %a {gaus.dist = 1 : i64} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.operator" must be a symbol as @library::@operator}}
  arith.muli %a, %a {gaus.operator = 1 : i64} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.operator": there is no gaus.operator @none::@add}}
  arith.muli %a, %a {gaus.operator = @none::@add} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.independent" must be a unit attribute}}
  arith.muli %a, %a {gaus.independent = 1 : i64} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{unknown attribute 'gaus.latencies'; did you mean 'gaus.latency'?}}
  arith.muli %a, %a {gaus.latencies = 1 : i64} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.library": there is no gaus.library @none}}
  arith.muli %a, %a {gaus.library = @none} : i32
  return
}

// -----

func.func @f(%a: i32) {
  // expected-error @+1 {{stddev must not be negative}}
  arith.muli %a, %a {gaus.dist = #gaus.normal<mean = 1.0, stddev = -1.0>} : i32
  return
}

// -----

gaus.library @l {
  // expected-note @+1 {{this is what it names}}
  gaus.resource @r
}
func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.operator": there is no gaus.operator @l::@r}}
  arith.muli %a, %a {gaus.operator = @l::@r} : i32
  return
}

// -----

// expected-error @+1 {{"gaus.ii" must be in [1, 536870911], got 0}}
func.func @f() attributes {gaus.ii = 0 : i64} {
  return
}

// -----

// expected-error @+1 {{"gaus.length" must be in [0,}}
func.func @f() attributes {gaus.length = -1 : i64} {
  return
}

// -----

// Not 1, as its lower half.
// expected-error @+1 {{"gaus.length" must be in [0, 1073741822], got 4294967297}}
func.func @f() attributes {gaus.length = 4294967297 : i64} {
  return
}

// -----

// expected-error @+1 {{"gaus.cost" must be an i64}}
func.func @f() attributes {gaus.cost = 1.0 : f64} {
  return
}

// -----

// expected-error @+1 {{"gaus.bound" must be in [0,}}
func.func @f() attributes {gaus.bound = -1 : i64} {
  return
}

// -----

// expected-error@+1 {{"gaus.ii_proof" must be "bound", "exact" or "undecided", got "yes"}}
func.func @proof() attributes {gaus.ii_proof = "yes"} {
  return
}

// -----

// expected-error@+1 {{argument 0: gaus.ports must be an i64 in [1, 2^30], got 0}}
func.func @ports(%a: memref<4xi32> {gaus.ports = 0 : i64}) {
  return
}

// -----

// expected-error@+1 {{argument 1: gaus.banks must be ["cyclic", banks, dimension], ["block", banks, dimension] or ["complete"], with 1 to 1024 banks, got ["cyclic", 2]}}
func.func @banks(%x: i32, %a: memref<4xi32> {gaus.banks = ["cyclic", 2]}) {
  return
}

// -----

func.func @dimension() {
  // expected-error@+1 {{gaus.banks: there is no dimension 1 in 'memref<4xi32>'}}
  %a = memref.alloc() {gaus.banks = ["block", 2, 1]} : memref<4xi32>
  return
}

// -----

// expected-error@+1 {{gaus.banks of a pointer needs the type of its memory as a fourth entry: numbers of 8, 16, 32 or 64 bits, pointers, or arrays of them; got '!llvm.ptr'}}
llvm.func @pointer(%a: !llvm.ptr {gaus.banks = ["cyclic", 2, 0]}) {
  llvm.return
}

// -----

// expected-error@+1 {{gaus.banks: no size of dimension 0 is known of 'i32'}}
llvm.func @open(%a: !llvm.ptr {gaus.banks = ["block", 2, 0, i32]}) {
  llvm.return
}

// -----

llvm.func @allocated(%n: i64) {
  // expected-error@+1 {{gaus.banks: there is no dimension 1 in 'i32'}}
  %a = llvm.alloca %n x i32 {gaus.banks = ["cyclic", 2, 1]} : (i64) -> !llvm.ptr
  llvm.return
}

// -----

// expected-error@+1 {{gaus.banks of this kind needs a memref of a known shape without a layout, or a pointer}}
func.func @number(%a: i32 {gaus.banks = ["cyclic", 2, 0]}) {
  return
}

// -----

// expected-error@+1 {{argument 0: gaus.fifo must be a unit attribute}}
func.func @fifo(%a: memref<4xi32> {gaus.fifo = 1 : i64}) {
  return
}

// -----

// expected-error@+1 {{argument 0: unknown attribute 'gaus.port'; there are 'gaus.ports', 'gaus.banks' and 'gaus.fifo'}}
func.func @unknown(%a: memref<4xi32> {gaus.port = 1 : i64}) {
  return
}

// -----

// expected-error@+1 {{"gaus.memory_model" must be "values" or "buffers", got 1 : i64}}
func.func @memory_model() attributes {gaus.memory_model = 1 : i64} {
  return
}

// -----

// expected-error@+1 {{"gaus.interface" must be "registered" or "none", got "wires"}}
func.func @interface() attributes {gaus.interface = "wires"} {
  return
}

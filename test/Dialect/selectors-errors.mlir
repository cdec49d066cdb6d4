// What is wrong with what an operator is for.
// RUN: gaus-opt %s --split-input-file --verify-diagnostics

gaus.library @l {
  // expected-error @+1 {{for: "arith.mull" is no operation of the dialect 'arith'; did you mean "arith.muli"?}}
  gaus.operator @o for("arith.addi", "arith.mull")
}

// -----

gaus.library @l {
  // expected-error @+1 {{for: "llvm.nothingAsThis" is no operation of the dialect 'llvm'}}
  gaus.operator @o for("llvm.nothingAsThis")
}

// -----

// The generic form loads no dialect.
func.func @f(%a: i32) {
  %0 = arith.addi %a, %a : i32
  return
}
"gaus.library"() <{sym_name = "l"}> ({
  // expected-error @+1 {{for: "arith.subbi" is no operation of the dialect 'arith'; did you mean "arith.subi"?}}
  "gaus.operator"() <{sym_name = "o", ops = ["arith.subbi"]}> : () -> ()
}) : () -> ()

// -----

gaus.library @l {
  // expected-remark @+1 {{for: "hardware.add" is of the dialect 'hardware', which is not known here: nothing checks the name}}
  gaus.operator @o for("hardware.add", "@function")
}

// -----

gaus.library @l {
  // expected-warning @+1 {{for: "arit.addi" is of the dialect 'arit', which is not known here: nothing checks the name; did you mean 'arith'?}}
  gaus.operator @o for("arit.addi")
}

// -----

gaus.library @l {
  // expected-note @+1 {{it is this one}}
  gaus.operator @a for("arith.muli": i8..i16)
  // expected-error @+1 {{for: "arith.muli" : i12..i20 and "arith.muli" : i8..i16 are both for some operations, and neither is more special}}
  gaus.operator @b for("arith.muli": i12..i20)
}

// -----

gaus.library @l {
  // expected-note @+1 {{it is this one}}
  gaus.operator @a for("arith.mulf": vector<4xf32>)
  // expected-error @+1 {{for: "arith.mulf" : f32 x4 has an operator already}}
  gaus.operator @b for("arith.mulf": f32 x4)
}

// -----

// One more special, apart, or of another name: no ties.
gaus.library @l {
  gaus.operator @a for("arith.muli": i8..i16)
  gaus.operator @b for("arith.muli": i12..i16, "arith.muli": i17..i25, "arith.muli": i8..i16 constant)
  gaus.operator @c for("arith.muli": index, "arith.muli": i8..i16 x2..x3, "llvm.mul": i12..i20)
  gaus.operator @d for("arith.muli": i33.., "arith.muli": i40.., "arith.muli", "arith.muli" constant)
}

// -----

gaus.library @l {
  // expected-error @+1 {{the range of widths i18..i8 is empty or beyond i16777215}}
  gaus.operator @o for("arith.muli": i18..i8)
}

// -----

gaus.library @l {
  // expected-error @+1 {{the range of lanes x0..x8 is empty or beyond x1099511627776}}
  gaus.operator @o for("arith.muli": i8 x0..x8)
}

// -----

gaus.library @l {
  // expected-error @+1 {{expected a type as f32, vector<4xf32>, i8, i8..i18 or i33..}}
  gaus.operator @o for("arith.muli": wide)
}

// -----

gaus.library @l {
  // expected-error @+1 {{expected 'constant', or lanes as x4, x2..x8 or x2.. behind a type without them}}
  gaus.operator @o for("arith.muli" constants)
}

// -----

gaus.library @l {
  // expected-error @+1 {{expected 'constant', or lanes as x4, x2..x8 or x2.. behind a type without them}}
  gaus.operator @o for("arith.muli": vector<4xi8> x4)
}

// -----

gaus.library @l {
  // expected-error @+1 {{a selector's type must be an integer, a float or index, or a vector of these, got 'memref<4xi8>'}}
  gaus.operator @o for("memref.load": memref<4xi8>)
}

// -----

"gaus.library"() <{sym_name = "l"}> ({
  // expected-error @+1 {{a selector without a type or 'constant' is a string}}
  "gaus.operator"() <{sym_name = "o", ops = [#gaus.selector<"arith.addi">]}> : () -> ()
}) : () -> ()

// -----

// Names of operators, resources and libraries.
gaus.library @fpga {
  gaus.resource @mult limit(1)
  gaus.operator @mul3 uses(@mult)
  // expected-error @+1 {{uses @mul, which is no gaus.resource of its library; did you mean @mult?}}
  gaus.operator @mul4 uses(@mul)
}

// -----

gaus.library @fpga {
  gaus.operator @mul3
}
func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.operator": there is no gaus.operator @fpga::@mul4; did you mean @fpga::@mul3?}}
  %0 = arith.muli %a, %a {gaus.operator = @fpga::@mul4} : i32
  return
}

// -----

gaus.library @fpga {
  gaus.operator @mul3
}
func.func @f(%a: i32) {
  // expected-error @+1 {{"gaus.operator": there is no gaus.operator @fgpa::@mul3; did you mean @fpga?}}
  %0 = arith.muli %a, %a {gaus.operator = @fgpa::@mul3} : i32
  return
}

// -----

gaus.library @fpga {}
// expected-error @+1 {{"gaus.library": there is no gaus.library @fpgas; did you mean @fpga?}}
func.func @f() attributes {gaus.library = @fpgas} {
  return
}

// -----

gaus.library @fpga {}
// expected-error @+1 {{there is no gaus.library @fpgas; did you mean @fpga?}}
gaus.graph @g library(@fpgas) {}

// -----

// expected-note @+1 {{in the graph's library}}
gaus.library @fpga {
  gaus.operator @mul3
}
gaus.graph @g library(@fpga) {
  // expected-error @+1 {{there is no gaus.operator @mul2; did you mean @mul3?}}
  %x = gaus.node "x" operator(@mul2)
}

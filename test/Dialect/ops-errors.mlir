// What the operations of the dialect refuse.
// RUN: gaus-opt %s --split-input-file --verify-diagnostics

gaus.library @l {
  // expected-error @+1 {{limit must be at least 1, got 0; leave it out for an unlimited resource}}
  gaus.resource @r limit(0)
}

// -----

gaus.library @l {
  // expected-error @+1 {{price must be in [0, 2147483648], got -1}}
  gaus.resource @r price(-1)
}

// -----

gaus.library @l {
  // expected-error @+1 {{latency must be in [0, 536870911], got -1}}
  gaus.operator @o latency(-1)
}

// -----

gaus.library @l {
  // expected-error @+1 {{occupancy must be in [1, 536870911], got 0}}
  gaus.operator @o occupancy(0)
}

// -----

gaus.library @l {
  // expected-error @+1 {{uses @x, which is no gaus.resource of its library}}
  gaus.operator @o uses(@x)
}

// -----

gaus.library @l {
  // expected-error @+1 {{delay must be finite and not negative}}
  gaus.operator @o delay(-1.0)
}

// -----

gaus.library @l {
  // expected-error @+1 {{for: "add" is no operation name as "arith.muli", and no function as "@sqrt"}}
  gaus.operator @o for("add")
}

// -----

gaus.library @l {
  // expected-error @+1 {{cannot stand in a gaus.library; only gaus.resource and gaus.operator can}}
  arith.constant 1 : i32
}

// -----

gaus.library @l {
  // expected-note @+1 {{the limit is set here}}
  gaus.resource @r limit(1)
  // expected-error @+1 {{uses 2 units of @r, over the limit of 1}}
  gaus.operator @o uses(@r: 2)
}

// -----

gaus.library @l {
  // expected-note @+1 {{it is this one}}
  gaus.operator @a for("arith.muli")
  // expected-error @+1 {{for: "arith.muli" has an operator already}}
  gaus.operator @b for("arith.muli")
}

// -----

// expected-error @+1 {{ii must be in [1, 536870911], got 0}}
gaus.graph @g ii(0) {
}

// -----

// expected-error @+1 {{length must be in [1, 536870911], got 0}}
gaus.graph @g length(0) {
}

// -----

// expected-error @+1 {{clock must be finite and positive}}
gaus.graph @g clock(0.0) {
}

// -----

// expected-error @+1 {{there is no gaus.library @l}}
gaus.graph @g library(@l) {
}

// -----

gaus.graph @g {
  // expected-error @+1 {{window is empty: 5 is after 2}}
  %x = gaus.node window(5, 2)
}

// -----

gaus.graph @g {
  // expected-error @+1 {{latency must be in [0, 536870911], got -1}}
  %x = gaus.node latency(-1)
}

// -----

gaus.graph @g {
  // expected-error @+1 {{distance must be in [0, 536870911], got -1}}
  %x = gaus.node(%x[-1])
}

// -----

gaus.graph @g {
  // expected-error @+1 {{weight must be in [0,}}
  %x = gaus.node(%x[1] weight(-1))
}

// -----

gaus.graph @g {
  // expected-error @+1 {{cannot stand in a gaus.graph; only gaus.node can}}
  arith.constant 1 : i32
}

// -----

gaus.graph @g {
  // expected-error @+1 {{use of undeclared SSA value name}}
  %x = gaus.node(%y)
}

// -----

gaus.library @l {
  // expected-error @+1 {{expected latency, occupancy, delay or area in 'clocked'}}
  gaus.operator @o clocked(latency(1) width(3))
}

// -----

gaus.library @l {
  // expected-error @+1 {{clocked: 'latency' stands twice}}
  gaus.operator @o clocked(latency(1) latency(3))
}

// -----

gaus.library @l {
  // expected-error @+1 {{clocked: a timing has no latency}}
  gaus.operator @o clocked(delay(3.0))
}

// -----

gaus.library @l {
  // expected-error @+1 {{clocked: latency must be in [0, 536870911], got -1 : i64}}
  gaus.operator @o clocked(latency(-1))
}

// -----

gaus.library @l {
  // expected-error @+1 {{clocked: occupancy must be in [1, 536870911], got 0 : i64}}
  gaus.operator @o clocked(latency(1) occupancy(0))
}

// -----

gaus.library @l {
  // expected-error @+1 {{clocked: delay must be finite and not negative}}
  gaus.operator @o clocked(latency(1) delay(-1.0))
}

// -----

gaus.library @l {
  // expected-error @+1 {{area: "lut" must be an i64 >= 0, got -3 : i64}}
  gaus.operator @o area(lut: -3)
}

// -----

gaus.library @l {
  // expected-error @+1 {{area: 'lut' stands twice}}
  gaus.operator @o area(lut: 3, lut: 4)
}

// -----

"gaus.library"() <{sym_name = "l"}> ({
  // expected-error @+1 {{clocked: "width" is no latency, occupancy, delay or area}}
  "gaus.operator"() <{sym_name = "o", timings = [{latency = 1 : i64, width = 3 : i64}]}> : () -> ()
}) : () -> ()

// -----

// expected-error @+1 {{"gaus.clock" must be an f64 > 0, the clock period in ns, got 0.000000e+00 : f64}}
func.func @f() attributes {gaus.clock = 0.0} {
  return
}

// -----

gaus.graph @g {
  // expected-error @+1 {{unknown clause 'latencyy'; did you mean 'latency'?}}
  %a = gaus.node "a" width(3) latencyy(3)
}

// -----

gaus.graph @g {
  %a = gaus.node "a"
  // expected-error @+1 {{unknown clause 'after'; it comes behind the operands}}
  %b = gaus.node "b" latency(3) after(%a)
}
